package portability

import "slices"

// stated is what is known of a required capability on a platform.
type stated struct {
	capability *Capability
	// offers that say it: the platform's own, or those of all solutions it runs.
	offers []*Offer
	state  State
	// inherited: the platform itself does not state it.
	inherited bool
}

// derived is rule 4: what follows from the capabilities of the target and from how
// both platforms do the practice.
func (w *World) derived(practice, from, to string) (Answer, bool) {
	if w.practices[practice] == nil {
		return Answer{}, false
	}
	offers := w.allOffers(practice, to)
	here, there := w.mechanisms(practice, from), w.mechanisms(practice, to)
	a, decided := w.fromOffers(practice, to, offers)
	switch {
	case decided && a.Verdict == Rework:
		// Under a restriction another mechanism is one more reason.
		if here.known() && there.known() && !here.sameAs(there) {
			a.addMechanisms(here, there, pair{from, to})
		}
	case decided:
	default:
		required := w.required(practice)
		if len(required) == 0 || len(offers) < len(required) || !here.known() || !there.known() {
			return Answer{}, false
		}
		a = Answer{Verdict: Unchanged, Basis: Derived}
		for _, s := range offers {
			a.addOffers(s, to, "")
		}
		a.addMechanisms(here, there, pair{from, to})
	}
	return a, true
}

// fromOffers concludes from capabilities alone: nothing unless one is stated NO or
// RESTRICTED.
func (w *World) fromOffers(practice, to string, offers []stated) (Answer, bool) {
	if a, ok := w.operatedByProvider(practice, to, offers); ok {
		return a, true
	}
	a := Answer{Basis: Derived}
	for _, s := range offers {
		name := s.capability.Name
		switch s.state {
		case No:
			a.addReason(Reason{"TECHNOLOGY", w.nameOf(to) + " does not offer what it needs: " + name, Blocked})
			a.addOffers(s, to, Blocked)
		case Restricted:
			a.addReason(Reason{"PROVIDER", w.nameOf(to) + " offers what it needs only with restrictions: " + name, Rework})
			a.addOffers(s, to, Rework)
		}
	}
	if len(a.Reasons) == 0 {
		return Answer{}, false
	}
	for _, c := range w.required(practice) {
		if !slices.ContainsFunc(offers, func(s stated) bool { return s.capability.Key == c }) {
			a.Unchecked = append(a.Unchecked, Statement{CapabilityStatement, c, to})
		}
	}
	return a, true
}

// operatedByProvider: an operator's practice whose access the target does not give
// because its provider does the operating. It decides before every other
// capability, and what the platform states itself decides before what it inherits.
func (w *World) operatedByProvider(practice, to string, offers []stated) (Answer, bool) {
	if w.practices[practice].Actor != "OPERATOR" || !w.platforms[to].OperatedByProvider {
		return Answer{}, false
	}
	for _, inherited := range []bool{false, true} {
		a := Answer{Basis: Derived}
		for _, s := range offers {
			if s.state == No && s.capability.OperatorAccess && s.inherited == inherited {
				if len(a.Reasons) == 0 {
					a.addReason(Reason{"PROVIDER", "whoever operates " + w.nameOf(to) + " does it: there is no " + s.capability.Name, ProviderOperated})
				}
				a.addOffers(s, to, ProviderOperated)
			}
		}
		if len(a.Reasons) > 0 {
			return a, true
		}
	}
	return Answer{}, false
}

func (w *World) nameOf(platform string) string {
	if p := w.platforms[platform]; p != nil && p.Name != "" {
		return p.Name
	}
	return platform
}

// addReason takes a reason; the more pessimistic verdict stays.
func (a *Answer) addReason(r Reason) {
	if a.Verdict == "" || r.Verdict.Worse(a.Verdict) {
		a.Verdict = r.Verdict
	}
	a.Reasons = append(a.Reasons, r)
}

// addOffers takes what is known of a capability among the premises. What the
// platform does not state itself makes the answer inferred.
func (a *Answer) addOffers(s stated, platform string, v Verdict) {
	for _, o := range s.offers {
		a.Proof = append(a.Proof, Premise{Kind: OfferPremise, Key: o.Key, Hop: 1, From: o.Platform, To: o.Platform, Verdict: v, Evidence: o.Evidence})
	}
	if s.inherited {
		a.Basis = Inferred
		a.Unchecked = append(a.Unchecked, Statement{CapabilityStatement, s.capability.Key, platform})
	}
}

// ownOffers is what a platform states itself of the required capabilities.
func (w *World) ownOffers(practice, platform string) []stated {
	var out []stated
	for _, c := range w.required(practice) {
		if o := w.offers[[2]string{platform, c}]; o != nil {
			out = append(out, stated{capability: w.capabilities[c], offers: []*Offer{o}, state: o.State})
		}
	}
	return out
}

// allOffers adds to what a platform states what all the solutions it runs state,
// the worst of them.
func (w *World) allOffers(practice, platform string) []stated {
	out := w.ownOffers(practice, platform)
	runs := w.runs(platform)
	if len(runs) == 0 {
		return out
	}
	for _, c := range w.required(practice) {
		if w.offers[[2]string{platform, c}] != nil {
			continue
		}
		s := stated{capability: w.capabilities[c], inherited: true, state: Yes}
		for _, solution := range runs {
			o := w.offers[[2]string{solution, c}]
			if o == nil {
				break
			}
			s.offers = append(s.offers, o)
			s.state = worseState(s.state, o.State)
		}
		if len(s.offers) == len(runs) {
			out = append(out, s)
		}
	}
	return out
}

func worseState(a, b State) State {
	order := []State{Yes, Restricted, No}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}
