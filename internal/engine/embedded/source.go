package embedded

import (
	"slices"

	"github.com/tidwall/btree"

	"github.com/open-operations/opsmap/internal/record"
)

// fromType offers every record of the kinds, or the few that the filter can have
// in mind.
func (p *picker) fromType() {
	if numbers, few := p.seek(p.kinds, p.read.Where); few {
		p.sorted(numbers)
		return
	}
	if p.totalling && p.where == nil {
		p.totalling, p.counting = false, len(p.groupers) > 0
		for i, of := range p.populations {
			if p.kinds[i] {
				p.set.Total += of.visible(p.open)
			}
		}
		if !p.read.Rows && !p.counting {
			return
		}
	}
	if p.sieve = p.sifted(); p.sieve != nil && p.where == nil && p.totalling {
		p.totalling, p.counting = false, len(p.groupers) > 0
		if p.set.Total = p.sieve.count(); !p.read.Rows && !p.counting {
			return
		}
	}
	if in, kept := p.arrangement(); kept && p.read.Rows {
		p.walkArranged(in)
		return
	}
	var keys []*btree.Map[string, number]
	for i, of := range p.populations {
		if p.kinds[i] && of.keys.Len() > 0 {
			keys = append(keys, of.keys)
		}
	}
	switch {
	case len(keys) == 1 || !p.keyOrder:
		for _, of := range keys {
			p.walkKeys(of)
		}
	default:
		p.mergeKeys(keys)
	}
}

// start is the key from which on a walk can find anything that the page wants.
func (p *picker) start() (key string, from bool) {
	cursor := p.after
	if p.fromBack {
		cursor = p.before
	}
	if !p.keyOrder || p.counting || cursor == nil {
		return "", false
	}
	key, _ = cursor[0].(string)
	return key, true
}

func (p *picker) walkKeys(keys *btree.Map[string, number]) {
	backwards := p.backwards()
	pivot, from := p.start()
	visit := func(_ string, n number) bool { return p.offerNumber(n) }
	switch {
	case backwards && from:
		keys.Descend(pivot, visit)
	case backwards:
		keys.Reverse(visit)
	case from:
		keys.Ascend(pivot, visit)
	default:
		keys.Scan(visit)
	}
}

// mergeKeys walks several populations at once, in the order of all their keys.
func (p *picker) mergeKeys(keys []*btree.Map[string, number]) {
	backwards := p.backwards()
	var heads []btree.MapIter[string, number]
	for _, of := range keys {
		it := of.Iter()
		if (backwards && it.Last()) || (!backwards && it.First()) {
			heads = append(heads, it)
		}
	}
	for len(heads) > 0 {
		next := 0
		for i := 1; i < len(heads); i++ {
			a, b := p.node(heads[i].Value()), p.node(heads[next].Value())
			if a.before(b) != backwards {
				next = i
			}
		}
		if !p.offer(p.node(heads[next].Value())) {
			return
		}
		if (backwards && heads[next].Prev()) || (!backwards && heads[next].Next()) {
			continue
		}
		heads = slices.Delete(heads, next, next+1)
	}
}

// sorted offers a few records, in the order of keys if that is wanted.
func (p *picker) sorted(numbers []number) {
	backwards := p.backwards()
	if !p.keyOrder {
		slices.Sort(numbers)
		p.offerAll(slices.Compact(numbers))
		return
	}
	slices.SortFunc(numbers, func(a, b number) int {
		switch {
		case a == b:
			return 0
		case p.node(a).before(p.node(b)) != backwards:
			return -1
		}
		return 1
	})
	p.offerAll(slices.Compact(numbers))
}

func (p *picker) offerAll(numbers []number) {
	for _, n := range numbers {
		if !p.offer(p.node(n)) {
			return
		}
	}
}

// fromIDs offers the records in the order asked, or from the last for a page from
// the end.
func (p *picker) fromIDs(ids []record.ID) {
	p.fromBack = p.read.Page.FromEnd
	p.inOrder = p.natural
	for i := range ids {
		id := ids[i]
		if p.fromBack && p.inOrder {
			id = ids[len(ids)-1-i]
		}
		n, ok := p.find(id)
		if ok && p.kinds[p.node(n).kind.number] && !p.offer(p.node(n)) {
			return
		}
	}
}

// fromLink offers the records at the other ends, which are in the order of their
// keys.
func (p *picker) fromLink(around *node) {
	slot, adj := p.slots[around.kind.number], around.adj
	backwards := p.backwards()
	pivot, from := p.start()
	for i := range adj.runs(slot) {
		if backwards {
			i = adj.runs(slot) - 1 - i
		}
		run, _ := adj.run(slot, i)
		if from {
			run = p.behind(run, pivot, backwards)
		}
		for j := range run {
			e := run[j]
			if backwards {
				e = run[len(run)-1-j]
			}
			if !p.open[e.class] {
				continue
			}
			if !p.offer(p.node(e.other)) {
				return
			}
		}
	}
}

// behind cuts off the edges of a run that come before the key in the direction of
// the walk.
func (p *picker) behind(run []edge, key string, backwards bool) []edge {
	at, _ := slices.BinarySearchFunc(run, key, func(e edge, key string) int {
		if k := p.node(e.other).key; k < key || (backwards && k == key) {
			return -1
		}
		return 1
	})
	if backwards {
		return run[:at]
	}
	return run[at:]
}
