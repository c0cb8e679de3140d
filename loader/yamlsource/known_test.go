package yamlsource_test

import (
	"maps"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/open-operations/opsmap/catalogue"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
)

// known are the records of the small world, for files that stand outside it.
func known(t *testing.T) []record.ID {
	t.Helper()
	result := read(t, yamlsource.Paths(filepath.Join("testdata", "world")), loader.Input{})
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	return loader.Spoken(result.Changeset)
}

func one(text string) loader.Source {
	return yamlsource.FS(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, "")
}

func TestKnownRecords(t *testing.T) {
	in := loader.Input{Known: known(t)}
	for _, c := range []mistake{
		{"own records refer to known ones", `
implementations:
  - {practice: restore, platform: gamma, mechanism: by-hand, basis: JUDGED, unverified: true}
`, ``},
		{"a source may speak of a known record", `
topics:
  - {key: disks, title: Disks and tapes, votes: 2, unverified: true}
`, ``},
		{"and then states it whole", `
topics:
  - {key: disks, votes: 2}
`, `x.yaml:2:5: Topic disks has no source and is not marked as unverified; name where it comes from under sources:, or add unverified: true
x.yaml:2:5: Topic disks has no title; add title: with text`},
		{"known keys are suggested", `
topics:
  - {key: a, title: A, parent: diskz, confidentiality: gren, unverified: true}
`, `x.yaml:2: Topic a: confidentiality names "gren", and there is no such ConfidentialityLevel; did you mean "green" or "red"?
x.yaml:2: Topic a: parent names "diskz", and there is no such Topic; did you mean "disks"?`},
		{"a known key of the family", `
providers:
  - {key: alpha, name: A, operatedBy: PROVIDER, unverified: true}
`, `x.yaml:2:5: Provider alpha has the key of a known Solution; right is another key: all records of a Platform share one key space`},
		{"a second offer beside a known one", `
offers:
  - {key: mine, platform: alpha, capability: disk-access, state: NO, basis: JUDGED, unverified: true}
`, `x.yaml:2:5: Offer mine is a second offer of disk-access for alpha, beside the known alpha--disk-access; right is the same offer, without a key: of its own`},
		{"a known vocabulary", `
implementations:
  - {practice: restore, platform: gamma, mechanism: by-hnad, basis: JUDGED, unverified: true}
`, `x.yaml:2: Implementation restore--gamma: mechanism is "by-hnad", and there is no such Mechanism; did you mean "by-hand"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := read(t, one(c.text[1:]), in)
			if got := result.Problems.Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if len(result.Warnings) > 0 {
				t.Errorf("warnings:\n%s", result.Warnings)
			}
		})
	}
}

// TestVocabularyThatNobodyFilled: a value is free until there is a record it could
// be the key of.
func TestVocabularyThatNobodyFilled(t *testing.T) {
	text := "implementations:\n  - {practice: a, platform: b, mechanism: anything, basis: JUDGED, unverified: true}\n"
	in := loader.Input{Known: []record.ID{{Type: "Practice", Key: "a"}, {Type: "Solution", Key: "b"}}}
	if err := read(t, one(text), in).Err(); err != nil {
		t.Error(err)
	}
}

func TestWarnings(t *testing.T) {
	for _, c := range []mistake{
		{"alias of two platforms", `
solutions:
  - {key: a, name: A, operatedBy: SELF, aliases: [a, one, ALPHA ONE, gamma], sources: [doc]}
`, `x.yaml:2: Solution a: the alias "ALPHA ONE" is one of Solution alpha too (base.yaml:36); right is an alias that names one platform
x.yaml:2: Solution a: the alias "gamma" is the key of a Provider, which goes before it; right is an alias that names one platform`},
		{"session on no date", `
sessions:
  - {key: a, title: A, format: TALK, state: HELD, sources: [doc]}
  - {key: b, title: A, format: TALK, state: ANNOUNCED, sources: [doc]}
  - {key: c, title: A, format: TALK, state: CONFIRMED, sources: [doc]}
`, `x.yaml:2: Session a is HELD and names no meeting; add meeting: with the key of a Meeting
x.yaml:3: Session b is ANNOUNCED and names no meeting; add meeting: with the key of a Meeting`},
		{"source that nothing names", `
sources:
  page: {uri: x, kind: OTHER}
`, `x.yaml:2:3: no record names the source page; name it where it is the source, or drop it`},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := read(t, yamlsource.FS(world(t, map[string]string{"x.yaml": c.text[1:]}), ""), loader.Input{})
			if err := result.Err(); err != nil {
				t.Error(err)
			}
			if got := result.Warnings.Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestClassOfTheLoad: it counts where a record states none, and only there.
func TestClassOfTheLoad(t *testing.T) {
	text := "topics:\n  - {key: a, title: A, unverified: true}\n  - {key: b, title: A, confidentiality: clear, unverified: true}\n"
	green := access.NewClass(access.Atom{Level: "green"})
	result := read(t, one(text), loader.Input{Known: known(t), Class: green})
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	if got := result.Changeset.Say[0].Class.Key(); got != green.Key() {
		t.Errorf("without a level: %s", got)
	}
	if got := result.Changeset.Say[1].Class.Key(); got != access.NewClass(access.Atom{Level: "clear"}).Key() {
		t.Errorf("with a level: %s", got)
	}
	for level, want := range map[string]string{
		"gren": `mine: the level of the load is "gren", and there is no such ConfidentialityLevel; did you mean "green" or "red"?`,
		"red":  `mine: the level of the load is red and names no audience; right is a lower level, or an audience`,
	} {
		in := loader.Input{
			Known: known(t), Class: access.NewClass(access.Atom{Level: level}), Name: "mine",
			Ladder: access.NewLadder([]access.Level{{Key: "clear"}, {Key: "green", Rank: 1}, {Key: "red", Rank: 4, NeedsAudience: true}}),
		}
		if got := read(t, one(text), in).Problems.Error(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestShippedCatalogue counts what the files hold, so that nothing is lost between
// them and the map.
func TestShippedCatalogue(t *testing.T) {
	result := read(t, yamlsource.FS(catalogue.Files(), "catalogue"), loader.Input{})
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	want := map[string]int{
		"ActionItem": 1, "Capability": 30, "ConfidentialityLevel": 5, "Decision": 2, "DisclosureFactor": 9, "DisclosureGrade": 4,
		"Implementation": 275, "Layer": 5, "LockIn": 8, "Mechanism": 132, "Meeting": 10, "Offer": 222, "Organisation": 9, "Person": 10,
		"PortabilityNote": 441, "Practice": 54, "Provider": 19, "Series": 2, "Session": 13, "Solution": 10, "Story": 23, "Template": 6, "Topic": 61,
	}
	if !maps.Equal(result.Counts, want) {
		t.Errorf("got %v", result.Counts)
	}
	if result.Hash != catalogue.Hash() {
		t.Error("the catalogue's hash is not that of the files that were read")
	}
	for _, s := range result.Changeset.Say {
		if len(s.Class.Atoms) > 0 {
			t.Errorf("%s is not open to everyone", s.ID)
		}
	}
	shipped, err := yamlsource.Shipped(catalog(t))
	if err != nil {
		t.Fatal(err)
	}
	if shipped.ID != "catalogue:"+catalogue.Hash() || len(shipped.Replace) != 1 || shipped.Replace[0] != yamlsource.ShippedName {
		t.Errorf("the changeset %s replaces %v", shipped.ID, shipped.Replace)
	}
}

func BenchmarkShipped(b *testing.B) {
	c := catalog(b)
	for b.Loop() {
		if _, err := yamlsource.Shipped(c); err != nil {
			b.Fatal(err)
		}
	}
}
