// Package embeddedtest gives tests an empty map in memory.
package embeddedtest

import (
	"testing"

	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/schema"
)

// Open is an engine without a file on the shipped model, closed when the test ends.
func Open(t testing.TB) (*schema.Catalog, *embedded.Engine) {
	t.Helper()
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	e, err := embedded.Open(t.Context(), embedded.Config{Catalog: catalog})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return catalog, e
}
