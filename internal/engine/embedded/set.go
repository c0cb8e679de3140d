package embedded

import (
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// set answers the read for the row around it, nil for a root.
func (r *reader) set(around *node) *plan.Set {
	set := &r.sets.take(1)[0]
	r.picked, r.best = r.picked[:0], r.best[:0]
	p := picker{reader: r, set: set, where: r.where, inOrder: r.natural || r.keyOrder, totalling: r.read.Count, counting: r.read.Count || len(r.groupers) > 0}
	for _, g := range r.groupers {
		g.reset()
	}
	switch r.from {
	case fromType:
		p.fromType()
	case fromIDs:
		ids, _ := r.params[r.read.From.(plan.FromIDs).IDs].([]record.ID)
		p.fromIDs(ids)
	case fromLink:
		p.fromLink(around)
	case fromLevel:
		if n := r.facts(around.class).level; n != nil {
			p.offer(n)
		}
	}
	if r.err == nil {
		p.divide()
		if r.read.Rows {
			p.rows()
		}
	}
	return set
}

// picker finds the records of one set: it is offered candidates and keeps the
// page. Where they come in the order asked, or in its reverse for a page from the
// end, it ends with the page; else it keeps the best.
type picker struct {
	*reader
	set *plan.Set
	// inOrder: candidates come in order, reversed when fromBack.
	inOrder, fromBack bool
	// arranged: they come from an arrangement.
	arranged bool
	// where is what the sieve, if there is one, leaves of the reader's filter.
	where predicate
	sieve sieve
	// counting: every candidate has to be seen, for the total or for the groups.
	counting bool
	// totalling: the total is not known yet.
	totalling bool
}

// backwards reports whether keys are to be walked from the last to the first, so
// that the page comes first.
func (p *picker) backwards() bool {
	p.fromBack = p.read.Page.FromEnd
	return p.keyOrder && p.descending != p.fromBack
}

// offerNumber offers a record of which nothing is looked at if the sieve does not
// let it through.
func (p *picker) offerNumber(n number) bool {
	if p.sieve != nil && !p.sieve.has(n) {
		return p.step()
	}
	return p.offer(p.node(n))
}

// offer a candidate whose link, if any, is open; false when no more are wanted.
func (p *picker) offer(n *node) bool {
	if !p.step() {
		return false
	}
	if !p.open[n.class] || (p.where != nil && !p.where(n)) {
		return true
	}
	if p.totalling {
		p.set.Total++
	}
	for _, g := range p.groupers {
		g.add(n)
	}
	if !p.read.Rows {
		return p.counting
	}
	if !p.inOrder {
		p.consider(n)
		return true
	}
	if p.after != nil || p.before != nil {
		// Candidates in key order have no counts to be compared by.
		if !p.within(candidate{node: n}) {
			return p.counting || !p.past(n)
		}
	}
	if p.limit >= 0 && len(p.picked) >= p.limit {
		p.set.More = true
		return p.counting
	}
	p.picked = append(p.picked, n)
	return true
}

// past reports whether a walk in order has left the stretch between the
// cursors.
func (p *picker) past(n *node) bool {
	if !p.keyOrder && !p.arranged {
		return false
	}
	if p.fromBack {
		return p.after != nil && p.compareCursor(candidate{node: n}, p.after) <= 0
	}
	return p.before != nil && p.compareCursor(candidate{node: n}, p.before) >= 0
}

// consider a candidate that comes in no order: with a limit only the best are
// kept, as a heap whose first is the worst of them.
func (p *picker) consider(n *node) {
	c := p.candidate(n)
	if !p.within(c) {
		return
	}
	if p.limit < 0 || len(p.best) < p.limit {
		p.best = append(p.best, c)
		if len(p.best) == p.limit {
			for i := p.limit/2 - 1; i >= 0; i-- {
				p.sink(i)
			}
		}
		return
	}
	p.set.More = true
	if p.limit > 0 && p.better(c, p.best[0]) {
		p.best[0] = c
		p.sink(0)
	}
}

// better reports whether a comes into the page before b.
func (p *picker) better(a, b candidate) bool {
	if p.read.Page.FromEnd {
		a, b = b, a
	}
	return p.compare(a, b) < 0
}

func (p *picker) sink(i int) {
	for {
		worst, left := i, 2*i+1
		for child := left; child < min(left+2, len(p.best)); child++ {
			if p.better(p.best[worst], p.best[child]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		p.best[i], p.best[worst] = p.best[worst], p.best[i]
		i = worst
	}
}

// divide makes the groups.
func (p *picker) divide() {
	if len(p.groupers) == 0 {
		return
	}
	p.set.Groups = make([][]plan.Group, len(p.groupers))
	for i, g := range p.groupers {
		p.set.Groups[i] = g.answer()
	}
}

// rows makes the rows of what was picked.
func (p *picker) rows() {
	if !p.inOrder {
		slices.SortFunc(p.best, p.compare)
		for _, c := range p.best {
			p.picked = append(p.picked, c.node)
		}
	} else if p.fromBack {
		slices.Reverse(p.picked)
	}
	if len(p.picked) == 0 {
		return
	}
	p.set.Rows = p.reader.rows.take(len(p.picked))
	for i, n := range p.picked {
		p.set.Rows[i] = p.rowOf(p.columns, n)
	}
}
