package portability

import (
	"container/heap"
	"slices"
)

// waiting are the numbers of the moves that may come next, the easiest first; moves
// are numbered by ease.
type waiting []int

// Len is for package heap.
func (h *waiting) Len() int { return len(*h) }

// Less is for package heap.
func (h *waiting) Less(i, j int) bool { return (*h)[i] < (*h)[j] }

// Swap is for package heap.
func (h *waiting) Swap(i, j int) { (*h)[i], (*h)[j] = (*h)[j], (*h)[i] }

// Push is for package heap.
func (h *waiting) Push(x any) { *h = append(*h, x.(int)) }

// Pop is for package heap.
func (h *waiting) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// order puts moves, given from the easiest on, into an order in which each comes
// after those it depends on, also through practices that are no moves, and the
// easiest possible one is always next. A circle, which is refused when a map is
// loaded, is broken at its easiest practice.
func (w *World) order(moves []Answer) []Step {
	steps := make([]Step, 0, len(moves))
	after, before := w.dependencies(moves)
	open, placed := make([]int, len(moves)), make([]bool, len(moves))
	var ready waiting
	for i := range moves {
		if open[i] = len(after[i]); open[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(steps) < len(moves) {
		next := slices.Index(placed, false)
		if len(ready) > 0 {
			next = heap.Pop(&ready).(int)
		}
		placed[next] = true
		steps = append(steps, Step{Answer: moves[next], After: practicesOf(moves, after[next])})
		for _, i := range before[next] {
			if open[i]--; open[i] == 0 && !placed[i] {
				heap.Push(&ready, i)
			}
		}
	}
	return steps
}

// practicesOf are the keys of some moves, in order.
func practicesOf(moves []Answer, numbers []int) []string {
	var keys []string
	for _, i := range numbers {
		keys = append(keys, moves[i].Practice)
	}
	slices.Sort(keys)
	return keys
}

// dependencies are, by number, the moves that each one waits for, and those that
// wait for it.
func (w *World) dependencies(moves []Answer) (after, before [][]int) {
	number := make(map[int32]int, len(moves))
	among := make(map[int32]bool, len(moves))
	for i, m := range moves {
		number[w.practiceAt[m.Practice]] = i
		among[w.practiceAt[m.Practice]] = true
	}
	after, before = make([][]int, len(moves)), make([][]int, len(moves))
	for i, m := range moves {
		for _, n := range w.nextAmong(w.practiceAt[m.Practice], among) {
			after[i] = append(after[i], number[n])
			before[number[n]] = append(before[number[n]], i)
		}
	}
	return after, before
}

// nextAmong are the practices of a set that one depends on, by itself or through
// practices that are not in the set, in the order of their keys. It is no dependency
// of its own.
func (w *World) nextAmong(practice int32, among map[int32]bool) []int32 {
	var found []int32
	seen := map[int32]bool{practice: true}
	todo := slices.Clone(w.practices[practice].dependsOn)
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[n] {
			continue
		}
		seen[n] = true
		if among[n] {
			found = append(found, n)
			continue
		}
		todo = append(todo, w.practices[n].dependsOn...)
	}
	slices.Sort(found)
	return found
}
