package portability_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/portability"
)

// naive answers straight from the sentences: it goes through all facts for every
// question, knows no index, and shares nothing with the package but its types.
type naive struct {
	in  portability.Input
	now time.Time
}

// pessimism is the order of the verdicts, written down a second time.
var pessimism = []string{"NOT_NEEDED", "PROVIDER_OPERATED", "UNCHANGED", "ADAPT", "REWORK", "BLOCKED"}

func bad(v portability.Verdict) int { return slices.Index(pessimism, v.String()) }

func worse(a, b portability.Verdict) portability.Verdict {
	if bad(b) > bad(a) {
		return b
	}
	return a
}

func (n naive) answer(practice, from, to string) portability.Answer {
	if from == to {
		return portability.Answer{Verdict: portability.Unchanged, Basis: "DERIVED", Path: []string{from, to}}
	}
	for _, rule := range []func(p, f, t string) *portability.Answer{n.rule2, n.rule3, n.rule3Shared, n.rule4, n.rule5} {
		if a := rule(practice, from, to); a != nil {
			if a.Path == nil {
				a.Path = []string{from, to}
			}
			return *a
		}
	}
	return portability.Answer{Basis: "UNKNOWN", Path: []string{from, to}}
}

func (n naive) practice(key string) portability.Practice {
	return n.in.Practices[slices.IndexFunc(n.in.Practices, func(p portability.Practice) bool { return p.Key == key })]
}

func (n naive) platform(key string) portability.Platform {
	return n.in.Platforms[slices.IndexFunc(n.in.Platforms, func(p portability.Platform) bool { return p.Key == key })]
}

func (n naive) runs(key string) []string {
	runs := slices.Clone(n.platform(key).Runs)
	slices.Sort(runs)
	return runs
}

func (n naive) operatorAccess(key string) bool {
	return slices.ContainsFunc(n.in.Capabilities, func(c portability.Capability) bool { return c.Key == key && c.Kind == "OPERATOR_ACCESS" })
}

// holding are the notes that count for exactly this practice and pair.
func (n naive) holding(practice, from, to string) []portability.Note {
	var begun, out []portability.Note
	for _, note := range n.in.Notes {
		observed, err := time.Parse(time.DateOnly, note.ObservedOn)
		future := err == nil && observed.After(n.now)
		if note.Practice == practice && note.From == from && note.To == to && from != to && !future {
			begun = append(begun, note)
		}
	}
	for _, note := range begun {
		expires, err := time.Parse(time.DateOnly, note.ExpiresOn)
		expired := err == nil && !n.now.Before(expires.AddDate(0, 0, 1))
		newestOfOne := len(note.Sources) == 0
		for _, s := range note.Sources {
			newest := true
			for _, other := range begun {
				names := slices.ContainsFunc(other.Sources, func(o portability.Source) bool { return o.URI == s.URI && o.Path == s.Path })
				if names && other.ObservedOn > note.ObservedOn {
					newest = false
				}
			}
			newestOfOne = newestOfOne || newest
		}
		if newestOfOne && !expired {
			out = append(out, note)
		}
	}
	return out
}

// noted is the answer that recorded pairs give; nil when none is recorded.
func (n naive) noted(practice string, pairs [][2]string) *portability.Answer {
	a := &portability.Answer{Basis: "RECORDED"}
	var all []portability.Note
	for _, pair := range pairs {
		notes := n.holding(practice, pair[0], pair[1])
		for _, note := range notes {
			a.Verdict = worse(a.Verdict, note.Verdict)
			a.Contested = a.Contested || note.Verdict != notes[0].Verdict
		}
		all = append(all, notes...)
	}
	if len(all) == 0 {
		return nil
	}
	for _, note := range all {
		if note.Verdict == a.Verdict && note.EffortDays != nil {
			if a.EffortDays == nil {
				e := *note.EffortDays
				a.EffortDays = &e
			}
			a.EffortDays.Min, a.EffortDays.Max = min(a.EffortDays.Min, note.EffortDays.Min), max(a.EffortDays.Max, note.EffortDays.Max)
		}
		a.Reasons = append(a.Reasons, note.Reasons...)
		a.Conditions = append(a.Conditions, note.Conditions...)
		a.Proof = append(a.Proof, portability.Premise{
			Kind: "NOTE", Key: note.Key, From: note.From, To: note.To, Hop: 1, Verdict: note.Verdict,
			Basis: note.Basis, Unverified: note.Unverified, ObservedOn: note.ObservedOn, Sight: n.sight(note), Assumed: note.Assumed, Sources: note.Sources,
		})
	}
	return a
}

