package enginetest

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// Fields that are not the model's own are asked by what the served schema says of
// them, so that a new one is asked from the day it is declared.

// selected is a field with arguments and what is asked below it.
func (v *inventor) selected(f *ast.FieldDefinition, depth int) *piece {
	p := &piece{name: f.Name}
	p.args = v.given(f.Name, f.Arguments)
	p.below = v.below(f.Type.Name(), depth)
	return p
}

// given are arguments of a field: those that are needed, and some of the others.
func (v *inventor) given(field string, all ast.ArgumentDefinitionList) []member {
	var out []member
	sized := false
	for _, a := range all {
		size := a.Name == "first" || a.Name == "last"
		if needed := a.Type.NonNull && a.DefaultValue == nil; !needed && (v.rare(a.Name, a.Type.NamedType) || (size && sized)) {
			continue
		}
		sized = sized || size
		out = append(out, member{a.Name, v.input(field+"."+a.Name, a.Type)})
	}
	return out
}

// input is a value for an argument, or for a member of an input object.
func (v *inventor) input(at string, t *ast.Type) *value {
	typeName := ""
	if v.chance(3) {
		typeName = t.String()
	}
	if t.Elem != nil {
		out := list()
		for range 1 + v.values.IntN(3) {
			out.list = append(out.list, v.input(at, t.Elem).as("", false))
		}
		return out.as(typeName, false)
	}
	def := v.catalog.Served.Types[t.NamedType]
	if name, isWhere := strings.CutSuffix(t.NamedType, "Where"); isWhere && v.catalog.Type(name) != nil {
		return v.where(v.catalog.Type(name), 1).as(v.whole(t.NamedType), false)
	}
	switch def.Kind {
	case ast.Enum:
		if strings.HasSuffix(at, ".atMost") || (strings.HasSuffix(at, "assume.verdict") && !v.chance(16)) {
			// UNKNOWN is refused; up to the first verdicts there is next to nothing.
			return enumValue(def.EnumValues[max(v.values.IntN(6), v.values.IntN(6))].Name).as(typeName, false)
		}
		return enumValue(def.EnumValues[v.values.IntN(len(def.EnumValues))].Name).as(typeName, false)
	case ast.InputObject:
		if def.Name == "Assumption" && !v.chance(16) {
			return v.assumption(at)
		}
		if def.Name == "MeetupPlanInput" && !v.chance(6) {
			return v.season(at)
		}
		out := object()
		for _, f := range def.Fields {
			if (f.Type.NonNull && f.DefaultValue == nil) || v.chance(2) {
				out.members = append(out.members, member{f.Name, v.input(at+"."+f.Name, f.Type)})
			}
		}
		return out
	default:
		return scalar(v.named(at, t.NamedType)).as(typeName, false)
	}
}

// assumption is one of the two forms that mean something.
func (v *inventor) assumption(at string) *value {
	out := object()
	fields := [][]string{{"platform", "capability", "state"}, {"practice", "from", "to", "verdict"}}[v.form.IntN(2)]
	for _, name := range fields {
		f := v.catalog.Served.Types["Assumption"].Fields.ForName(name)
		out.members = append(out.members, member{name, v.input(at+"."+name, f.Type)})
	}
	return out
}

