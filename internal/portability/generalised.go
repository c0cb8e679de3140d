package portability

import "slices"

// pair is a move between two platforms that stand for the ends that were asked.
type pair struct{ from, to string }

// generalised is rule 3: what was recorded of the solutions that the ends run, the
// more specific pairs first; else a solution that both ends share.
func (w *World) generalised(practice, from, to string) (Answer, bool) {
	if a, ok := w.generalisedNotes(practice, from, to, w.runs(from), w.runs(to)); ok {
		return a, true
	}
	return w.shared(practice, from, to)
}

// generalisedNotes tries the pairs with one end replaced, then those with both.
func (w *World) generalisedNotes(practice, from, to string, fromRuns, toRuns []string) (Answer, bool) {
	var one, both []pair
	for _, s := range fromRuns {
		one = append(one, pair{s, to})
		for _, t := range toRuns {
			both = append(both, pair{s, t})
		}
	}
	for _, t := range toRuns {
		one = append(one, pair{from, t})
	}
	for _, step := range [][]pair{one, both} {
		if a, ok := w.mostPessimistic(practice, to, step); ok {
			return a, true
		}
	}
	return Answer{}, false
}

// mostPessimistic is the worst of what was recorded of several pairs. Pairs that
// differ from each other do not contradict each other.
func (w *World) mostPessimistic(practice, to string, pairs []pair) (Answer, bool) {
	var a Answer
	var notes []*Note
	targetReplaced := false
	for _, p := range pairs {
		one, ok := w.recorded(practice, p.from, p.to)
		if !ok {
			continue
		}
		targetReplaced = targetReplaced || p.to != to
		if a.Verdict == "" || one.Verdict.Worse(a.Verdict) {
			a.Verdict = one.Verdict
		}
		a.Contested = a.Contested || one.Contested
		a.Reasons = append(a.Reasons, one.Reasons...)
		a.Conditions = append(a.Conditions, one.Conditions...)
		a.Proof = append(a.Proof, one.Proof...)
		notes = append(notes, w.counting(w.notes[[3]string{practice, p.from, p.to}])...)
	}
	if len(notes) == 0 {
		return Answer{}, false
	}
	a.Basis = Recorded
	a.effortOf(notes)
	if targetReplaced {
		a = w.overruled(a, practice, to)
	}
	return a, true
}

// shared: both ends have, or are, a solution on which the practice is implemented.
func (w *World) shared(practice, from, to string) (Answer, bool) {
	ends := func(p string) []string {
		if w.platforms[p] != nil && !w.platforms[p].Provider {
			return []string{p}
		}
		return w.runs(p)
	}
	a := Answer{Verdict: Unchanged, Basis: Inferred}
	for _, s := range ends(from) {
		if !slices.Contains(ends(to), s) {
			continue
		}
		for _, m := range w.implementations[[2]string{practice, s}] {
			a.Proof = append(a.Proof, implementationPremise(m, pair{s, s}))
		}
	}
	if len(a.Proof) == 0 {
		return Answer{}, false
	}
	for _, c := range w.required(practice) {
		if w.offers[[2]string{to, c}] == nil {
			a.Unchecked = append(a.Unchecked, Statement{CapabilityStatement, c, to})
		}
	}
	if w.platforms[to].Provider {
		a = w.overruled(a, practice, to)
	}
	return a, true
}

// overruled applies what the target itself states of the required capabilities to
// an answer that was recorded of the solutions it runs, where that is worse.
func (w *World) overruled(a Answer, practice, to string) Answer {
	if a.Verdict == ProviderOperated || a.Verdict == NotNeeded {
		return a
	}
	own, ok := w.fromOffers(practice, to, w.ownOffers(practice, to))
	if !ok || !own.Verdict.Worse(a.Verdict) {
		return a
	}
	own.Basis = Derived
	own.Contested = a.Contested
	own.Reasons = append(own.Reasons, a.Reasons...)
	own.Conditions = a.Conditions
	own.Proof = append(own.Proof, a.Proof...)
	own.Unchecked = append(own.Unchecked, a.Unchecked...)
	return own
}
