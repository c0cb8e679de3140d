package portability

import (
	"cmp"
	"slices"
)

// Relation says how two platforms stand to each other in a practice.
type Relation string

// The relations.
const (
	Same            Relation = "SAME"
	Differs         Relation = "DIFFERS"
	OnlyHere        Relation = "ONLY_HERE"
	RelationUnknown Relation = "UNKNOWN"
)

// Comparison is one practice on two platforms.
type Comparison struct {
	Practice string
	Relation Relation
	// Here is the platform that has it, where only one does.
	Here string
	// A and B are the implementations on either side.
	A, B []*Implementation
	// Missing are the offers that say NO, where only one has it.
	Missing []*Offer
	// Difference in words; empty where nothing differs.
	Difference string
}

// Compare says what two platforms do the same way, practice by practice. Only what
// the platforms state themselves counts.
func (w *World) Compare(a, b string, practices []string) []Comparison {
	out := make([]Comparison, 0, len(practices))
	for _, key := range practices {
		out = append(out, w.compare(key, a, b))
	}
	return out
}

func (w *World) compare(practice, a, b string) Comparison {
	own := func(platform string) mechanisms {
		return mechanisms{practice: practice, platform: platform, list: w.implementations[[2]string{practice, platform}]}
	}
	here, there := own(a), own(b)
	c := Comparison{Practice: practice, Relation: RelationUnknown, A: here.list, B: there.list}
	switch {
	case here.known() && there.known() && here.sameAs(there):
		c.Relation = Same
	case here.known() && there.known():
		c.Relation, c.Difference = Differs, w.nameOf(a)+": "+here.keys()+"; "+w.nameOf(b)+": "+there.keys()
	case here.known():
		c = w.onlyHere(c, a, b)
	case there.known():
		c = w.onlyHere(c, b, a)
	}
	return c
}

func (w *World) onlyHere(c Comparison, here, other string) Comparison {
	for _, s := range w.ownOffers(c.Practice, other) {
		if s.state != No {
			continue
		}
		if c.Difference == "" {
			c.Relation, c.Here = OnlyHere, here
			c.Difference = w.nameOf(other) + " does not offer what it needs: " + s.capability.Name
		} else {
			c.Difference += ", " + s.capability.Name
		}
		c.Missing = append(c.Missing, s.offers...)
	}
	return c
}

// Gap is something a platform does not state.
type Gap struct {
	Statement
	// Concerns is how many practices wait for it.
	Concerns int
}

// Gaps are what nobody has said about a platform: the required capabilities it
// does not state and the practices it does not implement, those that concern most
// practices first, capabilities before implementations.
func (w *World) Gaps(platform string) []Gap {
	concerned := map[string]int{}
	var out []Gap
	for _, key := range w.practiceKeys {
		for _, c := range w.required(key) {
			if w.offers[[2]string{platform, c}] == nil {
				concerned[c]++
			}
		}
		if len(w.implementations[[2]string{key, platform}]) == 0 {
			out = append(out, Gap{Statement{ImplementationStatement, key, platform}, 1})
		}
	}
	for c, n := range concerned {
		out = append(out, Gap{Statement{CapabilityStatement, c, platform}, n})
	}
	slices.SortFunc(out, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Concerns, a.Concerns), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Key, b.Key))
	})
	return out
}