// sight goes by the calendar, one day after the other.
func (n naive) sight(note portability.Note) *portability.Sight {
	days := func(day string) int {
		then, err := time.Parse(time.DateOnly, day)
		if err != nil {
			return -1
		}
		count := 0
		for ; then.AddDate(0, 0, 1).Before(n.now); then = then.AddDate(0, 0, 1) {
			count++
		}
		return count
	}
	s := &portability.Sight{AgeDays: days(note.ObservedOn), LastOn: note.ObservedOn}
	for _, c := range note.Confirmations {
		if on, _ := time.Parse(time.DateOnly, c.On); on.After(n.now) {
			continue
		}
		s.Confirmations = append(s.Confirmations, c)
		if c.On > s.LastOn {
			s.LastOn = c.On
		}
	}
	s.Confirmations = sortedBy(s.Confirmations, true)
	s.UnseenDays = days(s.LastOn)
	s.Stale = s.UnseenDays > 365
	return s
}

func (n naive) rule2(practice, from, to string) *portability.Answer {
	return n.noted(practice, [][2]string{{from, to}})
}

func (n naive) rule3(practice, from, to string) *portability.Answer {
	return n.general(practice, from, to, n.runs(from), n.runs(to))
}

func (n naive) general(practice, from, to string, froms, tos []string) *portability.Answer {
	var one, both [][2]string
	for _, s := range froms {
		one = append(one, [2]string{s, to})
		for _, t := range tos {
			both = append(both, [2]string{s, t})
		}
	}
	for _, t := range tos {
		one = append(one, [2]string{from, t})
	}
	for _, step := range [][][2]string{one, both} {
		a := n.noted(practice, step)
		if a == nil {
			continue
		}
		if slices.ContainsFunc(a.Proof, func(p portability.Premise) bool { return p.To != to }) {
			n.overrule(practice, from, to, a)
		}
		return a
	}
	return nil
}

// overrule is rule 4 with nothing but what the target itself states NO or
// RESTRICTED, where that is worse.
func (n naive) overrule(practice, from, to string, a *portability.Answer) {
	covered := a.Verdict == portability.NotNeeded || a.Verdict == portability.ProviderOperated
	own := naive{portability.Input{Practices: n.in.Practices, Platforms: n.in.Platforms, Capabilities: n.in.Capabilities}, n.now}
	for _, o := range n.in.Offers {
		if o.Platform == to {
			own.in.Offers = append(own.in.Offers, o)
		}
	}
	by := own.rule4(practice, from, to)
	if covered || by == nil || bad(by.Verdict) <= bad(a.Verdict) {
		return
	}
	a.Verdict, a.Basis, a.EffortDays = by.Verdict, "DERIVED", nil
	a.Reasons = append(a.Reasons, by.Reasons...)
	a.Proof = append(a.Proof, by.Proof...)
	a.Unchecked = n.unstated(practice, to)
}

// unstated are the required capabilities that a platform itself does not state.
func (n naive) unstated(practice, at string) []portability.Unchecked {
	var out []portability.Unchecked
	for _, c := range n.practice(practice).Requires {
		if n.offer(at, c) == nil {
			out = append(out, portability.Unchecked{Kind: "CAPABILITY", Platform: at, Key: c})
		}
	}
	return out
}

