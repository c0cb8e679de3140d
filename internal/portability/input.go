package portability

// Input is everything that portability is concluded from: only what the asker may
// see. Its order does not matter.
type Input struct {
	Practices       []Practice
	Platforms       []Platform
	Capabilities    []Capability
	Offers          []Offer
	Implementations []Implementation
	Notes           []Note
}

// Practice is what is to be moved.
type Practice struct {
	Key   string
	Actor string
	// Requires are keys of capabilities, DependsOn keys of practices.
	Requires, DependsOn []string
}

// Platform is where it is done.
type Platform struct {
	Key, Name string
	Aliases   []string
	// Provider is false for a solution.
	Provider bool
	// OperatedByProvider: somebody else runs the part below the API.
	OperatedByProvider bool
	// Runs are keys of the solutions a provider runs.
	Runs []string
}

// Capability is what a practice needs of a platform.
type Capability struct {
	Key, Name string
	// OperatorAccess: reach into what the operator runs.
	OperatorAccess bool
}

// State says whether a platform has a capability.
type State string

// The states of an offer, best to worst.
const (
	Yes        State = "YES"
	Restricted State = "RESTRICTED"
	No         State = "NO"
)

// Offer is what a platform states of a capability.
type Offer struct {
	Key, Platform, Capability string
	State                     State
	Evidence
}

// Implementation is how a platform does a practice.
type Implementation struct {
	Key, Practice, Platform, Mechanism string
	Evidence
}

// Note is what somebody recorded of a move.
type Note struct {
	Key, Practice, From, To string
	Verdict                 Verdict
	Reasons                 []Reason
	Conditions              []string
	Effort                  *Effort
	// ObservedOn and ExpiresOn are days, YYYY-MM-DD; empty for none.
	ObservedOn, ExpiresOn string
	Evidence
}

// Evidence is how a fact was established.
type Evidence struct {
	// Basis is CITED or JUDGED.
	Basis      string
	Unverified bool
	Sources    []Source
}

// Source is where a fact comes from. Two are the same when URI and Path are.
type Source struct {
	URI, Path, Revision, Kind string
	Line                      int
}

// Reason is why a practice does not simply move, with the verdict it alone forces.
type Reason struct {
	// Kind is TECHNOLOGY, PROVIDER or WORKFLOW.
	Kind, Text string
	Verdict    Verdict
}

// Effort is a range of working days.
type Effort struct{ Min, Max int }
