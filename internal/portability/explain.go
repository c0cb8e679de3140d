package portability

import "strings"

// explainOffers adds what decided among the offers, as reasons and premises. Where
// something stands in the way, what is there is neither.
func (w *World) explainOffers(q query, weighed weighing, f *finding) {
	if weighed.operated {
		w.explainOperated(q, weighed, f)
		return
	}
	for _, c := range w.practices[q.practice].requires {
		o := w.has(q.to, c, weighed.scope)
		if o == nil {
			continue
		}
		switch o.state {
		case OfferNo:
			f.reasons = append(f.reasons, Reason{ReasonTechnology, w.offerText(q.to, c, o, "does not offer"), Blocked})
			w.addOffer(q, o, Blocked, f)
		case OfferRestricted:
			f.reasons = append(f.reasons, Reason{ReasonProvider, w.offerText(q.to, c, o, "restricts"), Rework})
			w.addOffer(q, o, Rework, f)
		case OfferYes:
			if weighed.fine() {
				w.addOffer(q, o, Unknown, f)
			}
		}
	}
}

// explainOperated names what the target's operator keeps to itself: all of it in one
// reason, and what the target states itself before what it has from its solutions.
func (w *World) explainOperated(q query, weighed weighing, f *finding) {
	var kept []string
	for _, c := range w.practices[q.practice].requires {
		o := w.has(q.to, c, weighed.scope)
		if o == nil || !w.operates(q, c, o) || (weighed.operatedOwn && o.inherited) {
			continue
		}
		kept = append(kept, w.capabilityName(c))
		w.addOffer(q, o, ProviderOperated, f)
	}
	text := w.platforms[q.to].Key + " is run by its provider, who does this and keeps to itself: " + strings.Join(kept, ", ")
	f.reasons = append(f.reasons, Reason{ReasonProvider, text, ProviderOperated})
}

// addOffer adds the offers behind what the target has as premises. Of several
// solutions only the worst contribute the verdict; the others are there because all
// of them have to state it.
func (w *World) addOffer(q query, has *offering, v Verdict, f *finding) {
	for _, o := range has.offers {
		p := Premise{
			Kind: OfferPremise, Key: o.Key, From: w.platforms[q.from].Key, To: o.Platform, Hop: 1,
			Basis: o.Basis, Unverified: o.Unverified, Assumed: o.Assumed, Sources: o.Sources,
		}
		if o.State == has.state {
			p.Verdict = v
		}
		f.premises = append(f.premises, p)
	}
}

// explainMechanisms adds how the ends do the practice, where the ruling looked at it.
func (w *World) explainMechanisms(q query, r ruling, f *finding) {
	if r.from == nil || r.to == nil {
		return
	}
	v := Unchanged
	if !share(r.from, r.to) {
		v = Adapt
		text := w.doingText(q.from, r.from) + "; " + w.doingText(q.to, r.to)
		f.reasons = append(f.reasons, Reason{ReasonWorkflow, text, Adapt})
	}
	for _, i := range r.from.implementations {
		f.addImplementation(i, i.Platform, w.platforms[q.to].Key, v)
	}
	for _, i := range r.to.implementations {
		f.addImplementation(i, w.platforms[q.from].Key, i.Platform, v)
	}
}

func (w *World) capabilityName(at int32) string {
	if name := w.capabilities[at].Name; name != "" {
		return name
	}
	return w.capabilities[at].Key
}

// offerText says in words what stands in the way, with what the offers add to it.
func (w *World) offerText(target, capability int32, o *offering, does string) string {
	var said, notes []string
	for _, offer := range o.offers {
		if offer.State != o.state {
			continue
		}
		said = append(said, offer.Platform)
		if offer.Note != "" {
			notes = append(notes, offer.Note)
		}
	}
	text := strings.Join(said, " and ") + " " + does + ": " + w.capabilityName(capability)
	if o.inherited {
		text = w.platforms[target].Key + " runs " + strings.Join(said, " and ") + ", which " + does + ": " + w.capabilityName(capability)
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, "; ") + ")"
	}
	return text
}

// doingText says in words how a platform does a practice.
func (w *World) doingText(at int32, d *doing) string {
	return w.platforms[at].Key + " does it by " + strings.Join(d.mechanisms, " or ")
}
