package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// checkCatalog refuses a model that cannot be stored: names that belong to the
// store, and lists within lists, which are no properties.
func checkCatalog(c *schema.Catalog) error {
	for _, t := range c.Types {
		if strings.HasPrefix(t.Name, "_") {
			return fmt.Errorf("the type %s: names that begin with _ belong to the store", t.Name)
		}
		for _, f := range t.Fields {
			if err := checkField(t, f); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkField(t *schema.Type, f *schema.Field) error {
	if strings.HasPrefix(f.Name, "_") {
		return fmt.Errorf("%s.%s: names that begin with _ belong to the store", t.Name, f.Name)
	}
	if f.Kind != schema.Object {
		return nil
	}
	for _, part := range f.Object.Fields {
		if part.Kind == schema.Object || part.List && f.List {
			return fmt.Errorf("%s.%s.%s: Neo4j cannot store lists or objects within the items of a list; right is a type of its own with @node", t.Name, f.Name, part.Name)
		}
	}
	return nil
}

// labels of the records of a concrete type, as they follow a variable.
func labels(t *schema.Type) string {
	if t.Family == t {
		return ":" + quoted(t.Name)
	}
	return ":" + quoted(t.Name) + ":" + quoted(t.Family.Name)
}

// kept reports whether the field is a property. The id is its type and its key,
// and what the class says is read off the class.
func kept(f *schema.Field) bool {
	switch f.System {
	case schema.SysID, schema.Conditions, schema.Audience:
		return false
	default:
		return true
	}
}

// properties of a record, with what filters and orders need. What is absent,
// empty, or equal to the value it would stand beside is left out: a transaction of
// Neo4j has to fit into its memory, and half of it would be copies and empty lists.
func properties(t *schema.Type, values []any) map[string]any {
	props := map[string]any{propType: t.Name}
	for _, f := range t.Fields {
		if !kept(f) {
			continue
		}
		switch v := values[f.Index].(type) {
		case nil:
		case record.Object:
			props[f.Name] = true
			for i, part := range f.Object.Fields {
				putValue(props, part, partOf(f.Name, part.Name), v[i])
			}
		case []any:
			if f.Kind == schema.Object {
				putObjects(props, f, v)
				continue
			}
			putValue(props, f, f.Name, v)
		default:
			putValue(props, f, f.Name, v)
		}
		if f.System == schema.SysKey {
			// Records are looked up by it, so it is there for all of them.
			props[keyProperty] = text.OrderKey(values[f.Index].(string))
		}
	}
	putTexts(props, t, values)
	return props
}

// putValue stores a scalar or a list of scalars.
func putValue(props map[string]any, f *schema.Field, name string, v any) {
	switch v := v.(type) {
	case nil:
		return
	case []any:
		if len(v) == 0 {
			return
		}
		if isText(f) {
			putForms(props, orderOf(name), v, text.OrderKey)
			putForms(props, foldOf(name), v, text.Fold)
		}
	case string:
		if isText(f) {
			putForm(props, orderOf(name), v, text.OrderKey(v))
			putForm(props, foldOf(name), v, text.Fold(v))
		}
		if f.Kind == schema.EnumKind {
			props[rankOf(name)] = int64(f.Enum.Rank(v))
		}
	}
	props[name] = v
}

// putForm stores a form of text where it is not the text itself.
func putForm(props map[string]any, name, raw, form string) {
	if raw != form {
		props[name] = form
	}
}

// putForms stores the forms of a list of texts where they are not the texts.
func putForms(props map[string]any, name string, raw []any, form func(string) string) {
	if forms := mapText(raw, form); !slices.Equal(raw, forms) {
		props[name] = forms
	}
}

func mapText(items []any, form func(string) string) []any {
	out := make([]any, len(items))
	for i, item := range items {
		out[i] = item
		if s, ok := item.(string); ok {
			out[i] = form(s)
		}
	}
	return out
}

// putObjects stores a list of objects as their number and a list for each of
// their parts, as long as any of them has it.
func putObjects(props map[string]any, f *schema.Field, items []any) {
	if len(items) == 0 {
		return
	}
	props[f.Name] = int64(len(items))
	for i, part := range f.Object.Fields {
		column, set := make([]any, len(items)), make([]any, len(items))
		there := 0
		for j, item := range items {
			v := item.(record.Object)[i]
			if set[j] = v != nil; v == nil {
				v = filler(part)
			} else {
				there++
			}
			column[j] = v
		}
		if there == 0 {
			continue
		}
		name := partOf(f.Name, part.Name)
		putValue(props, part, name, column)
		if there < len(items) {
			props[setOf(name)] = set
		}
	}
}

// filler stands in a list where a value is absent.
func filler(f *schema.Field) any {
	switch f.Kind {
	case schema.Int:
		return int64(0)
	case schema.Boolean:
		return false
	default:
		return ""
	}
}
