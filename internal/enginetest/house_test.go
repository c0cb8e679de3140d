package enginetest

import (
	"testing"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// TestPointedForms: each is an operation of the schema that is served, so that none
// asks nothing.
func TestPointedForms(t *testing.T) {
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := &twins{round: newRound(t, Options{Seed: 1}.withDefaults(t), 1)}
	for i := range pointedForms {
		query, _ := p.pointed(i, p.oracle.sightOf(all, noon))
		if _, err := gqlparser.LoadQueryWithRules(c.Served, query, rules.NewDefaultRules()); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
}
