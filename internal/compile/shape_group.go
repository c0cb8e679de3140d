package compile

// FacetOut is one response key of facets.
type FacetOut struct {
	Key      string
	Typename string
	// Grouping is the index of its values among the set's groups.
	Grouping int
	Values   []FacetValueOut
}

// FacetValueOut is one response key of a value of a facet: Name is value, count or
// node.
type FacetValueOut struct {
	Key      string
	Typename string
	Name     string
	// Record is how the node is written.
	Record *Record
}

// Aggregate is how the figures of a whole list are written. Without figures, which
// leaves the count, Grouping is -1.
type Aggregate struct {
	Grouping int
	Outs     []AggregateOut
}

// AggregateOut is one response key of an aggregate.
type AggregateOut struct {
	Key      string
	Typename string
	Count    bool
	// Measure is what is asked of the values of a field.
	Measure []MeasureOut
}

// MeasureOut is one response key of the figures of a field's values.
type MeasureOut struct {
	Key      string
	Typename string
	// Cell among the figures of a group. For an average it holds the sum, and Of the
	// number of values.
	Cell    int
	Average bool
	Of      int
}

// Groups is how groups are written.
type Groups struct {
	// Grouping is their index among the set's groups.
	Grouping int
	Outs     []GroupOut
}

// GroupOut is one response key of a group: its count, its keys or its figures.
type GroupOut struct {
	Key       string
	Typename  string
	Count     bool
	Keys      []GroupKeyOut
	Aggregate []AggregateOut
}

// GroupKeyOut is one response key of a group's keys: At is which of them.
type GroupKeyOut struct {
	Key      string
	Typename string
	At       int
}
