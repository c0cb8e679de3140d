package embedded

import (
	"slices"
)

// edge is a link seen from one of its ends.
type edge struct {
	other number
	class uint32
}

// runLength is the number of edges of a slot from which on they are kept in
// several runs, and the most that a run holds: it bounds what is copied to change
// one edge of a hub.
const runLength = 1024

// adjacency is the edges of a node, slot by slot (kind.slots), each slot in the
// order of the other ends' keys. It is never written to.
type adjacency struct {
	// flat holds slot s at ends[s-1]:ends[s].
	flat []edge
	ends []uint32
	// hubs are the slots that are too long for flat; nil where there is none.
	hubs map[int][][]edge
}

// run is the i-th run of a slot; ok is false behind the last.
func (a *adjacency) run(slot, i int) (edges []edge, ok bool) {
	if a == nil || slot < 0 {
		return nil, false
	}
	if a.hubs != nil {
		if runs, hub := a.hubs[slot]; hub {
			if i < len(runs) {
				return runs[i], true
			}
			return nil, false
		}
	}
	if i > 0 {
		return nil, false
	}
	from := uint32(0)
	if slot > 0 {
		from = a.ends[slot-1]
	}
	return a.flat[from:a.ends[slot]], from < a.ends[slot]
}

// runs is how many runs a slot has.
func (a *adjacency) runs(slot int) int {
	if a == nil || slot < 0 {
		return 0
	}
	if runs, hub := a.hubs[slot]; hub {
		return len(runs)
	}
	if edges, _ := a.run(slot, 0); len(edges) == 0 {
		return 0
	}
	return 1
}

// edit is a change of one edge: a class of its own, or gone.
type edit struct {
	other number
	class uint32
	// slot is small: a node has one for each link of its kind.
	slot uint16
	drop bool
}

// placedEdit is an edit and the node that it changes.
type placedEdit struct {
	at number
	edit
}

// edited makes the adjacency of a node with that many slots out of what it was
// and edits, at most one for each edge. before is the order of the other ends.
func (a *adjacency) edited(slots int, edits []edit, before func(x, y number) bool) *adjacency {
	slices.SortFunc(edits, func(x, y edit) int {
		switch {
		case x.slot != y.slot:
			return int(x.slot) - int(y.slot)
		case x.other == y.other:
			return 0
		case before(x.other, y.other):
			return -1
		}
		return 1
	})
	out := &adjacency{ends: make([]uint32, slots)}
	for slot := range slots {
		n := 0
		for n < len(edits) && int(edits[n].slot) == slot {
			n++
		}
		out.put(slot, editedRuns(a, slot, edits[:n], before))
		edits = edits[n:]
	}
	if len(out.flat) == 0 && out.hubs == nil {
		return nil
	}
	out.flat = slices.Clip(out.flat)
	return out
}

// put fills the next slot.
func (a *adjacency) put(slot int, runs [][]edge) {
	total := 0
	for _, r := range runs {
		total += len(r)
	}
	if total > runLength {
		if a.hubs == nil {
			a.hubs = map[int][][]edge{}
		}
		a.hubs[slot] = runs
	} else {
		for _, r := range runs {
			a.flat = append(a.flat, r...)
		}
	}
	a.ends[slot] = uint32(len(a.flat))
}

// editedRuns is the runs of a slot with edits in them. Runs that no edit falls
// into are shared.
func editedRuns(a *adjacency, slot int, edits []edit, before func(x, y number) bool) [][]edge {
	total := a.runs(slot)
	out := make([][]edge, 0, total+len(edits)/runLength+1)
	for i := range total {
		run, _ := a.run(slot, i)
		n := len(edits)
		if i+1 < total {
			next, _ := a.run(slot, i+1)
			n, _ = slices.BinarySearchFunc(edits, next[0].other, func(e edit, first number) int {
				if before(e.other, first) {
					return -1
				}
				return 1
			})
		}
		if n == 0 {
			out = append(out, run)
			continue
		}
		out = appendRuns(out, merged(run, edits[:n], before))
		edits = edits[n:]
	}
	if len(edits) > 0 {
		out = appendRuns(out, merged(nil, edits, before))
	}
	return out
}

// merged is edges with edits in them, both in order.
func merged(edges []edge, edits []edit, before func(x, y number) bool) []edge {
	out := make([]edge, 0, len(edges)+len(edits))
	for _, e := range edits {
		for len(edges) > 0 && edges[0].other != e.other && before(edges[0].other, e.other) {
			out = append(out, edges[0])
			edges = edges[1:]
		}
		if len(edges) > 0 && edges[0].other == e.other {
			edges = edges[1:]
		}
		if !e.drop {
			out = append(out, edge{other: e.other, class: e.class})
		}
	}
	return append(out, edges...)
}

// appendRuns cuts edges into runs, with room left in each to grow.
func appendRuns(runs [][]edge, edges []edge) [][]edge {
	for len(edges) > runLength {
		n := min(len(edges)/2, runLength*3/4)
		runs = append(runs, slices.Clip(edges[:n]))
		edges = edges[n:]
	}
	if len(edges) > 0 {
		runs = append(runs, slices.Clip(edges))
	}
	return runs
}
