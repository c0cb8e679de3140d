package enginetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/open-operations/opsmap/schema"
)

// inventor makes random operations: its form comes from one source of chance and
// the values in it from another, so that many operations can share a form, which
// is what is dear on an engine that plans.
type inventor struct {
	form, values *rand.Rand
	*oracle
	// timeless leaves out what the history of a record shows in: createdAt,
	// updatedAt, version.
	timeless bool
	aliases  int
	// conditions is how many filters the operation may still have.
	conditions int
}

// chance is true once in n.
func (v *inventor) chance(n int) bool { return v.form.IntN(n) == 0 }

func (v *inventor) operation() *operation {
	v.aliases, v.conditions = 0, 12
	o := &operation{}
	for range 1 + v.form.IntN(2) {
		o.pieces = append(o.pieces, v.root())
	}
	return o
}

// alias is a new one: two pieces under one key would have to ask the same.
func (v *inventor) alias() string {
	v.aliases++
	return fmt.Sprintf("a%d", v.aliases)
}

func (v *inventor) root() *piece {
	t := v.catalog.Types[v.form.IntN(len(v.catalog.Types))]
	p := &piece{alias: v.alias()}
	switch n := v.form.IntN(20); {
	case n < 2:
		p.name, p.args = t.Singular, []member{{"key", scalar(v.someKey(t)).as(v.variable("String!"), false)}}
		p.below = v.record(t, 2)
	case n < 4:
		p.name, p.args = "node", []member{{"id", scalar(v.someID(concrete(v.form, t))).as(v.variable("ID!"), false)}}
		p.below = v.node(concrete(v.form, t), 2)
	case n < 6:
		var ids []*value
		for range 1 + v.form.IntN(3) {
			other := concrete(v.form, v.catalog.Types[v.form.IntN(len(v.catalog.Types))])
			for range 1 + v.values.IntN(3) {
				ids = append(ids, scalar(v.someID(other)))
			}
		}
		p.name, p.args = "nodes", []member{{"ids", list(ids...).as(v.variable("[ID!]!"), false)}}
		p.below = v.node(concrete(v.form, t), 1)
	default:
		p.name = t.Plural
		v.connection(p, t, 2)
	}
	v.direct(p)
	return p
}

// variable is the type of a variable, or nothing, where a literal stands.
func (v *inventor) variable(typeName string) string {
	if v.chance(3) {
		return typeName
	}
	return ""
}

func concrete(r *rand.Rand, t *schema.Type) *schema.Type { return t.Concrete[r.IntN(len(t.Concrete))] }

// someKey is a key of a type, or of none.
func (v *inventor) someKey(t *schema.Type) string {
	var keys []string
	for id, e := range v.entries {
		if isA(e.typ, t) {
			keys = append(keys, id.Key)
		}
	}
	return v.someOf(keys, keyPool)
}

// someOf takes from the first list, if there is something, mostly.
func (v *inventor) someOf(first, second []string) string {
	if len(first) == 0 || v.values.IntN(8) == 0 {
		return second[v.values.IntN(len(second))]
	}
	// Lists made from maps come in any order; chance alone has to decide.
	sortStrings(first)
	return first[v.values.IntN(len(first))]
}

func (v *inventor) someID(t *schema.Type) string { return t.Name + ":" + v.someKey(t) }

// direct puts @skip or @include on a piece now and then.
func (v *inventor) direct(p *piece) {
	if !v.chance(25) {
		return
	}
	p.directive = []string{"skip", "include"}[v.form.IntN(2)]
	p.condition = scalar(v.chance(2)).as(v.variable("Boolean!"), v.chance(3))
}

// node asks of a record whose type is not known, with one in mind.
func (v *inventor) node(t *schema.Type, depth int) []*piece {
	return []*piece{{name: "__typename"}, {name: "key"}, {on: t.Name, spread: v.chance(3), below: v.record(t, depth)}}
}

// record asks of records of t.
func (v *inventor) record(t *schema.Type, depth int) []*piece {
	var out []*piece
	asked := map[string]bool{}
	for range 1 + v.form.IntN(4) {
		p := v.member(t, depth)
		if p == nil || (p.alias == "" && asked[p.name] && len(p.below) > 0) {
			continue
		}
		asked[p.name] = true
		v.direct(p)
		out = append(out, p)
	}
	if t.Interface && v.chance(2) || v.chance(15) {
		c := concrete(v.form, t)
		p := &piece{on: c.Name, spread: v.chance(3), below: v.record(c, depth-1)}
		if v.chance(4) {
			p.on = "Node"
			p.below = []*piece{{name: "id"}, {name: "key"}}
		}
		v.direct(p)
		out = append(out, p)
	}
	if len(out) == 0 {
		out = append(out, &piece{name: "key"})
	}
	return out
}

func (v *inventor) member(t *schema.Type, depth int) *piece {
	switch n := v.form.IntN(12); {
	case n == 0:
		return &piece{name: "__typename"}
	case n == 1:
		level := v.catalog.Type(levelType)
		return &piece{alias: v.alias(), name: "confidentiality", below: v.record(level, 0)}
	case n < 7 && depth > 0 && len(t.Links) > 0:
		l := t.Links[v.form.IntN(len(t.Links))]
		p := &piece{alias: v.alias(), name: l.Name}
		if l.Many {
			v.connection(p, l.Target, depth-1)
		} else {
			p.below = v.record(l.Target, depth-1)
		}
		return p
	}
	f := t.Fields[v.form.IntN(len(t.Fields))]
	if v.timeless && tellsTime(f) {
		return nil
	}
	p := &piece{name: f.Name}
	if f.Kind == schema.Object {
		p.alias, p.below = v.alias(), v.object(f.Object)
	} else if v.chance(3) || t.Interface || f.Kind == schema.EnumKind || !f.Required {
		// Under one name two types may have values of different kinds.
		p.alias = v.alias()
	}
	return p
}

func tellsTime(f *schema.Field) bool {
	return f.System == schema.CreatedAt || f.System == schema.UpdatedAt || f.System == schema.Version
}

func (v *inventor) object(o *schema.ObjectType) []*piece {
	out := []*piece{}
	for _, f := range o.Fields {
		if v.chance(2) {
			out = append(out, &piece{name: f.Name})
		}
	}
	if len(out) == 0 || v.chance(8) {
		out = append(out, &piece{name: "__typename"})
	}
	return out
}

// connection gives a piece the arguments and parts of a list of t.
func (v *inventor) connection(p *piece, t *schema.Type, depth int) {
	if v.conditions > 0 && v.form.IntN(5) < 2 {
		p.args = append(p.args, member{"where", v.where(t, 2).as(v.whole(schema.WhereName(t.Name)), v.chance(4))})
	}
	order := v.order(t)
	if len(order) > 0 {
		p.args = append(p.args, member{"orderBy", orderValue(order).as(v.whole("["+schema.OrderName(t.Name)+"!]"), v.chance(4))})
	}
	v.page(p, t, order)
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
	switch {
	case v.chance(4):
		edge := []*piece{{name: "cursor"}, {name: "node", below: v.record(t, depth)}}
		out = append(out, &piece{name: "edges", below: edge[v.form.IntN(2):]})
	case len(out) == 0 || !v.chance(4):
		out = append(out, &piece{name: "nodes", below: v.record(t, depth)})
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
	order := orderOf(orderValue(asked).plain())
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
