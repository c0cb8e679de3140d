package portability

// composed is rule 5: over one or two platforms in between, by the route with the
// least worst verdict, then the fewest hops, then the keys.
func (w *World) composed(q query) *finding {
	s := w.newSheet().of(q.practice)
	_, route := s.route(q.from, q.to)
	s.free()
	if route == nil {
		return nil
	}
	f := &finding{basis: BasisInferred, path: route, effort: &EffortRange{}}
	for i := range len(route) - 1 {
		hop := w.hop(query{q.practice, route[i], route[i+1]}, replaced{from: i == 0, to: i == len(route)-2})
		f.addHop(hop, i+1)
	}
	return f
}

// addHop puts a hop behind those that are there. The effort is that of all hops, or
// nobody's.
func (f *finding) addHop(hop *finding, number int) {
	f.verdict = worst(f.verdict, hop.verdict)
	f.contested = f.contested || hop.contested
	f.reasons = append(f.reasons, hop.reasons...)
	f.addConditions(hop.conditions)
	f.unchecked = append(f.unchecked, hop.unchecked...)
	for _, p := range hop.premises {
		p.Hop = number
		f.premises = append(f.premises, p)
	}
	if f.effort == nil || hop.effort == nil {
		f.effort = nil
		return
	}
	sum := f.effort.plus(*hop.effort)
	f.effort = &sum
}

// hop is the answer of rule 2 or 4 for a pair; an end that may do so stands for the
// solutions it runs where nothing is recorded for itself. What is inferred is no
// hop.
func (w *World) hop(q query, may replaced) *finding {
	if f := w.recorded(q); f != nil {
		return f
	}
	if f := w.recordedInstead(q, may); f != nil {
		return f
	}
	if f := w.derived(q); f != nil && f.basis != BasisInferred {
		return f
	}
	return nil
}
