package enginetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/vektah/gqlparser/v2/ast"
)

// bond is a link that can be seen, as it is stored.
type bond struct {
	from record.ID
	name string
	to   record.ID
}

// bonds are all that the arguments of paths and neighbourhood let be walked.
func (r *reading) bonds(via any) []bond {
	var out []bond
	for id, e := range r.entries {
		for _, t := range e.ties {
			b := bond{id, t.field, t.to}
			if r.namedBy(via, b) && !slices.Contains(out, b) {
				out = append(out, b)
			}
		}
	}
	slices.SortFunc(out, func(a, b bond) int {
		return cmp.Or(strings.Compare(a.from.String(), b.from.String()), strings.Compare(a.name, b.name), strings.Compare(a.to.String(), b.to.String()))
	})
	return out
}

// namedBy reports whether via lets a link be walked: it names no links, or this one
// by what it is called at either of its ends.
func (r *reading) namedBy(via any, b bond) bool {
	names, given := via.([]any)
	if !given {
		return true
	}
	links := 0
	for _, name := range names {
		typeName, linkName, qualified := strings.Cut(name.(string), ".")
		if !qualified {
			typeName, linkName = "", name.(string)
		}
		if r.catalog.Type(linkName) != nil && !qualified {
			continue
		}
		links++
		for _, t := range r.catalog.Types {
			if typeName != "" && t.Name != typeName {
				continue
			}
			for _, l := range t.Links {
				if l.Name == linkName && l.Relation.Field == b.name && isA(r.entries[b.from].typ, l.Relation.From) {
					return true
				}
			}
		}
	}
	return links == 0 && len(names) > 0
}

// passable reports whether via lets records of a type be met.
func (r *reading) passable(via any, id record.ID) bool {
	types := 0
	names, _ := via.([]any)
	for _, name := range names {
		t := r.catalog.Type(name.(string))
		if t == nil {
			continue
		}
		types++
		if isA(r.catalog.Type(id.Type), t) {
			return true
		}
	}
	return types == 0
}

// way is a path from one record to another.
type way struct {
	nodes []record.ID
	bonds []bond
}

func (w way) has(id record.ID) bool { return slices.Contains(w.nodes, id) }

// place of a way in the order of ways: what a cursor holds.
func (w way) place() []any {
	out := []any{int64(len(w.bonds))}
	for i := range 4 {
		if i >= len(w.bonds) {
			out = append(out, "", "")
			continue
		}
		direction := "+"
		if w.bonds[i].from != w.nodes[i] {
			direction = "-"
		}
		out = append(out, w.nodes[i+1].String(), w.bonds[i].name+direction)
	}
	return out
}

func comparePlaces(a, b []any) int {
	for i := range a {
		if c := compareValues(a[i], b[i], nil, false); c != 0 {
			return c
		}
	}
	return 0
}

// ways tries every walk there is.
func (r *reading) ways(args map[string]any) []way {
	from, _ := record.ParseID(args["from"].(string))
	to, _ := record.ParseID(args["to"].(string))
	if r.entries[from] == nil || r.entries[to] == nil {
		return nil
	}
	all := r.bonds(args["via"])
	var out []way
	var walk func(w way)
	walk = func(w way) {
		at := w.nodes[len(w.nodes)-1]
		if at == to {
			out = append(out, w)
			return
		}
		if len(w.bonds) == int(args["maxLength"].(int64)) || (at != from && !r.passable(args["via"], at)) {
			return
		}
		for _, b := range all {
			next := b.to
			if b.to == at {
				next = b.from
			}
			if (b.from == at || b.to == at) && !w.has(next) {
				walk(way{append(slices.Clone(w.nodes), next), append(slices.Clone(w.bonds), b)})
			}
		}
	}
	walk(way{nodes: []record.ID{from}})
	slices.SortFunc(out, func(a, b way) int { return comparePlaces(a.place(), b.place()) })
	return out
}

