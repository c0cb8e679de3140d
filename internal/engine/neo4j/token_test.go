package neo4j_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/enginetest"
)

func TestTokens(t *testing.T) {
	enginetest.Tokens(t, openNeo4j, func(engine.Engine) engine.Engine {
		return neo4jtest.Reopen(t, neo4jtest.Config(t, enginetest.Catalog(t)))
	})
}

// TestAStoreFromBeforeTokens: form 1 is brought to form 2 when it is opened.
func TestAStoreFromBeforeTokens(t *testing.T) {
	openNeo4j(t)
	c := neo4jtest.Config(t, enginetest.Catalog(t))
	neo4jtest.Query(t, c, "MATCH (m:_Meta) SET m.schema = 1", nil)
	if err := neo4jtest.Reopen(t, c).Check(t.Context()); err != nil {
		t.Error(err)
	}
}
