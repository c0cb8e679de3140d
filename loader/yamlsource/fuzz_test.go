package yamlsource_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/open-operations/opsmap/catalogue"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
	"github.com/open-operations/opsmap/schema"
)

// FuzzRead: whatever the text is, it is refused or means one thing: written out
// and read again it is the same.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"world/base.yaml", "world/more/practices.yml"} {
		data, err := os.ReadFile(filepath.Join("testdata", filepath.FromSlash(name)))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("layers:\n  - {key: a, name: \"\\x7f\\u2028\\U0001F600\", ordinal: -1, unverified: true}\n"))
	f.Add([]byte("{\"topics\": [{\"key\": \"a\", \"title\": \"A\", \"unverified\": true, \"sources\": []}]}"))
	f.Add([]byte("topics: [&a {key: *a, <<: !!map {}}]\n--- |\n...\n%\n"))
	in := loader.Input{Catalog: catalog(f), Name: "fuzz"}
	f.Fuzz(func(t *testing.T, data []byte) {
		result := read(t, one(string(data)), in)
		if (result.Changeset == nil) != (len(result.Problems) > 0) {
			t.Fatalf("a changeset is there: %v, problems:\n%s", result.Changeset != nil, result.Problems)
		}
		for _, p := range result.Problems {
			if line := p.String(); strings.ContainsFunc(line, func(r rune) bool { return !strconv.IsPrint(r) }) || p.Hint == "" {
				t.Errorf("not fit to be printed: %q", line)
			}
		}
		if result.Changeset != nil {
			sameAgain(t, in, result.Changeset)
		}
	})
}

func TestRoundTrip(t *testing.T) {
	for _, s := range []loader.Source{yamlsource.FS(catalogue.Files(), ""), yamlsource.FS(world(t, nil), "")} {
		result := read(t, s, loader.Input{})
		if err := result.Err(); err != nil {
			t.Fatal(err)
		}
		sameAgain(t, loader.Input{Catalog: catalog(t), Name: "test"}, result.Changeset)
	}
}

// sameAgain writes a changeset as YAML and expects to read the same.
func sameAgain(t *testing.T, in loader.Input, c *record.Changeset) {
	t.Helper()
	text := emit(t, in.Catalog, c)
	again := read(t, one(text), in)
	if err := again.Err(); err != nil {
		t.Fatalf("%v\nin what was written:\n%s", err, text)
	}
	if got, want := sorted(t, again.Changeset), sorted(t, c); got != want {
		t.Fatalf("read again:\n%s\nwant:\n%s", got, want)
	}
}

func sorted(t *testing.T, c *record.Changeset) string {
	say := slices.SortedStableFunc(slices.Values(c.Say), func(a, b record.Statement) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return dump(t, &record.Changeset{Say: say})
}

// emit writes every record on a line, all texts in double quotes.
func emit(t *testing.T, c *schema.Catalog, changes *record.Changeset) string {
	t.Helper()
	sections := map[string][]string{}
	for _, s := range changes.Say {
		typ := c.Type(s.ID.Type)
		parts := []string{"key: " + strconv.QuoteToASCII(s.ID.Key)}
		for _, name := range slices.Sorted(maps.Keys(s.Fields)) {
			parts = append(parts, name+": "+plain(typ.Field(name), s.Fields[name]))
		}
		for _, name := range slices.Sorted(maps.Keys(s.Links)) {
			var keys []string
			for _, id := range s.Links[name] {
				keys = append(keys, strconv.QuoteToASCII(id.Key))
			}
			if typ.Link(name).Many {
				parts = append(parts, name+": ["+strings.Join(keys, ", ")+"]")
			} else {
				parts = append(parts, name+": "+strings.Join(keys, ""))
			}
		}
		for _, atom := range s.Class.Atoms {
			parts = append(parts, class(atom)...)
		}
		sections[typ.Section] = append(sections[typ.Section], "  - {"+strings.Join(parts, ", ")+"}\n")
	}
	var b strings.Builder
	if lowest := loader.Levels(changes).Lowest(); lowest != "" {
		// What states no level has to be open again, whatever the ladder says of it.
		fmt.Fprintf(&b, "defaults: {confidentiality: %s}\n", strconv.QuoteToASCII(lowest))
	}
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		fmt.Fprintf(&b, "%s:\n%s", name, strings.Join(sections[name], ""))
	}
	return b.String()
}

