package merge

import (
	"context"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Tx is what Plan reads of a store, inside the transaction that will write the
// Delta. Every method takes and gives sets, so that a store behind a network
// answers each with one round trip (or a few, where the set is large). Ids are
// distinct; an id that has nothing to tell is left out of a map. Errors are
// handed to the caller of Plan as they are.
type Tx interface {
	// Head is where the store stands and whether it knows the changeset, or another
	// one for its request.
	Head(ctx context.Context, changeset string) (Head, error)
	// SpokenBy is the records each of the sources has a statement about.
	SpokenBy(ctx context.Context, sources []string) (map[string][]record.ID, error)
	// Load is everything stored about the ids. What it gives is not written to.
	Load(ctx context.Context, ids []record.ID) (map[record.ID]Stored, error)
	// Forget says that nothing will be written about ids that were loaded, unless they
	// are loaded again.
	Forget(ids []record.ID)
	// Places is the little that has to be known of the other end of a link.
	Places(ctx context.Context, ids []record.ID) (map[record.ID]Place, error)
	// Referring is the records with a statement, dormant or not, that links to one
	// of the ids; with required only over links that are Relation.Binding. Each is
	// given once.
	Referring(ctx context.Context, ids []record.ID, required bool) ([]record.ID, error)
	// Mixed is the records with statements of more than one class. It is asked only
	// when the ladder changes.
	Mixed(ctx context.Context) ([]record.ID, error)
}

// Head is where a store stands.
type Head struct {
	// Revision of the store, 0 before the first changeset.
	Revision int64
	// Known is the id of the changeset as the store has applied it, empty when it has
	// not: the same, or one for the same request; see record.Request.
	Known string
	// Table holds every class the store has interned, and the ladder.
	Table *access.Table
}

// knows reports whether the store has applied the changeset; the error is a
// Conflict when it has applied another one for the same request.
func (h *Head) knows(id string) (bool, error) {
	if h.Known != "" && h.Known != id {
		return false, fault.New(fault.Conflict, "this id was used for another request; repeat that one as it was, or choose a new id")
	}
	return h.Known != "", nil
}

// Stored is what a store holds about one id.
type Stored struct {
	// Said are all statements about it, in any order.
	Said []Said
	// Record is what the statements amount to; nil when they lie dormant.
	Record *Record
}

// Said is a statement as it is stored.
type Said struct {
	*record.Packed
	// Number is that of its class.
	Number access.ClassNumber
	// Revision of the changeset that wrote it in this form; the higher, the newer.
	Revision int64
}

// Record is a materialised record.
type Record struct {
	ID   record.ID
	Type *schema.Type
	// Values by schema.Field.Index, those of system fields too, except
	// schema.Conditions and schema.Audience, which are read off the class and nil
	// here. The lists of a record are never nil.
	Values []any
	// Own is the class its statements give it, Class the one that guards it: joined
	// with those of the ends of its required links.
	Own, Class access.ClassNumber
	// Links it stores, in any order: only those whose other end is materialised. Nil
	// in a Delta.
	Links []End
}

// Link is a materialised link.
type Link struct {
	From record.ID
	End
}

// End is a link as the record has it that stores it.
type End struct {
	Relation *schema.Relation
	To       record.ID
	Class    access.ClassNumber
}

// Place is what a store knows of an id in passing.
type Place struct {
	// Spoken is true when there is a statement about it.
	Spoken bool
	// Alive is true when it is materialised; Class is its guard class then.
	Alive bool
	Class access.ClassNumber
}
