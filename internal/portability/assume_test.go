package portability_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
	"pgregory.net/rapid"
)

// assumptions draws some; no two are about one place.
func (d *draw) assumptions() (offers []portability.Offer, notes []portability.Note) {
	taken := map[string]bool{}
	var platforms []string
	for _, p := range d.in.Platforms {
		platforms = append(platforms, p.Key)
	}
	for range rapid.IntRange(0, 3).Draw(d.T, "assumed offers") {
		o := portability.Offer{
			Platform: d.pick("platform", platforms), Capability: d.pick("capability", []string{"c0", "c1", "c2", "nothing"}),
			State: portability.OfferState(d.pick("state", []string{"YES", "RESTRICTED", "NO"})), Assumed: true,
		}
		if o.Key = o.Platform + "--" + o.Capability; !taken[o.Key] {
			offers = append(offers, o)
		}
		taken[o.Key] = true
	}
	for range rapid.IntRange(0, 3).Draw(d.T, "assumed notes") {
		n := d.note("", d.pick("practice", []string{"p0", "p1", "nobody"}), platforms, verdicts)
		n.Key = fmt.Sprint(n.Practice, "--", n.From, "--", n.To)
		n.ObservedOn, n.ExpiresOn, n.Sources, n.Assumed = "", "", nil, true
		if !taken[n.Key] {
			notes = append(notes, n)
		}
		taken[n.Key] = true
	}
	return offers, notes
}

// fromZero are the facts with assumptions put in place of what was there.
func fromZero(in portability.Input, offers []portability.Offer, notes []portability.Note) portability.Input {
	out := cloneInput(in)
	out.Offers = slices.DeleteFunc(out.Offers, func(o portability.Offer) bool {
		return slices.ContainsFunc(offers, func(a portability.Offer) bool { return a.Platform == o.Platform && a.Capability == o.Capability })
	})
	out.Notes = slices.DeleteFunc(out.Notes, func(n portability.Note) bool {
		return slices.ContainsFunc(notes, func(a portability.Note) bool {
			return a.Practice == n.Practice && a.From == n.From && a.To == n.To
		})
	})
	out.Offers, out.Notes = append(out.Offers, offers...), append(out.Notes, notes...)
	return out
}

// A world changed by assumptions is the one that is made of the changed facts from
// nothing, and the world it was made from stays as it was.
func TestAssumedIsFromZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		d := &draw{T: t, in: in}
		w := build(in)
		before := everyAnswer(w, in)
		assumed := w
		all := in
		// One after the other is the same as from nothing, too.
		for range 2 {
			offers, notes := d.assumptions()
			assumed, all = assumed.Assume(slices.Clone(offers), slices.Clone(notes)), fromZero(all, offers, notes)
			got, want := everyAnswer(assumed, in), everyAnswer(build(all), in)
			for question := range want {
				if !reflect.DeepEqual(got[question], want[question]) {
					t.Fatalf("%s\nassumed   %+v\nfrom zero %+v", question, got[question], want[question])
				}
			}
			for _, p := range in.Platforms {
				if got, want := assumed.Gaps(p.Key), build(all).Gaps(p.Key); !reflect.DeepEqual(got, want) {
					t.Fatalf("gaps of %s are %+v, want %+v", p.Key, got, want)
				}
			}
		}
		if after := everyAnswer(w, in); !reflect.DeepEqual(after, before) {
			t.Fatal("the world itself has changed")
		}
	})
}

// What is assumed is marked, and nothing else.
func TestAssumedIsMarked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		offers, notes := (&draw{T: t, in: in}).assumptions()
		for question, a := range everyAnswer(build(in).Assume(offers, notes), in) {
			for _, p := range a.Proof {
				want := slices.ContainsFunc(offers, func(o portability.Offer) bool { return p.Kind == portability.OfferPremise && o.Key == p.Key }) ||
					slices.ContainsFunc(notes, func(n portability.Note) bool { return p.Kind == portability.NotePremise && n.Key == p.Key })
				if p.Assumed != want {
					t.Fatalf("%s: %+v is marked %t", question, p, p.Assumed)
				}
			}
		}
	})
}

