package portability

import (
	"cmp"
	"slices"
)

// orderReasons puts the worst first, then by kind and text, each once.
func orderReasons(reasons []Reason) []Reason {
	slices.SortFunc(reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Verdict, a.Verdict), cmp.Compare(reasonPlace(a.Kind), reasonPlace(b.Kind)),
			cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Text, b.Text))
	})
	return slices.Compact(reasons)
}

func reasonPlace(k ReasonKind) int {
	return slices.Index([]ReasonKind{ReasonTechnology, ReasonProvider, ReasonWorkflow}, k)
}

func orderUnchecked(list []Unchecked) []Unchecked {
	slices.SortFunc(list, func(a, b Unchecked) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Platform, b.Platform), cmp.Compare(a.Key, b.Key))
	})
	return slices.Compact(list)
}

func orderPremises(premises []Premise) []Premise {
	slices.SortFunc(premises, func(a, b Premise) int {
		return cmp.Or(cmp.Compare(a.Hop, b.Hop), cmp.Compare(premisePlace(a.Kind), premisePlace(b.Kind)),
			cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Key, b.Key))
	})
	return premises
}

func premisePlace(k PremiseKind) int {
	return slices.Index([]PremiseKind{NotePremise, OfferPremise, ImplementationPremise}, k)
}

func sourcesOf(premises []Premise) []Source {
	var sources []Source
	for i := range premises {
		sources = append(sources, premises[i].Sources...)
	}
	return orderSources(sources)
}

// orderSources sorts by uri and path and keeps one of each: the one with the least
// line, where lines are known.
func orderSources(sources []Source) []Source {
	slices.SortFunc(sources, func(a, b Source) int {
		return cmp.Or(cmp.Compare(a.URI, b.URI), cmp.Compare(a.Path, b.Path), cmp.Compare(linePlace(a.Line), linePlace(b.Line)),
			cmp.Compare(a.Revision, b.Revision), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.CompactFunc(sources, func(a, b Source) bool { return a.origin() == b.origin() })
}

// linePlace puts "no line", which is 0, behind all lines.
func linePlace(line int) uint { return uint(line) - 1 }