// paths writes the answer to the field of that name.
func (r *reading) paths(g *asked) {
	args := r.arguments(g.field())
	all := r.ways(args)
	s := stretch{total: len(all)}
	for i, w := range all {
		s.items = append(s.items, stretchItem{place: w.place(), write: func(sets []ast.SelectionSet) { r.way(sets, all[i]) }})
	}
	s.cut(args)
	r.writeStretch(g, "Path", "paths", &s)
}

func (r *reading) way(sets []ast.SelectionSet, w way) {
	r.object(sets, "Path", func(g *asked) {
		switch g.field().Name {
		case "length":
			r.scalar(len(w.bonds))
		case "nodes":
			r.each(len(w.nodes), func(i int) { r.record(g.below(), r.entries[w.nodes[i]]) })
		case "links":
			r.bondList(g, w.bonds)
		}
	})
}

func (r *reading) bondList(g *asked, bonds []bond) {
	r.each(len(bonds), func(i int) {
		r.object(g.below(), "Link", func(part *asked) {
			r.scalar(map[string]string{"from": bonds[i].from.String(), "to": bonds[i].to.String(), "name": bonds[i].name}[part.field().Name])
		})
	})
}

// neighbourhood writes the answer to the field of that name.
func (r *reading) neighbourhood(g *asked) {
	args := r.arguments(g.field())
	center, _ := record.ParseID(args["id"].(string))
	if r.entries[center] == nil {
		r.scalar(nil)
		return
	}
	bonds := r.bonds(args["via"])
	distance := r.distances(center, bonds, args)
	var met []*entry
	for id := range distance {
		met = append(met, r.entries[id])
	}
	slices.SortFunc(met, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(distance[a.id], distance[b.id]), strings.Compare(a.id.Key, b.id.Key), strings.Compare(a.id.Type, b.id.Type))
	})
	truncated := false
	if first := int(args["first"].(int64)); len(met) > first {
		met, truncated = met[:first], true
	}
	drawn := func(id record.ID) bool { return slices.ContainsFunc(met, func(e *entry) bool { return e.id == id }) }
	bonds = slices.DeleteFunc(bonds, func(b bond) bool { return !drawn(b.from) || !drawn(b.to) })
	r.object(g.below(), "Neighbourhood", func(part *asked) {
		switch part.field().Name {
		case "nodes":
			r.each(len(met), func(i int) { r.neighbour(part.below(), met[i], distance[met[i].id]) })
		case "links":
			r.bondList(part, bonds)
		case "truncated":
			r.scalar(truncated)
		}
	})
}

func (r *reading) neighbour(sets []ast.SelectionSet, e *entry, distance int) {
	r.object(sets, "Neighbour", func(g *asked) {
		if g.field().Name == "distance" {
			r.scalar(distance)
			return
		}
		r.record(g.below(), e)
	})
}

// distances from a record, as far as the depth goes.
func (r *reading) distances(center record.ID, bonds []bond, args map[string]any) map[record.ID]int {
	out := map[record.ID]int{center: 0}
	for d := range int(args["depth"].(int64)) {
		for _, b := range bonds {
			for _, end := range [][2]record.ID{{b.from, b.to}, {b.to, b.from}} {
				at, known := out[end[0]]
				if _, there := out[end[1]]; known && at == d && !there && r.passable(args["via"], end[1]) {
					out[end[1]] = d + 1
				}
			}
		}
	}
	return out
}

// object writes what is asked of a result of one of the domain's questions.
func (r *reading) object(sets []ast.SelectionSet, typeName string, member func(g *asked)) {
	r.buf.WriteByte('{')
	for i, g := range r.collect(sets, typeName) {
		r.key(g.key, i)
		if g.field().Name == "__typename" {
			r.scalar(typeName)
			continue
		}
		member(g)
	}
	r.buf.WriteByte('}')
}

func (r *reading) each(n int, write func(i int)) {
	r.buf.WriteByte('[')
	for i := range n {
		r.comma(i)
		write(i)
	}
	r.buf.WriteByte(']')
}