// obstacles are those of an answer from their sentence: take away what forces the
// verdict or worse, ask again, until it is easier.
func (n naive) obstacles(practice, from, to string) ([]portability.Reason, portability.Verdict) {
	first := n.answer(practice, from, to)
	bound := bad(first.Verdict)
	var reasons []portability.Reason
	for next := first; ; next = n.answer(practice, from, to) {
		if bad(next.Verdict) < bound {
			return reasons, next.Verdict
		}
		for _, r := range next.Reasons {
			if bad(r.Verdict) >= bound {
				reasons = append(reasons, r)
			}
		}
		for _, p := range next.Proof {
			if bad(p.Verdict) >= bound {
				n = n.without(practice, p, next.Path[p.Hop-1], next.Path[p.Hop], bound)
			}
		}
	}
}

// without are the facts without what a premise of a hop forces.
func (n naive) without(practice string, p portability.Premise, from, to string, bound int) naive {
	out := naive{cloneInput(n.in), n.now}
	switch p.Kind {
	case portability.NotePremise:
		i := slices.IndexFunc(out.in.Notes, func(n portability.Note) bool { return n.Key == p.Key })
		note := &out.in.Notes[i]
		note.Reasons = slices.DeleteFunc(slices.Clone(note.Reasons), func(r portability.Reason) bool { return bad(r.Verdict) >= bound })
		note.Verdict = portability.Unknown
		for _, r := range note.Reasons {
			note.Verdict = worse(note.Verdict, r.Verdict)
		}
		if len(note.Reasons) == 0 {
			note.Verdict = portability.Unchanged
		}
	case portability.OfferPremise:
		i := slices.IndexFunc(n.in.Offers, func(o portability.Offer) bool { return o.Key == p.Key })
		c := n.in.Offers[i].Capability
		out.in.Offers = slices.DeleteFunc(out.in.Offers, func(o portability.Offer) bool { return o.Platform == to && o.Capability == c })
		out.in.Offers = append(out.in.Offers, portability.Offer{Platform: to, Capability: c, State: portability.OfferYes})
	case portability.ImplementationPremise:
		for _, i := range n.does(practice, from) {
			out.in.Implementations = append(out.in.Implementations, portability.Implementation{Practice: practice, Platform: to, Mechanism: i.Mechanism})
		}
	}
	return out
}

// Applied, it lifts: without its obstacles an answer is easier than it was, or nobody
// has said what is left.
func TestObstaclesLift(t *testing.T) {
	lifted := map[portability.Verdict]int{}
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		w, n := build(in), naive{in, paperNow}
		for question, a := range everyAnswer(w, in) {
			o := w.Obstacles(a)
			if bad(a.Verdict) <= bad(portability.Unchanged) {
				if o != nil {
					t.Fatalf("%s is %s, and in its way is %+v", question, a.Verdict, o)
				}
				continue
			}
			reasons, without := n.obstacles(a.Practice, a.From, a.To)
			got, want := normal(portability.Answer{Reasons: o.Reasons}), normal(portability.Answer{Reasons: reasons})
			// A reason of several premises is there once.
			if g, w := fmt.Sprint(sortedBy(got.Reasons, false)), fmt.Sprint(sortedBy(want.Reasons, false)); g != w {
				t.Fatalf("%s\nin its way %s\nwant       %s", question, g, w)
			}
			if len(o.Reasons) == 0 || o.Without != without || (without.Known() && bad(without) >= bad(a.Verdict)) {
				t.Fatalf("%s is %s, without %+v %s, want %s", question, a.Verdict, o.Reasons, o.Without, without)
			}
			lifted[o.Without]++
		}
	})
	t.Logf("verdicts without obstacles: %v", lifted)
}
