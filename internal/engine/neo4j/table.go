package neo4j

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// table is the classes and the ladder of the store with the value of
// _Meta.access they belong to.
type table struct {
	*access.Table
	access string
}

// accessMark is what _Meta.access holds while a changeset moves classes.
const accessMark = "moving"

// accessValue is what _Meta.access holds between such changesets: how many of
// them there were, and how many classes there are. The second tells a reader when
// it sees a commit of which a class is not there yet.
func accessValue(moves, classes int) string {
	return strconv.Itoa(moves) + "." + strconv.Itoa(classes)
}

const tableText = `MATCH (m:_Meta)
WITH m.access AS before
WITH before,
  COLLECT { MATCH (c:_Class) WITH c ORDER BY c.number RETURN [c.number, c.key] } AS classes,
  COLLECT { MATCH (n:ConfidentialityLevel) RETURN [n.key, n.rank, n.needsAudience, n.unlabelled] } AS levels
MATCH (m:_Meta)
RETURN before, m.access AS after, classes, levels`

// readTable reads the classes and the ladder; nil when they are being written.
func readTable(ctx context.Context, run runner) (*table, error) {
	row, err := one(ctx, run, tableText, nil)
	if err != nil {
		return nil, err
	}
	before, _ := row[0].(string)
	after, _ := row[1].(string)
	pairs, _ := row[2].([]any)
	if before != after || !strings.HasSuffix(before, "."+strconv.Itoa(len(pairs))) {
		return nil, nil
	}
	classes, err := readClasses(pairs)
	if classes == nil || err != nil {
		return nil, err
	}
	return &table{Table: access.NewTable(readLadder(row[3]), classes), access: before}, nil
}

func readLadder(v any) access.Ladder {
	pairs, _ := v.([]any)
	levels := make([]access.Level, 0, len(pairs))
	for _, pair := range pairs {
		cells := pair.([]any)
		level := access.Level{}
		level.Key, _ = cells[0].(string)
		rank, _ := cells[1].(int64)
		level.Rank = int(rank)
		level.NeedsAudience, _ = cells[2].(bool)
		level.Unlabelled, _ = cells[3].(bool)
		levels = append(levels, level)
	}
	return access.NewLadder(levels)
}

// How long a reader waits for a changeset that moves classes: it looks again
// every tablePoll, and after tablePatience makes sure that the writer is not gone.
const (
	tablePoll     = 10 * time.Millisecond
	tablePatience = time.Second
)

// refresh reads the table again, waiting for a changeset that moves classes.
func (e *Engine) refresh(ctx context.Context, run runner) (*table, error) {
	start := time.Now()
	for {
		t, err := readTable(ctx, run)
		if err != nil {
			return nil, err
		}
		if t != nil {
			e.table.Store(t)
			return t, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(tablePoll):
		}
		if time.Since(start) > tablePatience {
			if err := e.settle(ctx, nil); err != nil {
				return nil, err
			}
			start = time.Now()
		}
	}
}

// guarded is what a viewer may see, by a table.
type guarded struct {
	*table
	guard *plan.Guard
	open  []int64
	// levels is made when it is asked for, and so is what the classes say.
	levels []string
	told   map[toldKey]any
}

type toldKey struct {
	system schema.System
	class  access.ClassNumber
}

func newGuarded(t *table, g *plan.Guard) *guarded {
	out := &guarded{table: t, guard: g, open: make([]int64, 0, t.Len()), told: map[toldKey]any{}}
	for n, open := range t.Open(g.Viewer, g.Now) {
		if open {
			out.open = append(out.open, int64(n))
		}
	}
	return out
}

// levelKeys is, for each class, the key of its level as it is looked up.
func (g *guarded) levelKeys() []string {
	if g.levels == nil {
		g.levels = make([]string, g.Len())
		for n := range g.levels {
			g.levels[n] = text.OrderKey(g.LevelAt(access.ClassNumber(n), g.guard.Now))
		}
	}
	return g.levels
}

// ofClass is the value of a field that is read off the class.
func (g *guarded) ofClass(f *schema.Field, n access.ClassNumber) any {
	if n < 0 || int(n) >= g.Len() {
		return []any{}
	}
	at := toldKey{f.System, n}
	v, known := g.told[at]
	if known {
		return v
	}
	out := []any{}
	if f.System == schema.Audience {
		for _, group := range g.Audience(n, g.guard.Now) {
			out = append(out, group)
		}
	} else {
		for _, c := range g.Conditions(n, g.guard.Now) {
			out = append(out, record.Object{c.Reason, c.Until.UTC().Format(time.RFC3339), c.Then})
		}
	}
	g.told[at] = out
	return out
}

// loadTable reads the classes and the ladder in a transaction that holds the lock.
func loadTable(ctx context.Context, run runner) (*access.Table, error) {
	row, err := one(ctx, run, tableText, nil)
	if err != nil {
		return nil, err
	}
	pairs, _ := row[2].([]any)
	classes, err := readClasses(pairs)
	if err == nil && classes == nil {
		err = fault.New(fault.Unavailable, "the store is damaged: a class is missing")
	}
	return access.NewTable(readLadder(row[3]), classes), err
}

// readClasses gives the classes in the order of their numbers; nil when one is not
// there.
func readClasses(pairs []any) ([]access.Class, error) {
	classes := make([]access.Class, len(pairs))
	for i, pair := range pairs {
		n, _ := pair.([]any)[0].(int64)
		text, _ := pair.([]any)[1].(string)
		if n != int64(i) || text == "" {
			return nil, nil
		}
		var err error
		if classes[i], err = access.ParseClass(text); err != nil {
			return nil, fault.Wrap(fault.Unavailable, err, "the store is damaged: class %d cannot be read", i)
		}
	}
	return classes, nil
}
