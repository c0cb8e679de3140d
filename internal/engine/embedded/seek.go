package embedded

import (
	"slices"
	"strings"
	"sync"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// seek looks for a way to the records a filter can have in mind that is shorter
// than a walk over all of them: by key, by id, by words, or backwards along a link
// whose other end can be sought. What it gives is a superset of what passes the filter,
// in no order, perhaps with repetitions; few is false when there is no such way.
func (w *walk) seek(kinds []bool, e plan.Expr) (numbers []number, few bool) {
	switch e := e.(type) {
	case plan.And:
		var found [][]number
		for _, part := range e.Exprs {
			if of, ok := w.seek(kinds, part); ok {
				found = append(found, of)
			}
		}
		if len(found) == 0 {
			return nil, false
		}
		return w.common(found), true
	case plan.Or:
		for _, part := range e.Exprs {
			found, ok := w.seek(kinds, part)
			if !ok {
				return nil, false
			}
			numbers = append(numbers, found...)
		}
		return numbers, len(e.Exprs) > 0
	case plan.Match:
		return w.seekWords(kinds, e)
	case plan.Compare:
		return w.seekValue(kinds, e)
	case plan.Linked:
		return w.seekLinked(kinds, e)
	}
	return nil, false
}

// seekValue seeks by key or id.
func (w *walk) seekValue(kinds []bool, e plan.Compare) ([]number, bool) {
	if e.Fold || (e.Op != plan.Eq && e.Op != plan.In) || (e.Field.System != schema.SysKey && e.Field.System != schema.SysID) {
		return nil, false
	}
	wanted, ok := w.params[e.Param].([]any)
	if !ok {
		wanted = []any{w.params[e.Param]}
	}
	var out []number
	for _, v := range wanted {
		text, _ := v.(string)
		for i, of := range w.populations {
			if !kinds[i] {
				continue
			}
			key := text
			if e.Field.System == schema.SysID {
				var mine bool
				if key, mine = strings.CutPrefix(text, w.model.kinds[i].Name+":"); !mine {
					continue
				}
			}
			if n, there := of.keys.Get(key); there {
				out = append(out, n)
			}
		}
	}
	return out, true
}

// seekLinked seeks the other end and goes back from there, where the link can be
// read from there.
func (w *walk) seekLinked(kinds []bool, e plan.Linked) ([]number, bool) {
	if (e.Quant != plan.Some && e.Quant != plan.Single) || e.Where == nil {
		return nil, false
	}
	targets := w.model.is(e.Link.Target)
	back := make([]int, len(w.model.kinds))
	for i, k := range w.model.kinds {
		slot, kept := k.side(!e.Link.Inverse)[e.Link.Relation]
		if targets[i] && !kept {
			return nil, false
		}
		back[i] = slot
	}
	ends, few := w.seek(targets, e.Where)
	if !few {
		return nil, false
	}
	var out []number
	for _, end := range ends {
		at := w.node(end)
		slot := back[at.kind.number]
		all := w.allOf(kinds, at.kind.slots[slot].Target)
		for i := range at.adj.runs(slot) {
			run, _ := at.adj.run(slot, i)
			out = slices.Grow(out, len(run))
			for _, edge := range run {
				// To look at a record that is not wanted costs more than all the rest.
				if all || kinds[w.node(edge.other).kind.number] {
					out = append(out, edge.other)
				}
			}
		}
	}
	return out, true
}

// allOf reports whether the kinds are all that a type has.
func (w *walk) allOf(kinds []bool, t *schema.Type) bool {
	for i, is := range w.model.is(t) {
		if is && !kinds[i] {
			return false
		}
	}
	return true
}

// common is the shortest of the lists without what another one of about that
// length does not have; a much longer one is left to the filter.
func (w *walk) common(lists [][]number) []number {
	slices.SortFunc(lists, func(a, b []number) int { return len(a) - len(b) })
	shortest := lists[0]
	for _, other := range lists[1:] {
		if len(shortest) < fewEnough || len(other) > 16*len(shortest) {
			break
		}
		shortest = w.both(shortest, other)
	}
	return shortest
}

// fewEnough are so few records that it costs nothing to look at them.
const fewEnough = 16

// both are the numbers of b that a has, too.
func (w *walk) both(a, b []number) []number {
	marks, _ := markings.Get().(*[]uint64)
	if marks == nil {
		marks = new([]uint64)
	}
	if words := len(w.pages) * pageSize / 64; len(*marks) < words {
		*marks = make([]uint64, words)
	}
	m := *marks
	for _, n := range a {
		m[n/64] |= 1 << (n % 64)
	}
	out := b[:0]
	for _, n := range b {
		if m[n/64]&(1<<(n%64)) != 0 {
			out = append(out, n)
		}
	}
	for _, n := range a {
		m[n/64] = 0
	}
	markings.Put(marks)
	return out
}

// markings are bit sets over all numbers of records, all zero, for both.
var markings sync.Pool
