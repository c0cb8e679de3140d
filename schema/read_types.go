package schema

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/text"
	"github.com/vektah/gqlparser/v2/ast"
)

func keysOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func (b *builder) suggest(name string, candidates []string) string {
	if clause := text.DidYouMean(name, candidates); clause != "" {
		return clause
	}
	if len(candidates) > 12 {
		return "; there is no such name"
	}
	return "; right is one of " + strings.Join(slices.Sorted(slices.Values(candidates)), ", ")
}

func (b *builder) enums() {
	for _, name := range keysOf(b.defs) {
		d := b.defs[name]
		if d.Kind != ast.Enum {
			continue
		}
		e := &Enum{Name: name}
		for _, v := range d.EnumValues {
			e.Values = append(e.Values, v.Name)
		}
		b.catalog.enums[name] = e
	}
}

// types makes the empty types: interfaces before the types that implement them,
// so that those find their family.
func (b *builder) types() {
	for _, kind := range []ast.DefinitionKind{ast.Interface, ast.Object} {
		for _, name := range keysOf(b.defs) {
			if d := b.defs[name]; d.Kind == kind && d.Directives.ForName("node") != nil {
				b.newType(d)
			}
		}
	}
	slices.SortFunc(b.catalog.Types, func(x, y *Type) int { return strings.Compare(x.Name, y.Name) })
	roots := map[string]string{"node": "Node", "nodes": "Node", "viewer": "Query", "search": "Query"}
	for _, t := range b.catalog.Types {
		for _, root := range []string{t.Singular, t.Plural} {
			if other, taken := roots[root]; taken {
				b.problem(b.defs[t.Name].Position, "the root field %s of %s is taken by %s; right is another plural: @node(plural: …)", root, t.Name, other)
			}
			roots[root] = t.Name
		}
	}
}

func (b *builder) newType(d *ast.Definition) {
	t := &Type{
		Name: d.Name, Description: d.Description, Interface: d.Kind == ast.Interface,
		Singular: lowerFirst(d.Name), fields: map[string]*Field{}, links: map[string]*Link{},
	}
	directive := d.Directives.ForName("node")
	t.Plural = argument(directive, "plural", t.Singular+"s")
	t.Family = t
	for _, name := range d.Interfaces {
		family := b.catalog.types[name]
		switch {
		case name == "Node":
		case family == nil || !family.Interface:
			b.problem(d.Position, "%s implements %s, which is no interface with @node%s", d.Name, name, b.suggest(name, keysOf(b.catalog.types)))
		default:
			t.Family = family
			family.Concrete = append(family.Concrete, t)
		}
	}
	if !t.Interface {
		t.Concrete = []*Type{t}
		t.Section = argument(directive, "section", t.Plural)
		if other := b.catalog.sections[t.Section]; other != nil {
			b.problem(d.Position, "the section %s belongs to %s already; right is @node(section: …)", t.Section, other.Name)
		}
		b.catalog.sections[t.Section] = t
	}
	b.catalog.types[t.Name] = t
	b.catalog.Types = append(b.catalog.Types, t)
}

func argument(d *ast.Directive, name, fallback string) string {
	if a := d.Arguments.ForName(name); a != nil {
		return a.Value.Raw
	}
	return fallback
}

func lowerFirst(s string) string {
	r := []rune(s)
	r[0] = unicode.ToLower(r[0])
	return string(r)
}

// definitions are those a type's fields come from: Node, its interface, itself.
func (b *builder) definitions(t *Type) []*ast.Definition {
	out := []*ast.Definition{b.node}
	if t.Family != t {
		out = append(out, b.defs[t.Family.Name])
	}
	return append(out, b.defs[t.Name])
}

// mutations reads which role each needs.
func (b *builder) mutations() {
	d := b.defs["Mutation"]
	if d == nil {
		return
	}
	for _, f := range d.Fields {
		role := needed(f.Directives.ForName("needs"))
		if e := b.catalog.enums["Role"]; e == nil || e.Rank(role) < 0 {
			b.problem(f.Position, "the mutation %s names no role that it needs; right is @needs(role: CONTRIBUTOR)", f.Name)
		}
		b.catalog.needs[f.Name] = role
	}
}

// needed is the role that @needs names; empty for none.
func needed(d *ast.Directive) string {
	if d == nil {
		return ""
	}
	return argument(d, "role", "")
}

// vocabularies checks that @vocabulary names a type of records.
func (b *builder) vocabularies() {
	check := func(fields ast.FieldList) {
		for _, f := range fields {
			d := f.Directives.ForName("vocabulary")
			if d == nil {
				continue
			}
			if name := argument(d, "type", ""); b.catalog.types[name] == nil {
				b.problem(f.Position, "@vocabulary names %q%s", name, b.suggest(name, keysOf(b.catalog.types)))
			}
		}
	}
	for _, d := range b.defs {
		check(d.Fields)
	}
}
