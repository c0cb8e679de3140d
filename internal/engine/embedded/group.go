package embedded

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// grouper is a plan.Grouping made ready. It is offered every record of a set in one
// pass and allocates for new groups only, not for records.
type grouper struct {
	*walk
	keys   []groupKey
	absent bool
	// limit of groups; -1 for none.
	limit   int
	figures figures
	rows    bool
	columns []column

	// groups found so far, and their tallies, as many for each as fields are tallied.
	groups  []group
	tallies []tally128
	// small finds a group by its values where they are few, places where they are
	// many: one more than its index, 0 for none.
	small  []int32
	places map[groupAt]int32
	// at is the group the record at hand is being put into, serial its number.
	at     groupAt
	serial int
}

// mostKeys is how many keys a grouping may have.
const mostKeys = 3

// groupAt are the values of a group: 0 for none, 1 more than the place of a word or
// of true, or than the number of a record.
type groupAt [mostKeys]uint32

// group is some records that share values.
type group struct {
	at    groupAt
	count int64
	// last is the serial of the last record in it: over two ways it comes in once.
	last int
}

// groupKey is a plan.GroupKey made ready.
type groupKey struct {
	// value of a record, where it has at most one.
	value func(*node) uint32
	// sizes is how many values there may be, for those of fields.
	size uint32
	// words of an enum or of a boolean by value; nil where values are records.
	words []any
	// hops are the slots of a path, for each hop by kind.
	hops [][][]int
}

func (w *walk) grouper(p *plan.Grouping) (*grouper, error) {
	g := &grouper{walk: w, absent: p.Absent, rows: p.Rows, limit: -1}
	if p.Limit != plan.NoParam {
		limit, _ := w.params[p.Limit].(int64)
		g.limit = int(limit)
	}
	room := uint32(1)
	for i := range p.By {
		k := w.groupKey(&p.By[i])
		g.keys = append(g.keys, k)
		room *= k.size
	}
	if room > 0 {
		g.small = make([]int32, room)
	} else {
		g.places = map[groupAt]int32{}
	}
	g.figures.resolve(p.Figures)
	var err error
	g.columns, err = w.resolveColumns(p.Columns)
	return g, err
}

