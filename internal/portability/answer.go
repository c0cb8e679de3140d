package portability

// Answer says whether a practice moves from one platform to another, and why.
type Answer struct {
	Practice string
	From, To string
	Verdict  Verdict
	Basis    Basis
	// Reasons are those of every note, offer and implementation considered, the worst
	// first, each once.
	Reasons []Reason
	// EffortDays is nil when nobody gave an estimate for the verdict.
	EffortDays *EffortRange
	// Contested is true when newest notes of one pair contradict each other.
	Contested bool
	// Conditions are those of the notes considered, each once.
	Conditions []string
	// Path has the keys of the platforms from one end to the other.
	Path []string
	// Unchecked is what the platforms do not state themselves.
	Unchecked []Unchecked
	// Proof is everything the answer rests on, by hop, kind, pair and key.
	Proof []Premise
	// Sources are those of the proof by uri and path, each once.
	Sources []Source
}

// Basis says how an answer was found.
type Basis string

// The bases of an answer.
const (
	// BasisRecorded is for what somebody wrote down.
	BasisRecorded Basis = "RECORDED"
	// BasisDerived follows from what the platforms themselves state.
	BasisDerived Basis = "DERIVED"
	// BasisInferred follows by way of a shared solution, of what a provider has from
	// the solutions it runs, or of other platforms.
	BasisInferred Basis = "INFERRED"
	// BasisUnknown is for an answer with the verdict Unknown.
	BasisUnknown Basis = "UNKNOWN"
)

// Unchecked is a statement that nobody made about the platform itself.
type Unchecked struct {
	Kind     StatementKind
	Platform string
	// Key is that of the capability, or of the practice that is not known to be
	// implemented.
	Key string
}

// StatementKind says what is stated about a platform.
type StatementKind string

// The kinds of statements.
const (
	CapabilityStatement     StatementKind = "CAPABILITY"
	ImplementationStatement StatementKind = "IMPLEMENTATION"
)

// Premise is a fact that an answer rests on.
type Premise struct {
	Kind PremiseKind
	// Key is that of the note, the offer or the implementation.
	Key string
	// From and To are the pair it speaks about: for a note its own, for an offer or
	// an implementation the pair asked, with the platform that states it standing in
	// for its end.
	From, To string
	// Hop counts from 1.
	Hop int
	// Verdict is what it contributes; Unknown where it only supports.
	Verdict    Verdict
	Basis      EvidenceBasis
	Unverified bool
	// ObservedOn is the day of a note, as YYYY-MM-DD; empty for none.
	ObservedOn string
	// Sight says how old a note is and who has confirmed it; nil for other premises.
	Sight *Sight
	// Assumed is true for what nobody stated, taken for the sake of the question.
	Assumed bool
	Sources []Source
}

// PremiseKind says what a premise is.
type PremiseKind string

// The kinds of premises.
const (
	NotePremise           PremiseKind = "NOTE"
	OfferPremise          PremiseKind = "OFFER"
	ImplementationPremise PremiseKind = "IMPLEMENTATION"
)

// finding is what a rule comes to; nil stands for no verdict.
type finding struct {
	verdict    Verdict
	basis      Basis
	reasons    []Reason
	effort     *EffortRange
	contested  bool
	conditions []string
	unchecked  []Unchecked
	premises   []Premise
	// path is nil when it is the pair that was asked.
	path []int32
}

// replaced says which ends of a move may stand for the solutions they run.
type replaced struct{ from, to bool }

// Answer answers for a practice and two platforms by their keys. Keys that are not
// in the world give Unknown, whatever the rules would say of them.
func (w *World) Answer(practice, from, to string) Answer {
	answer := Answer{Practice: practice, From: from, To: to, Basis: BasisUnknown, Path: []string{from, to}}
	q, ok := w.ask(practice, from, to)
	if !ok {
		return answer
	}
	f := w.find(q)
	if f == nil {
		return answer
	}
	if f.path != nil {
		answer.Path = w.keys(f.path)
	}
	answer.Verdict, answer.Basis, answer.EffortDays, answer.Contested = f.verdict, f.basis, f.effort, f.contested
	answer.Conditions = f.conditions
	answer.Reasons = orderReasons(f.reasons)
	answer.Unchecked = orderUnchecked(f.unchecked)
	answer.Proof = orderPremises(f.premises)
	answer.Sources = sourcesOf(answer.Proof)
	return answer
}

// find asks the rules one after the other; the first that comes to a verdict
// decides.
func (w *World) find(q query) *finding {
	if q.from == q.to {
		return &finding{verdict: Unchanged, basis: BasisDerived}
	}
	for _, rule := range []func(query) *finding{w.recorded, w.recordedBetweenSolutions, w.shared, w.derived, w.composed} {
		if f := rule(q); f != nil {
			return f
		}
	}
	return nil
}

func (w *World) keys(platforms []int32) []string {
	keys := make([]string, len(platforms))
	for i, at := range platforms {
		keys[i] = w.platforms[at].Key
	}
	return keys
}
