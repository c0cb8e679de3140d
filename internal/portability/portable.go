package portability

import (
	"cmp"
	"context"
	"slices"
)

// Wanted says which answers a list is to hold.
type Wanted struct {
	// AtMost is the worst verdict that still counts, as Verdict.Within has it.
	AtMost Verdict
	// ReasonKinds are those of which an answer has to have a reason; nil for any
	// answer, also one without reasons. An empty list is none.
	ReasonKinds []ReasonKind
}

// has reports whether an answer is wanted.
func (wanted Wanted) has(a *Answer) bool {
	if !a.Verdict.Within(wanted.AtMost) {
		return false
	}
	return wanted.ReasonKinds == nil ||
		slices.ContainsFunc(a.Reasons, func(r Reason) bool { return slices.Contains(wanted.ReasonKinds, r.Kind) })
}

// Portable answers for those of the practices that move from one platform to another
// as wanted, the easiest first: by verdict, effort and key. Keys that are not in the
// world are left out; Practices has all that are. The error is that of ctx.
func (w *World) Portable(ctx context.Context, from, to string, wanted Wanted, practices []string) ([]Answer, error) {
	keys := w.known(practices)
	marks, err := w.Arrivals(ctx, []Move{{from, to}}, keys)
	if err != nil {
		return nil, err
	}
	var out []Answer
	for i, key := range keys {
		if !marks[i][0].Verdict.Within(wanted.AtMost) {
			continue
		}
		if a := w.Answer(key, from, to); wanted.has(&a) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, compareEase)
	return out, nil
}

// Targets answers for every other platform to which a practice moves as wanted, the
// easiest first: by verdict, effort and key of the platform.
func (w *World) Targets(practice, from string, wanted Wanted) []Answer {
	var out []Answer
	for i := range w.platforms {
		to := w.platforms[i].Key
		if a := w.Answer(practice, from, to); to != from && wanted.has(&a) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b Answer) int { return cmp.Or(compareEase(a, b), cmp.Compare(a.To, b.To)) })
	return out
}

// compareEase orders answers from the easiest on: verdict, effort, key.
func compareEase(a, b Answer) int {
	return cmp.Or(a.Verdict.Compare(b.Verdict), CompareEffort(a.EffortDays, b.EffortDays), cmp.Compare(a.Practice, b.Practice))
}

// known are those of the keys that are practices, in order, each once.
func (w *World) known(practices []string) []string {
	keys := slices.Clone(practices)
	slices.Sort(keys)
	return slices.DeleteFunc(slices.Compact(keys), func(key string) bool { return !w.HasPractice(key) })
}
