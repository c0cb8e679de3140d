package yamlsource

import (
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/schema"
	"go.yaml.in/yaml/v4"
)

// sourcesName is the section, and the field of every record, that names sources.
const sourcesName = "sources"

// exportedName is the section with which an export says what it is. Its records may
// lack what the map lacked too: a source.
const exportedName = "exported"

// sections reads a file: a mapping from sections to lists of records.
func (d *document) sections(root *yaml.Node) {
	if isNull(root) {
		return
	}
	if root.Kind != yaml.MappingNode {
		d.problem(d.place(root), "the file is "+kindOf(root), "right is a mapping from sections to lists, such as practices: and below it - key: …")
		return
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		name, list := root.Content[i], root.Content[i+1]
		if skipped(name, list) {
			continue
		}
		switch name.Value {
		case sourcesName:
			d.sourceSection(list)
			continue
		case defaultsName:
			d.defaultsSection(name, list)
			continue
		case exportedName:
			d.exported = true
			continue
		}
		d.section(name, list)
	}
}

// skipped are parts that refuse has spoken about.
func skipped(name, value *yaml.Node) bool {
	return name.Kind != yaml.ScalarNode || name.Tag == "!!merge" || value.Kind == yaml.AliasNode
}

func (d *document) section(name, list *yaml.Node) {
	t := d.catalog.Section(name.Value)
	if t == nil {
		d.problem(d.place(name), "there is no section "+quote(name.Value), d.sectionHint(name.Value))
		return
	}
	if isNull(list) {
		return
	}
	if list.Kind != yaml.SequenceNode {
		d.problem(d.place(list), fmt.Sprintf("the section %s is %s", name.Value, kindOf(list)), "right is a list: - before each record")
		return
	}
	for _, item := range list.Content {
		switch item.Kind {
		case yaml.MappingNode:
			d.records = append(d.records, d.record(t, item))
		case yaml.AliasNode:
		default:
			d.problem(d.place(item), fmt.Sprintf("an item of the section %s is %s", name.Value, kindOf(item)), "right is a record, such as - key: …")
		}
	}
}

// sectionHint knows that an interface has no section of its own.
func (d *document) sectionHint(name string) string {
	sections := []string{sourcesName, defaultsName}
	for _, t := range d.catalog.Types {
		if t.Interface && t.Plural == name {
			var of []string
			for _, c := range t.Concrete {
				of = append(of, c.Section)
			}
			return "right is " + oneOf(of)
		}
		if !t.Interface {
			sections = append(sections, t.Section)
		}
	}
	return d.suggest(name, sections, "the sections are "+strings.Join(sections, ", "))
}

// record reads one mapping as a record of a type.
func (d *document) record(t *schema.Type, n *yaml.Node) *draft {
	r := d.newDraft(t, n)
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, v := n.Content[i], n.Content[i+1]
		if name.Kind != yaml.ScalarNode {
			continue
		}
		r.given = append(r.given, name.Value)
		if !skipped(name, v) {
			d.member(r, name, v)
		}
	}
	return r
}

func (d *document) member(r *draft, name, v *yaml.Node) {
	f, l := r.typ.Field(name.Value), r.typ.Link(name.Value)
	switch {
	case name.Value == "key":
		d.key(r, v)
	case isAccess(name.Value):
		d.access(r, name, v)
	case name.Value == sourcesName:
		d.citations(r, v)
	case f != nil && f.Stored():
		d.field(r, f, name.Line, v)
	case f != nil:
		d.problem(r.node(name), r.label+": "+f.Name+" is kept by the store", "right is a record without it")
	case l != nil && l.Inverse:
		d.problem(r.node(name), fmt.Sprintf("%s: %s is the other side of a link", r.label, l.Name),
			fmt.Sprintf("right is %s at each %s", l.Relation.Field, l.Relation.From.Name))
	case l != nil:
		d.link(r, l, name.Line, v)
	default:
		d.problem(r.node(name), fmt.Sprintf("%s: there is no %s in a %s", r.label, quote(name.Value), r.typ.Name),
			d.suggest(name.Value, writable(r.typ), "`opsmap schema` lists the fields of "+r.typ.Name))
	}
}

// writable are the names that may stand in a record.
func writable(t *schema.Type) []string {
	names := []string{"key", levelName, conditionsName, audienceName}
	for _, f := range t.Fields {
		if f.Stored() {
			names = append(names, f.Name)
		}
	}
	for _, l := range t.Links {
		if !l.Inverse {
			names = append(names, l.Name)
		}
	}
	return names
}

// maxKey bounds the length of a key that a file gives.
const maxKey = 200

func (d *document) key(r *draft, v *yaml.Node) {
	fromLinks := len(r.typ.KeyFrom) > 0
	switch {
	case v.Kind != yaml.ScalarNode || isNull(v):
		d.problem(r.node(v), r.label+": the key is "+kindOf(v), "right is a slug such as etcd-backup")
	case len(v.Value) > maxKey:
		d.problem(r.node(v), fmt.Sprintf("%s: the key has %d letters", r.label, len(v.Value)), fmt.Sprintf("right is at most %d", maxKey))
	case !isKey(v.Value, fromLinks):
		hint := "right is a slug such as etcd-backup"
		if s := slug(v.Value); s != "" {
			hint = "right is " + s
		}
		d.problem(r.node(v), fmt.Sprintf("%s: the key %s is no lower-case slug", r.label, quote(v.Value)), hint)
	}
}

// isKey reports whether s is lower-case ASCII words joined with a hyphen; joined
// keys may have two.
func isKey(s string, joined bool) bool {
	hyphens := 1
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			hyphens = 0
		case c == '-' && hyphens == 0, c == '-' && joined && hyphens == 1 && i > 1:
			hyphens++
		default:
			return false
		}
	}
	return hyphens == 0
}

// slug is the key somebody may have meant.
func slug(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return r == '-' || !isKeyRune(r) })
	if out := strings.Join(words, "-"); len(out) <= longest {
		return out
	}
	return ""
}

// link reads the key of a target, or the list of them.
func (d *document) link(r *draft, l *schema.Link, line int, v *yaml.Node) {
	p := pointer{link: l, line: line}
	key := "the key of a " + l.Target.Name
	switch {
	case isNull(v) && l.Required:
		d.problem(r.at(line), fmt.Sprintf("%s: %s has no value", r.label, l.Name), "right is "+key)
		return
	case isNull(v):
	case l.Many && v.Kind != yaml.SequenceNode:
		d.problem(r.node(v), fmt.Sprintf("%s: %s is %s", r.label, l.Name, kindOf(v)), "right is a list: - and "+key+" on each line")
		return
	case l.Many:
		for _, item := range v.Content {
			d.target(r, &p, item)
		}
	default:
		d.target(r, &p, v)
	}
	r.links = append(r.links, p)
}

func (d *document) target(r *draft, p *pointer, n *yaml.Node) {
	switch {
	case n.Kind == yaml.AliasNode:
		return
	case n.Kind != yaml.ScalarNode || isNull(n):
		d.problem(r.node(n), fmt.Sprintf("%s: %s names %s", r.label, p.link.Name, kindOf(n)), "right is the key of a "+p.link.Target.Name)
		return
	}
	p.targets = append(p.targets, target{key: n.Value, line: n.Line})
}
