package merge

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// Delta is what has to be written for a changeset, all of it or nothing. Every
// slice is in a fixed order and names a thing at most once.
type Delta struct {
	// ID under which the store knows the changeset from then on.
	ID string
	// Changed is false when the changeset says nothing new: then only its id is
	// written, so that it is known, and everything below is empty but Revision and
	// Table, which are the store's.
	Changed bool
	// Revision of the store afterwards.
	Revision int64
	// Table after the changeset: the store's classes in front, under the same
	// numbers, then Classes.
	Table *access.Table
	// Classes that are new, in the order of their numbers; the first is
	// Table.Len()-len(Classes).
	Classes []access.Class
	// LadderChanged is true when Table has another ladder than the store had.
	LadderChanged bool
	// Say are statements to add or to write over that of the same source and id;
	// Unsay are to be deleted.
	Say   []Said
	Unsay []record.Retirement
	// Put are records to create or to write over, Delete are to be deleted. Their
	// links are in PutLinks and DropLinks.
	Put    []Put
	Delete []record.ID
	// PutLinks are to be created, or given another class; DropLinks are to be
	// deleted, those of deleted records included, at either end.
	PutLinks  []Link
	DropLinks []Link
	// Touched are the records whose values, links (seen from either end) or class
	// changed, for the change log.
	Touched []record.ID
}

// Put is a record after a changeset.
type Put struct {
	// Record has no Links.
	Record
	// Was is what is stored of it, nil when it is new.
	Was *Record
}
