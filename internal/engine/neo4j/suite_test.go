package neo4j_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/enginetest"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
)

func openNeo4j(t testing.TB) engine.Engine {
	t.Helper()
	return neo4jtest.OpenWith(t, enginetest.Catalog(t))
}

func TestSuite(t *testing.T) { enginetest.Run(t, openNeo4j) }
