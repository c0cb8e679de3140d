package portability

import "slices"

// Concerning are those of the practices that somebody has to know about: for an
// operator those that operators do, for a tenant those that tenants do, in both cases
// also what both do; for Both all of them. What one of them does says nothing about
// the other, whatever its verdict.
func (w *World) Concerning(actor Actor, practices []string) []string {
	if actor != Operator && actor != Tenant {
		return practices
	}
	return slices.DeleteFunc(slices.Clone(practices), func(key string) bool {
		n, ok := w.practiceAt[key]
		return !ok || (w.practices[n].Actor != actor && w.practices[n].Actor != Both)
	})
}

// Doer says who does a practice after a move.
type Doer string

// Who may do a practice after a move.
const (
	DoneByOperator Doer = "OPERATOR"
	DoneByTenant   Doer = "TENANT"
	DoneByBoth     Doer = "BOTH"
	// DoneByProvider is for what the operator of the target does for whoever moves.
	DoneByProvider Doer = "PROVIDER"
	// DoneByNobody is for what is not needed there, or cannot be done.
	DoneByNobody Doer = "NOBODY"
)

// DoneBy is who does the practice of an answer after the move; empty where the answer
// is not known.
func (w *World) DoneBy(a Answer) Doer {
	n, ok := w.practiceAt[a.Practice]
	switch {
	case !ok || !a.Verdict.Known():
		return ""
	case a.Verdict == ProviderOperated:
		return DoneByProvider
	case a.Verdict == NotNeeded || a.Verdict == Blocked:
		return DoneByNobody
	default:
		return Doer(w.practices[n].Actor)
	}
}
