package portability_test

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/portability"
)

// rule4 follows the sentences in their order: the exception, a NO, a RESTRICTED, all
// stated YES.
func (n naive) rule4(practice, from, to string) *portability.Answer {
	p := n.practice(practice)
	yes, states := 0, map[portability.OfferState][]string{}
	for _, c := range p.Requires {
		_, state := n.has(to, c)
		states[state] = append(states[state], c)
		if state == "YES" {
			yes++
		}
		if state == "NO" && n.operatorAccess(c) && p.Actor == "OPERATOR" && n.platform(to).OperatedBy == "PROVIDER" {
			states["EXCEPTION"] = append(states["EXCEPTION"], c)
		}
	}
	a := &portability.Answer{Basis: "DERIVED"}
	for _, at := range []string{from, to} {
		if n.implementations(practice, at) == nil {
			a.Unchecked = append(a.Unchecked, portability.Unchecked{Kind: "IMPLEMENTATION", Platform: at, Key: practice})
		}
	}
	a.Unchecked = append(a.Unchecked, n.unstated(practice, to)...)
	switch {
	case len(states["EXCEPTION"]) > 0:
		n.exception(from, to, states["EXCEPTION"], a)
	case len(states["NO"]) > 0:
		a.Verdict = portability.Blocked
		n.offered(from, to, states["NO"], portability.Reason{Kind: "TECHNOLOGY", Verdict: portability.Blocked}, a)
		n.offered(from, to, states["RESTRICTED"], portability.Reason{Kind: "PROVIDER", Verdict: portability.Rework}, a)
	case len(states["RESTRICTED"]) > 0:
		a.Verdict = portability.Rework
		n.offered(from, to, states["RESTRICTED"], portability.Reason{Kind: "PROVIDER", Verdict: portability.Rework}, a)
		n.done(practice, from, to, a)
	case yes > 0 && yes == len(p.Requires) && n.does(practice, from) != nil && n.does(practice, to) != nil:
		a.Verdict = portability.Unchanged
		n.offered(from, to, p.Requires, portability.Reason{}, a)
		n.done(practice, from, to, a)
	default:
		return nil
	}
	return a
}

func (n naive) exception(from, to string, capabilities []string, a *portability.Answer) {
	a.Verdict = portability.ProviderOperated
	a.Reasons = []portability.Reason{{Kind: "PROVIDER", Verdict: portability.ProviderOperated}}
	own := slices.DeleteFunc(slices.Clone(capabilities), func(c string) bool { return n.offer(to, c) == nil })
	if len(own) > 0 {
		capabilities = own
	}
	for _, c := range capabilities {
		n.offered(from, to, []string{c}, portability.Reason{Kind: "PROVIDER", Verdict: portability.ProviderOperated}, a)
	}
	a.Reasons = a.Reasons[:1]
}

// offered adds what the target has of some capabilities as premises, each with the
// reason, if that forces anything.
func (n naive) offered(from, to string, capabilities []string, reason portability.Reason, a *portability.Answer) {
	for _, c := range capabilities {
		offers, state := n.has(to, c)
		if n.offer(to, c) == nil {
			a.Basis = "INFERRED"
		}
		if reason.Verdict.Known() {
			a.Reasons = append(a.Reasons, reason)
		}
		for _, o := range offers {
			p := portability.Premise{Kind: "OFFER", Key: o.Key, From: from, To: o.Platform, Hop: 1, Basis: o.Basis, Unverified: o.Unverified, Assumed: o.Assumed, Sources: o.Sources}
			if o.State == state {
				p.Verdict = reason.Verdict
			}
			a.Proof = append(a.Proof, p)
		}
	}
}

