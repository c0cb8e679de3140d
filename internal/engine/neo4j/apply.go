package neo4j

import (
	"context"
	"crypto/rand"
	"errors"
	"iter"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// Apply writes a changeset. The server may run its transaction more than once,
// and where a connection is lost while it commits nobody knows what came of it:
// each call has a name of its own, which is stored with the changeset's id, and
// looks for it before it tries again.
func (e *Engine) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	for id := range c.Subjects() {
		if len(text.OrderKey(id.Key)) > longestKey {
			return record.Outcome{}, fault.New(fault.BadInput, "the key %.40q… is too long; right is a short word or two", id.Key)
		}
	}
	start := time.Now()
	a := &application{engine: e, changeset: c, name: rand.Text()}
	for {
		outcome, err := a.run(ctx)
		switch {
		case err == nil || !isLost(err) || ctx.Err() != nil:
			return outcome, failure(ctx, err)
		case time.Since(start) <= e.config.RetryFor:
		case a.planned != "":
			return outcome, fault.Wrap(fault.Unavailable, err, "the store was lost while it was written to: all of the change is made, or nothing; make it again to be sure")
		default:
			return outcome, failure(ctx, err)
		}
	}
}

// application is one call of Apply.
type application struct {
	engine    *Engine
	changeset *record.Changeset
	name      string
	// planned is the id of what the last transaction was going to write, empty before the
	// first: if an answer was lost, outcome is what it told.
	planned string
	outcome record.Outcome
}

// errLooked ends a transaction that was only there to look.
var errLooked = errors.New("nothing is to be written")

// result is what a transaction of an application came to.
type result struct {
	outcome record.Outcome
	// unfinished: another changeset has to be finished first.
	unfinished bool
	// begun, when it is not nil: the changeset is kept and has to be finished.
	begun *remembered
	table *table
}

// run applies the changeset in one transaction where it can. One that moves
// classes, or is too large, is kept with everything it does and is sure to be
// done from then on; see settle.
func (a *application) run(ctx context.Context) (record.Outcome, error) {
	for {
		r, err := a.transaction(ctx)
		switch {
		case err != nil:
			return record.Outcome{}, err
		case r.unfinished || r.begun != nil:
			if err := a.engine.settle(ctx, r.begun); err != nil {
				return record.Outcome{}, err
			}
		case r.table != nil:
			a.engine.table.Store(r.table)
		}
		if !r.unfinished {
			a.engine.saw(r.outcome.Revision)
			return r.outcome, nil
		}
	}
}

func (a *application) transaction(ctx context.Context) (r result, err error) {
	err = a.engine.transact(ctx, func(run runner) error {
		r = result{}
		tx, err := a.engine.lock(ctx, run)
		if err != nil {
			return err
		}
		if r.unfinished = tx.meta.marked; r.unfinished {
			return nil
		}
		written, err := a.written(ctx, run)
		if err != nil || written {
			r.outcome = a.outcome
			return err
		}
		delta, outcome, err := merge.Plan(ctx, a.engine.config.Catalog, tx, a.changeset)
		r.outcome = outcome
		switch {
		case err != nil || outcome.Known:
			// A commit, so that what is read after it is as new as what is known.
			return err
		case delta == nil:
			return errLooked
		}
		a.planned, a.outcome = delta.ID, outcome
		ops := tx.ops(delta, a.changeset, a.name)
		r.begun, r.table, err = tx.write(ctx, delta, ops, a.name, delta.LadderChanged || delta.Moves)
		return err
	})
	if errors.Is(err, errLooked) {
		err = nil
	}
	return r, err
}

// written reports whether an earlier transaction of the application is in the store,
// although its answer was lost.
func (a *application) written(ctx context.Context, run runner) (bool, error) {
	if a.planned == "" {
		return false, nil
	}
	row, err := one(ctx, run, "RETURN EXISTS { (c:_Changeset {id: $id}) WHERE c.attempt = $attempt }",
		map[string]any{"id": indexable(a.planned), "attempt": a.name})
	return err == nil && row[0] == true, err
}

