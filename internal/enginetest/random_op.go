package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/open-operations/opsmap/schema"
)

// inventor makes random operations: its form comes from one source of chance and
// the values in it from another, so that many operations can share a form, which
// is what is dear on an engine that plans.
type inventor struct {
	form, values *rand.Rand
	*oracle
	// sees is what the asker sees, so that most questions are about something there;
	// nil while nobody is known to ask.
	sees   *sight
	matter matter
	// timeless leaves out what the history of a record shows in: createdAt,
	// updatedAt, version.
	timeless bool
	// naive leaves out what the oracle does not answer.
	naive bool
	// filters asks for lists only, each with a filter, mostly over links.
	filters bool
	// asks, where it is set, makes every field of Query.
	asks func(*inventor, *schema.Type) *piece
	// seen are cursors in earlier answers, by the field that was asked.
	seen    map[string][]string
	aliases int
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
	if seen := v.keysSeen(t); len(seen) > 0 && v.values.IntN(3) > 0 {
		return v.someOf(seen, keyPool)
	}
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

// anyRecord asks of a record whose type is not known, with one in mind.
func (v *inventor) anyRecord(t *schema.Type, depth int) []*piece {
	if v.chance(4) {
		return v.common()
	}
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
			p.below = v.common()
		}
		v.direct(p)
		out = append(out, p)
	}
	if len(out) == 0 {
		out = append(out, &piece{name: "key"})
	}
	return out
}

// common asks for what every record has.
func (v *inventor) common() []*piece {
	out := []*piece{{name: "id"}}
	for _, f := range v.catalog.Served.Types["Node"].Fields {
		tells := v.timeless && slices.Contains([]string{"createdAt", "updatedAt", "version"}, f.Name)
		if v.chance(4) && !tells {
			p := v.selected(f, 0)
			p.alias = v.alias()
			out = append(out, p)
		}
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
			v.connection(p, v.catalog.Served.Types[t.Name].Fields.ForName(l.Name), l.Target, depth-1)
		} else {
			p.below = v.record(l.Target, depth-1)
		}
		return p
	}
	if extra := v.extraMembers(t); len(extra) > 0 && v.chance(4) {
		p := v.selected(extra[v.form.IntN(len(extra))], depth)
		p.alias = v.alias()
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
