package portability

// scope says whose offers are weighed.
type scope bool

const (
	// withInherited takes a provider's solutions for what it does not state itself.
	withInherited scope = false
	ownOnly       scope = true
)

// weighing is what a target has of the capabilities a practice requires, taken
// together.
type weighing struct {
	scope scope
	// no, restricted, yes and unstated are true when there is one of that kind.
	no, restricted, yes, unstated bool
	// operated is true when what is refused is the operator's own business there.
	operated, operatedOwn bool
	// What a provider has from its solutions: something in the way, or a YES.
	inheritedObstacle, inheritedYes bool
}

// weigh looks at every required capability.
func (w *World) weigh(q query, s scope) weighing {
	weighed := weighing{scope: s}
	for _, c := range w.practices[q.practice].requires {
		o := w.has(q.to, c, s)
		if o == nil {
			weighed.unstated = true
			continue
		}
		switch o.state {
		case OfferNo:
			weighed.no = true
		case OfferRestricted:
			weighed.restricted = true
		case OfferYes:
			weighed.yes = true
		}
		weighed.inheritedObstacle = weighed.inheritedObstacle || (o.inherited && o.state != OfferYes)
		weighed.inheritedYes = weighed.inheritedYes || (o.inherited && o.state == OfferYes)
		if w.operates(q, c, o) {
			weighed.operated = true
			weighed.operatedOwn = weighed.operatedOwn || !o.inherited
		}
	}
	return weighed
}

// has is what a platform has of a capability, seen with that scope; nil for nothing.
func (w *World) has(at, capability int32, s scope) *offering {
	if o := w.offers[at][capability]; o != nil && (s == withInherited || !o.inherited) {
		return o
	}
	return nil
}

// operates reports whether an offer says that the target's operator does the
// practice: an operator's practice needs access that a platform run by its provider
// does not give.
func (w *World) operates(q query, capability int32, o *offering) bool {
	return o.state == OfferNo && w.capabilities[capability].Kind == OperatorAccess &&
		w.practices[q.practice].Actor == Operator && w.platforms[q.to].OperatedBy == OperatedByProvider
}

// verdict is what the offers alone decide; Unknown when nothing stands in the way,
// or nobody has said so.
func (g weighing) verdict() Verdict {
	switch {
	case g.operated:
		return ProviderOperated
	case g.no:
		return Blocked
	case g.restricted:
		return Rework
	}
	return Unknown
}

// fine is true when all required capabilities, one at least, are stated YES.
func (g weighing) fine() bool {
	return g.yes && !g.no && !g.restricted && !g.unstated
}

// ruling is what rule 4 decides, before it is explained.
type ruling struct {
	verdict  Verdict
	inferred bool
	weighed  weighing
	// from and to are how the ends do the practice, where that was looked at.
	from, to *doing
}

// decide is rule 4: what follows from what the target has of the capabilities, which
// is weighed, and from how both ends do the practice.
func (r ruling) decide(from, to *doing) ruling {
	r.verdict = r.weighed.verdict()
	switch r.verdict {
	case ProviderOperated:
		r.inferred = !r.weighed.operatedOwn
		return r
	case Blocked:
		r.inferred = r.weighed.inheritedObstacle
		return r
	case Rework:
		r.inferred = r.weighed.inheritedObstacle
	default:
		if !r.weighed.fine() {
			return r
		}
		r.inferred = r.weighed.inheritedYes
	}
	r.from, r.to = from, to
	return r.withMechanisms()
}

// withMechanisms adds what the ways of doing it say to a ruling that is REWORK, or
// that has nothing against it.
func (r ruling) withMechanisms() ruling {
	both := r.from != nil && r.to != nil
	alike := both && share(r.from, r.to)
	if r.verdict == Rework && (!both || alike) {
		r.from, r.to = nil, nil
		return r
	}
	if !both {
		return r
	}
	r.inferred = r.inferred || r.from.inherited || r.to.inherited
	switch {
	case r.verdict == Rework:
	case alike:
		r.verdict = Unchanged
	default:
		r.verdict = Adapt
	}
	return r
}

// derived is rule 4 with its reasons; nil when it gives no verdict.
func (w *World) derived(q query) *finding {
	r := ruling{weighed: w.weigh(q, withInherited)}.decide(w.done(q.practice, q.from), w.done(q.practice, q.to))
	if !r.verdict.Known() {
		return nil
	}
	f := &finding{verdict: r.verdict, basis: BasisDerived}
	if r.inferred {
		f.basis = BasisInferred
	}
	w.explainOffers(q, r.weighed, f)
	w.explainMechanisms(q, r, f)
	f.unchecked = append(w.uncheckedOffers(q), w.uncheckedDoings(q)...)
	return f
}
