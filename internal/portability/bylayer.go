package portability

import (
	"cmp"
	"slices"
)

// LayerComparison sums up a comparison over the practices of one layer.
type LayerComparison struct {
	// Layer is empty for the practices that are on none.
	Layer string
	// Total is how many were compared; the others say how.
	Total, Same, Differs, OnlyA, OnlyB, Unknown int
}

// CompareByLayer sums up Compare by layer, the lowest first, practices without one
// last. A practice on several layers counts for each; a layer without any is left
// out.
func (w *World) CompareByLayer(a, b string, practices []string) []LayerComparison {
	byLayer := map[string]*LayerComparison{}
	for _, c := range w.Compare(a, b, practices) {
		on := w.practices[w.practiceAt[c.Practice]].Layers
		if len(on) == 0 {
			on = []string{""}
		}
		for _, layer := range on {
			if byLayer[layer] == nil {
				byLayer[layer] = &LayerComparison{Layer: layer}
			}
			byLayer[layer].add(c, a)
		}
	}
	out := make([]LayerComparison, 0, len(byLayer))
	for _, l := range byLayer {
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b LayerComparison) int {
		return cmp.Or(w.compareLayers(a.Layer, b.Layer), cmp.Compare(a.Layer, b.Layer))
	})
	return out
}

func (l *LayerComparison) add(c Comparison, a string) {
	l.Total++
	switch {
	case c.Relation == Same:
		l.Same++
	case c.Relation == Differs:
		l.Differs++
	case c.Relation == OnlyHere && c.Here == a:
		l.OnlyA++
	case c.Relation == OnlyHere:
		l.OnlyB++
	default:
		l.Unknown++
	}
}

// compareLayers orders layers by their ordinal; what is no layer comes last.
func (w *World) compareLayers(a, b string) int {
	place := func(key string) int {
		if n, ok := w.ordinals[key]; ok && key != "" {
			return n
		}
		return int(^uint(0) >> 1)
	}
	return cmp.Compare(place(a), place(b))
}
