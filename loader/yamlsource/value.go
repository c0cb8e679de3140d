package yamlsource

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// isNull is a value left out, or spelt null or ~ without quotes.
func isNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag == "!!null" }

// bare reports whether a value stands without quotes and on no lines of its own.
func bare(n *yaml.Node) bool {
	return n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
}

// kindOf is what a node is, for people.
func kindOf(n *yaml.Node) string {
	switch {
	case isNull(n):
		return "empty"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	default:
		return quote(n.Value)
	}
}

// wants is what a field takes, for people.
func wants(f *schema.Field) string {
	if f.List {
		return "a list: - and " + wantsOne(f)
	}
	return wantsOne(f)
}

func wantsOne(f *schema.Field) string {
	if f.Vocabulary != "" {
		return "the key of a " + f.Vocabulary
	}
	switch f.Kind {
	case schema.Int:
		return "a whole number such as 3"
	case schema.Boolean:
		return "true or false"
	case schema.Date:
		return `a day such as "2026-11-24"`
	case schema.DateTime:
		return `an instant such as "2026-11-24T18:00:00Z"`
	case schema.EnumKind:
		return oneOf(f.Enum.Values)
	case schema.Object:
		return "a mapping of " + strings.Join(fieldNames(f.Object), ", ")
	}
	return "text"
}

func fieldNames(o *schema.ObjectType) []string {
	names := make([]string, 0, len(o.Fields))
	for _, f := range o.Fields {
		names = append(names, f.Name)
	}
	return names
}

// field reads what a record says of a field.
func (d *document) field(r *draft, f *schema.Field, line int, n *yaml.Node) {
	v, items, ok := d.coerce(r, f, f.Name, line, n)
	if ok {
		r.values = append(r.values, value{field: f, line: line, items: items, v: v})
	}
}

// coerce reads a value of a field, at path in its record. items are the lines of a
// list's items.
func (d *document) coerce(r *draft, f *schema.Field, path string, line int, n *yaml.Node) (v any, items []int, ok bool) {
	switch {
	case isNull(n) && f.List:
		return []any{}, nil, true
	case isNull(n) && f.Required:
		d.problem(r.at(line), fmt.Sprintf("%s: %s has no value", r.label, path), "right is "+wants(f)+orDefault(f))
		return nil, nil, false
	case isNull(n):
		return nil, nil, true
	case !f.List:
		v, ok = d.single(r, f, path, n)
		return v, nil, ok
	case n.Kind != yaml.SequenceNode:
		d.problem(r.node(n), fmt.Sprintf("%s: %s is %s", r.label, path, kindOf(n)), "right is "+wants(f))
		return nil, nil, false
	}
	list := make([]any, 0, len(n.Content))
	items = make([]int, 0, len(n.Content))
	ok = true
	if f.Kind != schema.Object {
		path = "an item of " + path
	}
	for _, item := range n.Content {
		one, fits := d.single(r, f, path, item)
		list, items, ok = append(list, one), append(items, item.Line), ok && fits
	}
	return list, items, ok
}

func orDefault(f *schema.Field) string {
	if f.Default == nil {
		return ""
	}
	return fmt.Sprintf(", or no line at all for %v", f.Default)
}

// single reads one value, not a list.
func (d *document) single(r *draft, f *schema.Field, path string, n *yaml.Node) (any, bool) {
	if n.Kind == yaml.AliasNode {
		return nil, false
	}
	if f.Kind == schema.Object {
		return d.object(r, f.Object, path, n)
	}
	if n.Kind != yaml.ScalarNode || isNull(n) {
		d.problem(r.node(n), fmt.Sprintf("%s: %s is %s", r.label, path, kindOf(n)), "right is "+wantsOne(f))
		return nil, false
	}
	v, hint := d.scalar(f, n)
	if hint != "" {
		d.problem(r.node(n), fmt.Sprintf("%s: %s is %s", r.label, path, quote(n.Value)), hint)
		return nil, false
	}
	if f.Vocabulary != "" {
		r.words = append(r.words, word{path: path, vocabulary: f.Vocabulary, key: n.Value, line: n.Line})
	}
	return v, true
}

// whole is the path of a value object that is no field of anything.
const whole = "it"

func within(path, name string) string {
	if path == whole {
		return name
	}
	return path + "." + name
}

