package portability

import (
	"cmp"
	"slices"
)

// Assume is the world as it would be if some offers and notes stood in place of what
// is known: an offer in place of what its platform states of the capability, a note
// in place of all notes of its practice and pair. What names something that is not in
// the world, and a note from a platform to itself, changes nothing. The world itself
// stays as it is; what does not change is shared with it.
//
// The offers and notes are marked as assumed, and so are premises made from them. Two
// of one place contradict each other unless they say the same; whoever calls has
// looked at that.
func (w *World) Assume(offers []Offer, notes []Note) *World {
	out := w.branch()
	for i := range offers {
		o := &offers[i]
		at, okPlatform := w.platformAt[o.Platform]
		what, okCapability := w.capabilityAt[o.Capability]
		if okPlatform && okCapability && gravity(o.State) > 0 {
			o.Assumed = true
			out.setOffer(at, what, o)
		}
	}
	out.practices = slices.Clone(w.practices)
	for i := range notes {
		n := &notes[i]
		q, ok := w.ask(n.Practice, n.From, n.To)
		if ok && q.from != q.to && n.Verdict.Known() {
			n.Assumed = true
			out.practices[q.practice].setPair(pair{ends: q.ends(), notes: []*Note{n}, verdict: n.Verdict})
		}
	}
	return out
}

// branch is a world whose offers can be set without changing w.
func (w *World) branch() *World {
	out := *w
	out.offers = make([][]*offering, len(w.offers))
	for at := range w.offers {
		out.offers[at] = slices.Clone(w.offers[at])
	}
	return &out
}

// setOffer lets a platform state something, and the providers that run it have it.
func (w *World) setOffer(at, what int32, o *Offer) {
	w.offers[at][what] = &offering{state: o.State, offers: []*Offer{o}}
	for p := range w.platforms {
		if !slices.Contains(w.platforms[p].runs, at) {
			continue
		}
		if has := w.inheritedOffer(int32(p), what); has != nil {
			w.offers[p][what] = has
		}
	}
}

// setPair puts a pair in place of the one with the same ends, in a list of its own.
func (p *practice) setPair(set pair) {
	at, found := slices.BinarySearchFunc(p.pairs, set.ends, func(p pair, ends uint64) int { return cmp.Compare(p.ends, ends) })
	p.pairs = slices.Clone(p.pairs)
	if found {
		p.pairs[at] = set
		return
	}
	p.pairs = slices.Insert(p.pairs, at, set)
}
