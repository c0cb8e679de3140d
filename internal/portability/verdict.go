package portability

// Verdict says who must still do a practice after a move, and how hard that is.
// The constants stand from best to worst; Unknown stands apart and is no part of
// that order.
type Verdict uint8

// The verdicts. "Worse", "more pessimistic" and "by verdict" mean this order.
const (
	// Unknown is nobody's statement; never the verdict of a note.
	Unknown Verdict = iota
	// NotNeeded is for a problem that does not exist on the target.
	NotNeeded
	// ProviderOperated is for what the operator of the target does.
	ProviderOperated
	// Unchanged is done as before.
	Unchanged
	// Adapt takes small changes.
	Adapt
	// Rework is done anew.
	Rework
	// Blocked cannot be done on the target.
	Blocked
)

var verdictNames = [...]string{"UNKNOWN", "NOT_NEEDED", "PROVIDER_OPERATED", "UNCHANGED", "ADAPT", "REWORK", "BLOCKED"}

// ParseVerdict reads the name of a verdict; any other text is Unknown.
func ParseVerdict(name string) Verdict {
	for v, n := range verdictNames {
		if n == name {
			return Verdict(v)
		}
	}
	return Unknown
}

// String is the name of the verdict, as ParseVerdict reads it.
func (v Verdict) String() string {
	if int(v) < len(verdictNames) {
		return verdictNames[v]
	}
	return verdictNames[Unknown]
}

// Known is false for Unknown only.
func (v Verdict) Known() bool { return v != Unknown }

// Covered is true where nobody has to do the practice any more.
func (v Verdict) Covered() bool { return v == NotNeeded || v == ProviderOperated }

// Composes is true for the verdicts that add up over several hops: those where the
// practice goes on, done by the same people.
func (v Verdict) Composes() bool { return Unchanged <= v && v <= Rework }

// Worse reports whether v is more pessimistic than other. Unknown is neither worse
// nor better than anything.
func (v Verdict) Worse(other Verdict) bool { return v.Known() && other.Known() && v > other }

// Within reports whether v is at most as bad as the bound. What is covered is
// within every bound, Unknown within none; Unknown as the bound lets only what is
// covered pass.
func (v Verdict) Within(atMost Verdict) bool {
	return v.Covered() || (v.Known() && v <= atMost)
}

// Compare orders verdicts for a list: best first, Unknown last.
func (v Verdict) Compare(other Verdict) int {
	return v.place() - other.place()
}

func (v Verdict) place() int {
	if v == Unknown {
		return len(verdictNames)
	}
	return int(v)
}

// worst is the more pessimistic of two verdicts; Unknown gives way to the other.
func worst(a, b Verdict) Verdict { return max(a, b) }
