package enginetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// formatWorld writes a map in the form that parseWorld reads, so that what a
// random run found can be kept as a case.
func formatWorld(c *schema.Catalog, world []*record.Changeset) string {
	var b strings.Builder
	for _, cs := range world {
		fmt.Fprintf(&b, "changeset %s %s\n", word(cs.ID), cs.At.UTC().Format(time.RFC3339))
		for _, e := range cs.Expect {
			fmt.Fprintf(&b, "expect %s %d\n", word(e.ID.String()), e.Version)
		}
		for _, r := range cs.Retire {
			fmt.Fprintf(&b, "retire %s from %s\n", word(r.ID.String()), word(r.Source))
		}
		for _, source := range cs.Replace {
			fmt.Fprintf(&b, "replace %s\n", word(source))
		}
		for i := range cs.Say {
			formatStatement(&b, c, &cs.Say[i])
		}
	}
	return b.String()
}

func formatStatement(b *strings.Builder, c *schema.Catalog, s *record.Statement) {
	fmt.Fprintf(b, "%s %s", s.ID.Type, word(s.ID.Key))
	if len(s.Class.Atoms) > 0 {
		b.WriteString(" " + formatClass(s.Class))
	}
	fmt.Fprintf(b, " from %s", word(s.Source))
	if s.Edit {
		b.WriteString(" edit")
	}
	b.WriteByte('\n')
	t := c.Type(s.ID.Type)
	for _, name := range slices.Sorted(maps.Keys(s.Fields)) {
		fmt.Fprintf(b, "  %s %s\n", name, formatValue(t.Field(name), s.Fields[name]))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Links)) {
		fmt.Fprintf(b, "  %s -> %s\n", name, formatRefs(t.Link(name), s.Links[name]))
	}
}

func formatRefs(l *schema.Link, ids []record.ID) string {
	var out []string
	for _, id := range ids {
		if l.Target.Interface {
			out = append(out, word(id.String()))
			continue
		}
		out = append(out, word(id.Key))
	}
	return strings.Join(out, ", ")
}

func formatClass(class access.Class) string {
	var parts []string
	for _, a := range class.Atoms {
		part := a.Level
		if len(a.Audience) > 0 {
			part += "[" + strings.Join(a.Audience, ",") + "]"
		}
		var conditions []string
		for _, c := range a.Conditions {
			conditions = append(conditions, c.Until.UTC().Format(time.RFC3339)+"="+c.Then+"="+c.Reason)
		}
		if len(conditions) > 0 {
			part += "{" + strings.Join(conditions, ";") + "}"
		}
		parts = append(parts, part)
	}
	return "@" + strings.Join(parts, "&")
}

func formatValue(f *schema.Field, v any) string {
	switch v := v.(type) {
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, formatValue(f, item))
		}
		return "[" + strings.Join(items, ",") + "]"
	case record.Object:
		var members []string
		for _, part := range f.Object.Fields {
			if v[part.Index] != nil {
				members = append(members, strconv.Quote(part.Name)+":"+formatValue(part, v[part.Index]))
			}
		}
		return "{" + strings.Join(members, ",") + "}"
	default:
		return jsonText(v)
	}
}

// jsonText is a scalar as JSON.
func jsonText(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("BUG: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// word is a name as splitWords reads it back.
func word(s string) string {
	for _, r := range s {
		if r <= ' ' || r >= 0x7f || r == '"' || r == ',' {
			return strconv.Quote(s)
		}
	}
	if s == "" {
		return `""`
	}
	return s
}
