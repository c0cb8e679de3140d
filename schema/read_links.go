package schema

import (
	"strings"
	"unicode"

	"github.com/vektah/gqlparser/v2/ast"
)

// linksOf gives a type the links it stores.
func (b *builder) linksOf(t *Type) {
	for _, d := range b.definitions(t) {
		for _, def := range d.Fields {
			if def.Directives.ForName("link") == nil {
				continue
			}
			if def.Directives.ForName("inverse") != nil {
				b.problem(def.Position, "%s.%s has both @link and @inverse; right is @link on the end that stores it", d.Name, def.Name)
			}
			if l := b.link(t, def); l != nil {
				l.Relation = b.relation(d, l)
				b.addLink(t, l, def)
			}
		}
	}
}

// link reads what a field says about the other end.
func (b *builder) link(t *Type, def *ast.FieldDefinition) *Link {
	l := &Link{Name: def.Name, Description: def.Description, Many: def.Type.Elem != nil, Required: def.Type.NonNull && def.Type.Elem == nil}
	l.Binding = l.Required || binds(def)
	if l.Binding && l.Many {
		b.problem(def.Position, "the link %s.%s leads to many and binds; right is a link to one", t.Name, def.Name)
	}
	if l.Many && (!def.Type.NonNull || !def.Type.Elem.NonNull) {
		b.problem(def.Position, "the link %s.%s may hold or be null; right is [%s!]!", t.Name, def.Name, def.Type.Name())
	}
	if l.Target = b.catalog.types[def.Type.Name()]; l.Target == nil {
		b.problem(def.Position, "%s.%s links to %s, which has no @node%s", t.Name, def.Name, def.Type.Name(), b.suggest(def.Type.Name(), keysOf(b.catalog.types)))
		return nil
	}
	return l
}

// binds reads @link(binds: true).
func binds(def *ast.FieldDefinition) bool {
	d := def.Directives.ForName("link")
	return d != nil && d.Arguments.ForName("binds") != nil && d.Arguments.ForName("binds").Value.Raw == "true"
}

// relation is the stored link behind a field; an interface's is shared by the
// types that implement it.
func (b *builder) relation(d *ast.Definition, l *Link) *Relation {
	name := upperSnake(d.Name) + "_" + upperSnake(l.Name)
	for _, r := range b.catalog.Relations {
		if r.Name == name {
			return r
		}
	}
	r := &Relation{Name: name, Field: l.Name, From: b.catalog.types[d.Name], To: l.Target, Many: l.Many, Required: l.Required, Binding: l.Binding}
	b.catalog.Relations = append(b.catalog.Relations, r)
	return r
}

func (b *builder) addLink(t *Type, l *Link, def *ast.FieldDefinition) {
	if t.fields[l.Name] != nil || t.links[l.Name] != nil {
		b.problem(def.Position, "%s.%s is declared twice; right is once, in the interface or in the type", t.Name, l.Name)
		return
	}
	if reserved[l.Name] {
		b.problem(def.Position, "%s.%s: %s has a meaning in filters; right is another name", t.Name, l.Name, l.Name)
	}
	t.Links = append(t.Links, l)
	t.links[l.Name] = l
}

// attributionsOf reads which links of a type tell who said something.
func (b *builder) attributionsOf(t *Type) {
	for _, d := range b.definitions(t) {
		for _, def := range d.Fields {
			directive := def.Directives.ForName("attribution")
			if directive == nil {
				continue
			}
			r := b.relationOf(t, def.Name)
			if r == nil {
				b.problem(def.Position, "%s.%s has @attribution and stores no link; right is @link beside it", d.Name, def.Name)
				continue
			}
			r.Attribution = &Attribution{}
			if at := directive.Arguments.ForName("at"); at != nil {
				for _, child := range at.Value.Children {
					if way := b.wayOf(t, d, def, child.Value.Raw); way != nil {
						r.Attribution.At = append(r.Attribution.At, way)
					}
				}
			}
		}
	}
}

// wayOf reads the names of to-one links with dots between them, from t on.
func (b *builder) wayOf(t *Type, d *ast.Definition, def *ast.FieldDefinition, names string) []*Relation {
	var way []*Relation
	for name := range strings.SplitSeq(names, ".") {
		to := b.relationOf(t, name)
		if to == nil || to.Many {
			b.problem(def.Position, "@attribution of %s.%s names %q, which is no to-one link%s", d.Name, def.Name, name, b.suggest(name, storedLinks(t)))
			return nil
		}
		way, t = append(way, to), to.To
	}
	return way
}

// inversesOf gives a type the links that others store and it reads backwards.
func (b *builder) inversesOf(t *Type) {
	for _, d := range b.definitions(t) {
		for _, def := range d.Fields {
			directive := def.Directives.ForName("inverse")
			if directive == nil {
				continue
			}
			l := b.link(t, def)
			if l == nil {
				continue
			}
			l.Inverse = true
			if !l.Many {
				b.problem(def.Position, "%s.%s reads a link backwards and can lead to many; right is [%s!]!", d.Name, def.Name, l.Target.Name)
			}
			of := argument(directive, "of", "")
			if l.Relation = b.relationOf(l.Target, of); l.Relation == nil {
				b.problem(def.Position, "%s.%s reads %s.%s backwards, which stores no link%s", d.Name, def.Name, l.Target.Name, of, b.suggest(of, storedLinks(l.Target)))
				continue
			}
			if to := l.Relation.To; to.Name != d.Name {
				b.problem(def.Position, "%s.%s reads %s.%s backwards, which leads to %s; right is a link that leads to %s",
					d.Name, def.Name, l.Target.Name, of, to.Name, d.Name)
			}
			b.addLink(t, l, def)
		}
	}
}

func (b *builder) relationOf(t *Type, field string) *Relation {
	if l := t.links[field]; l != nil && !l.Inverse {
		return l.Relation
	}
	return nil
}

func storedLinks(t *Type) []string {
	var out []string
	for _, l := range t.Links {
		if !l.Inverse {
			out = append(out, l.Name)
		}
	}
	return out
}

// keyOf reads @key: required to-one links only, so that every record has them.
func (b *builder) keyOf(t *Type) {
	d := b.defs[t.Name]
	directive := d.Directives.ForName("key")
	if directive == nil {
		return
	}
	from := directive.Arguments.ForName("from")
	if from == nil {
		b.problem(d.Position, "@key of %s names no links; right is @key(from: [\"…\"])", t.Name)
		return
	}
	for _, child := range from.Value.Children {
		l := t.links[child.Value.Raw]
		if l == nil || !l.Required {
			b.problem(d.Position, "@key of %s names %q, which is no required to-one link%s", t.Name, child.Value.Raw, b.suggest(child.Value.Raw, storedLinks(t)))
			continue
		}
		t.KeyFrom = append(t.KeyFrom, l)
	}
}

// upperSnake turns portabilityNotes into PORTABILITY_NOTES.
func upperSnake(s string) string {
	var b strings.Builder
	for i, r := range s {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}
