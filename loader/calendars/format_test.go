package calendars

import (
	"context"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// TestFoldedLetters: a line may go on within a letter of several bytes; what is no
// UTF-8 is refused with its place all the same.
func TestFoldedLetters(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	in := loader.Reader{Catalog: catalog, Known: func(context.Context) ([]record.ID, error) { return nil, nil }}
	for text, want := range map[string]string{
		calendarOf("", "SUMMARY:caf\xc3\n \xa9\nDTSTART:20261201T170000Z"):             "café",
		"\ufeff" + calendarOf("", "SUMMARY:caf\xc3\n\t\xa9\nDTSTART:20261201T170000Z"): "café",
		calendarOf("", "SUMMARY:caf\xe9\nDTSTART:20261201T170000Z"):                    "ops.ics:5:12: the byte 0xe9 is no UTF-8",
	} {
		file := &loader.File{Name: "ops.ics", Path: "ops.ics", Source: "file:/ops.ics", Place: "/ops.ics", Content: func() ([]byte, error) { return []byte(text), nil }}
		readings, err := Format{}.Read(t.Context(), in, []*loader.File{file})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range readings[0].Problems {
			got += p.String()
		}
		said, err := merge.OpenAll(catalog, readings[0].Packed)
		if err != nil {
			t.Fatal(err)
		}
		for i := range said {
			got += said[i].Fields["title"].(string)
		}
		if !strings.HasPrefix(got, want) {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
