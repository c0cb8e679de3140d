package record

import "encoding/json"

// Preview is what a changeset would do to a store, for people to read before it is
// done. It is for the store's owner: nothing in it is guarded.
type Preview struct {
	// Outcome as Apply would return it, except that Revision is that of the store
	// now.
	Outcome Outcome
	// Records whose values, links or class would change, by id.
	Records []PreviewedRecord
	// Said and Retired are the statements that would be written and removed.
	Said, Retired []Retirement
	// Unheard are statements of the changeset whose fields do not count, because
	// their class is stricter than that of the record. What they link to does.
	Unheard []Retirement
	// Incomplete are records the changeset speaks of that would not be there, as
	// something they need is missing.
	Incomplete []ID
	// Lowered is how many records somebody could see that could not see them before,
	// and LoweredFrom the strictest level among those they had.
	Lowered     int
	LoweredFrom string
	// Hidden is how many records the changeset speaks of would be there and not be
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

// PreviewedRecord is what would become of one record.
type PreviewedRecord struct {
	ID   ID
	Fate Fate
	// Fields that would have another value, by name.
	Fields []FieldPreview `json:",omitempty"`
	// Linked and Unlinked are the links it stores that would come and go.
	Linked, Unlinked []LinkPreview `json:",omitempty"`
}

// FieldPreview is a value as JSON, null for none, before and after. The field
// "confidentiality" stands for the class of the record: its levels and groups.
type FieldPreview struct {
	Name          string
	Before, After json.RawMessage
}

// LinkPreview is a link by the name of the field that stores it.
type LinkPreview struct {
	Field string
	To    ID
}
