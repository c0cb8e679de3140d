package enginetest

import (
	"maps"
	"math"
	"slices"

	"github.com/open-operations/opsmap/schema"
)

func sortStrings(list []string) { slices.Sort(list) }

// where is a filter of t.
func (v *inventor) where(t *schema.Type, depth int) *value {
	out := object()
	used := map[string]bool{}
	for range 1 + v.form.IntN(4)/3 {
		v.conditions--
		if m := v.condition(t, depth); m != nil && !used[m.name] {
			used[m.name] = true
			out.members = append(out.members, *m)
		}
	}
	return out
}

func (v *inventor) condition(t *schema.Type, depth int) *member {
	n := v.form.IntN(14)
	if v.filters && n > 3 {
		n = 4
	}
	switch {
	case n < 3 && depth > 0:
		return v.combined([]string{"and", "or", "not"}[n], t, depth)
	case n == 3 && depth > 0:
		return &member{"confidentiality", v.where(v.catalog.Type(levelType), depth-1)}
	case n < 8 && depth > 0 && len(t.Links) > 0:
		l := t.Links[v.form.IntN(len(t.Links))]
		return &member{l.Name, v.link(l, depth)}
	}
	f := t.Fields[v.form.IntN(len(t.Fields))]
	switch {
	case !f.Filterable() || (v.timeless && tellsTime(f)):
		return nil
	case f.System == schema.SysID:
		return &member{"id", v.ids(t)}
	default:
		return &member{f.Name, v.field(f)}
	}
}

func (v *inventor) combined(name string, t *schema.Type, depth int) *member {
	if name == "not" {
		return &member{name, v.where(t, depth-1)}
	}
	all := list()
	for range v.form.IntN(4) {
		all.list = append(all.list, v.where(t, depth-1))
	}
	return &member{name, all}
}

func (v *inventor) link(l *schema.Link, depth int) *value {
	if !l.Many {
		return v.where(l.Target, depth-1)
	}
	out := object()
	if v.chance(3) {
		out.members = append(out.members, member{"count", v.operators(&schema.Field{Kind: schema.Int}, "IntFilter")})
	}
	for _, q := range []string{"some", "all", "none", "single"} {
		if v.chance(4) || (q == "single" && len(out.members) == 0) {
			out.members = append(out.members, member{q, v.where(l.Target, depth-1)})
		}
	}
	return out
}

// ids are conditions on the global id. Which types are named is part of the form.
func (v *inventor) ids(t *schema.Type) *value {
	if v.chance(4) {
		return object(member{"exists", scalar(v.chance(2))})
	}
	other := concrete(v.form, v.catalog.Types[v.form.IntN(len(v.catalog.Types))])
	if v.chance(2) {
		return object(member{"eq", scalar(v.someID(concrete(v.form, t))).as(v.variable("ID"), false)})
	}
	ids := list(scalar(v.someID(other)))
	for range 1 + v.values.IntN(3) {
		ids.list = append(ids.list, scalar(v.someID(t.Concrete[0])))
	}
	return object(member{"in", ids.as(v.variable("[ID!]"), false)})
}

// field is a condition on a field.
func (v *inventor) field(f *schema.Field) *value {
	if !f.List {
		return v.one(f)
	}
	out := object()
	for _, q := range []string{"some", "all", "none", "single"} {
		if v.chance(4) || (q == "single" && len(out.members) == 0) {
			out.members = append(out.members, member{q, v.one(f)})
		}
	}
	return out
}

// one is a condition on a single value, or on an item of a list.
func (v *inventor) one(f *schema.Field) *value {
	if f.Kind == schema.Object {
		return v.objectFilter(f.Object)
	}
	single := *f
	single.List = false
	return v.operators(&single, schema.FilterName(&single))
}

func (v *inventor) objectFilter(o *schema.ObjectType) *value {
	if v.chance(5) {
		return object(member{"exists", scalar(v.chance(2))})
	}
	out := object()
	for _, f := range o.Fields {
		if v.chance(3) {
			out.members = append(out.members, member{f.Name, v.field(f)})
		}
	}
	if len(out.members) == 0 {
		f := o.Fields[v.form.IntN(len(o.Fields))]
		out.members = append(out.members, member{f.Name, v.field(f)})
	}
	return out
}

// operators are one or two conditions on a scalar.
func (v *inventor) operators(f *schema.Field, filter string) *value {
	out := object()
	used := map[string]bool{}
	def := v.catalog.Served.Types[filter]
	for range 1 + v.form.IntN(4)/3 {
		op := def.Fields[v.form.IntN(len(def.Fields))]
		if used[op.Name] {
			continue
		}
		used[op.Name] = true
		out.members = append(out.members, member{op.Name, v.operand(f, op.Name, op.Type.String())})
	}
	return out
}

func (v *inventor) operand(f *schema.Field, op, typeName string) *value {
	switch op {
	case "exists":
		return scalar(v.chance(2))
	case "ignoreCase":
		def := v.catalog.Served.Types["StringFoldFilter"]
		fold := def.Fields[v.form.IntN(len(def.Fields))]
		return object(member{fold.Name, v.operand(f, fold.Name, fold.Type.String())})
	case "in":
		all := list()
		for range v.values.IntN(4) {
			all.list = append(all.list, v.scalar(f))
		}
		return all.as(v.variable(typeName), v.chance(4))
	case "contains", "startsWith", "endsWith":
		return scalar(parts[v.values.IntN(len(parts))]).as(v.variable(typeName), v.chance(4))
	}
	return v.scalar(f).as(v.variable(typeName), v.chance(4))
}

// scalar is a value to compare with, mostly one that some record has.
func (v *inventor) scalar(f *schema.Field) *value {
	var some any
	if had := v.had(f); len(had) > 0 && v.values.IntN(5) > 1 {
		some = had[v.values.IntN(len(had))]
	} else if f.System == schema.SysKey {
		some = keyPool[v.values.IntN(len(keyPool))]
	} else {
		some = randomScalar(v.values, f)
	}
	if n, ok := some.(int64); ok && n != int64(int32(n)) {
		some = int64(math.MaxInt32)
	}
	if word, ok := some.(string); ok && f.Kind == schema.EnumKind {
		return enumValue(word)
	}
	return scalar(some)
}

// had are the values that records have under the name of a field, in order.
func (v *inventor) had(f *schema.Field) []any {
	var out []any
	for _, id := range slices.SortedFunc(maps.Keys(v.entries), byID) {
		e := v.entries[id]
		if of := e.typ.Field(f.Name); of != nil && of.Kind == f.Kind && of.Enum == f.Enum && of.Object == nil {
			if items, isList := e.values[f.Name].([]any); isList {
				out = append(out, items...)
			} else if e.values[f.Name] != nil {
				out = append(out, e.values[f.Name])
			}
		}
	}
	return out
}