// object reads a value object, its values in the order of its declaration.
func (d *document) object(r *draft, o *schema.ObjectType, path string, n *yaml.Node) (record.Object, bool) {
	if n.Kind != yaml.MappingNode {
		d.problem(r.node(n), fmt.Sprintf("%s: %s is %s", r.label, path, kindOf(n)), "right is a mapping of "+strings.Join(fieldNames(o), ", "))
		return nil, false
	}
	out, ok := make(record.Object, len(o.Fields)), true
	given := make([]bool, len(o.Fields))
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, v := n.Content[i], n.Content[i+1]
		f := o.Field(name.Value)
		switch {
		case skipped(name, v):
			return nil, false
		case f == nil:
			d.problem(r.node(name), fmt.Sprintf("%s: there is no %s in %s", r.label, quote(name.Value), path),
				d.suggest(name.Value, fieldNames(o), "right is "+strings.Join(fieldNames(o), ", ")))
			ok = false
		default:
			var fits bool
			out[f.Index], _, fits = d.coerce(r, f, within(path, f.Name), name.Line, v)
			given[f.Index], ok = true, ok && fits
		}
	}
	for i, f := range o.Fields {
		switch {
		case given[i]:
		case f.List:
			out[i] = []any{}
		case f.Default != nil:
			out[i] = f.Default
		case f.Required:
			d.problem(r.node(n), fmt.Sprintf("%s: %s has no %s", r.label, path, f.Name), "add "+f.Name+": with "+wants(f))
			ok = false
		}
	}
	return out, ok
}

// scalar reads the text of a value as a field's kind. Only that text counts, never
// what YAML takes it for: 012, 1_000 and yes stay what they are. A hint says that
// it does not fit.
func (d *document) scalar(f *schema.Field, n *yaml.Node) (v any, hint string) {
	s := n.Value
	switch f.Kind {
	case schema.Int:
		return wholeNumber(s, bare(n))
	case schema.Boolean:
		return truth(s, bare(n))
	case schema.EnumKind:
		if f.Enum.Rank(s) < 0 {
			return nil, d.suggest(s, f.Enum.Values, "`opsmap schema` lists the words of "+f.Enum.Name)
		}
		return s, ""
	case schema.Date:
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return nil, `right is a day such as "2026-11-24"`
		}
		return s, ""
	case schema.DateTime:
		return instant(s)
	}
	switch {
	case strings.TrimSpace(s) == "" && f.Required && !f.List:
		return nil, "right is text that says something"
	case addresses[f.Name] && text.Unsafe(s):
		return nil, "right is an address that starts with https:// or http://, or a plain name"
	case strings.ContainsRune(s, 0):
		return nil, "it holds a NUL character; right is text without it"
	case !utf8.ValidString(s):
		return nil, "it is not UTF-8; right is text in UTF-8"
	}
	return s, ""
}

// addresses are the fields that pages make links of.
var addresses = map[string]bool{
	"uri": true, "homepage": true, "documentation": true, "rsvp": true, "channel": true,
	"recording": true, "slides": true, "writeUp": true, "announcement": true,
}

// wholeNumber takes 32-bit integers in decimal, as GraphQL does. Nothing is taken
// for a number that could be meant otherwise: 012 is ten to some readers of YAML.
func wholeNumber(s string, bare bool) (any, string) {
	n, err := strconv.ParseInt(s, 10, 32)
	if err == nil && bare && strconv.FormatInt(n, 10) == s {
		return n, ""
	}
	meant, err := strconv.ParseInt(strings.TrimSpace(strings.ReplaceAll(s, "_", "")), 10, 32)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return nil, "right is a whole number between -2147483648 and 2147483647"
	case err != nil:
		return nil, "right is a whole number such as 3"
	}
	return nil, fmt.Sprintf("right is %d%s", meant, withoutQuotes(bare))
}

func truth(s string, bare bool) (any, string) {
	if bare && (s == "true" || s == "false") {
		return s == "true", ""
	}
	switch strings.ToLower(s) {
	case "true", "yes", "on", "y":
		return nil, "right is true" + withoutQuotes(bare)
	case "false", "no", "off", "n":
		return nil, "right is false" + withoutQuotes(bare)
	}
	return nil, "right is true or false"
}

func withoutQuotes(bare bool) string {
	if bare {
		return ""
	}
	return " without quotes"
}

// instantForm is the one spelling of an instant, whose text order is its order in
// time.
const instantForm = "2006-01-02T15:04:05Z"

func instant(s string) (any, string) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return nil, `right is an instant with its zone, such as "2026-11-24T18:00:00Z"`
	}
	t = t.UTC()
	switch {
	case t.Nanosecond() != 0:
		return nil, "right is " + strconv.Quote(t.Truncate(time.Second).Format(instantForm)) + ": whole seconds"
	case t.Year() < 0 || t.Year() > 9999:
		return nil, "right is a year between 0 and 9999"
	}
	return t.Format(instantForm), ""
}
