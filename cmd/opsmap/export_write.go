package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/schema"
)

// oneRecord asks for a part of one record.
func oneRecord(ctx context.Context, s session, t *schema.Type, key, selection string) (map[string]any, error) {
	what := t.Name + " " + key
	data, err := answered[struct{ One map[string]any }](ctx, s, what,
		"query($key: String!) { one: "+t.Singular+"(key: $key) { "+selection+" } }", map[string]any{"key": key})
	if err == nil && data.One == nil {
		err = fault.New(fault.Unavailable, "%s could not be read: it is gone", what)
	}
	return data.One, err
}

// writeYAML writes what load reads back. Text stands in double quotes, as JSON has
// it, so that nothing of it is taken for anything else.
func writeYAML(w io.Writer, e *exported) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "# What opsmap showed to %s. `opsmap load` reads it back.\nexported: {as: %s}\n", printableText(e.As), inJSON(e.As))
	for _, t := range e.Tables {
		fmt.Fprintf(b, "\n%s:\n", t.Type.Section)
		for i := range t.Records {
			yamlRecord(b, t.Type, &t.Records[i])
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func yamlRecord(b *strings.Builder, t *schema.Type, r *exportRecord) {
	class := r.exportClass
	if r.Own != nil {
		class = *r.Own
	}
	fmt.Fprintf(b, "  - key: %s\n    confidentiality: %s\n", inJSON(r.Key), inJSON(class.Level))
	if len(class.Audience) > 0 {
		fmt.Fprintf(b, "    audience: %s\n", inJSON(class.Audience))
	}
	if len(class.Conditions) > 0 {
		fmt.Fprintf(b, "    confidentialityConditions: %s\n", inJSON(class.Conditions))
	}
	for _, f := range t.Fields {
		if v, there := r.Values[f.Name]; there && f.Stored() {
			fmt.Fprintf(b, "    %s: %s\n", f.Name, inJSON(withoutNulls(v)))
		}
	}
	for _, l := range t.Links {
		switch keys := r.Links[l.Name]; {
		case l.Inverse || len(keys) == 0:
		case l.Many:
			fmt.Fprintf(b, "    %s: %s\n", l.Name, inJSON(keys))
		default:
			fmt.Fprintf(b, "    %s: %s\n", l.Name, inJSON(keys[0]))
		}
	}
}

// withoutNulls leaves out members that have no value.
func withoutNulls(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, part := range v {
			if part != nil {
				out[name] = withoutNulls(part)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = withoutNulls(item)
		}
		return out
	}
	return v
}

// inJSON is a value as JSON, with a blank after each comma and colon between
// members, as YAML wants it. Control characters that YAML does not allow are
// escaped by JSON.
func inJSON(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("BUG: what was JSON is JSON: " + err.Error())
	}
	return escaped(strings.TrimSuffix(b.String(), "\n"))
}

// escaped writes what editors do not show, and YAML may not hold, as JSON does.
func escaped(s string) string {
	if !strings.ContainsFunc(s, unshown) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unshown(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unshown(r rune) bool {
	return 0x7f <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// writeJSONLines writes who looked, then a record a line.
func writeJSONLines(w io.Writer, e *exported) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(map[string]any{"exported": map[string]string{"as": e.As}}); err != nil {
		return err
	}
	for _, t := range e.Tables {
		for _, r := range t.Records {
			line := map[string]any{
				"id": t.Type.Name + ":" + r.Key, "type": t.Type.Name, "key": r.Key, "confidentiality": r.Level, "audience": append([]string{}, r.Audience...),
				"confidentialityConditions": r.Conditions, "values": r.Values, "links": r.Links,
			}
			if err := enc.Encode(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// columns of a table: the key, the level, then every field and link.
func columns(t *schema.Type) []string {
	out := []string{"key", "confidentiality", "audience"}
	for _, f := range t.Fields {
		if f.Stored() {
			out = append(out, f.Name)
		}
	}
	for _, l := range t.Links {
		if !l.Inverse {
			out = append(out, l.Name)
		}
	}
	return out
}

// cell is what a record has in a column, as text: lists joined with a semicolon,
// objects as their parts.
func (r *exportRecord) cell(column string) string {
	switch column {
	case "key":
		return r.Key
	case "confidentiality":
		return r.Level
	case "audience":
		return strings.Join(r.Audience, "; ")
	}
	if keys, there := r.Links[column]; there {
		return strings.Join(keys, "; ")
	}
	return plainValue(r.Values[column])
}

func plainValue(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		parts := make([]string, len(v))
		for i, item := range v {
			parts[i] = plainValue(item)
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if v[name] != nil {
				parts = append(parts, name+": "+plainValue(v[name]))
			}
		}
		return strings.Join(parts, ", ")
	}
	return inJSON(v)
}

// writeCSV writes a table a type, with an empty line between them. Who looked stands
// in the last column of every row.
func writeCSV(w io.Writer, e *exported) error {
	for i, t := range e.Tables {
		if i > 0 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		out := csv.NewWriter(w)
		names := columns(t.Type)
		rows := [][]string{append(append([]string{"type"}, names...), "exportedAs")}
		for _, r := range t.Records {
			row := []string{t.Type.Name}
			for _, name := range names {
				row = append(row, safeCell(r.cell(name)))
			}
			rows = append(rows, append(row, safeCell(e.As)))
		}
		if err := out.WriteAll(rows); err != nil {
			return err
		}
	}
	return nil
}

// safeCell is a cell that no spreadsheet takes for a formula.
func safeCell(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \u00a0\ufeff"))
	if s != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + s
	}
	return s
}

// writeMarkdown writes a table a type, without the columns that are empty
// throughout.
func writeMarkdown(w io.Writer, e *exported) error {
	b := &strings.Builder{}
	fmt.Fprintf(b, "# The map, as shown to %s\n", markdownCell(e.As))
	for _, t := range e.Tables {
		names := slices.DeleteFunc(columns(t.Type), func(name string) bool {
			return !slices.ContainsFunc(t.Records, func(r exportRecord) bool { return r.cell(name) != "" })
		})
		fmt.Fprintf(b, "\n## %s\n\n| %s |\n|%s\n", t.Type.Section, strings.Join(names, " | "), strings.Repeat(" --- |", len(names)))
		for _, r := range t.Records {
			for _, name := range names {
				fmt.Fprintf(b, "| %s ", markdownCell(r.cell(name)))
			}
			b.WriteString("|\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownMarks would end a cell, begin markup or HTML, or stand for another character.
var markdownMarks = strings.NewReplacer(`\`, `\\`, "|", `\|`, "\r", " ", "\n", " ", "\t", " ", "<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "]", `\]`, "~", `\~`, "&", `\&`)

// markdownCell is a text that Markdown shows as it is, on one line. What would move the
// cursor of a terminal, or turn the text around, is shown by its number.
func markdownCell(s string) string {
	var b strings.Builder
	for _, r := range markdownMarks.Replace(s) {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			fmt.Fprintf(&b, "U+%04X", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