// named is a scalar by the name of what takes it.
func (v *inventor) named(at, typeName string) any {
	name := at[strings.LastIndex(at, ".")+1:]
	switch typeName {
	case "Boolean":
		return v.values.IntN(2) == 0
	case "Int":
		return 1 + v.values.IntN(4)
	case "Date":
		if strings.HasPrefix(at, "meetupPlan.input.") && v.values.IntN(6) > 0 {
			return v.slotDate()
		}
		return days[v.values.IntN(len(days))]
	case "DateTime":
		return instants[v.values.IntN(len(instants))]
	case "ID":
		return v.someID(concrete(v.values, v.catalog.Types[v.values.IntN(len(v.catalog.Types))]))
	}
	switch name {
	case "after", "before":
		return v.seenCursor(strings.TrimSuffix(at, "."+name))
	case "practice", "practices":
		return v.about(v.matter.practice, func() string { return v.someKey(v.catalog.Type("Practice")) })
	case "capability":
		return v.about(v.matter.capability, func() string { return v.someKey(v.catalog.Type("Capability")) })
	case "from", "a":
		return v.about(v.matter.from, v.somePlatform)
	case "to", "b", "platform":
		return v.about(v.matter.to, v.somePlatform)
	case "platforms":
		return v.about([]string{v.matter.from, v.matter.to}[v.values.IntN(2)], v.somePlatform)
	case "level", "audience":
		return v.someKey(v.catalog.Type(levelType))
	case "groups":
		return groups[v.values.IntN(len(groups))]
	}
	for _, t := range v.catalog.Types {
		if name == t.Singular || name == t.Plural {
			return v.someKey(t)
		}
	}
	return v.someWords()
}

// somePlatform is a name of a platform, or nearly one.
func (v *inventor) somePlatform() string { return v.someName(v.catalog.Type("Platform")) }

// someName is a key or an alias of a platform, now and then with a slip in it.
func (v *inventor) someName(t *schema.Type) string {
	name := v.someKey(t)
	if had := v.had(t.Field("aliases")); len(had) > 0 && v.values.IntN(6) == 0 {
		name, _ = had[v.values.IntN(len(had))].(string)
	}
	if v.values.IntN(12) == 0 {
		name += "x"
	}
	return name
}

// someWords is a text, or the key of a record or a type's name, as nobody knows
// what is meant.
func (v *inventor) someWords() string {
	switch v.values.IntN(4) {
	case 0:
		return v.someKey(v.catalog.Types[v.values.IntN(len(v.catalog.Types))])
	case 1:
		return texts[v.values.IntN(len(texts))] + " " + texts[v.values.IntN(len(texts))]
	default:
		return texts[v.values.IntN(len(texts))]
	}
}

// seenCursor is a cursor that some earlier answer to the field had, whoever asked.
func (v *inventor) seenCursor(field string) string {
	if all := v.seen[field]; len(all) > 0 {
		return all[v.values.IntN(len(all))]
	}
	return "none"
}

// below is what is asked of an answer of a type.
func (v *inventor) below(typeName string, depth int) []*piece {
	if t := v.catalog.Type(typeName); t != nil {
		return v.record(t, min(depth, 1))
	}
	def := v.catalog.Served.Types[typeName]
	switch def.Kind {
	case ast.Union, ast.Interface:
		return v.oneOf(def, depth)
	case ast.Object:
		return v.some(def, depth)
	default:
		return nil
	}
}

// oneOf asks of a union, or of an interface that is no type of the model.
func (v *inventor) oneOf(def *ast.Definition, depth int) []*piece {
	out := []*piece{{name: "__typename"}}
	possible := v.catalog.Served.GetPossibleTypes(def)
	for range 1 + v.form.IntN(2) {
		on := possible[v.form.IntN(len(possible))].Name
		out = append(out, &piece{on: on, spread: v.chance(3), below: v.below(on, depth-1)})
	}
	return out
}

// some of the fields of an object, deep ones only as far as depth goes.
func (v *inventor) some(def *ast.Definition, depth int) []*piece {
	var out []*piece
	for _, f := range def.Fields {
		leaf := v.catalog.Served.Types[f.Type.Name()].IsLeafType()
		if strings.HasPrefix(f.Name, "__") || (!leaf && depth <= 0) || (!slices.Contains(partsOfAll, f.Name) && !v.chance(2)) {
			continue
		}
		p := v.selected(f, depth-1)
		p.alias = v.alias()
		out = append(out, p)
	}
	if len(out) == 0 {
		out = append(out, &piece{name: "__typename"})
	}
	return out
}
