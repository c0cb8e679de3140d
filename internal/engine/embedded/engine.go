package embedded

import (
	"context"
	"errors"
	"strconv"
	"sync/atomic"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// Engine keeps the map in one SQLite file and in memory. It is safe for
// concurrent use.
type Engine struct {
	model *model
	store *store
	lock  *fileLock
	// writing holds one token; who has it may use store.
	writing chan struct{}
	current atomic.Pointer[snapshot]
	tokens  atomic.Pointer[tokens]
	closed  atomic.Bool
	// name of the engine in this process.
	name string
}

var (
	_ engine.Engine = (*Engine)(nil)
	_ engine.Steady = (*view)(nil)
)

// Read opens a view of the newest snapshot. It never waits.
func (e *Engine) Read(context.Context) (engine.View, error) {
	if e.closed.Load() {
		return nil, errClosed
	}
	return &view{e.current.Load(), e.name}, nil
}

var errClosed = fault.New(fault.Unavailable, "The store is closed: opsmap is shutting down.")

type view struct {
	*snapshot
	engine string
}

// Run answers p, which is checked first.
func (v *view) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	if err := plan.Check(p); err != nil {
		return nil, err
	}
	return v.run(ctx, p)
}

// Revision of the snapshot.
func (v *view) Revision() int64 { return v.revision }

// opened counts the engines of this process, which tells their snapshots apart.
var opened atomic.Int64

// Sight is the engine, the revision and the classes that are open.
func (v *view) Sight(g *plan.Guard) string {
	open := v.table.Open(g.Viewer, g.Now)
	b := append(make([]byte, 0, 40+len(open)), v.engine...)
	b = append(strconv.AppendInt(b, v.revision, 10), ':')
	for _, is := range open {
		if is {
			b = append(b, '1')
		} else {
			b = append(b, '0')
		}
	}
	return string(b)
}

// Close has nothing to do: a snapshot goes when nobody looks at it any more.
func (v *view) Close() error { return nil }

// acquire the right to use the store.
func (e *Engine) acquire(ctx context.Context) error {
	select {
	case e.writing <- struct{}{}:
	case <-ctx.Done():
		return fault.Wrap(fault.Timeout, ctx.Err(), "the store is being written to, and this has waited for as long as it may; try again")
	}
	if e.closed.Load() {
		e.release()
		return errClosed
	}
	return nil
}

func (e *Engine) release() { <-e.writing }

// Apply writes a changeset: to the file first, then it is what everybody reads.
func (e *Engine) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	if err := e.acquire(ctx); err != nil {
		return record.Outcome{}, err
	}
	defer e.release()
	return e.change(ctx, func(ctx context.Context, t *tx) (*merge.Delta, record.Outcome, error) {
		delta, outcome, err := merge.Plan(ctx, e.model.catalog, t, c)
		if err == nil && delta != nil {
			err = t.write(ctx, c, delta)
		}
		return delta, outcome, err
	})
}

// change runs work in a transaction and publishes what it changed.
func (e *Engine) change(ctx context.Context, work func(context.Context, *tx) (*merge.Delta, record.Outcome, error)) (record.Outcome, error) {
	if ctx.Err() != nil {
		return record.Outcome{}, fault.Wrap(fault.Timeout, ctx.Err(), "the time for this change was over before it began")
	}
	// From here on it is short, and its end must not depend on who still listens.
	ctx = context.WithoutCancel(ctx)
	if err := e.store.begin(ctx); err != nil {
		return record.Outcome{}, err
	}
	open := true
	defer func() {
		if open {
			e.store.rollBack(ctx)
		}
	}()
	t := e.store.newTx(e.current.Load())
	delta, outcome, err := work(ctx, t)
	if err != nil || delta == nil {
		return outcome, err
	}
	open = false
	if err := e.store.commit(ctx, delta.ID); err != nil {
		return record.Outcome{}, err
	}
	t.adopt()
	e.current.Store(t.following.snapshot)
	return outcome, nil
}

// commit ends a transaction. Where that fails, whether the changeset is in the
// file is asked of the file and not guessed.
func (s *store) commit(ctx context.Context, id string) error {
	err := s.exec(ctx, "COMMIT")
	if err == nil {
		return nil
	}
	s.rollBack(ctx)
	there, asked := s.one(ctx, []any{new(int64)}, "SELECT revision FROM changeset WHERE id = ?", id)
	if asked == nil && there {
		return nil
	}
	return err
}

// Check asks the file, unless it is being written to and so is there.
func (e *Engine) Check(ctx context.Context) error {
	if e.closed.Load() {
		return errClosed
	}
	select {
	case e.writing <- struct{}{}:
	default:
		return nil
	}
	defer e.release()
	_, err := e.store.meta(ctx, metaRevision)
	return err
}

// Close waits for a change that is being written and closes the file. Closing
// twice does nothing.
func (e *Engine) Close() error {
	e.writing <- struct{}{}
	defer e.release()
	if e.closed.Swap(true) {
		return nil
	}
	return errors.Join(e.store.close(), e.lock.release())
}
