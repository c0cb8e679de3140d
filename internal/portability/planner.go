package portability

import (
	"context"
)

// planner is an exit plan being made: how every practice fares on every target.
type planner struct {
	*World

	from    string
	targets []string
	// asked are the practices, in order.
	asked []string
	// marks are by practice, then by target.
	marks [][]Mark
	// answers are those that were worked out, by practice, then by target.
	answers [][]*Answer
}

func (w *World) newPlanner(ctx context.Context, from string, to, practices []string) (*planner, error) {
	p := &planner{World: w, from: from, asked: w.known(practices)}
	for _, at := range numbers(w.platformAt, to) {
		p.targets = append(p.targets, w.platforms[at].Key)
	}
	moves := make([]Move, len(p.targets))
	for i, key := range p.targets {
		moves[i] = Move{from, key}
	}
	var err error
	p.marks, err = w.Arrivals(ctx, moves, p.asked)
	p.answers = make([][]*Answer, len(p.asked))
	for n := range p.answers {
		p.answers[n] = make([]*Answer, len(p.targets))
	}
	return p, err
}

// all are the numbers of all targets.
func (p *planner) all() []int {
	out := make([]int, len(p.targets))
	for i := range out {
		out[i] = i
	}
	return out
}

// answer for a practice and a target, worked out once.
func (p *planner) answer(practice, target int) *Answer {
	if p.answers[practice][target] == nil {
		a := p.Answer(p.asked[practice], p.from, p.targets[target])
		p.answers[practice][target] = &a
	}
	return p.answers[practice][target]
}

// easiest is the best answer for a practice over some targets, which are in order: by
// verdict, effort and target, and what is only unknown on one target before what is
// blocked on another, as nobody has ruled it out. Only targets with the best verdict
// are asked for their effort.
func (p *planner) easiest(practice int, targets []int) Answer {
	best := Answer{Practice: p.asked[practice], From: p.from, Basis: BasisUnknown}
	verdict := Blocked
	for _, t := range targets {
		verdict = hopeful(verdict, p.marks[practice][t].Verdict)
	}
	for _, t := range targets {
		if p.marks[practice][t].Verdict != verdict {
			continue
		}
		if a := p.answer(practice, t); best.To == "" || compareEase(*a, best) < 0 {
			best = *a
		}
		if verdict == Unknown {
			break
		}
	}
	return best
}

// hopeful is the better of two verdicts for one practice on two targets. Unknown is
// better than Blocked and worse than all others.
func hopeful(a, b Verdict) Verdict {
	place := func(v Verdict) int {
		if v == Unknown {
			return 2*int(Blocked) - 1
		}
		return 2 * int(v)
	}
	if place(b) < place(a) {
		return b
	}
	return a
}
