package socket

import (
	"context"

	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/record"
)

// audited writes a changeset and notes it. What lowers levels is noted under the
// strictest of the levels before: a log that is read at the new level must not
// tell of it.
func (l Local) audited(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	event := audit.Event{Kind: audit.Changeset, Viewer: audit.Of(l.Viewer)}
	if err := l.Audit.Begin("", event.Viewer, "load"); err != nil {
		return record.Outcome{}, err
	}
	outcome, err := l.Engine.Apply(ctx, c)
	if err != nil || outcome.Known {
		return outcome, err
	}
	event.Created, event.Changed, event.Removed = outcome.Created, outcome.Changed, outcome.Removed
	event.Lowered, event.Level = outcome.Lowered, outcome.LoweredFrom
	return outcome, l.Audit.Write(event)
}
