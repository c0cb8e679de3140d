package yamlsource

import (
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// draft is a record as one file states it, with the lines its parts stand on.
type draft struct {
	place
	// in is the file it stands in.
	in  *document
	typ *schema.Type
	// id has no key when the record has none that could be told.
	id record.ID
	// label names the record in messages.
	label string
	// given are the names that stand in the record, well-formed or not.
	given  []string
	values []value
	links  []pointer
	cited  []citation
	// miscited is a record whose sources could not all be read.
	miscited bool
	words    []word
	class    classSpec
}

// value is what a record says of one field.
type value struct {
	field *schema.Field
	line  int
	// items are the lines of a list's items.
	items []int
	v     any
}

// pointer is what a record says of one link.
type pointer struct {
	link    *schema.Link
	line    int
	targets []target
}

type target struct {
	key  string
	line int
	// id is found by world.resolve.
	id record.ID
}

// word is a value that has to be the key of a record of some type.
type word struct {
	path, vocabulary, key string
	line                  int
}

// classSpec is what a record says about who may see it.
type classSpec struct {
	// line of the first word about it; 0 when the class of the load counts.
	line       int
	level      target
	conditions []access.Condition
	// then are the lines of the conditions.
	then     []int
	audience []string
}

// node is where a node of its file stands.
func (d *draft) node(n *yaml.Node) place { return place{d.file, n.Line, n.Column} }

// at is a line of the draft's file.
func (d *draft) at(line int) place { return place{file: d.file, line: line} }

func (d *draft) gives(name string) bool { return slices.Contains(d.given, name) }

// value of a field; nil when the record does not speak of it.
func (d *draft) value(field string) *value {
	for i := range d.values {
		if d.values[i].field.Name == field {
			return &d.values[i]
		}
	}
	return nil
}

// text of a field, empty when there is none.
func (d *draft) text(field string) string {
	if v := d.value(field); v != nil {
		s, _ := v.v.(string)
		return s
	}
	return ""
}

// pointer of a link; nil when the record does not speak of it.
func (d *draft) pointer(link string) *pointer {
	for i := range d.links {
		if d.links[i].link.Name == link {
			return &d.links[i]
		}
	}
	return nil
}

// to is the key that a to-one link leads to, empty when there is none.
func (d *draft) to(link string) string {
	if p := d.pointer(link); p != nil && len(p.targets) == 1 {
		return p.targets[0].key
	}
	return ""
}

// keyFromLinks joins the keys of the links that identify a type, empty when one is
// missing.
func keyFromLinks(t *schema.Type, key func(link string) string) string {
	parts := make([]string, 0, len(t.KeyFrom))
	for _, l := range t.KeyFrom {
		k := key(l.Name)
		if k == "" {
			return ""
		}
		parts = append(parts, k)
	}
	return record.JoinKeys(parts...)
}

// newDraft finds out which record a mapping is about, before anything else of it
// is read, so that everything can be told with its name.
func (d *document) newDraft(t *schema.Type, n *yaml.Node) *draft {
	r := &draft{place: d.place(n), in: d, typ: t, label: "this " + t.Name}
	key := scalarOf(n, "key")
	if key == "" {
		key = keyFromLinks(t, func(link string) string { return scalarOf(n, link) })
	}
	if key != "" {
		r.id = record.ID{Type: t.Name, Key: key}
		r.label = t.Name + " " + shownKey(key)
	}
	return r
}

// shownKey is a key as messages name it; one that is no slug is quoted.
func shownKey(key string) string {
	if len(key) <= maxKey && isKey(key, true) {
		return key
	}
	return quote(key)
}

// scalarOf is the text of a name in a mapping, empty when it has none.
func scalarOf(n *yaml.Node, name string) string {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name && n.Content[i+1].Kind == yaml.ScalarNode && !isNull(n.Content[i+1]) {
			return n.Content[i+1].Value
		}
	}
	return ""
}
