package neo4j

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// scalarOf draws a value of the field's kind, empty text and zero among them.
func scalarOf(t *rapid.T, f *schema.Field) any {
	switch f.Kind {
	case schema.Int:
		return rapid.Int64().Draw(t, f.Name)
	case schema.Boolean:
		return rapid.Bool().Draw(t, f.Name)
	case schema.EnumKind:
		return rapid.SampledFrom(f.Enum.Values).Draw(t, f.Name)
	case schema.Object:
		out := make(record.Object, len(f.Object.Fields))
		for i, part := range f.Object.Fields {
			out[i] = valueOf(t, part)
		}
		return out
	default:
		return rapid.SampledFrom([]string{"", "plain", "Größer", "\U0001F600"}).Draw(t, f.Name)
	}
}

func valueOf(t *rapid.T, f *schema.Field) any {
	if f.List {
		items := []any{}
		for range rapid.IntRange(0, 3).Draw(t, "items of "+f.Name) {
			single := *f
			single.List = false
			items = append(items, scalarOf(t, &single))
		}
		return items
	}
	if !f.Required && rapid.Bool().Draw(t, "no "+f.Name) {
		return nil
	}
	return scalarOf(t, f)
}

// TestRecordsComeBack writes the fields of records as properties and puts them
// together again: what is absent, empty and zero stays apart.
func TestRecordsComeBack(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		typ := rapid.SampledFrom(catalog.Types).Draw(t, "type")
		values := make([]any, len(typ.Fields))
		for i, f := range typ.Fields {
			if kept(f) {
				values[i] = valueOf(t, f)
			}
		}
		props := properties(typ, values)
		for _, f := range typ.Fields {
			if !kept(f) {
				continue
			}
			var cells []any
			for _, name := range columns(f) {
				cells = append(cells, props[name])
			}
			if got := value(f, cells); !reflect.DeepEqual(got, values[f.Index]) {
				t.Fatalf("%s: wrote %#v, read %#v", f.Name, values[f.Index], got)
			}
		}
		for name, v := range props {
			if strings.Contains(name, "..") || v == nil {
				t.Fatalf("property %q is %v", name, v)
			}
		}
	})
}

func TestQuotedRefusesWhatIsNoName(t *testing.T) {
	for name, want := range map[string]string{"title": "title", "key.order": "`key.order`", "_class": "_class", "in": "`in`", "": "``"} {
		if got := quoted(name); got != want {
			t.Errorf("%s is quoted as %s", name, got)
		}
	}
	for _, name := range []string{"a`b", "a b", "1a", "a\\u0060b", "ä", ".a", "a-b", "a\nb"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q passed as a name", name)
				}
			}()
			quoted(name)
		}()
	}
}

func TestIndexableKeepsNamesApart(t *testing.T) {
	long := strings.Repeat("x", 5000)
	seen := map[string]string{}
	for _, name := range []string{"", "a", "=a", "#a", long, long + "y", indexable(long), indexable(long)[1:]} {
		form := indexable(name)
		if other, taken := seen[form]; taken {
			t.Errorf("%.20q and %.20q have the same form", name, other)
		}
		if seen[form] = name; len(form) > 8000 {
			t.Errorf("the form of %.20q has %d bytes", name, len(form))
		}
	}
}
