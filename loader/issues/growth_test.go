package issues

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// TestNothingGrowsWithTheSquare reads exports that are large in one way each: twice
// the text takes about twice the time. What grows with the square takes minutes here.
func TestNothingGrowsWithTheSquare(t *testing.T) {
	n := 40_000
	if testing.Short() {
		n /= 8
	}
	each := func(format string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(format, "%d", strconv.Itoa(i+1)))
		}
		return b.String()
	}
	one := func(fields string) string { return `[{"number":1,"title":"A",` + fields + `}]` }
	body := func(text string) string { return one(`"body":` + strconv.Quote(text)) }
	form := "### About\n\npractice=none-%d from=a to=b\n\n### Verdict\n\nADAPT\n"
	for name, text := range map[string]string{
		"issues":           "[" + strings.TrimSuffix(each(`{"number":%d,"title":"A"},`), ",") + "]",
		"the same issue":   each(`{"number":1,"title":"A %d"}` + "\n"),
		"lists":            each(`[{"number":%d,"title":"A"}]`),
		"comments":         one(`"comments":[` + strings.TrimSuffix(each(`{"url":"https://github.com/a/b/issues/1#%d"},`), ",") + "]"),
		"labels":           one(`"labels":[` + strings.TrimSuffix(each(`"label %d",`), ",") + "]"),
		"reactions":        one(`"reactionGroups":[` + strings.TrimSuffix(each(`{"content":"X%d","users":{"totalCount":1}},`), ",") + "]"),
		"unknown fields":   one(strings.TrimSuffix(each(`"f%d":{},`), ",")),
		"hidden":           body(strings.Repeat("<!-- ", n)),
		"hidden and shown": body(strings.Repeat("<!-- a --> b ", n)),
		"headings":         body(strings.Repeat("### About\n### Verdict\n", n)),
		"handles":          body(strings.Repeat("@a ", n)),
		"answers":          body("### About\n" + strings.Repeat("a=b ", n) + "\n### Verdict\nADAPT\n"),
		"forms":            "[" + strings.TrimSuffix(each(`{"number":%d,"title":"A","body":`+strconv.Quote(form)+`},`), ",") + "]",
		"closed brackets":  strings.Repeat("]", n), "opened": strings.Repeat("[", n), "commas": strings.Repeat(",", n),
		"a title": `[{"number":1,"title":"` + strings.Repeat("a b ", n) + `"}]`,
	} {
		began := time.Now()
		readText(t, text)
		t.Logf("%s: %v for %d bytes", name, time.Since(began), len(text))
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("%s: %v for %d bytes", name, took, len(text))
		}
	}
}

var theCatalog = sync.OnceValues(schema.Load)

// readText reads an export as a load does.
func readText(t testing.TB, text string) *loader.Reading {
	t.Helper()
	catalog, err := theCatalog()
	if err != nil {
		t.Fatal(err)
	}
	in := loader.Reader{
		Catalog: catalog, Ladder: access.Ladder{},
		Known: func(context.Context) ([]record.ID, error) { return knownPractices(), nil },
	}
	file := &loader.File{Name: "issues.json", Path: "issues.json", Source: "file:/issues.json", Content: func() ([]byte, error) { return []byte(text), nil }}
	readings, err := Format{}.Read(t.Context(), in, []*loader.File{file})
	if err != nil {
		t.Fatal(err)
	}
	return readings[0]
}

func knownPractices() []record.ID {
	var out []record.ID
	for i := range 200 {
		out = append(out, record.ID{Type: "Practice", Key: fmt.Sprint("practice-", i)})
	}
	return out
}

// FuzzExport: whatever stands in an export, it is said or refused, with a line.
func FuzzExport(f *testing.F) {
	for _, seed := range []string{
		`[{"number":1,"title":"A","body":"### About\n\npractice=practice-1 from=a to=b\n\n### Verdict\n\nADAPT\n\n### Reason\n\nPROVIDER\n\n### In one sentence\n\nx"}]`,
		`[{"number":1,"title":"A @b?","labels":["tlp:red","layer:x",null],"author":{"login":"a"},"comments":[{"url":"https://github.com/a/b/issues/1#c"}]}]`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := readText(t, text)
		if len(r.Problems) > 0 && len(r.Packed) > 0 {
			t.Errorf("%d problems and %d statements", len(r.Problems), len(r.Packed))
		}
		for i := range r.Packed {
			if r.Packed[i].ID.Key == "" || r.Packed[i].Source == "" {
				t.Errorf("a statement of nobody or about nothing: %+v", r.Packed[i])
			}
		}
	})
}
