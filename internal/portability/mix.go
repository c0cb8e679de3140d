package portability

import (
	"cmp"
	"context"
	"slices"
)

// Share is what goes to one target.
type Share struct {
	Platform string
	// Practices are the keys of those that move or are covered there, in order.
	Practices []string
	// Moved are done there by whoever moves, Covered by nobody or by its operator.
	Moved, Covered int
	Reached        Reached
}

// shares of a plan, by target.
func shares(plan ExitPlan) []Share {
	var out []Share
	for _, key := range plan.To {
		s := Share{Platform: key}
		for _, step := range plan.Steps {
			if step.Answer.To == key {
				s.Moved++
				s.Practices = append(s.Practices, step.Answer.Practice)
				s.Reached = s.Reached.after(step.Answer)
			}
		}
		for _, a := range plan.Covered {
			if a.To == key {
				s.Covered++
				s.Practices = append(s.Practices, a.Practice)
			}
		}
		if len(s.Practices) > 0 {
			slices.Sort(s.Practices)
			s.Reached.Practices, s.Reached.Total = len(s.Practices), len(plan.Steps)+len(plan.Covered)+len(plan.Blocked)+len(plan.Unknown)
			out = append(out, s)
		}
	}
	return out
}

// Mix is a choice of targets and what it comes to, each practice on the easiest of
// them.
type Mix struct {
	Targets                          []string
	Moved, Covered, Blocked, Unknown int
	// Reached is how far one is with all moves.
	Reached Reached
	// Exhaustive is true when every choice of that size was looked at. Otherwise there
	// were too many, and one target was added to the best smaller choice.
	Exhaustive bool
}

// mixWork is how many times a practice and a target may be looked at to find the best
// choice of one size.
const mixWork = 20_000_000

// score is what makes one choice better than another: less that does not get there,
// less of that blocked, fewer verdict steps.
type score struct{ stuck, blocked, steps int }

func (s score) compare(other score) int {
	return cmp.Or(cmp.Compare(s.stuck, other.stuck), cmp.Compare(s.blocked, other.blocked), cmp.Compare(s.steps, other.steps))
}

// mixes finds the best choices of one target, of two and so on.
func (p *planner) mixes(ctx context.Context) ([]Mix, error) {
	var out []Mix
	var best score
	var chosen []int
	for size := 1; size <= len(p.targets); size++ {
		search := mixSearch{planner: p, ctx: ctx, size: size}
		exhaustive := choices(len(p.targets), size)*len(p.asked) <= mixWork
		if exhaustive {
			search.among(nil, 0, p.nothing())
		} else {
			search.beside(chosen)
		}
		if search.err != nil {
			return nil, search.err
		}
		if size > 1 && search.score.compare(best) >= 0 {
			break
		}
		best, chosen = search.score, search.best
		out = append(out, p.mix(chosen, exhaustive))
	}
	return out, nil
}

// choices is how many choices of size there are among n, or something too large.
func choices(n, size int) int {
	out := 1
	for i := range size {
		if out > mixWork {
			return out
		}
		out = out * (n - i) / (i + 1)
	}
	return out
}

// mix is what a choice comes to.
func (p *planner) mix(targets []int, exhaustive bool) Mix {
	m := Mix{Exhaustive: exhaustive}
	for _, t := range targets {
		m.Targets = append(m.Targets, p.targets[t])
	}
	for n := range p.asked {
		switch a := p.easiest(n, targets); {
		case a.Verdict.Covered():
			m.Covered++
		case a.Verdict == Blocked:
			m.Blocked++
		case a.Verdict == Unknown:
			m.Unknown++
		default:
			m.Moved++
			m.Reached = m.Reached.after(a)
		}
	}
	m.Reached.Practices, m.Reached.Total = m.Moved+m.Covered, len(p.asked)
	return m
}

// nothing is how every practice fares without any target.
func (p *planner) nothing() []Verdict { return slices.Repeat([]Verdict{Blocked}, len(p.asked)) }

// mixSearch looks for the best choice of one size.
type mixSearch struct {
	*planner

	ctx   context.Context //nolint:containedctx // a search lives as long as its call
	size  int
	best  []int
	score score
	err   error
}

// among goes on from a choice with every target from a number on. fares is how the
// practices fare with the choice.
func (s *mixSearch) among(chosen []int, from int, fares []Verdict) {
	if len(chosen) == s.size {
		s.try(chosen, fares)
		return
	}
	for t := from; t < len(s.targets) && s.err == nil; t++ {
		s.among(append(slices.Clone(chosen), t), t+1, s.with(fares, t))
	}
}

// beside adds each target to a choice.
func (s *mixSearch) beside(chosen []int) {
	fares := s.nothing()
	for _, t := range chosen {
		fares = s.with(fares, t)
	}
	for t := range s.targets {
		if !slices.Contains(chosen, t) && s.err == nil {
			s.try(slices.Sorted(slices.Values(append(slices.Clone(chosen), t))), s.with(fares, t))
		}
	}
}

// with is how the practices fare with one more target.
func (s *mixSearch) with(fares []Verdict, target int) []Verdict {
	out := make([]Verdict, len(fares))
	for n, v := range fares {
		out[n] = hopeful(v, s.marks[n][target].Verdict)
	}
	return out
}

// try keeps a choice that is better than the best so far; of equal ones the first.
func (s *mixSearch) try(chosen []int, fares []Verdict) {
	if s.err = s.ctx.Err(); s.err != nil {
		return
	}
	var sc score
	for _, v := range fares {
		switch {
		case v == Blocked:
			sc.blocked++
			sc.stuck++
		case v == Unknown:
			sc.stuck++
		case v.Composes():
			sc.steps += verdictSteps(v)
		}
	}
	if s.best == nil || sc.compare(s.score) < 0 {
		s.best, s.score = chosen, sc
	}
}
