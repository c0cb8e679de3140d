package embedded

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// Said asks the file, which alone keeps statements.
func (e *Engine) Said(ctx context.Context, prefixes []string, about ...record.ID) (said []record.Packed, err error) {
	err = e.looking(ctx, func(ctx context.Context, t *tx) error {
		seen := map[int64]bool{}
		each := func(number int64, s record.Packed) {
			if !seen[number] {
				seen[number] = true
				said = append(said, s)
			}
		}
		if len(about) > 0 {
			return t.saidAbout(ctx, prefixes, about, each)
		}
		for _, prefix := range prefixes {
			// The index of sources, from the prefix to the end of it.
			if err := t.eachSaid(ctx, each, "source >= ? AND source < ?", prefix, prefix+string(utf8.MaxRune)); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortFunc(said, func(a, b record.Packed) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.ID.Type, b.ID.Type), strings.Compare(a.ID.Key, b.ID.Key))
	})
	return said, err
}

// Sources asks the index of sources.
func (e *Engine) Sources(ctx context.Context, prefix string) (sources []string, err error) {
	err = e.looking(ctx, func(ctx context.Context, t *tx) error {
		return t.rows(ctx, func(r *sql.Rows) error {
			var source string
			err := t.scan(r, &source)
			sources = append(sources, source)
			return err
		}, "SELECT DISTINCT source FROM statement WHERE source >= ? AND source < ? ORDER BY source", prefix, prefix+string(utf8.MaxRune))
	})
	return sources, err
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

// saidAbout walks the index of records.
func (t *tx) saidAbout(ctx context.Context, prefixes []string, about []record.ID, each func(int64, record.Packed)) error {
	for _, id := range about {
		n, known := t.number(id)
		if !known {
			continue
		}
		err := t.eachSaid(ctx, func(number int64, s record.Packed) {
			if slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(s.Source, prefix) }) {
				each(number, s)
			}
		}, "statement.node = ?", int64(n))
		if err != nil {
			return err
		}
	}
	return nil
}

// eachSaid is given the statements for which a condition holds.
func (t *tx) eachSaid(ctx context.Context, each func(int64, record.Packed), condition string, values ...any) error {
	query := `SELECT statement.number, type, key, source, edit, statement.class, statement.fields, links
		FROM statement JOIN node ON node.number = statement.node WHERE ` + condition
	var typ, source []byte
	return t.rows(ctx, func(r *sql.Rows) error {
		var s record.Packed
		var number, class int64
		err := t.scan(r, &number, (*sql.RawBytes)(&typ), &s.ID.Key, (*sql.RawBytes)(&source), &s.Edit, &class, &s.Fields, &s.Links)
		if err != nil {
			return err
		}
		kind := t.base.model.byName[string(typ)]
		if kind == nil {
			return nil
		}
		s.ID.Type, s.Source = kind.Name, t.decoder.Word(string(source)).(string)
		if class < 0 || class >= int64(t.base.table.Len()) {
			return t.damaged("the statement %d about %s has a class that is not there", number, s.ID)
		}
		s.Class = t.base.table.Class(access.ClassNumber(class))
		each(number, s)
		return nil
	}, query, values...)
}
