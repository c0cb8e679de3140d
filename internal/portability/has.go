package portability

import (
	"cmp"
	"slices"
)

// offering is what a platform has of a capability: its own offer, or, for a provider
// that states none, the worst of those of the solutions it runs.
type offering struct {
	state     OfferState
	inherited bool
	// offers are the own one, or one of each solution.
	offers []*Offer
}

// doing is how a practice is done on a platform: its own implementations, or, for a
// provider that has none, those of the solutions it runs.
type doing struct {
	platform        int32
	inherited       bool
	mechanisms      []string
	implementations []*Implementation
	// mask has a bit for each mechanism, by its place among those of the practice; 0
	// where a practice has more than there are bits.
	mask uint64
}

// gravity orders the states of an offer, the worst highest; 0 states nothing.
func gravity(s OfferState) int {
	switch s {
	case OfferYes:
		return 1
	case OfferRestricted:
		return 2
	case OfferNo:
		return 3
	}
	return 0
}

func (w *World) addOffers(in []Offer) {
	w.offers = make([][]*offering, len(w.platforms))
	for at := range w.offers {
		w.offers[at] = make([]*offering, len(w.capabilities))
	}
	for i := range in {
		o := &in[i]
		at, okPlatform := w.platformAt[o.Platform]
		what, okCapability := w.capabilityAt[o.Capability]
		if !okPlatform || !okCapability || gravity(o.State) == 0 {
			continue
		}
		if had := w.offers[at][what]; had == nil || decides(o, had.offers[0]) {
			w.offers[at][what] = &offering{state: o.State, offers: []*Offer{o}}
		}
	}
	for p := range w.platforms {
		for c := range w.capabilities {
			if has := w.inheritedOffer(int32(p), int32(c)); has != nil {
				w.offers[p][c] = has
			}
		}
	}
}

// decides says which of two offers of one platform for one capability counts, so
// that it does not depend on their order. A map that was checked has no two.
func decides(o, other *Offer) bool {
	return cmp.Or(cmp.Compare(gravity(other.State), gravity(o.State)), cmp.Compare(o.Key, other.Key)) < 0
}

// inheritedOffer is what a provider has of a capability from the solutions it runs;
// nil when it has its own, or when one of them states nothing.
func (w *World) inheritedOffer(at, what int32) *offering {
	if own := w.offers[at][what]; len(w.platforms[at].runs) == 0 || (own != nil && !own.inherited) {
		return nil
	}
	has := &offering{inherited: true}
	for _, solution := range w.platforms[at].runs {
		o := w.offers[solution][what]
		if o == nil {
			return nil
		}
		has.offers = append(has.offers, o.offers...)
		if gravity(o.state) > gravity(has.state) {
			has.state = o.state
		}
	}
	return has
}

func (w *World) addImplementations(in []Implementation) {
	byPractice := make([][]*Implementation, len(w.practices))
	for i := range in {
		n, ok := w.practiceAt[in[i].Practice]
		if ok && w.HasPlatform(in[i].Platform) {
			byPractice[n] = append(byPractice[n], &in[i])
		}
	}
	for n, implementations := range byPractice {
		w.practices[n].doings = w.doingsOf(implementations)
	}
}

// doingsOf is how one practice is done where it is done, by platform.
func (w *World) doingsOf(implementations []*Implementation) []doing {
	slices.SortFunc(implementations, func(a, b *Implementation) int {
		return cmp.Or(cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Key, b.Key))
	})
	own := w.ownDoings(implementations)
	all := own
	for at := range w.platforms {
		if d, ok := inheritDoing(own, int32(at), w.platforms[at].runs); ok {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b doing) int { return cmp.Compare(a.platform, b.platform) })
	maskMechanisms(all)
	return all
}

// ownDoings are what the platforms themselves state, given implementations of one
// practice in the order of their platforms.
func (w *World) ownDoings(implementations []*Implementation) []doing {
	var out []doing
	for _, i := range implementations {
		at := w.platformAt[i.Platform]
		if len(out) == 0 || out[len(out)-1].platform != at {
			out = append(out, doing{platform: at})
		}
		out[len(out)-1].add(i)
	}
	return out
}

func (d *doing) add(i *Implementation) {
	d.implementations = append(d.implementations, i)
	if at, found := slices.BinarySearch(d.mechanisms, i.Mechanism); !found {
		d.mechanisms = slices.Insert(d.mechanisms, at, i.Mechanism)
	}
}

// inheritDoing is what a provider has from the solutions it runs; false when it has
// its own, or when one of them states nothing.
func inheritDoing(own []doing, at int32, runs []int32) (doing, bool) {
	if len(runs) == 0 || find(own, at) != nil {
		return doing{}, false
	}
	has := doing{platform: at, inherited: true}
	for _, solution := range runs {
		d := find(own, solution)
		if d == nil {
			return doing{}, false
		}
		for _, i := range d.implementations {
			has.add(i)
		}
	}
	return has, true
}

// find is the doing of a platform; nil when there is none.
func find(doings []doing, at int32) *doing {
	n, found := slices.BinarySearchFunc(doings, at, func(d doing, at int32) int { return cmp.Compare(d.platform, at) })
	if !found {
		return nil
	}
	return &doings[n]
}

// done is how a practice is done on a platform; nil when nobody says.
func (w *World) done(practice, at int32) *doing {
	return find(w.practices[practice].doings, at)
}

// doneItself is how a practice is done on a platform by its own statement.
func (w *World) doneItself(practice, at int32) *doing {
	if d := w.done(practice, at); d != nil && !d.inherited {
		return d
	}
	return nil
}

// stated is the offer that a platform itself states; nil when it states none.
func (w *World) stated(at, capability int32) *Offer {
	if o := w.offers[at][capability]; o != nil && !o.inherited {
		return o.offers[0]
	}
	return nil
}

// maskMechanisms numbers the mechanisms of one practice, so that share can compare
// numbers.
func maskMechanisms(doings []doing) {
	var all []string
	for i := range doings {
		all = append(all, doings[i].mechanisms...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for i := range doings {
		d := &doings[i]
		d.mask = 0
		for _, m := range d.mechanisms {
			at, _ := slices.BinarySearch(all, m)
			d.mask |= 1 << at
		}
		if len(all) > 64 {
			d.mask = 0
		}
	}
}

// share reports whether two platforms have a mechanism in common.
func share(a, b *doing) bool {
	if a.mask != 0 && b.mask != 0 {
		return a.mask&b.mask != 0
	}
	return slices.ContainsFunc(a.mechanisms, func(m string) bool {
		_, found := slices.BinarySearch(b.mechanisms, m)
		return found
	})
}
