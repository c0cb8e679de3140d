package enginetest

import (
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// connection gives a piece the arguments and parts of a list of t, which is the
// field def.
func (v *inventor) connection(p *piece, def *ast.FieldDefinition, t *schema.Type, depth int) {
	if v.conditions > 0 && (v.filters || v.form.IntN(5) < 2) {
		p.args = append(p.args, member{"where", v.where(t, 2).as(v.whole(schema.WhereName(t.Name)), v.chance(4))})
	}
	order := v.order(t)
	if len(order) > 0 {
		p.args = append(p.args, member{"orderBy", orderValue(order).as(v.whole("["+schema.OrderName(t.Name)+"!]"), v.chance(4))})
	}
	v.page(p, t, v.searched(p, def, order))
	for _, a := range v.extraArguments(def) {
		if v.chance(4) {
			p.args = append(p.args, member{a.Name, v.input("connection."+a.Name, a.Type)})
		}
	}
	p.below = v.parts(t, depth)
}

// whole is the type of a variable for a whole input, now and then.
func (v *inventor) whole(typeName string) string {
	if v.chance(6) {
		return typeName
	}
	return ""
}

func (v *inventor) parts(t *schema.Type, depth int) []*piece {
	var out []*piece
	if v.chance(2) {
		out = append(out, &piece{name: "totalCount"})
	}
	if v.chance(3) {
		out = append(out, &piece{name: "pageInfo", below: []*piece{
			{name: "hasNextPage"}, {name: "hasPreviousPage"}, {name: "startCursor"}, {name: "endCursor"},
		}})
	}
	out = append(out, v.divisions(t, depth)...)
	switch {
	case v.chance(4):
		edge := []*piece{{name: "cursor"}, {name: "node", below: v.record(t, depth)}}
		out = append(out, &piece{name: "edges", below: edge[v.form.IntN(2):]})
	case len(out) == 0 || !v.chance(4):
		out = append(out, &piece{name: "nodes", below: v.record(t, depth)})
	}
	if extra := v.extraParts(t); len(extra) > 0 && v.chance(2) {
		p := v.selected(extra[v.form.IntN(len(extra))], 2)
		p.alias = v.alias()
		out = append(out, p)
	}
	return out
}

func (v *inventor) order(t *schema.Type) []place {
	if v.chance(2) {
		return nil
	}
	var all []place
	for _, f := range t.Fields {
		if f.Orderable() && (!v.timeless || !tellsTime(f)) {
			all = append(all, place{name: f.Name})
		}
	}
	for _, l := range t.Links {
		if l.Many {
			all = append(all, place{name: l.Name, counted: true})
		}
	}
	var out []place
	for range 1 + v.form.IntN(3) {
		p := all[v.form.IntN(len(all))]
		p.down = v.chance(2)
		out = append(out, p)
	}
	return out
}

func orderValue(order []place) *value {
	out := list()
	for _, p := range order {
		word := enumValue("ASC")
		if p.down {
			word = enumValue("DESC")
		}
		if p.counted {
			word = object(member{"count", word})
		}
		out.list = append(out.list, object(member{p.name, word}))
	}
	return out
}

// page adds first or last, and cursors.
func (v *inventor) page(p *piece, t *schema.Type, order []place) {
	if v.chance(2) {
		name := []string{"first", "first", "last"}[v.form.IntN(3)]
		p.args = append(p.args, member{name, scalar(v.values.IntN(5)).as(v.variable("Int"), v.chance(3))})
	}
	for _, name := range []string{"after", "before"} {
		if v.chance(6) {
			p.args = append(p.args, member{name, scalar(v.cursor(t, order)).as(v.variable("String"), false)})
		}
	}
}

// cursor of a place in an order, where some record may stand, or could.
func (v *inventor) cursor(t *schema.Type, asked []place) string {
	var order []place
	if len(asked) > 0 && asked[0].sought != nil {
		order, asked = asked, nil
	}
	order = append(order, orderOf(orderValue(asked).plain())...)
	s := v.sightOf(all, noon)
	entries := s.all(t)
	s.sorted(entries, []place{{name: "key"}})
	if len(entries) > 0 && v.values.IntN(4) > 0 {
		return s.cursor(t, order, entries[v.values.IntN(len(entries))])
	}
	values := []any{}
	for _, p := range order {
		f := t.Field(p.name)
		switch {
		case p.counted:
			values = append(values, int64(v.values.IntN(3)))
		case p.sought != nil:
			values = append(values, int64(v.values.IntN(60)))
		case !f.Required && v.values.IntN(3) == 0:
			values = append(values, nil)
		default:
			values = append(values, randomScalar(v.values, f))
		}
	}
	return cursorOf(t, order, values)
}

// plain is a value as the oracle has it.
func (v *value) plain() any {
	switch v.kind {
	case listValue:
		out := []any{}
		for _, item := range v.list {
			out = append(out, item.plain())
		}
		return out
	case objectValue:
		out := map[string]any{}
		for _, m := range v.members {
			out[m.name] = m.value.plain()
		}
		return out
	default:
		return v.scalar
	}
}
