package main

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
	"github.com/open-operations/opsmap/schema"
)

// FuzzExportedText: a text that an export writes is read as the same text.
func FuzzExportedText(f *testing.F) {
	for _, text := range oddTexts {
		f.Add(text)
	}
	catalog, err := schema.Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || strings.TrimSpace(text) == "" || strings.ContainsRune(text, 0) {
			return // no value of a record
		}
		file := "topics:\n  - key: a\n    title: " + inJSON(text) + "\n    unverified: true\n"
		source := yamlsource.FS(fstest.MapFS{"a.yaml": {Data: []byte(file)}}, "")
		result, err := source.Read(t.Context(), loader.Input{Catalog: catalog, Name: "fuzz"})
		if err != nil || len(result.Problems) > 0 {
			t.Fatalf("%q is written as %q, which cannot be read: %v %s", text, file, err, result.Problems)
		}
		if got := result.Changeset.Say[0].Fields["title"]; got != text {
			t.Errorf("%q is read as %q", text, got)
		}
	})
}
