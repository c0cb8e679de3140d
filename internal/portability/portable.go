package portability

import (
	"cmp"
	"slices"
)

// Portable answers for those of the practices that move from one platform to another
// with a verdict within atMost, the easiest first: by verdict, effort and key. Keys
// that are not in the world are left out; Practices has all that are.
func (w *World) Portable(from, to string, atMost Verdict, practices []string) []Answer {
	var out []Answer
	for _, key := range w.known(practices) {
		if a := w.Answer(key, from, to); a.Verdict.Within(atMost) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, compareEase)
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
