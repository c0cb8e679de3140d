package neo4j

import (
	"context"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/fault"
)

// runner runs statements: a transaction, or a session that makes one of each.
type runner interface {
	Run(ctx context.Context, text string, params map[string]any) (driver.ResultWithContext, error)
}

// alone runs each statement in a transaction of its own, which saves the two
// round trips that begin and end one.
type alone struct{ session driver.SessionWithContext }

// Run runs a statement.
func (a alone) Run(ctx context.Context, text string, params map[string]any) (driver.ResultWithContext, error) {
	return a.session.Run(ctx, text, params, timeLimit(ctx))
}

// timeLimit makes the server stop when nobody waits any longer.
func timeLimit(ctx context.Context) func(*driver.TransactionConfig) {
	return func(c *driver.TransactionConfig) {
		if deadline, limited := ctx.Deadline(); limited {
			c.Timeout = max(time.Until(deadline), time.Millisecond)
		}
	}
}

// all the rows a statement returns.
func all(ctx context.Context, run runner, text string, params map[string]any) ([][]any, error) {
	result, err := run.Run(ctx, text, params)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	for result.Next(ctx) {
		rows = append(rows, result.Record().Values)
	}
	return rows, result.Err()
}

// one is the row of a statement that returns exactly one.
func one(ctx context.Context, run runner, text string, params map[string]any) ([]any, error) {
	rows, err := all(ctx, run, text, params)
	if err == nil && len(rows) != 1 {
		// Everything is asked together with the one _Meta node.
		err = fault.New(fault.Unavailable, "the store was emptied or is damaged: it does not say which form it has")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// session of the store. Every session waits for what any session of this process
// has written before.
func (e *Engine) session(ctx context.Context, mode driver.AccessMode) driver.SessionWithContext {
	return e.driver.NewSession(ctx, driver.SessionConfig{
		AccessMode: mode, DatabaseName: e.config.Database, BookmarkManager: e.bookmarks, FetchSize: driver.FetchAll,
	})
}

// reading runs work in a session that only reads.
func (e *Engine) reading(ctx context.Context, work func(runner) error) error {
	s := e.session(ctx, driver.AccessModeRead)
	defer closeSession(ctx, s)
	return read(ctx, s, work)
}

// read runs work in a read transaction, again when the server asks for it.
func read(ctx context.Context, s driver.SessionWithContext, work func(runner) error) error {
	_, err := s.ExecuteRead(ctx, func(tx driver.ManagedTransaction) (any, error) { return nil, work(tx) }, timeLimit(ctx))
	return failure(ctx, err)
}

// closeSession gives the connection back also when ctx has ended.
func closeSession(ctx context.Context, s driver.SessionWithContext) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	// A session that only read, or whose transaction has ended, has nothing to lose.
	_ = s.Close(ctx)
}
