package portability

import "slices"

// shared is the second half of rule 3: the practice is done on a solution that both
// ends are or run. Nobody stated it for the target itself, so it is inferred, and
// what the target has not stated is listed.
func (w *World) shared(q query) *finding {
	f := &finding{verdict: Unchanged, basis: BasisInferred}
	theirs := w.solutions(q.to)
	for _, solution := range w.solutions(q.from) {
		if !slices.Contains(theirs, solution) {
			continue
		}
		if d := w.doneItself(q.practice, solution); d != nil {
			for _, i := range d.implementations {
				f.addImplementation(i, i.Platform, i.Platform, Unchanged)
			}
		}
	}
	if len(f.premises) == 0 {
		return nil
	}
	f.unchecked = w.uncheckedOffers(q)
	if w.platforms[q.to].Kind == Provider {
		w.restrain(q, f)
	}
	return f
}

// uncheckedOffers are the required capabilities that the target itself does not
// state.
func (w *World) uncheckedOffers(q query) []Unchecked {
	var out []Unchecked
	for _, c := range w.practices[q.practice].requires {
		if w.stated(q.to, c) == nil {
			out = append(out, Unchecked{CapabilityStatement, w.platforms[q.to].Key, w.capabilities[c].Key})
		}
	}
	return out
}

// uncheckedDoings are the ends that do not state themselves how they do the
// practice.
func (w *World) uncheckedDoings(q query) []Unchecked {
	var out []Unchecked
	for _, at := range []int32{q.from, q.to} {
		if w.doneItself(q.practice, at) == nil {
			out = append(out, Unchecked{ImplementationStatement, w.platforms[at].Key, w.practices[q.practice].Key})
		}
	}
	return out
}

// addImplementation adds how a platform does the practice as a premise about a pair.
func (f *finding) addImplementation(i *Implementation, from, to string, v Verdict) {
	f.premises = append(f.premises, Premise{
		Kind: ImplementationPremise, Key: i.Key, From: from, To: to, Hop: 1, Verdict: v,
		Basis: i.Basis, Unverified: i.Unverified, Sources: i.Sources,
	})
}
