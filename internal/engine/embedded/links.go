package embedded

import (
	"slices"

	"github.com/open-operations/opsmap/schema"
)

// linkRows collects the links of a file and makes the adjacencies of all records
// of them at once: without comparing keys link by link, and in a few large pieces
// of memory.
type linkRows struct {
	// byNumber are the relations by the number they have in the file.
	byNumber map[int64]*schema.Relation
	rows     []linkRow
}

type linkRow struct {
	from, to number
	class    uint32
	relation *schema.Relation
}

func (l *linkRows) start(s *snapshot, relations map[string]int64) {
	l.byNumber = map[int64]*schema.Relation{}
	for name, n := range relations {
		if r := s.model.relations[name]; r != nil {
			l.byNumber[n] = r
		}
	}
}

// add a link; false when it cannot be one.
func (l *linkRows) add(s *snapshot, relation, source, target, class int64) bool {
	r := l.byNumber[relation]
	if r == nil || !s.holds(source) || !s.holds(target) {
		return false
	}
	from, to := s.node(number(source)).kind, s.node(number(target)).kind
	if _, stores := from.out[r]; !stores || !to.Is(r.To) {
		return false
	}
	l.rows = append(l.rows, linkRow{number(source), number(target), uint32(class), r})
	return true
}

// holds reports whether there is a record of that number.
func (s *snapshot) holds(n int64) bool {
	return n >= 0 && int(n>>pageBits) < len(s.pages) && s.node(number(n)).kind != nil
}

// connect makes the adjacencies.
func (l *linkRows) connect(s *snapshot) {
	if len(l.rows) == 0 {
		return
	}
	a := &assembly{snapshot: s, first: make([]uint32, len(s.pages)*pageSize+1)}
	a.count(l.rows)
	a.layOut()
	ranks := a.ranks()
	byRank(l.rows, ranks, func(r *linkRow) number { return r.to }, func(r *linkRow) {
		a.fill(r.from, r.relation, false, edge{r.to, r.class})
	})
	byRank(l.rows, ranks, func(r *linkRow) number { return r.from }, func(r *linkRow) {
		a.fill(r.to, r.relation, true, edge{r.from, r.class})
	})
	a.finish()
}

// byRank visits rows in the order of the rank of one of their ends.
func byRank(rows []linkRow, ranks []uint32, end func(*linkRow) number, visit func(*linkRow)) {
	starts := make([]uint32, len(ranks)+1)
	for i := range rows {
		starts[ranks[end(&rows[i])]+1]++
	}
	for i := 1; i < len(starts); i++ {
		starts[i] += starts[i-1]
	}
	order := make([]uint32, len(rows))
	for i := range rows {
		rank := ranks[end(&rows[i])]
		order[starts[rank]] = uint32(i)
		starts[rank]++
	}
	for _, i := range order {
		visit(&rows[i])
	}
}

// assembly is the adjacencies of all records while they are made.
type assembly struct {
	*snapshot
	// first is where the slots of a record start among slots, by its number.
	first []uint32
	// slots holds the number of edges of each slot, then where the next goes.
	slots []uint32
	edges []edge
	ends  []uint32
}

func (a *assembly) each(visit func(n number, at *node)) {
	for i, p := range a.pages {
		for j := range p {
			if p[j].kind != nil {
				visit(number(i<<pageBits|j), &p[j])
			}
		}
	}
}

// count the edges of every slot.
func (a *assembly) count(rows []linkRow) {
	total := uint32(0)
	a.each(func(n number, at *node) {
		a.first[n] = total
		total += uint32(len(at.kind.slots))
	})
	a.slots = make([]uint32, total)
	for i := range rows {
		r := &rows[i]
		if at := a.slot(r.from, r.relation, false); at != nil {
			*at++
		}
		if at := a.slot(r.to, r.relation, true); at != nil {
			*at++
		}
	}
}

func (a *assembly) slot(n number, r *schema.Relation, inverse bool) *uint32 {
	slot, kept := a.node(n).kind.side(inverse)[r]
	if !kept {
		return nil
	}
	return &a.slots[a.first[n]+uint32(slot)]
}

// layOut gives every slot its stretch of the edges. Slots of a record lie side by
// side, and those that are too long for that behind them.
func (a *assembly) layOut() {
	total := uint32(0)
	for _, n := range a.slots {
		total += n
	}
	a.edges = make([]edge, total)
	a.ends = make([]uint32, len(a.slots))
	at := uint32(0)
	a.each(func(n number, node *node) {
		at = a.layOutOne(n, node, at)
	})
}

func (a *assembly) layOutOne(n number, at *node, start uint32) (end uint32) {
	slots := len(at.kind.slots)
	first := a.first[n]
	counts := slices.Clone(a.slots[first : first+uint32(slots)])
	flat := uint32(0)
	for i, count := range counts {
		if count <= runLength {
			a.slots[first+uint32(i)] = start + flat
			flat += count
		}
		a.ends[first+uint32(i)] = flat
	}
	end = start + flat
	var hubs map[int][][]edge
	for i, count := range counts {
		if count > runLength {
			if hubs == nil {
				hubs = map[int][][]edge{}
			}
			a.slots[first+uint32(i)] = end
			hubs[i] = appendRuns(nil, a.edges[end:end+count])
			end += count
		}
	}
	if end > start {
		at.adj = &adjacency{
			flat: a.edges[start : start+flat : start+flat],
			ends: a.ends[first : first+uint32(slots) : first+uint32(slots)],
			hubs: hubs,
		}
	}
	return end
}

// ranks are the places of all records in the order of their types and keys, by
// number.
func (a *assembly) ranks() []uint32 {
	out := make([]uint32, len(a.pages)*pageSize)
	rank := uint32(0)
	for _, p := range a.populations {
		p.keys.Scan(func(_ string, n number) bool {
			out[n] = rank
			rank++
			return true
		})
	}
	return out
}

// fill puts the next edge into a slot.
func (a *assembly) fill(n number, r *schema.Relation, inverse bool, e edge) {
	if at := a.slot(n, r, inverse); at != nil {
		a.edges[*at] = e
		*at++
	}
}

// finish brings the slots into the order of keys where several types meet: so far
// the types stand one behind the other.
func (a *assembly) finish() {
	a.each(func(_ number, at *node) {
		for slot, link := range at.kind.slots {
			if len(link.Target.Concrete) > 1 {
				a.sort(at.adj, slot)
			}
		}
	})
}

func (a *assembly) sort(adj *adjacency, slot int) {
	var all []edge
	for i := range adj.runs(slot) {
		run, _ := adj.run(slot, i)
		all = append(all, run...)
	}
	slices.SortFunc(all, func(x, y edge) int {
		if a.node(x.other).before(a.node(y.other)) {
			return -1
		}
		return 1
	})
	for i := range adj.runs(slot) {
		run, _ := adj.run(slot, i)
		all = all[copy(run, all):]
	}
}
