package portability

import (
	"cmp"
	"slices"
)

// lockInsHit are the lock-ins of the platform that is left, and of solutions it runs
// that no target is or runs, as far as they hold a practice that was asked for.
func (w *World) lockInsHit(plan ExitPlan, asked []string) []LockInHit {
	at, ok := w.platformAt[plan.From]
	if !ok {
		return nil
	}
	left := append([]int32{at}, w.platforms[at].runs...)
	for _, key := range plan.To {
		to := w.platformAt[key]
		left = slices.DeleteFunc(left, func(p int32) bool { return p == to || slices.Contains(w.platforms[to].runs, p) })
	}
	return w.lockInsOn(left, asked)
}

// lockInsOn are the lock-ins of some platforms that hold one of the practices, by key.
func (w *World) lockInsOn(platforms []int32, practices []string) []LockInHit {
	var hits []LockInHit
	for _, l := range w.lockIns {
		on, ok := w.platformAt[l.Platform]
		if !ok || !slices.Contains(platforms, on) {
			continue
		}
		held := practices
		if len(l.Practices) > 0 {
			held = slices.DeleteFunc(slices.Clone(practices), func(key string) bool { return !slices.Contains(l.Practices, key) })
		}
		if len(held) > 0 {
			hits = append(hits, LockInHit{l.Key, held})
		}
	}
	return hits
}

// lockInsAhead are the lock-ins of the targets, and of the solutions they run, that
// hold something that goes there.
func (w *World) lockInsAhead(shares []Share) []LockInHit {
	var hits []LockInHit
	for _, s := range shares {
		at := w.platformAt[s.Platform]
		hits = append(hits, w.lockInsOn(append([]int32{at}, w.platforms[at].runs...), s.Practices)...)
	}
	slices.SortStableFunc(hits, func(a, b LockInHit) int { return cmp.Compare(a.Key, b.Key) })
	// Two targets may run one solution; then a lock-in holds what goes to either.
	var out []LockInHit
	for _, h := range hits {
		if last := len(out) - 1; last >= 0 && out[last].Key == h.Key {
			out[last].Practices = slices.Sorted(slices.Values(slices.Concat(out[last].Practices, h.Practices)))
			continue
		}
		out = append(out, h)
	}
	return out
}
