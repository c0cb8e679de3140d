package plan

import "github.com/open-operations/opsmap/schema"

// Grouping divides the records of a read, those that pass its guard and its
// filter, whatever its page is. The largest group comes first; among equals the
// values of the keys decide: words of an enum by their place in it, false before
// true, records by key and type, nil last.
type Grouping struct {
	// By are the keys, each different. A record is in one group for every
	// combination of its values under them. Without keys there is one group of all,
	// also when there is no record.
	By []GroupKey
	// Absent: a record without a value under a key has the value nil there; else it
	// is in no group.
	Absent bool
	// Limit is a param of type int64: the most groups wanted; NoParam for all.
	Limit Param
	// Figures are worked out for each group.
	Figures []Figure
	// Rows asks for Group.Row: the record that the only key leads to.
	Rows bool
	// Columns of that row.
	Columns []Column
}

// GroupKey is what records are told apart by: exactly one of Field, Path and
// Level.
type GroupKey struct {
	// Field that holds one word of an enum or a boolean.
	Field *schema.Field
	// Path leads to records over visible links and visible records; its values are
	// those at its end, each once, by their keys.
	Path []Hop
	// Level is the type of levels; the value is the key of the record's level at
	// Guard.Now, if that level is visible itself.
	Level *schema.Type
	// Guard of Path and Level.
	Guard *Guard
}

// Hop is a step of a path: over any of these links, which all lead the same way.
type Hop []*schema.Link

// Figure is a number about a group: of the values that its records have in a
// field, absent ones left out.
type Figure struct {
	// Field of kind Int, Date or DateTime, which is not a list; only Ints are summed.
	Field *schema.Field
	Of    FigureKind
}

// FigureKind says which number is wanted.
type FigureKind string

// The figures. Their cells are: an int64; a value of the field, or nil without
// values; a *big.Int, which nothing can overflow.
const (
	Values FigureKind = "values"
	Min    FigureKind = "min"
	Max    FigureKind = "max"
	Sum    FigureKind = "sum"
)

// Group is one part of what a Grouping divides.
type Group struct {
	// Keys are the values in the order of Grouping.By: a word, a bool, the key of a
	// record, or nil.
	Keys []any
	// Count of its records.
	Count int64
	// Figures in the order of Grouping.Figures.
	Figures []any
	// Row is the record that the key leads to, when Grouping.Rows asked.
	Row *Row
}

// groupings refuses what an engine could not answer, or not guarded.
func (c *checker) groupings(r *Read) {
	for _, g := range r.Groupings {
		switch r.From.(type) {
		case FromType, FromLink:
		default:
			c.fail("groups of %T", r.From)
		}
		c.param(g.Limit)
		for _, k := range g.By {
			c.groupKey(k)
		}
		for _, f := range g.Figures {
			c.figure(f)
		}
		if g.Rows && (len(g.By) != 1 || g.By[0].Field != nil || g.Absent) {
			c.fail("rows of groups that are not by one record")
		}
		c.columns(g.Columns)
	}
}

func (c *checker) groupKey(k GroupKey) {
	switch {
	case k.Field != nil:
		if k.Field.List || k.Field.Kind != schema.EnumKind && k.Field.Kind != schema.Boolean {
			c.fail("groups by the field %s", k.Field.Name)
		}
	case k.Level != nil:
		c.guard(k.Guard, "a grouping by level")
	case len(k.Path) > 0:
		c.guard(k.Guard, "a grouping over links")
		for _, hop := range k.Path {
			for _, l := range hop {
				if l.Inverse != hop[0].Inverse {
					c.fail("a hop that leads both ways")
				}
			}
			if len(hop) == 0 {
				c.fail("a hop over nothing")
			}
		}
	default:
		c.fail("groups by nothing")
	}
}

func (c *checker) figure(f Figure) {
	switch {
	case f.Field == nil || f.Field.List:
		c.fail("a figure of no single values")
	case f.Field.Kind == schema.Int:
	case f.Field.Kind != schema.Date && f.Field.Kind != schema.DateTime, f.Of == Sum:
		c.fail("%s of the field %s", f.Of, f.Field.Name)
	}
}
