package portability

// composed is rule 5: over one or two platforms in between, by the route with the
// least worst verdict, then the fewest hops, then the keys.
func (w *World) composed(q query) *finding {
	route := w.route(q)
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

// search looks for the best route of one move.
type search struct {
	*World
	query

	// weighed is what each platform has of the capabilities.
	weighed []weighing
	// first and last are the verdicts of the hops from the one end and to the other,
	// by the platform in between.
	first, last []Verdict
	// bound is the worst verdict of the best route so far.
	bound Verdict
	best  []int32
}

// route is the best way over platforms in between; nil when there is none.
func (w *World) route(q query) []int32 {
	n := len(w.platforms)
	s := search{World: w, query: q, weighed: make([]weighing, n), first: make([]Verdict, n), last: make([]Verdict, n), bound: Blocked}
	for at := range int32(n) {
		s.weighed[at] = w.weigh(query{q.practice, q.from, at}, withInherited)
	}
	for at := range int32(n) {
		if at == q.from || at == q.to {
			continue
		}
		s.first[at] = s.hopVerdict(q.from, at, replaced{from: true})
		s.last[at] = s.hopVerdict(at, q.to, replaced{to: true})
	}
	s.overOne()
	s.overTwo()
	return s.best
}

// hopVerdict is the verdict of hop where it composes, Unknown otherwise: what the
// search needs, without writing the reasons down.
func (s *search) hopVerdict(from, to int32, may replaced) Verdict {
	v := s.anyHopVerdict(query{s.practice, from, to}, may)
	if !v.Composes() {
		return Unknown
	}
	return v
}

func (s *search) anyHopVerdict(q query, may replaced) Verdict {
	if p := s.recordedFor(q); p != nil {
		return p.verdict
	}
	if f := s.recordedInstead(q, may); f != nil {
		return f.verdict
	}
	if r := s.rule(q, s.weighed[q.to]); !r.inferred {
		return r.verdict
	}
	return Unknown
}

// overOne tries every platform; the first of the equally good ones has the least key.
func (s *search) overOne() {
	for at := range s.first {
		if s.first[at].Known() && s.last[at].Known() {
			s.try(worst(s.first[at], s.last[at]), int32(at), -1)
		}
	}
}

// overTwo tries every two platforms that could still make it better.
func (s *search) overTwo() {
	for a := range s.first {
		for b := range s.last {
			if a == b || !s.better(s.first[a]) || !s.better(s.last[b]) {
				continue
			}
			middle := s.hopVerdict(int32(a), int32(b), replaced{})
			if middle.Known() {
				s.try(max(s.first[a], middle, s.last[b]), int32(a), int32(b))
			}
		}
	}
}

// better reports whether a hop of that verdict may be part of a better route.
func (s *search) better(v Verdict) bool { return v.Known() && v < s.bound }

// try keeps a route that is better than the best so far; b is -1 for none.
func (s *search) try(v Verdict, a, b int32) {
	if !s.better(v) {
		return
	}
	s.bound = v
	s.best = append(s.best[:0], s.from, a)
	if b >= 0 {
		s.best = append(s.best, b)
	}
	s.best = append(s.best, s.to)
}
