package meetings

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

var theCatalog = sync.OnceValues(schema.Load)

// readText reads minutes as a load does, given what they said before.
func readText(t testing.TB, text string, before []record.Packed) *loader.Reading {
	t.Helper()
	catalog, err := theCatalog()
	if err != nil {
		t.Fatal(err)
	}
	ladder := access.NewLadder([]access.Level{{Key: "clear"}, {Key: "amber", Rank: 2, Unlabelled: true}, {Key: "red", Rank: 4, NeedsAudience: true}})
	file := &loader.File{
		Name: "ops.md", Path: "ops.md", Place: "/minutes/ops-20260504.md", Source: "file:/minutes/ops-20260504.md",
		Prior: loader.NewPrior(catalog, before), Content: func() ([]byte, error) { return []byte(text), nil },
	}
	readings, err := Format{}.Read(t.Context(), loader.Reader{Catalog: catalog, Ladder: ladder}, []*loader.File{file})
	if err != nil {
		t.Fatal(err)
	}
	return readings[0]
}

// spoken is what a reading says, a record a line.
func spoken(r *loader.Reading) string {
	var lines []string
	for i := range r.Packed {
		p := &r.Packed[i]
		lines = append(lines, fmt.Sprint(p.Source, p.ID, p.Class.Key(), p.Fields, p.Links))
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// FuzzRead: whatever the text, all that is read of it fits the model, and the same text
// read again says the same of the same records.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"# 2026-05-04\n\n## Participants\n- @ann (lead)\n\n## Topics\n- etcd +1 (10 min) #12\n  - restore\n- => agreed\n\nAI @ann: do it\n- [x] @bob done\n",
		"# 2026-05-04 {#m-1}\n\nPresent: a, b\n\n## Incident (TLP:RED)\nGroups: csirt\n- a\n\n# 2026-05-11\n- b\n## S\nTLP:AMBER\n- c {#k}\n\nyes: 1, no: 2\n",
		"## Agenda\n1. Talk {#s-1}\n   state: held\n   recording: https://e.org/a\n\nFollow-ups:\n- x?\n", "Teilnehmende: Ä, Ö\nBeschluss: ja\n4. Mai 2026\n",
		"# 2026-05-04\n- \x1b[31mred\n- \x1e\n- \x1e\n",
	} {
		f.Add(text, text)
	}
	f.Fuzz(func(t *testing.T, text, edited string) {
		first := readText(t, text, nil)
		if len(first.Say) > 0 {
			t.Errorf("%v fits no model", first.Say[0])
		}
		for i := range first.Packed {
			if p := &first.Packed[i]; !utf8.ValidString(p.ID.Key + p.Fields + p.Links + p.Source) {
				t.Errorf("%s is no UTF-8", p.ID)
			}
		}
		if len(first.Problems) > 0 {
			return
		}
		if again := readText(t, text, first.Packed); spoken(again) != spoken(first) {
			t.Errorf("read again it says\n%s\nand at first\n%s", spoken(again), spoken(first))
		}
		between := readText(t, edited, first.Packed)
		if len(between.Problems) == 0 {
			if again := readText(t, edited, between.Packed); spoken(again) != spoken(between) {
				t.Errorf("edited and read again it says\n%s\nand at first\n%s", spoken(again), spoken(between))
			}
		}
	})
}
