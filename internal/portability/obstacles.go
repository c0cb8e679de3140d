package portability

import (
	"slices"
)

// Obstacles are what keeps an answer from being easier.
type Obstacles struct {
	// Reasons are those that alone force the verdict or a worse one, the worst first.
	// Where an answer did not get any easier without its own reasons, those that were
	// hidden behind them are here, too.
	Reasons []Reason
	// Without is what the rules come to when none of these holds any more: less than
	// the verdict, or Unknown where nobody has said what is left.
	Without Verdict
}

// Obstacles of an answer that this world gave; nil where nothing is in the way. An
// obstacle is taken away like this: a note is left without such reasons, a target
// states YES where it states NO or RESTRICTED, and it does the practice the way it is
// done where one comes from. Then the rules are asked again.
func (w *World) Obstacles(a Answer) *Obstacles {
	q, ok := w.ask(a.Practice, a.From, a.To)
	if !ok || a.Verdict <= Unchanged {
		return nil
	}
	l := lift{World: w.alone(q.practice), bound: a.Verdict}
	var o Obstacles
	for next := a; next.Verdict >= l.bound; {
		for _, r := range next.Reasons {
			if r.Verdict >= l.bound {
				o.Reasons = append(o.Reasons, r)
			}
		}
		for _, p := range next.Proof {
			if p.Verdict >= l.bound {
				l.take(p, next.Path[p.Hop-1], next.Path[p.Hop])
			}
		}
		next = l.Answer(a.Practice, a.From, a.To)
		o.Without = next.Verdict
	}
	o.Reasons = orderReasons(o.Reasons)
	return &o
}

// alone is a world that knows of one practice only, whose facts can be set without
// changing w.
func (w *World) alone(practice int32) *World {
	out := w.branch()
	out.practices = slices.Clone(w.practices[practice : practice+1])
	out.practiceAt = map[string]int32{w.practices[practice].Key: 0}
	return out
}

// lift takes obstacles away from a world that knows of one practice.
type lift struct {
	*World

	// bound is the verdict from which on a reason is an obstacle.
	bound Verdict
}

// take lifts what a premise of a hop forces.
func (l *lift) take(p Premise, from, to string) {
	switch p.Kind {
	case NotePremise:
		l.takeNote(p)
	case OfferPremise:
		l.takeOffer(p.Key, l.platformAt[to])
	case ImplementationPremise:
		l.takeWay(l.platformAt[from], l.platformAt[to])
	}
}

// takeNote leaves a note without the reasons that are obstacles.
func (l *lift) takeNote(p Premise) {
	q, _ := l.ask(l.practices[0].Key, p.From, p.To)
	old := l.recordedFor(q)
	set := pair{ends: old.ends}
	for _, n := range old.notes {
		if n.Key == p.Key {
			n = l.easier(n)
		}
		set.add(n)
	}
	l.practices[0].setPair(set)
}

// easier is a note without the reasons that are obstacles.
func (l *lift) easier(n *Note) *Note {
	out := *n
	out.Verdict, out.Reasons = Unknown, nil
	for _, r := range n.Reasons {
		if r.Verdict < l.bound {
			out.Reasons = append(out.Reasons, r)
			out.Verdict = worst(out.Verdict, r.Verdict)
		}
	}
	if !out.Verdict.Known() {
		out.Verdict = Unchanged
	}
	return &out
}

// takeOffer lets a target state YES where an offer stands in the way.
func (l *lift) takeOffer(key string, target int32) {
	for _, c := range l.practices[0].requires {
		o := l.offers[target][c]
		if o != nil && slices.ContainsFunc(o.offers, func(o *Offer) bool { return o.Key == key }) {
			l.setOffer(target, c, &Offer{Platform: l.platforms[target].Key, Capability: l.capabilities[c].Key, State: OfferYes})
		}
	}
}

// takeWay lets a target do the practice the way it is done where one comes from.
func (l *lift) takeWay(from, to int32) {
	p := &l.practices[0]
	var all []*Implementation
	for i := range p.doings {
		if !p.doings[i].inherited {
			all = append(all, p.doings[i].implementations...)
		}
	}
	for _, m := range l.done(0, from).mechanisms {
		all = append(all, &Implementation{Practice: p.Key, Platform: l.platforms[to].Key, Mechanism: m})
	}
	p.doings = l.doingsOf(all)
}