func (w *walk) groupKey(p *plan.GroupKey) groupKey {
	switch {
	case p.Level != nil:
		return groupKey{value: func(n *node) uint32 { return w.facts(n.class).levelAt }}
	case p.Field == nil:
		return groupKey{hops: w.hops(p.Path)}
	case p.Field.Kind == schema.Boolean:
		get := w.getter(p.Field)
		return groupKey{size: 3, words: []any{nil, false, true}, value: func(n *node) uint32 {
			on, is := get(n).(bool)
			return uint32(truth(is) + truth(on))
		}}
	}
	get, values := w.getter(p.Field), p.Field.Enum.Values
	words, places := make([]any, len(values)+1), make(map[string]uint32, len(values))
	for i, word := range values {
		words[i+1], places[word] = word, uint32(i+1)
	}
	return groupKey{size: uint32(len(words)), words: words, value: func(n *node) uint32 {
		word, _ := get(n).(string)
		return places[word]
	}}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// hops are the slots that each step of a path goes along, by kind.
func (w *walk) hops(path []plan.Hop) [][][]int {
	out := make([][][]int, len(path))
	for i, hop := range path {
		out[i] = make([][]int, len(w.model.kinds))
		for _, link := range hop {
			for kind, slot := range w.slotsOf(link) {
				if slot >= 0 {
					out[i][kind] = append(out[i][kind], slot)
				}
			}
		}
	}
	return out
}

// reset forgets the groups of the set before.
func (g *grouper) reset() {
	g.groups, g.tallies, g.serial = g.groups[:0], g.tallies[:0], 0
	clear(g.small)
	clear(g.places)
	if len(g.keys) == 0 {
		g.group()
	}
}

// add a record to every group it belongs to.
func (g *grouper) add(n *node) {
	g.serial++
	g.descend(n, 0)
}

// descend puts n into the groups of all combinations of its values from the key on.
func (g *grouper) descend(n *node, key int) {
	if key == len(g.keys) {
		g.count(n)
		return
	}
	k := &g.keys[key]
	if k.hops != nil {
		if !g.follow(n, n, key, 0) && g.absent {
			g.at[key] = 0
			g.descend(n, key+1)
		}
		return
	}
	if g.at[key] = k.value(n); g.at[key] != 0 || g.absent {
		g.descend(n, key+1)
	}
}

// follow the path of a key from a record on it; true when it led anywhere.
func (g *grouper) follow(n, from *node, key, hop int) (led bool) {
	hops := g.keys[key].hops
	for _, slot := range hops[hop][from.kind.number] {
		for i := range from.adj.runs(slot) {
			run, _ := from.adj.run(slot, i)
			for _, e := range run {
				end := g.node(e.other)
				if !g.step() || !g.open[e.class] || !g.open[end.class] {
					continue
				}
				if hop+1 < len(hops) {
					led = g.follow(n, end, key, hop+1) || led
					continue
				}
				led = true
				g.at[key] = e.other + 1
				g.descend(n, key+1)
			}
		}
	}
	return led
}

// count n in the group that is at hand.
func (g *grouper) count(n *node) {
	at := g.group()
	if g.groups[at].last == g.serial {
		return
	}
	g.groups[at].last = g.serial
	g.groups[at].count++
	g.figures.tally(g.tallies[at*len(g.figures.fields):], n)
}

// group is the index of the group that is at hand, a new one when there is none.
func (g *grouper) group() int {
	var found int32
	place := 0
	if g.small != nil {
		for i := range g.keys {
			place = place*int(g.keys[i].size) + int(g.at[i])
		}
		found = g.small[place]
	} else {
		found = g.places[g.at]
	}
	if found > 0 {
		return int(found - 1)
	}
	g.groups = append(g.groups, group{at: g.at})
	for range g.figures.fields {
		g.tallies = append(g.tallies, tally128{})
	}
	found = int32(len(g.groups))
	if g.small != nil {
		g.small[place] = found
	} else {
		g.places[g.at] = found
	}
	return int(found - 1)
}

// answer is the groups, the largest first, as many as are wanted.
func (g *grouper) answer() []plan.Group {
	order := make([]int, len(g.groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return g.compare(&g.groups[a], &g.groups[b]) })
	if g.limit >= 0 && len(order) > g.limit {
		order = order[:g.limit]
	}
	out := make([]plan.Group, len(order))
	for i, at := range order {
		out[i] = g.told(at)
	}
	return out
}

func (g *grouper) told(at int) plan.Group {
	in := &g.groups[at]
	out := plan.Group{Keys: make([]any, len(g.keys)), Count: in.count}
	for i := range g.keys {
		switch v := in.at[i]; {
		case v == 0:
		case g.keys[i].words != nil:
			out.Keys[i] = g.keys[i].words[v]
		default:
			n := g.node(v - 1)
			out.Keys[i] = n.of(n.kind.key)
			if g.rows {
				row := g.rowOf(g.columns, n)
				out.Row = &row
			}
		}
	}
	out.Figures = g.figures.told(g.tallies[at*len(g.figures.fields):])
	return out
}

// compare is the order of groups.
func (g *grouper) compare(a, b *group) int {
	if a.count != b.count {
		return int(min(max(b.count-a.count, -1), 1))
	}
	for i := range g.keys {
		x, y := a.at[i], b.at[i]
		switch {
		case x == y:
			continue
		case x == 0:
			return 1
		case y == 0:
			return -1
		case g.keys[i].words != nil:
			return int(x) - int(y)
		}
		m, n := g.node(x-1), g.node(y-1)
		if c := strings.Compare(m.key, n.key); c != 0 {
			return c
		}
		return m.kind.number - n.kind.number
	}
	return 0
}
