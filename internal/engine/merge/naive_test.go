package merge_test

import (
	"reflect"
	"sort"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// naive works out a whole store from its statements alone, written from the
// rules and not from the code: slow, and without a thought for what changed.
type naive struct {
	ladder  access.Ladder
	records map[record.ID]*naiveRecord
}

type naiveRecord struct {
	values map[string]any
	class  access.Class
	own    access.Class
	needs  []record.ID
	links  map[string]map[record.ID]access.Class
	whole  bool
}

func workOut(s *store) *naive {
	n := &naive{ladder: s.table.Ladder(), records: map[record.ID]*naiveRecord{}}
	for id, said := range s.said {
		var all []heard
		for _, one := range said {
			all = append(all, s.heard(one))
		}
		n.records[id] = n.mergeOf(s.catalog.Type(id.Type), all)
	}
	n.keepWhole()
	n.spread()
	for _, r := range n.records {
		for _, ends := range r.links {
			for to := range ends {
				if n.records[to] == nil {
					delete(ends, to)
				}
			}
		}
	}
	return n
}

// keepWhole removes records until everything a record needs is there.
func (n *naive) keepWhole() {
	for again := true; again; {
		again = false
		for id, r := range n.records {
			ok := r.whole
			for _, need := range r.needs {
				ok = ok && n.records[need] != nil
			}
			if !ok {
				delete(n.records, id)
				again = true
			}
		}
	}
}

// spread joins the classes of required ends until nothing moves.
func (n *naive) spread() {
	for again := true; again; {
		again = false
		for _, r := range n.records {
			class := r.own
			for _, need := range r.needs {
				class = access.Join(class, n.records[need].class)
			}
			if class.Key() != r.class.Key() {
				r.class, again = class, true
			}
		}
	}
}

func (n *naive) level(c access.Class) int {
	// What requires nothing is at the lowest level.
	out, _ := n.ladder.Rank(n.ladder.Lowest())
	if len(c.Atoms) > 0 || len(n.ladder) == 0 {
		out = 0
	}
	for _, a := range c.Atoms {
		if rank, _ := n.ladder.Rank(a.Level); rank > out {
			out = rank
		}
	}
	return out
}

func marks(c access.Class) (conditions, audience bool) {
	for _, a := range c.Atoms {
		conditions = conditions || len(a.Conditions) > 0
		audience = audience || len(a.Audience) > 0
	}
	return conditions, audience
}

func (n *naive) moreOpen(a, b access.Class) bool {
	ac, aa := marks(a)
	bc, ba := marks(b)
	switch {
	case n.level(a) != n.level(b):
		return n.level(a) < n.level(b)
	case ac != bc:
		return bc
	case aa != ba:
		return ba
	}
	return a.Key() < b.Key()
}

func (n *naive) mergeOf(t *schema.Type, all []heard) *naiveRecord {
	sort.Slice(all, func(i, j int) bool {
		a, b := all[i], all[j]
		if a.Edit != b.Edit {
			return a.Edit
		}
		if made := strings.HasSuffix(a.Source, "##derived"); made != strings.HasSuffix(b.Source, "##derived") {
			return !made
		}
		if a.revision != b.revision {
			return a.revision > b.revision
		}
		return a.Source < b.Source
	})
	r := &naiveRecord{values: map[string]any{}, links: map[string]map[record.ID]access.Class{}}
	clear := n.clearOf(r, all)
	for _, f := range t.Fields {
		if f.Stored() {
			v := valueOf(f, clear)
			r.values[f.Name] = v
			r.whole = r.whole && (v != nil || !f.Required)
		}
	}
	for _, l := range t.Links {
		if !l.Inverse {
			n.linksOf(r, l, all, clear)
		}
	}
	return r
}

// clearOf finds the class of a record, and what contributes values to it: it gives
// every statement the class under which it counts.
func (n *naive) clearOf(r *naiveRecord, all []heard) []heard {
	var top, decision *access.Class
	for i := range all {
		class := all[i].Class
		switch {
		case class.Inherits():
		case all[i].Edit && len(all[i].Fields)+len(all[i].Links) == 0:
			if decision == nil {
				decision = &class
			}
		case top == nil || n.moreOpen(class, *top):
			top = &class
		}
	}
	if top == nil {
		return nil
	}
	r.whole, r.own = true, *top
	if decision != nil {
		r.own = *decision
	}
	r.class = r.own
	var clear []heard
	for i := range all {
		class := all[i].Class
		likeTop := class.Inherits() || n.neverStricter(class, *top)
		if class.Inherits() || likeTop && decision != nil {
			all[i].Class = r.own
		}
		if likeTop || n.neverStricter(class, r.own) {
			clear = append(clear, all[i])
		}
	}
	return clear
}

// neverStricter reports whether whoever sees the second class sees the first.
func (n *naive) neverStricter(a, b access.Class) bool {
	conditions, audience := marks(a)
	return a.Key() == b.Key() || !conditions && !audience && n.level(a) <= n.level(b)
}

func valueOf(f *schema.Field, clear []heard) any {
	var v any
	spoken := false
	for _, s := range clear {
		said, ok := s.Fields[f.Name]
		switch {
		case !ok:
		case f.Name == "sources":
			have, _ := v.([]any)
			items, _ := said.([]any)
			for _, item := range items {
				known := false
				for _, h := range have {
					known = known || reflect.DeepEqual(h, item)
				}
				if !known {
					have = append(have, item)
				}
			}
			v = have
		case f.Sum && said != nil:
			have, _ := v.(int64)
			v, spoken = have+said.(int64), true
		case !f.Sum && !spoken:
			v, spoken = said, true
		}
	}
	if v == nil && (!spoken || f.Required) {
		v = f.Default
	}
	if items, _ := v.([]any); f.List && len(items) == 0 {
		v = []any{}
	}
	return v
}

func (n *naive) linksOf(r *naiveRecord, l *schema.Link, all, clear []heard) {
	ends := map[record.ID]access.Class{}
	for _, s := range all {
		for _, to := range s.Links[l.Name] {
			if have, ok := ends[to]; !ok || n.moreOpen(s.Class, have) {
				ends[to] = s.Class
			}
		}
	}
	if !l.Many {
		ends = n.toOne(r, l, all, clear, ends)
	}
	r.links[l.Relation.Name] = ends
}

func (n *naive) toOne(r *naiveRecord, l *schema.Link, all, clear []heard, ends map[record.ID]access.Class) map[record.ID]access.Class {
	var decides *heard
	for i, s := range clear {
		if _, speaks := s.Links[l.Name]; speaks {
			decides = &clear[i]
			break
		}
	}
	if decides == nil && !l.Binding {
		for i, s := range all {
			if _, speaks := s.Links[l.Name]; speaks && (decides == nil || n.moreOpen(s.Class, decides.Class)) {
				decides = &all[i]
			}
		}
	}
	if decides == nil || len(decides.Links[l.Name]) == 0 {
		r.whole = r.whole && !l.Required
		return nil
	}
	to := decides.Links[l.Name][0]
	if l.Binding {
		r.needs = append(r.needs, to)
	}
	return map[record.ID]access.Class{to: ends[to]}
}
