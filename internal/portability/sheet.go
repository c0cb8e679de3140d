package portability

// Mark is the short form of an answer.
type Mark struct {
	Verdict   Verdict
	Contested bool
}

// sheet is one practice over all platforms: what the rules come to for a pair, in
// short, without reasons. What several pairs have in common is worked out when it is
// first needed and kept, so that all pairs together cost little more than one. It
// serves one goroutine, and one practice after the other.
type sheet struct {
	*World

	practice int32
	// recorded is what the notes of each pair come to, by from and to; Unknown where
	// there are none.
	recorded []Mark
	// weighed and own are what each platform has of the required capabilities, with
	// what it has from its solutions and without.
	weighed, own []weighing
	// doings is how each platform does the practice; done are those that say so
	// themselves and are solutions.
	doings []*doing
	done   platformSet
	// stands are the solutions that each platform is or runs.
	stands []platformSet
	// leaving, between and arriving are the hops from a platform where a move starts,
	// from one in between, and to one where it ends.
	leaving, between, arriving []hops
}

// hops are the hops from or to one platform.
type hops struct {
	known bool
	marks []Mark
	// within are the other ends whose hop is at most as bad as UNCHANGED, ADAPT and
	// REWORK.
	within [composing]platformSet
}

// composing is how many verdicts add up over hops: UNCHANGED, ADAPT, REWORK.
const composing = int(Rework-Unchanged) + 1

// newSheet is an empty sheet; whoever has it gives it back with free.
func (w *World) newSheet() *sheet {
	if s, ok := w.sheets.Get().(*sheet); ok {
		s.World = w
		return s
	}
	n := len(w.platforms)
	s := &sheet{
		World: w, recorded: make([]Mark, n*n), weighed: make([]weighing, n), own: make([]weighing, n),
		doings: make([]*doing, n), done: newPlatformSet(n), stands: make([]platformSet, n),
		leaving: make([]hops, n), between: make([]hops, n), arriving: make([]hops, n),
	}
	for at := range n {
		s.stands[at] = newPlatformSet(n)
		for _, solution := range w.solutions(int32(at)) {
			s.stands[at].add(solution)
		}
	}
	return s
}

// free gives a sheet back for others to write on.
func (s *sheet) free() {
	pool := s.sheets
	s.World = nil
	pool.Put(s)
}

// of turns the sheet to a practice.
func (s *sheet) of(practice int32) *sheet {
	s.practice = practice
	clear(s.recorded)
	clear(s.doings)
	clear(s.done)
	p := &s.practices[practice]
	for i := range p.pairs {
		from, to := p.pairs[i].from(), p.pairs[i].to()
		s.recorded[s.at(from, to)] = Mark{p.pairs[i].verdict, p.pairs[i].contested}
	}
	for i := range p.doings {
		d := &p.doings[i]
		s.doings[d.platform] = d
		if !d.inherited && s.platforms[d.platform].Kind == Solution {
			s.done.add(d.platform)
		}
	}
	for at := range int32(len(s.platforms)) {
		q := query{practice, at, at}
		s.weighed[at], s.own[at] = s.weigh(q, withInherited), s.weigh(q, ownOnly)
		s.leaving[at].known, s.between[at].known, s.arriving[at].known = false, false, false
	}
	return s
}

func (s *sheet) at(from, to int32) int { return int(from)*len(s.platforms) + int(to) }

// mark is what the rules come to for a pair.
func (s *sheet) mark(from, to int32) Mark {
	if from == to {
		return Mark{Verdict: Unchanged}
	}
	if m := s.recorded[s.at(from, to)]; m.Verdict.Known() {
		return m
	}
	if m := s.instead(from, to, replaced{from: true, to: true}); m.Verdict.Known() {
		return m
	}
	if m := s.shared(from, to); m.Verdict.Known() {
		return m
	}
	if r := s.ruled(from, to); r.verdict.Known() {
		return Mark{Verdict: r.verdict}
	}
	m, _ := s.route(from, to)
	return m
}

// instead is the first half of rule 3.
func (s *sheet) instead(from, to int32, may replaced) Mark {
	var froms, tos []int32
	if may.from {
		froms = s.platforms[from].runs
	}
	if may.to {
		tos = s.platforms[to].runs
	}
	var m Mark
	target := false
	for _, solution := range froms {
		m = m.and(s.recorded[s.at(solution, to)])
	}
	for _, solution := range tos {
		if r := s.recorded[s.at(from, solution)]; r.Verdict.Known() {
			m, target = m.and(r), true
		}
	}
	if !m.Verdict.Known() {
		for _, one := range froms {
			for _, other := range tos {
				m = m.and(s.recorded[s.at(one, other)])
			}
		}
		target = m.Verdict.Known()
	}
	if target {
		return s.restrained(m, to)
	}
	return m
}

// and is what two pairs come to together.
func (m Mark) and(other Mark) Mark {
	return Mark{worst(m.Verdict, other.Verdict), m.Contested || other.Contested}
}

// restrained is a mark that took a solution for the target, with what the target
// itself states.
func (s *sheet) restrained(m Mark, to int32) Mark {
	if by := s.own[to].verdict(); !m.Verdict.Covered() && by.Worse(m.Verdict) {
		m.Verdict = by
	}
	return m
}

// shared is the second half of rule 3.
func (s *sheet) shared(from, to int32) Mark {
	common := false
	for i := range s.done {
		common = common || s.stands[from][i]&s.stands[to][i]&s.done[i] != 0
	}
	switch m := (Mark{Verdict: Unchanged}); {
	case !common:
		return Mark{}
	case s.platforms[to].Kind == Provider:
		return s.restrained(m, to)
	default:
		return m
	}
}

// ruled is rule 4.
func (s *sheet) ruled(from, to int32) ruling {
	if g := &s.weighed[to]; !g.no && !g.restricted && !g.fine() {
		return ruling{}
	}
	return ruling{weighed: s.weighed[to]}.decide(s.doings[from], s.doings[to])
}
