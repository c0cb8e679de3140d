package portability

import (
	"context"
	"slices"
)

// ExitPlan is what it takes to leave a platform.
type ExitPlan struct {
	From string
	// To are the targets, by key.
	To []string
	// Steps are the moves in their order: every practice that goes on.
	Steps []Step
	// Covered is what nobody has to do any more, Blocked what cannot be done on any
	// target, Unknown what nobody has said; each the easiest first.
	Covered, Blocked, Unknown []Answer
	Tail                      Tail
	// LockIns are those of what is left, LockInsAhead those of the targets that are
	// gone to.
	LockIns, LockInsAhead []LockInHit
	// Shares say what goes to each target, by key; targets to which nothing goes are
	// left out.
	Shares []Share
	// Mixes are the best choice of one target, of two and so on, as long as one more
	// makes it better.
	Mixes []Mix
}

// Step is one move of an exit plan.
type Step struct {
	Answer Answer
	// After are the keys of the practices of earlier steps that this one waited for.
	After []string
	// Missing are the keys of the practices asked for that it depends on and that are
	// blocked or unknown.
	Missing []string
	Reached Reached
}

// Reached is how far a plan is after a step: one point of the curve of coverage
// against effort.
type Reached struct {
	// Practices are those moved so far and those covered without a move, of Total
	// asked for.
	Practices, Total int
	// EffortDays is the sum over the steps with an estimate, nil while there is none;
	// WithoutEffort is how many steps so far have none.
	EffortDays    *EffortRange
	WithoutEffort int
	// VerdictSteps is the sum over all steps so far: UNCHANGED 1, ADAPT 2, REWORK 3.
	VerdictSteps int
}

// Measure says what a share is a share of.
type Measure string

// The measures.
const (
	// ByEffort measures with the highest days of the estimates.
	ByEffort Measure = "EFFORT_DAYS"
	// ByVerdict measures with verdict steps, where nobody gave any estimate.
	ByVerdict Measure = "VERDICT_STEPS"
)

// Tail is the last fifth of an order, rounded up: what is said to be the hardest.
type Tail struct {
	// Practices are the keys of the steps in it.
	Practices []string
	By        Measure
	// Part of Whole is what the tail takes; both are 0 when there is nothing to
	// measure.
	Part, Whole int
	// WithoutEffort is how many steps of the whole order are left out for want of an
	// estimate, when measured by effort.
	WithoutEffort int
}

// Share is the part of the whole from 0 to 1; false when the whole is nothing.
func (t Tail) Share() (float64, bool) {
	if t.Whole == 0 {
		return 0, false
	}
	return float64(t.Part) / float64(t.Whole), true
}

// LockInHit is a lock-in that the leaving meets.
type LockInHit struct {
	Key string
	// Practices are those asked for that it holds, in order.
	Practices []string
}

// ExitPlan plans to leave one platform for the best of the targets, practice by
// practice: the one with the easiest answer, by key among equals. Every key has to
// be in the world; others are left out. The error is that of ctx.
func (w *World) ExitPlan(ctx context.Context, from string, to, practices []string) (ExitPlan, error) {
	p, err := w.newPlanner(ctx, from, to, practices)
	if err != nil {
		return ExitPlan{}, err
	}
	plan := ExitPlan{From: from, To: p.targets}
	var moves []Answer
	for n := range p.asked {
		a := p.easiest(n, p.all())
		switch {
		case a.Verdict.Covered():
			plan.Covered = append(plan.Covered, a)
		case a.Verdict == Blocked:
			plan.Blocked = append(plan.Blocked, a)
		case a.Verdict.Composes():
			moves = append(moves, a)
		default:
			plan.Unknown = append(plan.Unknown, a)
		}
	}
	for _, list := range [][]Answer{plan.Covered, plan.Blocked, plan.Unknown, moves} {
		slices.SortFunc(list, compareEase)
	}
	plan.Steps = w.order(moves)
	w.fillSteps(&plan, len(p.asked))
	plan.Tail = tail(plan.Steps)
	plan.LockIns = w.lockInsHit(plan, p.asked)
	plan.Shares = shares(plan)
	plan.LockInsAhead = w.lockInsAhead(plan.Shares)
	plan.Mixes, err = p.mixes(ctx)
	return plan, err
}

// fillSteps says of each step how far one is after it, and what it lacks.
func (w *World) fillSteps(plan *ExitPlan, total int) {
	lacking := map[int32]bool{}
	for _, a := range slices.Concat(plan.Blocked, plan.Unknown) {
		lacking[w.practiceAt[a.Practice]] = true
	}
	reached := Reached{Practices: len(plan.Covered), Total: total}
	for i := range plan.Steps {
		step := &plan.Steps[i]
		for _, n := range w.nextAmong(w.practiceAt[step.Answer.Practice], lacking) {
			step.Missing = append(step.Missing, w.practices[n].Key)
		}
		reached = reached.after(step.Answer)
		step.Reached = reached
	}
}

// after is how far one is with one more move.
func (r Reached) after(a Answer) Reached {
	r.Practices++
	r.VerdictSteps += verdictSteps(a.Verdict)
	switch {
	case a.EffortDays == nil:
		r.WithoutEffort++
	case r.EffortDays == nil:
		r.EffortDays = a.EffortDays
	default:
		sum := r.EffortDays.plus(*a.EffortDays)
		r.EffortDays = &sum
	}
	return r
}

func verdictSteps(v Verdict) int { return int(v-Unchanged) + 1 }

// tail measures the last fifth of the steps.
func tail(steps []Step) Tail {
	from := len(steps) - (len(steps)+4)/5
	t := Tail{By: ByVerdict}
	if slices.ContainsFunc(steps, func(s Step) bool { return s.Answer.EffortDays != nil }) {
		t.By = ByEffort
	}
	for i, s := range steps {
		size := verdictSteps(s.Answer.Verdict)
		if t.By == ByEffort {
			size = 0
			if s.Answer.EffortDays != nil {
				size = s.Answer.EffortDays.Max
			} else {
				t.WithoutEffort++
			}
		}
		t.Whole += size
		if i >= from {
			t.Part += size
			t.Practices = append(t.Practices, s.Answer.Practice)
		}
	}
	return t
}
