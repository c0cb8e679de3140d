package enginetest

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// standing are the records that the statements make: those that are complete and
// whose required links lead to records that are there.
func (o *oracle) standing() map[record.ID]*entry {
	possible := map[record.ID]*entry{}
	for _, said := range byRecord(o.said) {
		if e := o.merged(said); e != nil {
			possible[e.id] = e
		}
	}
	standing := map[record.ID]*entry{}
	for grown := true; grown; {
		grown = false
		for id, e := range possible {
			if standing[id] == nil && !slices.ContainsFunc(e.needs(), func(to record.ID) bool { return standing[to] == nil }) {
				standing[id], grown = e, true
			}
		}
	}
	for _, e := range standing {
		e.ties = slices.DeleteFunc(e.ties, func(t tie) bool { return standing[t.to] == nil })
	}
	for _, e := range standing {
		keepSecret(e, standing)
	}
	for _, e := range standing {
		e.class = conjunction(e, standing)
	}
	for _, e := range standing {
		if e.blurred = o.blurred(e, standing); e.blurred {
			blur(e)
		}
	}
	return standing
}

func byRecord(said map[record.Retirement]utterance) map[record.ID][]utterance {
	out := map[record.ID][]utterance{}
	for _, u := range said {
		out[u.ID] = append(out[u.ID], u)
	}
	return out
}

// conjunction is a record's own class and those of the ends of its required links.
func conjunction(e *entry, all map[record.ID]*entry) access.Class {
	class := e.own
	for _, t := range e.ties {
		if e.typ.Link(t.field).Binding {
			class = access.Join(class, conjunction(all[t.to], all))
			if len(t.present) > 0 {
				class = access.Join(class, secret(t.present))
			}
		}
	}
	return class
}

// needs are the ends of an entry's required links.
func (e *entry) needs() []record.ID {
	var out []record.ID
	for _, t := range e.ties {
		if e.typ.Link(t.field).Binding {
			out = append(out, t.to)
		}
	}
	return out
}

