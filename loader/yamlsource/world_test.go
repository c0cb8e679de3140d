package yamlsource_test

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
	"github.com/open-operations/opsmap/schema"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var load = sync.OnceValues(schema.Load)

func catalog(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func read(t testing.TB, s loader.Source, in loader.Input) *loader.Result {
	t.Helper()
	if in.Catalog == nil {
		in.Catalog = catalog(t)
	}
	if in.Name == "" {
		in.Name = "test"
	}
	result, err := s.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// world is the small world of testdata with more files beside it.
func world(t testing.TB, files map[string]string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	root := os.DirFS(filepath.Join("testdata", "world"))
	for _, name := range []string{"base.yaml", "more/practices.yml"} {
		data, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = &fstest.MapFile{Data: data}
	}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// mistake is a file beside the small world, and every problem of it.
type mistake struct{ name, text, want string }

func (m mistake) check(t *testing.T) {
	t.Run(m.name, func(t *testing.T) {
		// The text of a case begins on the line after its quote.
		text := strings.TrimPrefix(m.text, "\n")
		result := read(t, yamlsource.FS(world(t, map[string]string{"x.yaml": text}), ""), loader.Input{})
		if got := result.Problems.Error(); got != m.want {
			t.Errorf("got\n%s\nwant\n%s", got, m.want)
		}
		if result.Changeset != nil {
			t.Error("there is a changeset in spite of problems")
		}
	})
}

func TestWorldBecomesStatements(t *testing.T) {
	result := read(t, yamlsource.Paths(filepath.Join("testdata", "world")), loader.Input{})
	if err := result.Err(); err != nil {
		t.Fatal(err)
	}
	if len(result.Warnings) > 0 {
		t.Errorf("warnings:\n%s", result.Warnings)
	}
	golden := filepath.Join("testdata", "world.golden")
	got := dump(t, result.Changeset)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the world is read differently; look at the difference after -update:\n%s", got)
	}
}

// dump writes a changeset for people.
func dump(t *testing.T, c *record.Changeset) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "replace %s\n", strings.Join(c.Replace, " "))
	for _, s := range c.Say {
		fmt.Fprintf(&b, "\n%s says of %s", s.Source, s.ID)
		if len(s.Class.Atoms) > 0 {
			fmt.Fprintf(&b, " under %s", s.Class.Key())
		}
		b.WriteString("\n")
		for _, name := range slices.Sorted(maps.Keys(s.Fields)) {
			fmt.Fprintf(&b, "  %s = %s\n", name, shown(s.Fields[name]))
		}
		for _, name := range slices.Sorted(maps.Keys(s.Links)) {
			fmt.Fprintf(&b, "  %s -> %v\n", name, s.Links[name])
		}
	}
	return b.String()
}

func shown(v any) string {
	var list []any
	form := "[%s]"
	switch v := v.(type) {
	case record.Object:
		list, form = v, "(%s)"
	case []any:
		list = v
	case string:
		return strconv.Quote(v)
	default:
		return fmt.Sprint(v)
	}
	parts := make([]string, len(list))
	for i, item := range list {
		parts[i] = shown(item)
	}
	return fmt.Sprintf(form, strings.Join(parts, " "))
}
