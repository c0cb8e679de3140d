package portability

import (
	"cmp"
	"slices"
)

// overPaths is rule 5: what follows over one or two platforms in between. The
// least worst verdict wins, then the fewest hops, then the keys.
func (w *World) overPaths(practice, from, to string) (Answer, bool) {
	first, last := map[string]Answer{}, map[string]Answer{}
	for _, x := range w.platformKeys {
		if x == from || x == to {
			continue
		}
		if a, ok := w.hop(practice, from, x, w.runs(from), nil); ok {
			first[x] = a
		}
		if a, ok := w.hop(practice, x, to, nil, w.runs(to)); ok {
			last[x] = a
		}
	}
	var best route
	for _, x := range w.platformKeys {
		a, ok := first[x]
		if !ok {
			continue
		}
		if b, ok := last[x]; ok {
			best = best.better(route{[]string{from, x, to}, []Answer{a, b}})
		}
		for _, y := range w.platformKeys {
			c, ok := last[y]
			if !ok || y == x {
				continue
			}
			if b, ok := w.hop(practice, x, y, nil, nil); ok {
				best = best.better(route{[]string{from, x, y, to}, []Answer{a, b, c}})
			}
		}
	}
	if best.path == nil {
		return Answer{}, false
	}
	return best.answer(), true
}

// hop is an answer that a path may use: recorded or derived for exactly its two
// platforms, where the outer ends of a path may stand for the solutions they run;
// UNCHANGED to REWORK; never inferred itself.
func (w *World) hop(practice, from, to string, fromRuns, toRuns []string) (Answer, bool) {
	a, ok := w.recorded(practice, from, to)
	if !ok && (fromRuns != nil || toRuns != nil) {
		a, ok = w.generalisedNotes(practice, from, to, fromRuns, toRuns)
	}
	if !ok {
		a, ok = w.derived(practice, from, to)
	}
	composes := a.Verdict == Unchanged || a.Verdict == Adapt || a.Verdict == Rework
	return a, ok && composes && a.Basis != Inferred
}

// route is a path with the answers of its hops.
type route struct {
	path []string
	hops []Answer
}

func (r route) worst() Verdict {
	worst := Unchanged
	for _, h := range r.hops {
		if h.Verdict.Worse(worst) {
			worst = h.Verdict
		}
	}
	return worst
}

func (r route) better(other route) route {
	if r.path == nil {
		return other
	}
	c := cmp.Or(cmp.Compare(r.worst().Rank(), other.worst().Rank()), cmp.Compare(len(r.path), len(other.path)), slices.Compare(r.path, other.path))
	if c <= 0 {
		return r
	}
	return other
}

// answer puts the hops together: effort adds up, and is unknown when one hop's is.
func (r route) answer() Answer {
	a := Answer{Verdict: r.worst(), Basis: Inferred, Path: r.path, Effort: &Effort{}}
	for i, h := range r.hops {
		a.Contested = a.Contested || h.Contested
		a.Reasons = append(a.Reasons, h.Reasons...)
		a.Conditions = append(a.Conditions, h.Conditions...)
		a.Unchecked = append(a.Unchecked, h.Unchecked...)
		for _, p := range h.Proof {
			p.Hop = i + 1
			a.Proof = append(a.Proof, p)
		}
		if a.Effort == nil || h.Effort == nil {
			a.Effort = nil
			continue
		}
		a.Effort = &Effort{a.Effort.Min + h.Effort.Min, a.Effort.Max + h.Effort.Max}
	}
	return a
}
