package question

import (
	"context"
	"math"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

func (a *Asker) exitPlan(ctx context.Context, w *world, c Call) (any, error) {
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
	practices, err := w.considered(c)
	if err != nil {
		return nil, err
	}
	plan, err := w.ExitPlan(ctx, from, to, practices)
	if err != nil {
		return nil, err
	}
	return a.plan(w, plan), nil
}

func (a *Asker) plan(w *world, p portability.ExitPlan) Result {
	var targets, steps []any
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
	return Result{
		"from": w.platformID(p.From), "to": notNil(targets), "steps": notNil(steps), "lockIns": lockInsOf(p.LockIns),
		"lockInsAhead": lockInsOf(p.LockInsAhead),
		"covered":      a.answers(w, p.Covered), "blocked": a.answers(w, p.Blocked), "unknown": a.answers(w, p.Unknown),
		"operated": a.answers(w, p.Operated()), "lastFifth": tailOf(p.Tail), "totals": totalsOf(p.Totals()), "shares": w.shares(p.Shares),
		"mixes": w.mixes(p.Mixes),
	}
}

func lockInsOf(hits []portability.LockInHit) []any {
	out := []any{}
	for _, l := range hits {
		out = append(out, Result{"lockIn": record.ID{Type: "LockIn", Key: l.Key}, "practices": anys(l.Practices)})
	}
	return out
}

func totalsOf(t portability.Totals) Result {
	r := Result{
		"practices": int64(t.Practices), "moves": int64(t.Moves), "unchanged": int64(t.Unchanged), "adapt": int64(t.Adapt),
		"rework": int64(t.Rework), "operated": int64(t.Operated), "notNeeded": int64(t.NotNeeded), "blocked": int64(t.Blocked),
		"unknown": int64(t.Unknown), "contested": int64(t.Contested), "inferred": int64(t.Inferred), "measuredBy": string(t.By),
	}
	r.setEffort(t.Reached)
	return r
}

// setEffort says what some moves take.
func (r Result) setEffort(reached portability.Reached) {
	r["effortDays"], r["withoutEffort"] = effortOf(reached.EffortDays), int64(reached.WithoutEffort)
	r["verdictSteps"] = int64(reached.VerdictSteps)
}

func (w *world) shares(list []portability.Share) []any {
	out := []any{}
	for _, s := range list {
		r := Result{"platform": w.platformID(s.Platform), "practices": anys(s.Practices), "moves": int64(s.Moved), "covered": int64(s.Covered)}
		r.setEffort(s.Reached)
		out = append(out, r)
	}
	return out
}

func (w *world) mixes(list []portability.Mix) []any {
	out := []any{}
	for _, m := range list {
		to := []any{}
		for _, key := range m.Targets {
			to = append(to, w.platformID(key))
		}
		r := Result{
			"to": to, "moves": int64(m.Moved), "covered": int64(m.Covered), "blocked": int64(m.Blocked), "unknown": int64(m.Unknown),
			"exhaustive": m.Exhaustive,
		}
		r.setEffort(m.Reached)
		out = append(out, r)
	}
	return out
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