// done adds the implementations where they decide something.
func (n naive) done(practice, from, to string, a *portability.Answer) {
	there, here := n.does(practice, from), n.does(practice, to)
	if there == nil || here == nil {
		return
	}
	v := portability.Adapt
	for _, x := range there {
		for _, y := range here {
			if x.Mechanism == y.Mechanism {
				v = portability.Unchanged
			}
		}
	}
	if v == portability.Unchanged && a.Verdict == portability.Rework {
		return
	}
	if v == portability.Adapt {
		a.Reasons = append(a.Reasons, portability.Reason{Kind: "WORKFLOW", Verdict: v})
		a.Verdict = worse(a.Verdict, v)
	}
	if n.implementations(practice, from) == nil || n.implementations(practice, to) == nil {
		a.Basis = "INFERRED"
	}
	for _, i := range there {
		a.Proof = append(a.Proof, shown([]portability.Implementation{i}, i.Platform, to, v)...)
	}
	for _, i := range here {
		a.Proof = append(a.Proof, shown([]portability.Implementation{i}, from, i.Platform, v)...)
	}
}

// rule5 tries every path over one or two other platforms.
func (n naive) rule5(practice, from, to string) *portability.Answer {
	var paths [][]string
	for _, x := range n.in.Platforms {
		for _, y := range n.in.Platforms {
			switch {
			case x.Key == from || x.Key == to || y.Key == from || y.Key == to:
			case x.Key == y.Key:
				paths = append(paths, []string{from, x.Key, to})
			default:
				paths = append(paths, []string{from, x.Key, y.Key, to})
			}
		}
	}
	var best *portability.Answer
	for _, path := range paths {
		a := n.along(practice, path)
		if a == nil {
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(bad(a.Verdict), bad(best.Verdict)), cmp.Compare(len(a.Path), len(best.Path)), slices.Compare(a.Path, best.Path)) < 0 {
			best = a
		}
	}
	return best
}

// along is the answer over one path; nil where a hop is none.
func (n naive) along(practice string, path []string) *portability.Answer {
	a := &portability.Answer{Basis: "INFERRED", Path: path, EffortDays: &portability.EffortRange{}}
	for i := range len(path) - 1 {
		hop := n.hop(practice, path, i)
		if hop == nil || bad(hop.Verdict) < bad(portability.Unchanged) || bad(hop.Verdict) > bad(portability.Rework) {
			return nil
		}
		a.Verdict = worse(a.Verdict, hop.Verdict)
		a.Contested = a.Contested || hop.Contested
		a.Reasons = append(a.Reasons, hop.Reasons...)
		a.Conditions = append(a.Conditions, hop.Conditions...)
		a.Unchecked = append(a.Unchecked, hop.Unchecked...)
		for _, p := range hop.Proof {
			p.Hop = i + 1
			a.Proof = append(a.Proof, p)
		}
		if hop.EffortDays == nil {
			a.EffortDays = nil
		}
		if a.EffortDays != nil {
			a.EffortDays = &portability.EffortRange{Min: a.EffortDays.Min + hop.EffortDays.Min, Max: a.EffortDays.Max + hop.EffortDays.Max}
		}
	}
	return a
}

func (n naive) hop(practice string, path []string, i int) *portability.Answer {
	from, to := path[i], path[i+1]
	if a := n.rule2(practice, from, to); a != nil {
		return a
	}
	var froms, tos []string
	if i == 0 {
		froms = n.runs(from)
	}
	if i == len(path)-2 {
		tos = n.runs(to)
	}
	if a := n.general(practice, from, to, froms, tos); a != nil {
		return a
	}
	if a := n.rule4(practice, from, to); a != nil && a.Basis != "INFERRED" {
		return a
	}
	return nil
}

// sortedBy sorts by all that an item says, and drops what is there twice. Items in
// which a generated text was left out may well be there twice: those are kept.
func sortedBy[T any](items []T, keep bool) []T {
	out := slices.Clone(items)
	slices.SortFunc(out, func(a, b T) int { return cmp.Compare(fmt.Sprintf("%+v", a), fmt.Sprintf("%+v", b)) })
	if !keep {
		out = slices.CompactFunc(out, func(a, b T) bool { return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b) })
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
