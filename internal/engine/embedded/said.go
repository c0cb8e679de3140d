package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// Said asks the file, which alone keeps statements.
func (e *Engine) Said(ctx context.Context, prefixes []string) (said []record.Statement, err error) {
	err = e.looking(ctx, func(ctx context.Context, t *tx) error {
		seen := map[int64]bool{}
		for _, prefix := range prefixes {
			err := t.saidUnder(ctx, prefix, func(number int64, s record.Statement) {
				if !seen[number] {
					seen[number] = true
					said = append(said, s)
				}
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(said, func(a, b record.Statement) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.ID.Type, b.ID.Type), strings.Compare(a.ID.Key, b.ID.Key))
	})
	return said, err
}

// looking runs work in a transaction that writes nothing.
func (e *Engine) looking(ctx context.Context, work func(context.Context, *tx) error) error {
	if err := e.acquire(ctx); err != nil {
		return err
	}
	defer e.release()
	if ctx.Err() != nil {
		return fault.Wrap(fault.Timeout, ctx.Err(), "the time for this question was over before it began")
	}
	// A connection that is interrupted in the middle of a transaction is of no use.
	ctx = context.WithoutCancel(ctx)
	if err := e.store.begin(ctx); err != nil {
		return err
	}
	defer e.store.rollBack(ctx)
	return work(ctx, e.store.newTx(e.current.Load()))
}

// saidUnder walks the index of sources from the prefix to the end of it.
func (t *tx) saidUnder(ctx context.Context, prefix string, each func(int64, record.Statement)) error {
	const query = `SELECT statement.number, type, key, source, edit, statement.class, statement.fields, links
		FROM statement JOIN node ON node.number = statement.node WHERE source >= ? AND source < ?`
	return t.rows(ctx, func(r *sql.Rows) error {
		var s record.Statement
		var number, class int64
		var fields, links string
		err := t.scan(r, &number, &s.ID.Type, &s.ID.Key, &s.Source, &s.Edit, &class, &fields, &links)
		if err != nil {
			return err
		}
		kind := t.base.model.byName[s.ID.Type]
		if kind == nil {
			return nil
		}
		if class < 0 || class >= int64(t.base.table.Len()) {
			return t.damaged("the statement %d about %s has a class that is not there", number, s.ID)
		}
		s.Class = t.base.table.Class(access.ClassNumber(class))
		if s.Fields, err = t.decoder.Fields(kind.Type, fields); err == nil {
			s.Links, err = merge.DecodeLinks(links)
		}
		if err != nil {
			return t.damaged("the statement %d about %s cannot be read: %v", number, s.ID, err)
		}
		each(number, s)
		return nil
	}, query, prefix, prefix+string(utf8.MaxRune))
}
