package compile

import "github.com/open-operations/opsmap/schema"

// Shapes say how rows become JSON: which cell stands under which response key.

// Record is how a row is written, by its concrete type.
type Record struct {
	// Only is set when there is one concrete type; otherwise ByType has each.
	Only   []Out
	ByType map[*schema.Type][]Out
}

// Of is how a row of type t is written.
func (r *Record) Of(t *schema.Type) []Out {
	if r.ByType == nil {
		return r.Only
	}
	return r.ByType[t]
}

// Out is one response key of a record. Typename, or Cell with what it holds.
type Out struct {
	Key string
	// Typename is written when it is not empty.
	Typename string
	// Cell of the row.
	Cell int
	// Field of a value; Object is what is asked of a value object or of each in a
	// list.
	Field  *schema.Field
	Object []ObjectOut
	// Record of a to-one link; Required when null is not allowed.
	Record   *Record
	Required bool
	// Connection of a link to many.
	Connection *Connection
}

// ObjectOut is one response key of a value object.
type ObjectOut struct {
	Key      string
	Typename string
	// Field is the part of the object.
	Field  *schema.Field
	Object []ObjectOut
}

// ConnectionPart says what a response key of a connection is.
type ConnectionPart int

// The parts of a connection.
const (
	TotalCount ConnectionPart = iota
	NodesPart
	EdgesPart
	PageInfoPart
	TypenamePart
	FacetsPart
	AggregatePart
	GroupsPart
)

// Connection is how a set is written.
type Connection struct {
	Parts []ConnectionOut
	// Digest of the order and Cells of its values, for cursors; TypeCell stands for
	// the name of the row's type.
	Digest string
	Cells  []int
	// Paging tells what lies before and after the page.
	Paging Paging
}

// ConnectionOut is one response key of a connection.
type ConnectionOut struct {
	Key  string
	Part ConnectionPart
	// Typename of TypenamePart.
	Typename string
	// Record of NodesPart, or Hit where a search found the nodes.
	Record *Record
	Hit    []HitOut
	// Edge of EdgesPart.
	Edge []EdgeOut
	// PageInfo of PageInfoPart.
	PageInfo []PageInfoOut
	// Facets of FacetsPart.
	Facets []FacetOut
	// Aggregate of AggregatePart.
	Aggregate *Aggregate
	// Groups of GroupsPart.
	Groups *Groups
}

// EdgeOut is one response key of an edge: a cursor, a node or its type's name.
type EdgeOut struct {
	Key      string
	Typename string
	Record   *Record
	Hit      []HitOut
}

// Cursor reports whether the key is the edge's cursor.
func (o EdgeOut) Cursor() bool { return o.Record == nil && o.Hit == nil && o.Typename == "" }

// TypeCell stands for a cell that has the name of the row's type.
const TypeCell = -1

// PageInfoOut is one response key of PageInfo; Name is its field.
type PageInfoOut struct{ Key, Name string }
