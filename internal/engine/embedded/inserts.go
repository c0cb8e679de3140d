package embedded

import (
	"context"
	"database/sql"
	"strings"
)

// inserts writes rows into a table many at a time: what a statement costs beside
// its rows is most of what a small row costs. Full statements are run beside the
// work on the rows after them, so that two processors are busy.
type inserts struct {
	tx *tx
	// insert is "INSERT … VALUES", columns the values of a row.
	insert  string
	columns int
	args    []any
	// full are statements on their way to SQLite, spare the values of those that were
	// run; both nil until the first is full.
	full  chan insertion
	spare chan []any
	ended chan error
}

// insertion is a statement with its values.
type insertion struct {
	stmt *sql.Stmt
	args []any
}

// The number of rows in one statement, what SQLite takes in one, and how many
// statements wait to be run.
const (
	insertRows   = 64
	insertValues = 640
	insertsAhead = 4
)

func (b *inserts) rows() int { return min(insertRows, insertValues/b.columns) }

// add a row; it is written when enough have come together, or by flush.
func (b *inserts) add(ctx context.Context, values ...any) error {
	if b.args = append(b.args, values...); len(b.args) < b.rows()*b.columns {
		return nil
	}
	stmt, err := b.stmt(ctx, b.rows())
	if err != nil {
		return err
	}
	if b.full == nil {
		b.full, b.spare, b.ended = make(chan insertion, insertsAhead), make(chan []any, insertsAhead+1), make(chan error, 1)
		go b.run(ctx, b.full)
	}
	b.full <- insertion{stmt, b.args}
	select {
	case b.args = <-b.spare:
	default:
		b.args = make([]any, 0, cap(b.args))
	}
	return nil
}

// run the full statements. After one that failed the others are only taken away.
func (b *inserts) run(ctx context.Context, full <-chan insertion) {
	var failed error
	for in := range full {
		if failed == nil {
			failed = b.tx.execStmt(ctx, in.stmt, in.args)
		}
		clear(in.args)
		select {
		case b.spare <- in.args[:0]:
		default:
		}
	}
	b.ended <- failed
}

// flush waits for what is being written and writes the rows that are left. It has to
// be called, also after an error.
func (b *inserts) flush(ctx context.Context) error {
	if b.full != nil {
		close(b.full)
		b.full = nil
		if err := <-b.ended; err != nil {
			return err
		}
	}
	stmt, err := b.stmt(ctx, 1)
	for err == nil && len(b.args) > 0 {
		err = b.tx.execStmt(ctx, stmt, b.args[:b.columns])
		b.args = b.args[b.columns:]
	}
	return err
}

// stmt inserts so many rows.
func (b *inserts) stmt(ctx context.Context, rows int) (*sql.Stmt, error) {
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	return b.tx.stmt(ctx, b.insert+" "+row+strings.Repeat(", "+row, rows-1))
}
