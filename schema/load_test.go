package schema_test

import (
	"testing"

	"github.com/open-operations/opsmap/schema"
)

func TestLoad(t *testing.T) {
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(c.Types), len(c.Relations), len(c.SDL()))
}
