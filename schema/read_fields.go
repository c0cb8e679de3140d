package schema

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// roots are the types that operations start from.
var roots = map[string]bool{"Query": true, "Mutation": true, "Subscription": true}

// systemFields are the fields of Node that the store keeps.
var systemFields = map[string]System{
	"id": SysID, "key": SysKey, "createdAt": CreatedAt, "updatedAt": UpdatedAt,
	"version": Version, "confidentialityConditions": Conditions, "audience": Audience,
}

// levelField is the field of Node that is answered from a record's guard class:
// neither a stored field nor a stored link.
const levelField = "confidentiality"

// reserved names mean something in a filter.
var reserved = map[string]bool{"and": true, "or": true, "not": true}

func (b *builder) objects() {
	for _, name := range keysOf(b.defs) {
		d := b.defs[name]
		if d.Kind == ast.Object && d.Directives.ForName("node") == nil && !roots[name] {
			b.catalog.objects[name] = &ObjectType{Name: name, fields: map[string]*Field{}}
		}
	}
	for _, name := range keysOf(b.catalog.objects) {
		o := b.catalog.objects[name]
		for _, def := range b.defs[name].Fields {
			f := b.field(def, len(o.Fields))
			if f == nil || f.Kind == Object {
				// It names records or other objects, so it can only be a result.
				continue
			}
			o.Fields = append(o.Fields, f)
			o.fields[f.Name] = f
		}
	}
}

// fieldsOf gives a type its values; links come later, when all types are known.
func (b *builder) fieldsOf(t *Type) {
	for _, d := range b.definitions(t) {
		for _, def := range d.Fields {
			if d == b.node && def.Name == levelField {
				continue
			}
			if def.Directives.ForName("link") != nil || def.Directives.ForName("inverse") != nil {
				continue
			}
			f := b.field(def, len(t.Fields))
			if f == nil {
				b.problem(def.Position, "%s.%s has type %s, which is no value%s", d.Name, def.Name, def.Type, b.meant(def))
				continue
			}
			if d == b.node {
				f.System = systemFields[f.Name]
			}
			if f.Kind == Object {
				b.hold(f.Object, def)
			}
			b.addField(t, f, def)
		}
	}
}

// hold makes an object a value: records hold it.
func (b *builder) hold(o *ObjectType, def *ast.FieldDefinition) {
	o.Value = true
	if len(o.Fields) != len(b.defs[o.Name].Fields) {
		b.problem(def.Position, "%s holds %s, which has fields that are no values; right is a value object of scalars", def.Name, o.Name)
	}
}

func (b *builder) meant(def *ast.FieldDefinition) string {
	if d := b.defs[def.Type.Name()]; d != nil && d.Directives.ForName("node") != nil {
		return "; right is @link or @inverse(of: …) behind it"
	}
	return b.suggest(def.Type.Name(), append(keysOf(b.defs), "String", "Int", "Boolean"))
}

func (b *builder) addField(t *Type, f *Field, def *ast.FieldDefinition) {
	if t.fields[f.Name] != nil || t.links[f.Name] != nil {
		b.problem(def.Position, "%s.%s is declared twice; right is once, in the interface or in the type", t.Name, f.Name)
		return
	}
	if reserved[f.Name] {
		b.problem(def.Position, "%s.%s: %s has a meaning in filters; right is another name", t.Name, f.Name, f.Name)
	}
	t.Fields = append(t.Fields, f)
	t.fields[f.Name] = f
}

// field reads a value; nil when its type is none.
func (b *builder) field(def *ast.FieldDefinition, index int) *Field {
	f := &Field{Name: def.Name, Description: def.Description, Index: index, Required: def.Type.NonNull}
	named := def.Type
	if def.Type.Elem != nil {
		f.List, named = true, def.Type.Elem
		if !def.Type.NonNull || !named.NonNull {
			b.problem(def.Position, "the list %s may hold or be null; right is [%s!]!", def.Name, named.Name())
		}
	}
	if !b.kindOf(f, named.Name()) {
		return nil
	}
	f.Prose = def.Directives.ForName("prose") != nil
	f.Search = b.searchTier(f, def)
	f.Sum = def.Directives.ForName("sum") != nil
	if d := def.Directives.ForName("vocabulary"); d != nil {
		f.Vocabulary = argument(d, "type", "")
	}
	if d := def.Directives.ForName("default"); d != nil {
		f.Default = b.defaultOf(f, argument(d, "value", ""), def)
	}
	return f
}

func (b *builder) kindOf(f *Field, name string) bool {
	switch name {
	case "String", "ID", "Int", "Boolean", "Date", "DateTime":
		f.Kind = Kind(name)
		return true
	}
	if e := b.catalog.enums[name]; e != nil {
		f.Kind, f.Enum = EnumKind, e
		return true
	}
	if o := b.catalog.objects[name]; o != nil {
		f.Kind, f.Object = Object, o
		return true
	}
	return false
}

func (b *builder) defaultOf(f *Field, word string, def *ast.FieldDefinition) any {
	switch f.Kind {
	case Boolean:
		if word == "true" || word == "false" {
			return word == "true"
		}
	case Int:
		if n, err := strconv.ParseInt(word, 10, 32); err == nil {
			return n
		}
	case EnumKind:
		if f.Enum.Rank(word) >= 0 {
			return word
		}
		b.problem(def.Position, "the default of %s is %q%s", f.Name, word, b.suggest(word, f.Enum.Values))
		return nil
	case String:
		return word
	}
	b.problem(def.Position, "the default of %s is %q, which is no %s", f.Name, word, f.Kind)
	return nil
}
