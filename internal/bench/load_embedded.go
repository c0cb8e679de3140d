package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver that the embedded engine uses too

	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/record"
)

// loadEmbedded loads the community into a file, several times, and beside it the
// rows that are in that file then, by nothing but prepared statements. The file
// stays.
func (b *bench) loadEmbedded(ctx context.Context, path string) error {
	if b.loads == 0 {
		return b.fill(ctx, path, data.Of(1))
	}
	statements := slices.Collect(data.Of(1).Statements())
	var ours, bare []float64
	for i := range b.loads {
		say("loading into a file, %d of %d", i+1, b.loads)
		if err := removeStore(path); err != nil {
			return err
		}
		e, err := embedded.Open(ctx, embedded.Config{Path: path, Catalog: b.catalog})
		if err != nil {
			return err
		}
		begun := time.Now()
		if err := errors.Join(apply(ctx, e, "all", statements), e.Close()); err != nil {
			return err
		}
		ours = append(ours, time.Since(begun).Seconds())
		copied := path + ".bare"
		took, err := copyRows(ctx, path, copied)
		if err := errors.Join(err, removeStore(copied)); err != nil {
			return err
		}
		bare = append(bare, took.Seconds())
	}
	b.report.load("embedded", "bare prepared inserts of the same rows", median(ours), median(bare))
	return nil
}

func removeStore(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func apply(ctx context.Context, e engine.Engine, id string, statements []record.Statement) error {
	_, err := e.Apply(ctx, &record.Changeset{ID: id, Actor: "bench", At: data.At, Say: statements})
	return err
}

// table is the rows of one table.
type table struct {
	name string
	rows [][]any
}

// copyRows inserts the rows of one file into a new one with the same tables and
// settings, in one transaction. Reading them first is not counted.
func copyRows(ctx context.Context, from, to string) (time.Duration, error) {
	source, err := sql.Open("sqlite", from)
	if err != nil {
		return 0, err
	}
	defer source.Close() //nolint:errcheck // it is only read
	schema, tables, err := readTables(ctx, source)
	if err != nil {
		return 0, err
	}
	target, err := sql.Open("sqlite", to)
	if err != nil {
		return 0, err
	}
	target.SetMaxOpenConns(1)
	for _, text := range append([]string{"PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA cache_size = -32000"}, schema...) {
		if _, err := target.ExecContext(ctx, text); err != nil {
			return 0, errors.Join(fmt.Errorf("%s: %w", text, err), target.Close())
		}
	}
	begun := time.Now()
	err = errors.Join(insert(ctx, target, tables), target.Close())
	return time.Since(begun), err
}

func insert(ctx context.Context, target *sql.DB, tables []table) error {
	tx, err := target.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it has been committed, or there is another error
	for _, t := range tables {
		if len(t.rows) == 0 {
			continue
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(t.rows[0])), ", ")
		stmt, err := tx.PrepareContext(ctx, "INSERT INTO "+t.name+" VALUES ("+marks+")") //nolint:gosec // our own tables
		if err != nil {
			return err
		}
		for _, row := range t.rows {
			if _, err := stmt.ExecContext(ctx, row...); err != nil {
				return fmt.Errorf("%s: %w", t.name, err)
			}
		}
		if err := stmt.Close(); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func readTables(ctx context.Context, db *sql.DB) (schema []string, tables []table, err error) {
	rows, err := readRows(ctx, db, "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name")
	if err != nil {
		return nil, nil, err
	}
	for _, row := range rows {
		schema = append(schema, row[2].(string))
		if row[0] != "table" {
			continue
		}
		t := table{name: row[1].(string)}
		if t.rows, err = readRows(ctx, db, "SELECT * FROM "+t.name); err != nil {
			return nil, nil, err
		}
		tables = append(tables, t)
	}
	return schema, tables, nil
}

func readRows(ctx context.Context, db *sql.DB, query string) (out [][]any, err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // Err tells
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, rows.Err()
}
