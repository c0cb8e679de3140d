package portability

import (
	"cmp"
	"slices"
)

// Gap is something that a platform does not state.
type Gap struct {
	Kind StatementKind
	// Key is that of the capability, or of the practice that is not implemented.
	Key string
	// Practices are the keys of those concerned, in order; at least one.
	Practices []string
}

// Gaps are what a platform does not state itself: capabilities that a practice
// requires, and implementations of practices. Those that concern the most practices
// come first, then capabilities before implementations, then by key. What a provider
// has from the solutions it runs is still a gap of its own.
func (w *World) Gaps(platform string) []Gap {
	at, ok := w.platformAt[platform]
	if !ok {
		return nil
	}
	var gaps []Gap
	needs := make([][]string, len(w.capabilities))
	for i := range w.practices {
		p := &w.practices[i]
		for _, c := range p.requires {
			needs[c] = append(needs[c], p.Key)
		}
		if w.doneItself(int32(i), at) == nil {
			gaps = append(gaps, Gap{ImplementationStatement, p.Key, []string{p.Key}})
		}
	}
	for c, practices := range needs {
		if len(practices) > 0 && w.stated(at, int32(c)) == nil {
			gaps = append(gaps, Gap{CapabilityStatement, w.capabilities[c].Key, practices})
		}
	}
	slices.SortFunc(gaps, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(len(b.Practices), len(a.Practices)), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return gaps
}