func (n naive) rule3Shared(practice, from, to string) *portability.Answer {
	stands := func(at string) []string {
		if n.platform(at).Kind == "SOLUTION" {
			return append(n.runs(at), at)
		}
		return n.runs(at)
	}
	a := &portability.Answer{Verdict: portability.Unchanged, Basis: "INFERRED", Unchecked: n.unstated(practice, to)}
	for _, s := range stands(from) {
		if slices.Contains(stands(to), s) {
			a.Proof = append(a.Proof, shown(n.implementations(practice, s), s, s, portability.Unchanged)...)
		}
	}
	if len(a.Proof) == 0 {
		return nil
	}
	if n.platform(to).Kind == "PROVIDER" {
		n.overrule(practice, from, to, a)
	}
	return a
}

func (n naive) offer(at, capability string) *portability.Offer {
	for i, o := range n.in.Offers {
		if o.Platform == at && o.Capability == capability {
			return &n.in.Offers[i]
		}
	}
	return nil
}

// has are the offers that a platform has for a capability, and the worst state.
func (n naive) has(at, capability string) (offers []portability.Offer, state portability.OfferState) {
	if o := n.offer(at, capability); o != nil {
		return []portability.Offer{*o}, o.State
	}
	for _, s := range n.runs(at) {
		o := n.offer(s, capability)
		if o == nil {
			return nil, ""
		}
		offers = append(offers, *o)
		if state == "" || o.State == "NO" || (o.State == "RESTRICTED" && state == "YES") {
			state = o.State
		}
	}
	return offers, state
}

func (n naive) implementations(practice, at string) []portability.Implementation {
	var out []portability.Implementation
	for _, i := range n.in.Implementations {
		if i.Practice == practice && i.Platform == at {
			out = append(out, i)
		}
	}
	return out
}

// does are the implementations that a platform has.
func (n naive) does(practice, at string) []portability.Implementation {
	out := n.implementations(practice, at)
	if out != nil {
		return out
	}
	for _, s := range n.runs(at) {
		of := n.implementations(practice, s)
		if of == nil {
			return nil
		}
		out = append(out, of...)
	}
	return out
}

func shown(implementations []portability.Implementation, from, to string, v portability.Verdict) []portability.Premise {
	var out []portability.Premise
	for _, i := range implementations {
		out = append(out, portability.Premise{
			Kind: "IMPLEMENTATION", Key: i.Key, From: from, To: to, Hop: 1, Verdict: v, Basis: i.Basis, Unverified: i.Unverified, Sources: i.Sources,
		})
	}
	return out
}

// normal brings an answer into a form in which two are equal when they say the same:
// the words of reasons that were not said by a note are left out.
func normal(a portability.Answer) portability.Answer {
	a.Practice, a.From, a.To = "", "", ""
	reasons := slices.Clone(a.Reasons)
	for i := range reasons {
		if !strings.HasPrefix(reasons[i].Text, "said:") {
			reasons[i].Text = ""
		}
	}
	a.Reasons = sortedBy(reasons, true)
	a.Conditions = sortedBy(a.Conditions, false)
	a.Unchecked = sortedBy(a.Unchecked, false)
	a.Proof = slices.Clone(a.Proof)
	for i := range a.Proof {
		if s := a.Proof[i].Sight; s != nil {
			// As part of what makes the order, and in a form that can be compared.
			seen := *s
			seen.Confirmations = sortedBy(seen.Confirmations, true)
			a.Proof[i].Sight = nil
			a.Proof[i].ObservedOn += fmt.Sprintf(" %+v", seen)
		}
	}
	a.Proof = sortedBy(a.Proof, true)
	var sources []portability.Source
	for _, p := range a.Proof {
		for _, s := range p.Sources {
			sources = append(sources, portability.Source{URI: s.URI, Path: s.Path})
		}
	}
	if a.Sources == nil {
		a.Sources = sources
	}
	for i := range a.Sources {
		a.Sources[i] = portability.Source{URI: a.Sources[i].URI, Path: a.Sources[i].Path}
	}
	a.Sources = sortedBy(a.Sources, false)
	return a
}
