package portability

import (
	"slices"
	"strings"
)

// mechanisms is how a platform does a practice.
type mechanisms struct {
	practice, platform string
	list               []*Implementation
	// inherited: the platform does not say it, all the solutions it runs do.
	inherited bool
}

func (w *World) mechanisms(practice, platform string) mechanisms {
	m := mechanisms{practice: practice, platform: platform, list: w.implementations[[2]string{practice, platform}]}
	if len(m.list) > 0 {
		return m
	}
	for _, solution := range w.runs(platform) {
		own := w.implementations[[2]string{practice, solution}]
		if len(own) == 0 {
			return mechanisms{practice: practice, platform: platform}
		}
		m.list = append(m.list, own...)
	}
	m.inherited = len(m.list) > 0
	return m
}

func (m mechanisms) known() bool { return len(m.list) > 0 }

// sameAs reports whether the two have one mechanism in common.
func (m mechanisms) sameAs(other mechanisms) bool {
	return slices.ContainsFunc(m.list, func(a *Implementation) bool {
		return slices.ContainsFunc(other.list, func(b *Implementation) bool { return a.Mechanism == b.Mechanism })
	})
}

func (m mechanisms) keys() string {
	var keys []string
	for _, i := range m.list {
		keys = append(keys, i.Mechanism)
	}
	slices.Sort(keys)
	return strings.Join(slices.Compact(keys), " or ")
}

// addMechanisms takes how both sides do it among the premises, and says so when
// they do it differently.
func (a *Answer) addMechanisms(here, there mechanisms, p pair) {
	if !here.sameAs(there) {
		a.addReason(Reason{"WORKFLOW", "another mechanism: " + there.keys() + " instead of " + here.keys(), Adapt})
	}
	for _, side := range []mechanisms{here, there} {
		for _, m := range side.list {
			a.Proof = append(a.Proof, implementationPremise(m, p))
		}
		if side.inherited {
			a.Basis = Inferred
			a.Unchecked = append(a.Unchecked, Statement{ImplementationStatement, side.practice, side.platform})
		}
	}
}

func implementationPremise(m *Implementation, p pair) Premise {
	return Premise{Kind: ImplementationPremise, Key: m.Key, Hop: 1, From: p.from, To: p.to, Evidence: m.Evidence}
}
