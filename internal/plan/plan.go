// Package plan is what is asked of an engine, after names, arguments, aliases and
// rights have been settled: one small language that every engine answers.
//
//	Plan ─ Root… ─ Read ─ Columns ─ Read …
//	               │ From   which records: all of a type, by key, along a link, the level of one
//	               │ Guard  which of them the viewer may see
//	               │ Where  which of those are wanted
//	               │ Order  a total order
//	               │ Page   which stretch of it
//	               ├ Count  how many there are in all
//	               └ Groupings  how they divide
//
// A plan's shape holds no values: whatever comes from a client is in Params and
// is named by its index there. Two operations that differ only in values,
// aliases or order of fields have the same shape.
package plan

import (
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Plan is one operation: independent reads of one state of the map.
type Plan struct {
	// Guard says for whom and when. It has to be set, and every Read and link
	// filter has to point to it.
	Guard *Guard
	// Asker, where it is set, says for whom and when in the place of Guard: a plan
	// that was compiled once is run for many; see Under.
	Asker *Guard
	// Params are the values of the operation; expressions name them by index. A
	// param is a value of package record, a []any of values (for In), or, for
	// FromIDs, a []record.ID.
	Params []any
	Roots  []*Read
}

// Guard is the one rule about what may be read. An engine turns it into the set
// of guard classes open to Viewer at Now, and lets through only nodes and links
// whose class is in that set.
type Guard struct {
	Viewer access.Viewer
	Now    time.Time
}

// Under is the plan for a viewer and an instant. It shares everything else with p,
// which nobody writes to.
func (p *Plan) Under(viewer access.Viewer, now time.Time) *Plan {
	under := *p
	under.Asker = &Guard{Viewer: viewer, Now: now}
	return &under
}

// For says for whom the plan is answered, and when.
func (p *Plan) For() *Guard {
	if p.Asker != nil {
		return p.Asker
	}
	return p.Guard
}

// Param is an index into Plan.Params.
type Param int

// NoParam marks an absent param.
const NoParam Param = -1

// Read is a guarded set of records in a total order, of which a page is wanted.
type Read struct {
	From  From
	Guard *Guard
	// Where is nil when every record is wanted.
	Where Expr
	// Order is total: compile ends it with the key (and the type, where keys of
	// several types meet). Empty only for FromIDs, which keeps the order asked, and
	// where there is at most one record.
	Order []Term
	Page  Page
	// Count asks for Set.Total, the number of records before paging.
	Count bool
	// Groupings ask for Set.Groups: how the records before paging divide.
	Groupings []Grouping
	// Rows asks for Set.Rows; a read may want only the count.
	Rows bool
	// Columns of each row. Cells of columns that do not apply to the row's type are
	// nil.
	Columns []Column
}

// From says which records a read starts with.
type From interface{ from() }

// FromType is every record of a type; of all implementing types for an interface.
type FromType struct{ Type *schema.Type }

// FromIDs is the records named by a param of type []record.ID, in that order;
// those that are absent, hidden or not of the type are left out.
type FromIDs struct {
	Type *schema.Type
	IDs  Param
}

// FromLink is the records at the other end of a link of the enclosing row. The
// link itself has to pass the guard too.
type FromLink struct{ Link *schema.Link }

// FromLevel is the ConfidentialityLevel record of the enclosing row: its level at
// Guard.Now.
type FromLevel struct{ Type *schema.Type }

func (FromType) from()  {}
func (FromIDs) from()   {}
func (FromLink) from()  {}
func (FromLevel) from() {}

// Column is one cell of a row: exactly one of its parts is set.
type Column struct {
	// On limits the column to rows of these concrete types; nil means all.
	On []*schema.Type
	// Field of the record; its cell is a value of package record.
	Field *schema.Field
	// LinkCount is how many visible records a link leads to; its cell is an int64.
	LinkCount *schema.Link
	// Score of a match in the read's filter; its cell is an int64.
	Score *Match
	// Read is nested; its cell is a *Set.
	Read *Read
}

// Term is one criterion of an order. A record without a value comes last in both
// directions.
type Term struct {
	// Field to order by, or
	Field *schema.Field
	// LinkCount, the number of visible records the link leads to, or
	LinkCount *schema.Link
	// Score of a match in the read's filter, or
	Score *Match
	// Type true: by the name of the record's concrete type.
	Type       bool
	Descending bool
}

// Page is a stretch of an ordered set. Without Limit it is all of it.
type Page struct {
	// Limit is a param of type int64: the most rows wanted; NoParam for all.
	Limit Param
	// FromEnd takes the stretch from the end; the rows are still in order.
	FromEnd bool
	// After and Before are cursors: a param for each Term of the order, whose value
	// may be nil. A row is within when it stands strictly after (before) that place,
	// whether or not a record stands there now.
	After, Before []Param
}

// Answer is what an engine says to a plan: a set for each root.
type Answer struct {
	Sets []*Set
	// Done, where it is set, lets the engine use the memory of the rows again: after
	// it nothing of the answer may be looked at. It need not be called.
	Done func()
}

// Set is the answer to a Read.
type Set struct {
	Rows []Row
	// Total is set when Count was asked.
	Total int
	// Groups has the groups of each of Read.Groupings.
	Groups [][]Group
	// More is true when the page was cut by Limit: there are further rows in the
	// direction of reading.
	More bool
}

// Row is one record of a Set.
type Row struct {
	Type *schema.Type
	// Cells in the order of Read.Columns: a value, or a *Set.
	Cells []any
}

// ID of a record as FromIDs takes it.
type ID = record.ID
