package neo4j_test

import (
	"context"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/plan"
)

func TestModelsThatCannotBeStored(t *testing.T) {
	for text, want := range map[string]string{
		"  handle: String\n  _own: String":  "belong to the store",
		"  handle: String\n  many: [Odd!]!": "lists or objects within the items of a list",
	} {
		c := changedModel(t, "  handle: String", text, "enum Actor {", "type Odd {\n  words: [String!]!\n}\n\nenum Actor {")
		_, err := neo4j.Open(context.Background(), neo4j.Config{URI: "bolt://127.0.0.1:1", Catalog: c})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestAnotherModel opens a store with a model that has changed since it was
// written.
func TestAnotherModel(t *testing.T) {
	w := newWorld(t)
	w.say(
		says("a", "Layer:iaas", "clear", fields{"name": "IaaS", "ordinal": int64(2)}, nil),
		says("a", "Topic:x", "clear", fields{"title": "X", "kind": "QUESTION", "scopeTag": "tag"}, links{"layers": ids("Layer:iaas")}),
		says("a", "Topic:y", "clear", fields{"title": "Y", "kind": "TOPIC"}, nil),
		says("a", "Solution:s", "clear", fields{"name": "S", "operatedBy": "SELF"}, nil),
	)
	before := w.values("Topic", "key", "title", "version")

	// A field of another kind, a new one with a default, another order of an enum, a type that is gone.
	changed := changedModel(t,
		"  scopeTag: String @search", "  scopeTag: Int\n  fresh: Boolean! @default(value: \"true\")",
		"enum TopicKind {\n  TOPIC\n  QUESTION", "enum TopicKind {\n  QUESTION\n  TOPIC",
		"type Solution implements", "type Software implements", "[Solution!]!", "[Software!]!")
	w.reopen(changed)
	kind := w.all("Topic", "key", "fresh", "kind")
	kind.Order = []plan.Term{{Field: changed.Type("Topic").Field("kind")}, {Field: changed.Type("Topic").Field("key")}}
	if got := cells(w.run("clear", nil, kind)[0]); got != "[x true QUESTION] [y true TOPIC]" {
		t.Errorf("after the change: %s", got)
	}
	fresh := w.all("Topic", "key", "version")
	fresh.Where = plan.Compare{Field: changed.Type("Topic").Field("fresh"), Op: plan.Eq, Param: 0}
	if got := cells(w.run("clear", []any{true}, fresh)[0]); got != "[x 2] [y 2]" {
		t.Errorf("filtered by the new field: %s", got)
	}
	if got := cells(w.run("clear", nil, w.all("Platform", "key"))[0]); got != "" {
		t.Errorf("records of a type that is gone: %s", got)
	}

	// And back: what was said of the type that was gone is there again.
	w.reopen(catalog(t))
	if got := cells(w.run("clear", nil, w.all("Platform", "key", "name"))[0]); got != "[s S]" {
		t.Errorf("records of a type that is back: %s", got)
	}
	if got := w.values("Topic", "key", "title", "scopeTag"); !strings.HasPrefix(before, "[x X 1]") || got != "[x X tag] [y Y <nil>]" {
		t.Errorf("topics were %s, are %s", before, got)
	}
	if got := neo4jtest.Query(t, neo4jtest.Config(t, w.catalog), "MATCH (n) WHERE n:_Redo OR n:_Dormant OR NOT EXISTS { MATCH (m:_Meta) WHERE m.access CONTAINS '.' } RETURN n", nil); len(got) > 0 {
		t.Errorf("left over: %v", got)
	}
}
