package embedded_test

import (
	"context"
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/engine/enginetest"
)

// openMemory opens an empty store without a file.
func openMemory(t testing.TB) engine.Engine {
	t.Helper()
	e, err := embedded.Open(context.Background(), embedded.Config{Catalog: enginetest.Catalog(t)})
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

func TestSuite(t *testing.T) { enginetest.Run(t, openMemory) }

func TestRandom(t *testing.T) {
	enginetest.Random(t, openMemory, enginetest.Options{Worlds: 60, Operations: 30, Reduced: 3})
}
