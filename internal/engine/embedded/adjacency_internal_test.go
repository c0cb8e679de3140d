package embedded

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// slotsOf reads an adjacency slot by slot.
func slotsOf(t *rapid.T, a *adjacency, slots int) [][]edge {
	out := make([][]edge, slots)
	for s := range slots {
		n := 0
		for i := 0; ; i++ {
			run, more := a.run(s, i)
			if !more {
				break
			}
			if len(run) == 0 || len(run) > runLength {
				t.Fatalf("run %d of slot %d has %d edges", i, s, len(run))
			}
			out[s] = append(out[s], run...)
			n++
		}
		if n != a.runs(s) {
			t.Fatalf("slot %d has %d runs and says %d", s, n, a.runs(s))
		}
	}
	return out
}

// TestAdjacencyIsASortedSet edits an adjacency at random, up to slots of several
// runs, and holds it against plain maps. What it was before each edit must stay as
// it was.
func TestAdjacencyIsASortedSet(t *testing.T) {
	const slots = 3
	before := func(x, y number) bool { return x*7919%10007 < y*7919%10007 }
	rapid.Check(t, func(t *rapid.T) {
		want := make([]map[number]uint32, slots)
		for s := range want {
			want[s] = map[number]uint32{}
		}
		var a *adjacency
		for range rapid.IntRange(1, 6).Draw(t, "rounds") {
			edits := anyEdits(t, want, slots)
			old := fmt.Sprint(slotsOf(t, a, slots))
			next := a.edited(slots, edits, before)
			if fmt.Sprint(slotsOf(t, a, slots)) != old {
				t.Fatal("an edit wrote to what others read")
			}
			a = next
			for s, edges := range slotsOf(t, a, slots) {
				if len(edges) != len(want[s]) {
					t.Fatalf("slot %d has %d edges, want %d", s, len(edges), len(want[s]))
				}
				for i, e := range edges {
					if class, ok := want[s][e.other]; !ok || class != e.class || (i > 0 && !before(edges[i-1].other, e.other)) {
						t.Fatalf("edge %d of slot %d is %v", i, s, e)
					}
				}
			}
		}
	})
}

// anyEdits are edits of one round, which it makes in want as well.
func anyEdits(t *rapid.T, want []map[number]uint32, slots int) []edit {
	var edits []edit
	for s := range slots {
		bulk := rapid.SampledFrom([]int{0, 1, 3, 700, 3000}).Draw(t, "edits")
		from := rapid.Uint32Range(0, 5000).Draw(t, "from")
		drop := rapid.IntRange(0, 2).Draw(t, "drop") == 0
		for i := range bulk {
			e := edit{slot: uint16(s), other: (from + uint32(i)*3) % 10007, class: uint32(i % 3), drop: drop}
			if drop {
				delete(want[s], e.other)
			} else {
				want[s][e.other] = e.class
			}
			edits = append(edits, e)
		}
	}
	slices.Reverse(edits)
	return edits
}
