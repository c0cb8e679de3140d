package portability

// Input is everything the viewer may see that says something about portability.
// Whoever fills it has left out what the viewer may not see; records that name
// something that is not in it are left out as well. Keys are unique in their list,
// for platforms over solutions and providers together.
type Input struct {
	Layers          []Layer
	Practices       []Practice
	Platforms       []Platform
	Capabilities    []Capability
	Offers          []Offer
	Implementations []Implementation
	Notes           []Note
	LockIns         []LockIn
}

// Practice is a way of doing an operation.
type Practice struct {
	Key   string
	Actor Actor
	// Requires are keys of capabilities.
	Requires []string
	// DependsOn are keys of practices that have to work first.
	DependsOn []string
	// Layers are keys of layers; those that are not in the input are left out.
	Layers []string
}

// Layer is where in the stack a practice is done.
type Layer struct {
	Key string
	// Ordinal orders layers from the lowest on.
	Ordinal int
}

// Actor says who does a practice.
type Actor string

// The actors.
const (
	Operator Actor = "OPERATOR"
	Tenant   Actor = "TENANT"
	Both     Actor = "BOTH"
)

// Platform is a place where practices are done.
type Platform struct {
	Key        string
	Kind       PlatformKind
	Aliases    []string
	OperatedBy OperatedBy
	// Runs are keys of the solutions a provider runs; a solution runs none.
	Runs []string
}

// PlatformKind says whether one runs a platform or buys it.
type PlatformKind string

// The kinds of platforms.
const (
	Solution PlatformKind = "SOLUTION"
	Provider PlatformKind = "PROVIDER"
)

// OperatedBy says who runs the part of a platform that is below its API.
type OperatedBy string

// Who operates a platform.
const (
	OperatedBySelf     OperatedBy = "SELF"
	OperatedByProvider OperatedBy = "PROVIDER"
)

// Capability is something a practice needs from a platform.
type Capability struct {
	Key string
	// Name is used in reasons; the key stands in for an empty one.
	Name string
	Kind CapabilityKind
}

// CapabilityKind says which side of the API a capability is on.
type CapabilityKind string

// The kinds of capabilities.
const (
	Service        CapabilityKind = "SERVICE"
	OperatorAccess CapabilityKind = "OPERATOR_ACCESS"
)

// Offer is what a platform states about a capability. There is one for a platform
// and capability; of several the worst counts.
type Offer struct {
	Key        string
	Platform   string
	Capability string
	State      OfferState
	// Note is prose that goes into the reason; empty for none.
	Note       string
	Basis      EvidenceBasis
	Unverified bool
	Sources    []Source
	// Assumed is true for what nobody stated, taken for the sake of a question.
	Assumed bool
}

// OfferState is what an offer says. Any other text than the three states nothing.
type OfferState string

// The states of an offer.
const (
	OfferYes        OfferState = "YES"
	OfferRestricted OfferState = "RESTRICTED"
	OfferNo         OfferState = "NO"
)

// Implementation is how a practice is done on a platform.
type Implementation struct {
	Key      string
	Practice string
	Platform string
	// Mechanism is the key of the way it is done; platforms that share one do it alike.
	Mechanism  string
	How        string
	Basis      EvidenceBasis
	Unverified bool
	Sources    []Source
}

// Note is what somebody recorded about moving a practice from one platform to
// another.
type Note struct {
	Key      string
	Practice string
	From, To string
	// Verdict is the worst of the reasons, Unchanged without one; a note with Unknown
	// says nothing and is left out.
	Verdict    Verdict
	Reasons    []Reason
	Conditions []string
	// EffortDays is nil unless somebody gave an estimate.
	EffortDays *EffortRange
	// ObservedOn and ExpiresOn are days as YYYY-MM-DD, empty for none. A note holds
	// through the whole of its last day, UTC.
	ObservedOn string
	ExpiresOn  string
	Basis      EvidenceBasis
	Unverified bool
	Sources    []Source
	// Confirmations of the note, in any order.
	Confirmations []Confirmation
	// Assumed is true for what nobody recorded, taken for the sake of a question.
	Assumed bool
}

// Confirmation says that a note was found true.
type Confirmation struct {
	Key string
	// On is the day, as YYYY-MM-DD; one after now does not count yet.
	On string
	// Version of the platform it was tried with; empty where nobody said.
	Version string
}

// Reason is why a practice does not simply move.
type Reason struct {
	Kind ReasonKind
	Text string
	// Verdict is what this reason alone forces.
	Verdict Verdict
}

// ReasonKind says where a reason lies.
type ReasonKind string

// The kinds of reasons.
const (
	ReasonTechnology ReasonKind = "TECHNOLOGY"
	ReasonProvider   ReasonKind = "PROVIDER"
	ReasonWorkflow   ReasonKind = "WORKFLOW"
)

// EvidenceBasis says how a fact was established; empty where its record does not.
type EvidenceBasis string

// How facts are established.
const (
	Cited  EvidenceBasis = "CITED"
	Judged EvidenceBasis = "JUDGED"
)

// Source is where a fact comes from. Two are the same source when URI and Path
// are, whatever line and revision.
type Source struct {
	URI  string
	Path string
	// Line counts from 1; 0 is none.
	Line     int
	Revision string
	Kind     string
}

// LockIn ties its users to a platform.
type LockIn struct {
	Key      string
	Platform string
	// Practices are the keys of those it holds; none means all that is done there.
	Practices []string
}
