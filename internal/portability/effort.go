package portability

import "cmp"

// EffortRange is an estimate in working days, from the lowest to the highest that
// was given.
type EffortRange struct {
	Min, Max int
}

// CompareEffort orders estimates by their lowest, then by their highest day; no
// estimate comes last.
func CompareEffort(a, b *EffortRange) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Or(cmp.Compare(a.Min, b.Min), cmp.Compare(a.Max, b.Max))
}

// span is the range over two estimates of the same work; none gives way to the
// other.
func span(a, b *EffortRange) *EffortRange {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return &EffortRange{Min: min(a.Min, b.Min), Max: max(a.Max, b.Max)}
}

// plus is the range of two pieces of work after each other.
func (e EffortRange) plus(other EffortRange) EffortRange {
	return EffortRange{Min: e.Min + other.Min, Max: e.Max + other.Max}
}
