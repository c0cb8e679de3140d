package enginetest

import (
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// divisions ask how a list of t divides, each now and then.
func (v *inventor) divisions(t *schema.Type, depth int) []*piece {
	var out []*piece
	if v.chance(6) {
		out = append(out, &piece{name: "facets", below: v.facets(t, depth)})
	}
	if v.chance(8) {
		out = append(out, &piece{name: "aggregate", below: v.figures(t)})
	}
	if v.chance(8) {
		out = append(out, v.groups(t))
	}
	return out
}

// divisors are the names of what lists of t divide by.
func (v *inventor) divisors(t *schema.Type) []string {
	var names []string
	for _, f := range v.catalog.Served.Types[schema.FacetsName(t.Name)].Fields {
		if !strings.HasPrefix(f.Name, "__") {
			names = append(names, f.Name)
		}
	}
	return names
}

// few adds first, now and then.
func (v *inventor) few(p *piece) {
	if v.chance(2) {
		p.args = append(p.args, member{"first", scalar(v.values.IntN(5)).as(v.variable("Int"), v.chance(3))})
	}
}

func (v *inventor) facets(t *schema.Type, depth int) []*piece {
	names := v.divisors(t)
	var out []*piece
	for range 1 + v.form.IntN(2) {
		p := &piece{alias: v.alias(), name: names[v.form.IntN(len(names))], below: []*piece{{name: "value"}, {name: "count"}}}
		v.few(p)
		target := v.catalog.Type(levelType)
		if l := t.Link(p.name); l != nil {
			target = l.Target
		}
		if t.Field(p.name) == nil && v.chance(3) {
			p.below = append(p.below, &piece{name: "node", below: v.record(target, min(depth, 1))})
		}
		out = append(out, p)
	}
	return out
}

func (v *inventor) groups(t *schema.Type) *piece {
	names := v.divisors(t)
	by, keys := list(), []*piece{}
	for range 1 + v.form.IntN(3) {
		name := names[v.form.IntN(len(names))]
		again := false
		for _, k := range keys {
			again = again || k.name == name
		}
		if again {
			continue
		}
		keys = append(keys, &piece{alias: v.alias(), name: name})
		by.list = append(by.list, enumValue(capitals(name)))
	}
	p := &piece{alias: v.alias(), name: "groups", args: []member{{"by", by}}, below: []*piece{{name: "keys", below: keys}, {name: "count"}}}
	v.few(p)
	if v.chance(2) {
		p.below = append(p.below, &piece{name: "aggregate", below: v.figures(t)})
	}
	return p
}

// capitals writes helpWanted as HELP_WANTED.
func capitals(name string) string {
	var b strings.Builder
	for _, c := range name {
		if 'A' <= c && c <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteString(strings.ToUpper(string(c)))
	}
	return b.String()
}

func (v *inventor) figures(t *schema.Type) []*piece {
	out := []*piece{{name: "count"}}
	for _, f := range t.Fields {
		if f.List || v.timeless && tellsTime(f) || !v.chance(2) {
			continue
		}
		switch f.Kind {
		case schema.Int:
			out = append(out, &piece{alias: v.alias(), name: f.Name, below: v.someOfThese("count", "min", "max", "sum", "avg")})
		case schema.Date, schema.DateTime:
			out = append(out, &piece{alias: v.alias(), name: f.Name, below: v.someOfThese("count", "min", "max")})
		}
	}
	return out
}

// someOfThese are fields with these names, one at least.
func (v *inventor) someOfThese(names ...string) []*piece {
	var out []*piece
	for _, name := range names {
		if v.chance(2) {
			out = append(out, &piece{name: name})
		}
	}
	if len(out) == 0 {
		out = append(out, &piece{name: names[0]})
	}
	return out
}