// write does the ops, or keeps them under a name when the changeset has to be
// marked.
func (t *transaction) write(ctx context.Context, d *merge.Delta, ops iter.Seq[op], name string, moves bool) (begun *remembered, after *table, err error) {
	next, stop := iter.Pull(ops)
	defer stop()
	few, more := upTo(t.engine.whole, next)
	if moves || more {
		begun, err := t.keep(ctx, andThen(few, next), name)
		if err != nil {
			return nil, nil, err
		}
		return begun, nil, t.setAccess(ctx, t.meta.moves, accessMark)
	}
	for _, o := range few {
		if err := t.do(ctx, o); err != nil {
			return nil, nil, err
		}
	}
	after = &table{Table: d.Table, access: accessValue(t.meta.moves, d.Table.Len())}
	return nil, after, t.setAccess(ctx, t.meta.moves, after.access)
}

// upTo takes ops, more than so many rows if there are; more is false when it took all.
func upTo(rows int, next func() (op, bool)) (taken []op, more bool) {
	for rows >= 0 {
		o, is := next()
		if !is {
			return taken, false
		}
		taken = append(taken, o)
		rows -= len(o.rows)
	}
	return taken, true
}

// andThen is some ops and those that are still to come.
func andThen(first []op, next func() (op, bool)) iter.Seq[op] {
	return func(yield func(op) bool) {
		for i := range first {
			o := first[i]
			if first[i] = (op{}); !yield(o) {
				return
			}
		}
		for {
			if o, more := next(); !more || !yield(o) {
				return
			}
		}
	}
}

// settle finishes the changeset that is kept, whoever began it, and takes the
// mark away. Several may do so at once: each transaction does the next part. own is
// what this process remembers of it, if it began it.
func (e *Engine) settle(ctx context.Context, own *remembered) error {
	for {
		var settled *table
		done := false
		err := e.transact(ctx, func(run runner) error {
			settled, done = nil, true
			tx, err := e.lock(ctx, run)
			if err != nil || !tx.meta.marked {
				return err
			}
			more, err := tx.redo(ctx, own)
			if done = !more; more || err != nil {
				return err
			}
			t, err := loadTable(ctx, run)
			if err != nil {
				return err
			}
			settled = &table{Table: t, access: accessValue(tx.meta.moves+1, t.Len())}
			return tx.setAccess(ctx, tx.meta.moves+1, settled.access)
		})
		if err != nil || done {
			if settled != nil && err == nil {
				e.table.Store(settled)
			}
			return err
		}
	}
}

// writing runs work in a write transaction and says what its failure means.
func (e *Engine) writing(ctx context.Context, work func(runner) error) error {
	return failure(ctx, e.transact(ctx, work))
}

// transact runs work in a write transaction, again when the server asks for it.
// Errors are the driver's.
func (e *Engine) transact(ctx context.Context, work func(runner) error) error {
	s := e.session(ctx, driver.AccessModeWrite)
	defer closeSession(ctx, s)
	_, err := s.ExecuteWrite(ctx, func(tx driver.ManagedTransaction) (any, error) { return nil, work(tx) }, timeLimit(ctx))
	return err
}

// meta is where the store stands.
type meta struct {
	revision int64
	moves    int
	access   string
	// marked: a changeset is kept that has to be finished.
	marked bool
	model  string
}

const lockText = "MATCH (m:_Meta {id: 0}) SET m.lock = m.lock + 1"

const metaReadText = "MATCH (m:_Meta {id: 0}) RETURN m.revision, m.access, m.moves, m.schema, m.model"

// lock makes the transaction the only one that writes, in the whole store. What
// is read after it stays as it is.
func (e *Engine) lock(ctx context.Context, run runner) (*transaction, error) {
	if _, err := all(ctx, run, lockText, nil); err != nil {
		return nil, err
	}
	row, err := one(ctx, run, metaReadText, nil)
	if err != nil {
		return nil, err
	}
	version, _ := row[3].(int64)
	if err := checkVersion(version, engine.SchemaVersion); err != nil {
		return nil, err
	}
	m := meta{}
	m.revision, _ = row[0].(int64)
	m.access, _ = row[1].(string)
	m.marked = m.access == accessMark
	moves, _ := row[2].(int64)
	m.moves = int(moves)
	m.model, _ = row[4].(string)
	return &transaction{engine: e, run: run, meta: m, loaded: map[record.ID]merge.Stored{}, stored: map[linkEnds]bool{}}, nil
}

func (t *transaction) setAccess(ctx context.Context, moves int, value string) error {
	_, err := all(ctx, t.run, "MATCH (m:_Meta {id: 0}) SET m.access = $access, m.moves = $moves",
		map[string]any{"access": value, "moves": int64(moves)})
	return err
}
