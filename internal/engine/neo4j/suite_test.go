package neo4j_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/enginetest"
)

func openNeo4j(t testing.TB) engine.Engine {
	t.Helper()
	return neo4jtest.OpenWith(t, enginetest.Catalog(t))
}

// TestSuite and the others share one database, so none of them runs in parallel.
func TestSuite(t *testing.T) { enginetest.Run(t, openNeo4j) }

// TestRandom asks operations of few forms, as a new one costs Neo4j a good part of
// a second; the values in them are new every time.
func TestRandom(t *testing.T) {
	o := enginetest.Options{Worlds: 3, Changesets: 3, Operations: 20, Forms: 20, Reduced: 1}
	if enginetest.Nightly() {
		o = enginetest.Options{Worlds: 100, Operations: 40, Forms: 1000, Reduced: 2}
	}
	enginetest.Random(t, openNeo4j, o)
}

// TestDifferential holds Neo4j to the embedded engine.
func TestDifferential(t *testing.T) {
	o := enginetest.Options{Worlds: 2, Changesets: 2, Operations: 20, Forms: 20}
	if enginetest.Nightly() {
		o = enginetest.Options{Worlds: 50, Operations: 40, Forms: 1000}
	}
	enginetest.Differential(t, openNeo4j, openEmbedded, o)
}

func openEmbedded(t testing.TB) engine.Engine {
	t.Helper()
	e, err := embedded.Open(t.Context(), embedded.Config{Catalog: enginetest.Catalog(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}
