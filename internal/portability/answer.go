package portability

import (
	"cmp"
	"slices"
)

// Basis says how an answer was reached.
type Basis string

// The bases.
const (
	Recorded Basis = "RECORDED"
	Derived  Basis = "DERIVED"
	Inferred Basis = "INFERRED"
	NoBasis  Basis = "UNKNOWN"
)

// Answer says whether a practice moves from one platform to another, and why.
type Answer struct {
	Practice, From, To string
	Verdict            Verdict
	Basis              Basis
	// Reasons are those of everything considered.
	Reasons    []Reason
	Conditions []string
	// Effort is nil when nobody gave one.
	Effort    *Effort
	Contested bool
	// Path are the keys of the platforms from one end to the other.
	Path []string
	// Unchecked is what the answer rests on although the platform does not state it.
	Unchecked []Statement
	Proof     []Premise
}

// Statement is something a platform may state: that it has a capability, how it
// does a practice.
type Statement struct {
	Kind StatementKind
	// Key of the capability or of the practice.
	Key, Platform string
}

// StatementKind tells statements apart.
type StatementKind string

// The kinds of statements.
const (
	CapabilityStatement     StatementKind = "CAPABILITY"
	ImplementationStatement StatementKind = "IMPLEMENTATION"
)

// PremiseKind tells premises apart.
type PremiseKind string

// The kinds of premises.
const (
	NotePremise           PremiseKind = "NOTE"
	OfferPremise          PremiseKind = "OFFER"
	ImplementationPremise PremiseKind = "IMPLEMENTATION"
)

// Premise is a fact that an answer rests on.
type Premise struct {
	Kind PremiseKind
	// Key of the fact's record.
	Key string
	// Hop it belongs to, from 1.
	Hop int
	// From and To are the pair it speaks of.
	From, To string
	// Verdict it contributes; empty where it only supports.
	Verdict    Verdict
	ObservedOn string
	Evidence
}

// Sources are those of the premises, each document once, in the order of the
// premises.
func (a Answer) Sources() []Source {
	var out []Source
	seen := map[[2]string]bool{}
	for _, p := range a.Proof {
		for _, s := range p.Sources {
			if id := [2]string{s.URI, s.Path}; !seen[id] {
				seen[id] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// Easier orders answers: verdict, effort (none last), practice.
func Easier(a, b Answer) int {
	return cmp.Or(cmp.Compare(a.Verdict.Rank(), b.Verdict.Rank()), compareEffort(a.Effort, b.Effort), cmp.Compare(a.Practice, b.Practice))
}

func compareEffort(a, b *Effort) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Or(cmp.Compare(a.Min, b.Min), cmp.Compare(a.Max, b.Max))
}

// tidy puts what was gathered into one order, each once.
func (a *Answer) tidy() {
	slices.SortFunc(a.Proof, func(x, y Premise) int {
		return cmp.Or(cmp.Compare(x.Hop, y.Hop), cmp.Compare(kindRank(x.Kind), kindRank(y.Kind)), cmp.Compare(x.Key, y.Key))
	})
	a.Proof = slices.CompactFunc(a.Proof, func(x, y Premise) bool { return x.Hop == y.Hop && x.Kind == y.Kind && x.Key == y.Key })
	slices.SortStableFunc(a.Reasons, func(x, y Reason) int {
		return cmp.Or(cmp.Compare(y.Verdict.Rank(), x.Verdict.Rank()), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Text, y.Text))
	})
	a.Reasons = slices.Compact(a.Reasons)
	slices.Sort(a.Conditions)
	a.Conditions = slices.Compact(a.Conditions)
	slices.SortFunc(a.Unchecked, func(x, y Statement) int {
		return cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Key, y.Key), cmp.Compare(x.Platform, y.Platform))
	})
	a.Unchecked = slices.Compact(a.Unchecked)
}

func kindRank(k PremiseKind) int {
	return slices.Index([]PremiseKind{NotePremise, OfferPremise, ImplementationPremise}, k)
}
