package portability

import "slices"

// recorded is rule 2: what is recorded for exactly this practice and pair.
func (w *World) recorded(q query) *finding {
	if p := w.recordedFor(q); p != nil {
		return w.fromPairs([]*pair{p})
	}
	return nil
}

// recordedBetweenSolutions is the first half of rule 3: what is recorded where the
// ends stand for the solutions they run.
func (w *World) recordedBetweenSolutions(q query) *finding {
	return w.recordedInstead(q, replaced{from: true, to: true})
}

func (w *World) recordedInstead(q query, may replaced) *finding {
	pairs, target := w.instead(q, may)
	if pairs == nil {
		return nil
	}
	f := w.fromPairs(pairs)
	if target {
		w.restrain(q, f)
	}
	return f
}

// instead are the recorded pairs with solutions in place of the ends: those with one
// end replaced or, when none is recorded, with both. target is true when one of them
// has the target replaced.
func (w *World) instead(q query, may replaced) (pairs []*pair, target bool) {
	var froms, tos []int32
	if may.from {
		froms = w.platforms[q.from].runs
	}
	if may.to {
		tos = w.platforms[q.to].runs
	}
	add := func(from, to int32) {
		if p := w.recordedFor(query{q.practice, from, to}); p != nil {
			pairs = append(pairs, p)
			target = target || to != q.to
		}
	}
	for _, s := range froms {
		add(s, q.to)
	}
	for _, s := range tos {
		add(q.from, s)
	}
	if pairs != nil {
		return pairs, target
	}
	for _, from := range froms {
		for _, to := range tos {
			add(from, to)
		}
	}
	return pairs, target
}

// fromPairs is what the notes of some pairs come to: the most pessimistic verdict,
// and everything that they say.
func (w *World) fromPairs(pairs []*pair) *finding {
	f := &finding{basis: BasisRecorded}
	for _, p := range pairs {
		f.verdict = worst(f.verdict, p.verdict)
		f.contested = f.contested || p.contested
	}
	for _, p := range pairs {
		for _, n := range p.notes {
			f.addNote(n, w.sight(n))
		}
	}
	return f
}

func (f *finding) addNote(n *Note, seen Sight) {
	if n.Verdict == f.verdict {
		f.effort = span(f.effort, n.EffortDays)
	}
	f.reasons = append(f.reasons, n.Reasons...)
	f.addConditions(n.Conditions)
	f.premises = append(f.premises, Premise{
		Kind: NotePremise, Key: n.Key, From: n.From, To: n.To, Hop: 1, Verdict: n.Verdict,
		Basis: n.Basis, Unverified: n.Unverified, ObservedOn: n.ObservedOn, Sight: &seen, Assumed: n.Assumed, Sources: n.Sources,
	})
}

func (f *finding) addConditions(conditions []string) {
	for _, c := range conditions {
		if !slices.Contains(f.conditions, c) {
			f.conditions = append(f.conditions, c)
		}
	}
}

// restrain gives a finding that took a solution for the target the verdict of what
// the target itself states NO or RESTRICTED, where that is worse. What was recorded
// stays among the reasons.
func (w *World) restrain(q query, f *finding) {
	weighed := w.weigh(q, ownOnly)
	if f.verdict.Covered() || !weighed.verdict().Worse(f.verdict) {
		return
	}
	f.verdict, f.basis, f.effort = weighed.verdict(), BasisDerived, nil
	w.explainOffers(q, weighed, f)
	f.unchecked = w.uncheckedOffers(q)
}
