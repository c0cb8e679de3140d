package question

import (
	"math"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

func (a *Asker) exitPlan(w *world, c Call) (any, error) {
	from, err := w.platform(c, "from")
	if err != nil {
		return nil, err
	}
	to, err := w.named(c, "to")
	if err != nil {
		return nil, err
	}
	if len(to) == 0 {
		return nil, fault.New(fault.BadInput, "to: name at least one platform to go to")
	}
	practices := w.Practices()
	if keys, given := c.Args["practices"].([]any); given {
		practices = nil
		for _, key := range keys {
			practice, err := w.practice(Call{Args: map[string]any{"practices": key}}, "practices")
			if err != nil {
				return nil, err
			}
			practices = append(practices, practice)
		}
	}
	return a.plan(w, w.ExitPlan(from, to, practices)), nil
}

func (a *Asker) plan(w *world, p portability.ExitPlan) Result {
	var targets, steps, lockIns []any
	for _, key := range p.To {
		targets = append(targets, w.platformID(key))
	}
	for _, s := range p.Steps {
		steps = append(steps, Result{
			"answer": a.answer(w, s.Answer), "after": anys(s.After), "missing": anys(s.Missing),
			"reached": int64(s.Reached.Practices), "total": int64(s.Reached.Total), "effortDays": effortOf(s.Reached.EffortDays),
			"withoutEffort": int64(s.Reached.WithoutEffort), "verdictSteps": int64(s.Reached.VerdictSteps),
		})
	}
	for _, l := range p.LockIns {
		lockIns = append(lockIns, Result{"lockIn": record.ID{Type: "LockIn", Key: l.Key}, "practices": anys(l.Practices)})
	}
	return Result{
		"from": w.platformID(p.From), "to": notNil(targets), "steps": notNil(steps), "lockIns": notNil(lockIns),
		"covered": a.answers(w, p.Covered), "blocked": a.answers(w, p.Blocked), "unknown": a.answers(w, p.Unknown),
		"lastFifth": tailOf(p.Tail),
	}
}

func (a *Asker) answers(w *world, list []portability.Answer) []any {
	out := make([]any, 0, len(list))
	for _, answer := range list {
		out = append(out, a.answer(w, answer))
	}
	return out
}

func tailOf(t portability.Tail) Result {
	r := Result{
		"practices": anys(t.Practices), "measuredBy": string(t.By), "part": int64(t.Part), "whole": int64(t.Whole),
		"withoutEffort": int64(t.WithoutEffort),
	}
	if share, ok := t.Share(); ok {
		r["percent"] = int64(math.Round(share * 100))
	}
	return r
}

// notNil makes a list of nothing an empty list, which is not null.
func notNil(list []any) []any {
	if list == nil {
		return []any{}
	}
	return list
}
