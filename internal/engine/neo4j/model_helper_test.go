package neo4j_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/schema"
)

// changedModel is the shipped model with pieces of its text replaced.
func changedModel(t testing.TB, pairs ...string) *schema.Catalog {
	t.Helper()
	files, err := filepath.Glob("../../../schema/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no model: %v", err)
	}
	var sources []schema.Source
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, schema.Source{Name: file, Text: string(text)})
	}
	for i := 0; i < len(pairs); i += 2 {
		found := false
		for j := range sources {
			found = found || strings.Contains(sources[j].Text, pairs[i])
			sources[j].Text = strings.ReplaceAll(sources[j].Text, pairs[i], pairs[i+1])
		}
		if !found {
			t.Fatalf("the model has no %q", pairs[i])
		}
	}
	c, err := schema.Parse(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
