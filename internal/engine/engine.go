// Package engine is the seam between what is asked and how it is kept: an engine
// answers plans and applies changesets, nothing else. Two engines must give the
// same answers, byte for byte; internal/enginetest holds them to it.
package engine

import (
	"context"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// SchemaVersion is the version of the stored form. A store with an older one is
// migrated when it is opened, one with a newer one is refused.
const SchemaVersion = 3

// Engine keeps the map.
type Engine interface {
	// Read opens a view of the map for one operation. Errors have codes of package
	// fault: Unavailable when the store cannot be reached.
	Read(ctx context.Context) (View, error)
	// Apply writes a changeset whole or not at all, one at a time in the whole
	// store, and returns when it is durable. It is worked out once, in the transaction
	// that writes it: what its outcome tells, in detail if it asks for that, is what
	// was done. A changeset whose id is known is a no-op that returns Known; a dry run
	// writes nothing and tells what it would do, under the same errors. Errors: Conflict and NotFound for a precondition
	// that does not hold, BadInput for a link to a record that does not exist or a
	// level the ladder does not have, Unavailable.
	Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error)
	// Ladder is the levels of the map as they are now, whoever may see their
	// records: what clearances are held against.
	Ladder(ctx context.Context) (access.Ladder, error)
	// Said are the statements of all sources whose names begin with one of the
	// prefixes, by source, then id; where ids are given, only those about these. They
	// are for the store's owner, as nothing of them is guarded: a loader asks what its
	// own files said before.
	Said(ctx context.Context, prefixes []string, about ...record.ID) ([]record.Packed, error)
	// Sources are the names of all sources that begin with a prefix and say something,
	// each once, in byte order.
	Sources(ctx context.Context, prefix string) ([]string, error)
	// Changes are the rows of the change log after revision, oldest first, at most
	// limit.
	Changes(ctx context.Context, after int64, limit int) ([]record.Change, error)
	// Check says whether the store can answer now.
	Check(ctx context.Context) error
	// Close releases the store. Views must be closed before.
	Close() error
}

// View answers plans over one state of the map, as far as the engine can promise
// it: the embedded engine always, Neo4j on a quiet store.
type View interface {
	// Run answers a plan; the answer has a set for each root, in order.
	Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error)
	// Revision of the state that is read.
	Revision() int64
	// Close ends the view.
	Close() error
}

// Steady is a View of a state that cannot change while it is looked at, by an engine
// that can say which it is. What was worked out from it may be kept.
type Steady interface {
	View
	// Sight is a text for what a guard lets through: two views in this process, of one
	// engine or of two, that give the same text for two guards answer every plan alike
	// under both, as far as it asks for nothing that changes with the clock by itself. It tells of hidden
	// records and never leaves the server.
	Sight(g *plan.Guard) string
}
