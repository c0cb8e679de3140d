package enginetest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// shared is a value that entries share: a word, a bool, an entry, or nil.
type shared struct {
	value any
	entry *entry
	// field it is of, nil for an entry.
	field *schema.Field
}

// bunch is entries that share values.
type bunch struct {
	shares  []shared
	entries []*entry
}

// sharedBy are the values of an entry under the name of a field or a link.
func (r *reading) sharedBy(e *entry, name string) []shared {
	if f := e.typ.Field(name); f != nil {
		if v := r.shown(e, f); v != nil {
			return []shared{{value: v, field: f}}
		}
		return nil
	}
	ends := []*entry{r.level(e)}
	if name != "confidentiality" {
		ends = r.linked(e, name)
	}
	var out []shared
	for _, end := range ends {
		if end != nil {
			out = append(out, shared{value: end.id.Key, entry: end})
		}
	}
	return out
}

// combinations of the values that an entry has under some names; absent is whether
// to have none is a value too.
func (r *reading) combinations(e *entry, names []string, absent bool) [][]shared {
	out := [][]shared{nil}
	for _, name := range names {
		values := r.sharedBy(e, name)
		if len(values) == 0 && absent {
			values = []shared{{}}
		}
		var longer [][]shared
		for _, c := range out {
			for _, v := range values {
				longer = append(longer, append(slices.Clone(c), v))
			}
		}
		out = longer
	}
	return out
}

// bunches divides entries by names together.
func (r *reading) bunches(entries []*entry, names []string, absent bool, most int) []*bunch {
	found := map[string]*bunch{}
	for _, e := range entries {
		for _, c := range r.combinations(e, names, absent) {
			id := ""
			for _, v := range c {
				id += fmt.Sprintf("%v %p|", v.value, v.entry)
			}
			if found[id] == nil {
				found[id] = &bunch{shares: c}
			}
			found[id].entries = append(found[id].entries, e)
		}
	}
	var out []*bunch
	for _, b := range found {
		out = append(out, b)
	}
	slices.SortFunc(out, compareBunches)
	return out[:min(len(out), most)]
}

// compareBunches puts the larger first, then goes by values.
func compareBunches(a, b *bunch) int {
	if len(a.entries) != len(b.entries) {
		return len(b.entries) - len(a.entries)
	}
	for i := range a.shares {
		x, y := a.shares[i], b.shares[i]
		if c := compareValues(x.value, y.value, cmp.Or(x.field, y.field), false); c != 0 {
			return c
		}
		if x.entry != nil && y.entry != nil && x.entry.typ != y.entry.typ {
			return strings.Compare(x.entry.typ.Name, y.entry.typ.Name)
		}
	}
	return 0
}

// most is the argument first.
func (r *reading) most(g *asked) int {
	if first, ok := r.arguments(g.field())["first"].(int64); ok {
		return int(first)
	}
	return 20
}

func (r *reading) facets(g *asked, t *schema.Type, entries []*entry) {
	r.buf.WriteByte('{')
	for i, facet := range r.collect(g.below(), t.Name+"Facets") {
		r.key(facet.key, i)
		name := facet.field().Name
		if name == "__typename" {
			r.scalar(t.Name + "Facets")
			continue
		}
		r.buf.WriteByte('[')
		for i, b := range r.bunches(entries, []string{name}, false, r.most(facet)) {
			r.comma(i)
			r.facetValue(facet, b)
		}
		r.buf.WriteByte(']')
	}
	r.buf.WriteByte('}')
}

func (r *reading) facetValue(g *asked, b *bunch) {
	name := g.field().Definition.Type.Name()
	r.buf.WriteByte('{')
	for i, part := range r.collect(g.below(), name) {
		r.key(part.key, i)
		switch part.field().Name {
		case "__typename":
			r.scalar(name)
		case "value":
			r.scalar(b.shares[0].value)
		case "count":
			r.scalar(len(b.entries))
		case "node":
			r.record(part.below(), b.shares[0].entry)
		}
	}
	r.buf.WriteByte('}')
}

func (r *reading) groups(g *asked, t *schema.Type, entries []*entry) {
	var names []string
	for _, word := range r.arguments(g.field())["by"].([]any) {
		names = append(names, nameOf(t, word.(string)))
	}
	r.buf.WriteByte('[')
	for i, b := range r.bunches(entries, names, true, r.most(g)) {
		r.comma(i)
		r.buf.WriteByte('{')
		for i, part := range r.collect(g.below(), t.Name+"Group") {
			r.key(part.key, i)
			switch part.field().Name {
			case "__typename":
				r.scalar(t.Name + "Group")
			case "count":
				r.scalar(len(b.entries))
			case "aggregate":
				r.aggregate(part, t, b.entries)
			case "keys":
				r.buf.WriteByte('{')
				for i, key := range r.collect(part.below(), t.Name+"GroupKeys") {
					r.key(key.key, i)
					if at := slices.Index(names, key.field().Name); at >= 0 {
						r.scalar(b.shares[at].value)
					} else {
						r.scalar(t.Name + "GroupKeys")
					}
				}
				r.buf.WriteByte('}')
			}
		}
		r.buf.WriteByte('}')
	}
	r.buf.WriteByte(']')
}

// nameOf is the field or link of a word: HELP_WANTED is helpWanted.
func nameOf(t *schema.Type, word string) string {
	names := []string{"confidentiality"}
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	for _, l := range t.Links {
		names = append(names, l.Name)
	}
	for _, name := range names {
		if strings.EqualFold(name, strings.ReplaceAll(word, "_", "")) {
			return name
		}
	}
	panic("no key " + word)
}

func (r *reading) aggregate(g *asked, t *schema.Type, entries []*entry) {
	r.buf.WriteByte('{')
	for i, part := range r.collect(g.below(), t.Name+"Aggregate") {
		r.key(part.key, i)
		name := part.field().Name
		switch f := t.Field(name); {
		case name == "__typename":
			r.scalar(t.Name + "Aggregate")
		case f == nil:
			r.scalar(len(entries))
		default:
			var values []any
			for _, e := range entries {
				if v := r.shown(e, e.typ.Field(name)); v != nil {
					values = append(values, v)
				}
			}
			r.measure(part, f, values)
		}
	}
	r.buf.WriteByte('}')
}

func (r *reading) measure(g *asked, f *schema.Field, values []any) {
	compare := func(a, b any) int { return compareValues(a, b, nil, false) }
	sum := new(big.Int)
	for _, v := range values {
		if n, ok := v.(int64); ok {
			sum.Add(sum, big.NewInt(n))
		}
	}
	r.buf.WriteByte('{')
	for i, part := range r.collect(g.below(), string(f.Kind)+"Aggregate") {
		r.key(part.key, i)
		switch name := part.field().Name; {
		case name == "__typename":
			r.scalar(string(f.Kind) + "Aggregate")
		case name == "count":
			r.scalar(len(values))
		case name == "sum":
			r.scalar(json.Number(sum.String()))
		case len(values) == 0:
			r.scalar(nil)
		case name == "min":
			r.scalar(slices.MinFunc(values, compare))
		case name == "max":
			r.scalar(slices.MaxFunc(values, compare))
		case name == "avg":
			avg, _ := new(big.Rat).SetFrac(sum, big.NewInt(int64(len(values)))).Float64()
			r.scalar(avg)
		}
	}
	r.buf.WriteByte('}')
}