// merged is what the statements of one record amount to, nil when they are not
// enough.
func (o *oracle) merged(said []utterance) *entry {
	slices.SortFunc(said, func(a, b utterance) int {
		if a.Edit != b.Edit {
			if a.Edit {
				return -1
			}
			return 1
		}
		if made := strings.HasSuffix(a.Source, "##derived"); made != strings.HasSuffix(b.Source, "##derived") {
			if made {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(b.revision, a.revision), strings.Compare(a.Source, b.Source))
	})
	e := &entry{id: said[0].ID, typ: o.catalog.Type(said[0].ID.Type), said: said, values: map[string]any{}}
	heard := o.heard(e)
	if heard == nil {
		return nil
	}
	e.values["id"], e.values["key"] = e.id.String(), e.id.Key
	for _, f := range e.typ.Fields {
		if f.System != schema.NotSystem {
			continue
		}
		v := mergedField(f, heard)
		if v == nil && f.Required && !f.List {
			return nil
		}
		e.values[f.Name] = v
	}
	return o.tied(e, heard)
}

// heard are the statements that contribute to an entry, nil when none speaks of it
// by itself. It gives the entry its own class, and each of its statements the class
// under which it counts.
func (o *oracle) heard(e *entry) []utterance {
	var top *access.Class
	var decided *access.Class
	for i := range e.said {
		u := &e.said[i]
		switch {
		case u.Class.Inherits():
		case u.Edit && len(u.Fields) == 0 && len(u.Links) == 0:
			if decided == nil {
				decided = &u.Class
			}
		case top == nil || o.openness(u.Class, *top) < 0:
			top = &u.Class
		}
	}
	if top == nil {
		return nil
	}
	e.own = *top
	if decided != nil {
		e.own = *decided
	}
	most := *top
	var heard []utterance
	for i := range e.said {
		u := &e.said[i]
		asIs := u.Class.Inherits()
		within := asIs || o.contributes(u.Class, most)
		counts := within || o.contributes(u.Class, e.own)
		if asIs || within && decided != nil {
			u.Class = e.own
		}
		if counts {
			heard = append(heard, *u)
		}
	}
	return heard
}

func mergedField(f *schema.Field, heard []utterance) any {
	var values []any
	for _, u := range heard {
		if v, speaks := u.Fields[f.Name]; speaks {
			values = append(values, v)
		}
	}
	var out any
	switch {
	case f.Name == "sources":
		return unionOf(values)
	case f.Sum:
		for _, v := range values {
			if n, ok := v.(int64); ok {
				before, _ := out.(int64)
				out = before + n
			}
		}
	case len(values) > 0:
		out = values[0]
	}
	if out == nil && f.Default != nil && (f.Required || len(values) == 0) {
		out = f.Default
	}
	if out == nil && f.List {
		out = []any{}
	}
	return out
}

func unionOf(lists []any) []any {
	out := []any{}
	for _, list := range lists {
		items, _ := list.([]any)
		for _, item := range items {
			if !slices.ContainsFunc(out, func(have any) bool { return reflect.DeepEqual(have, item) }) {
				out = append(out, item)
			}
		}
	}
	return out
}

// tied gives an entry its links; nil when a required one is missing.
func (o *oracle) tied(e *entry, heard []utterance) *entry {
	for _, l := range e.typ.Links {
		if l.Inverse {
			continue
		}
		var targets []record.ID
		if l.Many {
			for _, u := range e.said {
				targets = append(targets, u.Links[l.Name]...)
			}
		} else {
			targets = o.decided(e, l, heard)
		}
		slices.SortFunc(targets, byID)
		for _, to := range slices.Compact(targets) {
			says := slices.Clone(e.said)
			says = slices.DeleteFunc(says, func(u utterance) bool { return !slices.Contains(u.Links[l.Name], to) })
			most := slices.MinFunc(says, func(a, b utterance) int { return o.openness(a.Class, b.Class) })
			e.ties = append(e.ties, tie{field: l.Name, to: to, class: most.Class})
		}
		if l.Required && len(targets) == 0 {
			return nil
		}
	}
	return e
}

// decided is where a to-one link leads: the first statement that contributes and
// speaks of it says so. Where none does, the most open of the others may, unless
// the record's being there hangs on it: so a stricter statement can name a person
// that the open ones do not.
func (o *oracle) decided(e *entry, l *schema.Link, heard []utterance) []record.ID {
	speaks := func(u utterance) bool { _, ok := u.Links[l.Name]; return ok }
	if i := slices.IndexFunc(heard, speaks); i >= 0 {
		return slices.Clone(heard[i].Links[l.Name])
	}
	others := slices.DeleteFunc(slices.Clone(e.said), func(u utterance) bool { return !speaks(u) })
	if l.Binding || len(others) == 0 {
		return nil
	}
	most := slices.MinFunc(others, func(a, b utterance) int { return o.openness(a.Class, b.Class) })
	return slices.Clone(most.Links[l.Name])
}

// openness puts the more open of two classes first.
func (o *oracle) openness(a, b access.Class) int {
	x, y := o.measure(a), o.measure(b)
	return cmp.Or(cmp.Compare(x.level, y.level), cmp.Compare(x.conditions, y.conditions),
		cmp.Compare(x.audience, y.audience), strings.Compare(a.Key(), b.Key()))
}

// measure of a class: its highest level, and whether it has conditions and an
// audience, 0 or 1.
type measure struct{ level, conditions, audience int }

func (o *oracle) measure(c access.Class) measure {
	m := measure{level: o.rank(o.lowest())}
	for i, a := range c.Atoms {
		if rank := o.rank(a.Level); i == 0 || rank > m.level {
			m.level = rank
		}
		m.conditions = max(m.conditions, min(1, len(a.Conditions)))
		m.audience = max(m.audience, min(1, len(a.Audience)))
	}
	return m
}

// contributes reports whether a statement of class c is open whenever a record of
// class own is.
func (o *oracle) contributes(c, own access.Class) bool {
	x, y := o.measure(c), o.measure(own)
	return c.Key() == own.Key() || (x.level <= y.level && x.conditions == 0 && x.audience == 0)
}

// ladderOf are the ranks of the levels that the statements make, and which of them
// need an audience.
func (o *oracle) ladderOf(said map[record.Retirement]utterance) (ladder map[string]int, named map[string]bool) {
	// How levels' own statements merge may not depend on the ladder they make: all
	// of them count.
	blind := &oracle{catalog: o.catalog}
	ladder, named = map[string]int{}, map[string]bool{}
	for id, said := range byRecord(said) {
		if id.Type != levelType {
			continue
		}
		for i := range said {
			if !said[i].Class.Inherits() {
				said[i].Class = access.Class{}
			}
		}
		if e := blind.merged(said); e != nil {
			ladder[id.Key] = int(e.values["rank"].(int64))
			named[id.Key] = e.values["needsAudience"] == true
		}
	}
	return ladder, named
}

// rank of a level; an unknown one is above all others.
func (o *oracle) rank(level string) int {
	if level == "*" {
		level = o.highest()
	}
	if rank, known := o.ladder[level]; known {
		return rank
	}
	if len(o.ladder) == 0 {
		return 1
	}
	return slices.Max(slices.Collect(maps.Values(o.ladder))) + 1
}

// highest level of the ladder, empty when there is none; of two the later key.
func (o *oracle) highest() string {
	best := ""
	for _, level := range slices.Sorted(maps.Keys(o.ladder)) {
		if best == "" || o.ladder[level] >= o.ladder[best] {
			best = level
		}
	}
	return best
}

// lowest level of the ladder, empty when there is none.
func (o *oracle) lowest() string {
	best := ""
	for _, level := range slices.Sorted(maps.Keys(o.ladder)) {
		if best == "" || o.ladder[level] < o.ladder[best] {
			best = level
		}
	}
	return best
}
