package embedded

import (
	"cmp"
	"errors"
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// term is a plan.Term made ready.
type term struct {
	field int
	// ranks of an enum's words; nil for other kinds.
	ranks map[string]int
	// slots of the link whose records are counted; counted is where a candidate
	// keeps that number.
	slots   []int
	counted int
	// score of a match.
	score      *matcher
	byType     bool
	descending bool
}

// candidate is a record that may come into a page that has to be sorted for.
type candidate struct {
	*node
	// counts of the order's links, score of its match.
	counts []int64
	score  int64
}

func (r *reader) resolveOrder() error {
	counted := 0
	for _, t := range r.read.Order {
		out := term{descending: t.Descending, byType: t.Type}
		switch {
		case t.Field != nil:
			out.field = t.Field.Index
			if t.Field.Kind == schema.EnumKind {
				out.ranks = map[string]int{}
				for i, w := range t.Field.Enum.Values {
					out.ranks[w] = i
				}
			}
		case t.Score != nil:
			m, err := r.matcher(*t.Score)
			if err != nil {
				return err
			}
			out.score = m
		case t.LinkCount != nil:
			out.slots, out.counted = r.slotsOf(t.LinkCount), counted
			counted++
		case !t.Type:
			return errors.New("BUG: an order by nothing")
		}
		r.order = append(r.order, out)
	}
	r.natural = len(r.order) == 0
	if len(r.order) == 1 && r.read.Order[0].Field != nil && r.read.Order[0].Field.System == schema.SysKey {
		r.keyOrder, r.descending = true, r.order[0].descending
	}
	return nil
}

// candidate of n, with what its order counts.
func (r *reader) candidate(n *node) candidate {
	c := candidate{node: n}
	for i := range r.order {
		switch t := &r.order[i]; {
		case t.slots != nil:
			c.counts = append(c.counts, r.count(n, t.slots))
		case t.score != nil:
			c.score = t.score.scoreOf(n)
		}
	}
	return c
}

// compare two candidates by the order; by type where even the keys are the same.
func (r *reader) compare(a, b candidate) int {
	for i := range r.order {
		t := &r.order[i]
		var c int
		switch {
		case t.slots != nil:
			c = cmp.Compare(a.counts[t.counted], b.counts[t.counted])
			if t.descending {
				c = -c
			}
		case t.score != nil:
			c = cmp.Compare(a.score, b.score)
			if t.descending {
				c = -c
			}
		case t.byType:
			c = strings.Compare(a.kind.Name, b.kind.Name)
			if t.descending {
				c = -c
			}
		default:
			c = t.compareValues(a.of(t.field), b.of(t.field))
		}
		if c != 0 {
			return c
		}
	}
	return a.kind.number - b.kind.number
}

// compareCursor holds a candidate against the values of a cursor.
func (r *reader) compareCursor(a candidate, cursor []any) int {
	for i := range r.order {
		t := &r.order[i]
		var c int
		switch {
		case t.slots != nil:
			c = t.compareValues(a.counts[t.counted], cursor[i])
		case t.score != nil:
			c = t.compareValues(a.score, cursor[i])
		case t.byType:
			c = t.compareValues(a.kind.Name, cursor[i])
		default:
			c = t.compareValues(a.of(t.field), cursor[i])
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// compareValues of a term, in its direction; nil is last in both.
func (t *term) compareValues(a, b any) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	c := 0
	switch a := a.(type) {
	case string:
		b, _ := b.(string)
		if t.ranks != nil {
			c = t.ranks[a] - t.ranks[b]
		} else {
			c = strings.Compare(a, b)
		}
	case int64:
		b, _ := b.(int64)
		c = cmp.Compare(a, b)
	case bool:
		b, _ := b.(bool)
		switch {
		case b && !a:
			c = -1
		case a && !b:
			c = 1
		}
	}
	if t.descending {
		return -c
	}
	return c
}

// within reports whether n stands between the cursors.
func (r *reader) within(c candidate) bool {
	return (r.after == nil || r.compareCursor(c, r.after) > 0) &&
		(r.before == nil || r.compareCursor(c, r.before) < 0)
}
