package record

import "encoding/json"

// Outcome says what a changeset did or, of a dry run, would do.
type Outcome struct {
	// Revision of the store after it; it rises by one with every changeset that
	// changed something.
	Revision int64
	// Known is true when the store had applied this changeset before.
	Known bool
	// Created, Changed, Removed count records; Links counts links written or
	// removed.
	Created, Changed, Removed, Links int
	// Lowered is how many records somebody can see that could not see them before,
	// and LoweredFrom the strictest level among those they had.
	Lowered     int
	LoweredFrom string
	// Details are there when the changeset asked for them and is not Known.
	Details *Details
}

// Details are what a changeset does, one by one, for people to read. They are for
// the store's owner: nothing in them is guarded.
type Details struct {
	// Records whose values, links or class change, by id: as many of each kind as the
	// changeset has listed.
	Records []ChangedRecord
	// Created, Changed, Moved and Removed count all of them, Linked and Unlinked their
	// links that come and go.
	Created, Changed, Moved, Removed, Linked, Unlinked int
	// Retired are statements that are removed, of records that stay.
	Retired []Retirement
	// Unheard are statements of the changeset whose fields do not count, because
	// their class is stricter than that of the record. What they link to does.
	Unheard []Retirement
	// Incomplete are records the changeset speaks of that are not there, as
	// something they need is missing.
	Incomplete []ID
	// Hidden is how many records the changeset speaks of are there and not
	// open to an anonymous viewer at the changeset's time.
	Hidden int
}

// Fate says what becomes of a record.
type Fate string

// What can become of a record.
const (
	Created Fate = "created"
	Changed Fate = "changed"
	Removed Fate = "removed"
)

// ChangedRecord is what becomes of one record.
type ChangedRecord struct {
	ID   ID
	Fate Fate
	// Fields that have another value, by name.
	Fields []FieldChange `json:",omitempty"`
	// Linked and Unlinked are the links it stores that come and go.
	Linked, Unlinked []LinkEnd `json:",omitempty"`
}

// Moved reports whether all that changes is where the record comes from.
func (r *ChangedRecord) Moved() bool {
	return r.Fate == Changed && len(r.Fields) == 1 && r.Fields[0].Name == "sources" && len(r.Linked)+len(r.Unlinked) == 0
}

// FieldChange is a value as JSON, null for none, before and after. The field
// "confidentiality" stands for the class of the record: its levels and groups.
type FieldChange struct {
	Name          string
	Before, After json.RawMessage
}

// LinkEnd is a link by the name of the field that stores it.
type LinkEnd struct {
	Field string
	To    ID
}
