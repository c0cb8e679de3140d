package portability

import "slices"

// Verdict says who must still do a practice after a move.
type Verdict string

// The verdicts, best to worst; Unknown stands apart.
const (
	NotNeeded        Verdict = "NOT_NEEDED"
	ProviderOperated Verdict = "PROVIDER_OPERATED"
	Unchanged        Verdict = "UNCHANGED"
	Adapt            Verdict = "ADAPT"
	Rework           Verdict = "REWORK"
	Blocked          Verdict = "BLOCKED"
	Unknown          Verdict = "UNKNOWN"
)

var verdicts = []Verdict{NotNeeded, ProviderOperated, Unchanged, Adapt, Rework, Blocked, Unknown}

// Rank is the place of a verdict in the order from best to worst; Unknown comes
// after all.
func (v Verdict) Rank() int { return slices.Index(verdicts, v) }

// Worse reports whether v is more pessimistic than other.
func (v Verdict) Worse(other Verdict) bool { return v.Rank() > other.Rank() }

// Within reports whether v is at most as bad as limit; Unknown never is.
func (v Verdict) Within(limit Verdict) bool { return v != Unknown && v.Rank() <= limit.Rank() }
