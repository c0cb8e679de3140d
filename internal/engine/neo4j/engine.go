package neo4j

import (
	"context"
	"sync/atomic"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/record"
)

// Engine keeps the map in a Neo4j database. It is safe for concurrent use, also
// by several processes on one database.
type Engine struct {
	config    Config
	driver    driver.DriverWithContext
	bookmarks driver.BookmarkManager
	// table is the last one that was read or written.
	table atomic.Pointer[table]
	// seen is the newest revision that was read or written.
	seen atomic.Int64
	// whole is how many rows one transaction writes; remembers how many are remembered of
	// a changeset that has more, and is kept.
	whole, remembers int
}

var _ engine.Engine = (*Engine)(nil)

func (e *Engine) saw(revision int64) {
	for {
		seen := e.seen.Load()
		if revision <= seen || e.seen.CompareAndSwap(seen, revision) {
			return
		}
	}
}

const changesText = `MATCH (c:_Changeset) WHERE c.log > $after
WITH c ORDER BY c.log LIMIT $limit
RETURN c.log, c.name, c.actor, c.at, c.touched`

// Changes are the rows of the change log after revision, oldest first.
func (e *Engine) Changes(ctx context.Context, after int64, limit int) ([]record.Change, error) {
	var changes []record.Change
	err := e.reading(ctx, func(run runner) error {
		rows, err := all(ctx, run, changesText, map[string]any{"after": after, "limit": int64(max(limit, 0))})
		changes = make([]record.Change, 0, len(rows))
		for _, row := range rows {
			changes = append(changes, readChange(row))
		}
		return err
	})
	return changes, err
}

func readChange(row []any) record.Change {
	var c record.Change
	c.Revision, _ = row[0].(int64)
	c.Changeset, _ = row[1].(string)
	c.Actor, _ = row[2].(string)
	at, _ := row[3].(string)
	// What was written with this layout can be read with it.
	c.At, _ = time.Parse(time.RFC3339Nano, at)
	touched, _ := row[4].([]any)
	for _, text := range touched {
		if id, ok := record.ParseID(text.(string)); ok {
			c.Touched = append(c.Touched, id)
		}
	}
	return c
}

// Check says whether the store can answer now.
func (e *Engine) Check(ctx context.Context) error {
	return e.reading(ctx, func(run runner) error {
		row, err := one(ctx, run, "MATCH (m:_Meta) RETURN m.schema, m.revision", nil)
		if err != nil {
			return err
		}
		version, _ := row[0].(int64)
		return checkVersion(version, engine.SchemaVersion)
	})
}

// Close ends all connections.
func (e *Engine) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), e.config.ConnectWithin)
	defer cancel()
	return e.driver.Close(ctx)
}