func class(a access.Atom) []string {
	parts := []string{"confidentiality: " + a.Level}
	var groups, conditions []string
	for _, g := range a.Audience {
		groups = append(groups, strconv.QuoteToASCII(g))
	}
	for _, c := range a.Conditions {
		conditions = append(conditions, fmt.Sprintf("{reason: %s, until: %q, then: %s}", strconv.QuoteToASCII(c.Reason), c.Until.Format(time.RFC3339), c.Then))
	}
	return append(parts, "audience: ["+strings.Join(groups, ", ")+"]", "confidentialityConditions: ["+strings.Join(conditions, ", ")+"]")
}

func plain(f *schema.Field, v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return strconv.QuoteToASCII(v)
	case record.Object:
		var parts []string
		for i, of := range f.Object.Fields {
			if v[i] != nil {
				parts = append(parts, of.Name+": "+plain(of, v[i]))
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = plain(f, item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		return fmt.Sprint(v)
	}
}

// TestNothingGrowsWithTheSquare reads files that are wrong all over. Each has five
// thousand mistakes; one look at every other record for each of them would
// take minutes.
func TestNothingGrowsWithTheSquare(t *testing.T) {
	const n = 5_000
	each := func(head, format string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := range n {
			b.WriteString(strings.NewReplacer("%d", strconv.Itoa(i), "%n", strconv.Itoa(i+1)).Replace(format))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"dangling links":    each("topics:\n", "  - {key: topic-%d, title: A, parent: topik-%d, unverified: true}\n"),
		"long wrong names":  each("topics:\n", "  - {key: topic-%d, title: A, "+strings.Repeat("title", 12)+"%d: x}\n"),
		"unknown sections":  each("", "section-%d: []\n"),
		"the same key":      each("topics:\n", "  - {key: a, title: A, unverified: true}\n"),
		"the same name":     "topics:\n  - {" + strings.Repeat("title: A, ", n) + "}\n",
		"many names":        "topics:\n  - {" + each("", "title%d: A, ") + "}\n",
		"parents of self":   each("topics:\n", "  - {key: a%d, title: A, parent: a%d, unverified: true}\n"),
		"a chain":           each("topics:\n", "  - {key: a%d, title: A, parent: a%n, unverified: true}\n"),
		"a circle of all":   each("practices:\n  - {key: top, title: A, actor: BOTH, status: WANTED, dependsOn: [a0], unverified: true}\n", "  - {key: a%d, title: A, actor: BOTH, status: WANTED, dependsOn: [top], unverified: true}\n"),
		"links to all":      "practices:\n  - {key: a, dependsOn: [" + each("", "a%d, ") + "]}\n",
		"unknown sources":   each("topics:\n", "  - {key: a%d, title: A, sources: [s%d]}\n"),
		"sources":           each("sources:\n", "  s%d: {uri: x, kind: OTHER}\n"),
		"the same alias":    each("solutions:\n", "  - {key: a%d, name: A, operatedBy: SELF, aliases: [a, a%d], unverified: true}\n"),
		"comments":          each("", "# %d\n\n"),
		"brackets":          "layers: [" + strings.Repeat("[[[]]],", n) + "]\n",
		"directives":        each("layers: []\n...\n", "%TAG !a%d! tag:x,\n"),
		"aliases of one":    "layers: [&a {}" + strings.Repeat(", *a", n) + "]\n",
		"aliases of others": each("layers: [&a0 []]\ntopics:\n", "  - &b%d [*a0, *a0, *a0]\n"),
		"a long key":        "layers:\n  - {key: " + strings.Repeat("a", 50*n) + "}\n",
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			result := read(t, yamlsource.FS(fstest.MapFS{"x.yaml": {Data: []byte(text)}}, ""), loader.Input{})
			took := time.Since(began)
			t.Logf("%v for %d bytes and %d problems", took, len(text), len(result.Problems))
			if took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if len(result.Problems) > 2002 {
				t.Errorf("%d problems are listed", len(result.Problems))
			}
		})
	}
}
