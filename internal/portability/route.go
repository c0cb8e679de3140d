package portability

// route is rule 5: the verdict over one or two platforms in between, and the way;
// Unknown and nil where there is none. It is the one with the least worst verdict,
// then the fewest hops, then the keys.
func (s *sheet) route(from, to int32) (Mark, []int32) {
	leaving, arriving := s.hopsFrom(from), s.hopsTo(to)
	for v := range composing {
		if a := leaving.within[v].first(arriving.within[v], from, to); a >= 0 {
			return leaving.marks[a].and(arriving.marks[a]), []int32{from, a, to}
		}
		for a := leaving.within[v].next(0); a >= 0; a = leaving.within[v].next(a + 1) {
			if a == to {
				continue
			}
			between := s.hopsBetween(a)
			if b := between.within[v].first(arriving.within[v], from, to); b >= 0 {
				return leaving.marks[a].and(between.marks[b]).and(arriving.marks[b]), []int32{from, a, b, to}
			}
		}
	}
	return Mark{}, nil
}

// hopsFrom are the hops with which a move from a platform may start.
func (s *sheet) hopsFrom(from int32) *hops {
	return s.fill(&s.leaving[from], func(other int32) Mark { return s.hop(from, other, replaced{from: true}) })
}

// hopsBetween are the hops from a platform in between to another one.
func (s *sheet) hopsBetween(from int32) *hops {
	return s.fill(&s.between[from], func(other int32) Mark { return s.hop(from, other, replaced{}) })
}

// hopsTo are the hops with which a move to a platform may end.
func (s *sheet) hopsTo(to int32) *hops {
	return s.fill(&s.arriving[to], func(other int32) Mark { return s.hop(other, to, replaced{to: true}) })
}

// fill works out the hops to or from every other platform, once.
func (s *sheet) fill(h *hops, hop func(int32) Mark) *hops {
	if h.known {
		return h
	}
	n := len(s.platforms)
	if h.marks == nil {
		h.marks = make([]Mark, n)
		for v := range h.within {
			h.within[v] = newPlatformSet(n)
		}
	}
	for v := range h.within {
		clear(h.within[v])
	}
	for other := range int32(n) {
		m := hop(other)
		h.marks[other] = m
		if !m.Verdict.Composes() {
			continue
		}
		for v := int(m.Verdict - Unchanged); v < composing; v++ {
			h.within[v].add(other)
		}
	}
	h.known = true
	return h
}

// hop is the mark of a hop, as World.hop finds it; Unknown for none.
func (s *sheet) hop(from, to int32, may replaced) Mark {
	if from == to {
		return Mark{}
	}
	if m := s.recorded[s.at(from, to)]; m.Verdict.Known() {
		return m
	}
	if m := s.instead(from, to, may); m.Verdict.Known() {
		return m
	}
	if r := s.ruled(from, to); !r.inferred {
		return Mark{Verdict: r.verdict}
	}
	return Mark{}
}
