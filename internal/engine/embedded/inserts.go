package embedded

import (
	"context"
	"strings"
)

// inserts writes rows into a table many at a time: what a statement costs beside
// its rows is most of what a small row costs.
type inserts struct {
	tx *tx
	// insert is "INSERT … VALUES", columns the values of a row.
	insert  string
	columns int
	args    []any
}

// The number of rows in one statement, and what SQLite takes in one.
const (
	insertRows   = 64
	insertValues = 640
)

func (b *inserts) rows() int { return min(insertRows, insertValues/b.columns) }

// add a row; it is written when enough have come together, or by flush.
func (b *inserts) add(ctx context.Context, values ...any) error {
	if b.args = append(b.args, values...); len(b.args) < b.rows()*b.columns {
		return nil
	}
	return b.write(ctx, b.rows())
}

// flush writes the rows that are left.
func (b *inserts) flush(ctx context.Context) error {
	for len(b.args) > 0 {
		if err := b.write(ctx, 1); err != nil {
			return err
		}
	}
	return nil
}

// write the first rows.
func (b *inserts) write(ctx context.Context, rows int) error {
	row := "(?" + strings.Repeat(", ?", b.columns-1) + ")"
	n := rows * b.columns
	err := b.tx.exec(ctx, b.insert+" "+row+strings.Repeat(", "+row, rows-1), b.args[:n]...)
	b.args = append(b.args[:0], b.args[n:]...)
	return err
}
