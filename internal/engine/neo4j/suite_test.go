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

// TestRandom holds Neo4j to the embedded engine and to the oracle. It asks few
// forms, as a new one costs Neo4j a good part of a second, of many maps; who asks
// and the values are new every time.
func TestRandom(t *testing.T) {
	o := enginetest.Options{
		Worlds: 5, Changesets: 2, Forms: 64, Reduced: 1,
		Promised: enginetest.Promise{Cases: 640, Shares: 320, Reads: 3_000, Shapes: 200, Graphs: 10},
	}
	if enginetest.Nightly() {
		// Fresh forms for each stretch of worlds.
		o.Worlds, o.Forms = 100, 1000
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

// TestHouse lets others say what was said under the Chatham House Rule.
func TestHouse(t *testing.T) {
	o := enginetest.Options{Worlds: 3, Forms: 6}
	if enginetest.Nightly() {
		o.Worlds, o.Forms = 50, 22
	}
	enginetest.House(t, openNeo4j, o)
}
