package neo4j

import (
	"context"
	"errors"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// transaction is a write transaction that holds the store's lock. It is what
// merge.Plan reads of the store.
type transaction struct {
	engine *Engine
	run    runner
	meta   meta
	table  *access.Table
	// loaded is what Load has told, stored the links among it.
	loaded map[record.ID]merge.Stored
	stored map[linkEnds]bool
	// decoder reads statements.
	decoder merge.Decoder
}

var _ merge.Tx = (*transaction)(nil)

type linkEnds struct {
	relation string
	from, to record.ID
}

func endsOf(l merge.Link) linkEnds { return linkEnds{l.Relation.Name, l.From, l.To} }

// batch is how many rows go into one statement.
const batch = 5000

// batches runs a statement for rows, some at a time, and hands over what it
// returns.
func batches[T any](ctx context.Context, run runner, statement string, rows []T, each func(row []any) error) error {
	for len(rows) > 0 {
		n := min(batch, len(rows))
		found, err := all(ctx, run, statement, map[string]any{"rows": boxed(rows[:n])})
		if err != nil {
			return err
		}
		for _, row := range found {
			if err := each(row); err != nil {
				return err
			}
		}
		rows = rows[n:]
	}
	return nil
}

func boxed[T any](rows []T) []any {
	out := make([]any, len(rows))
	for i, r := range rows {
		out[i] = r
	}
	return out
}

// Head is where the store stands.
func (t *transaction) Head(ctx context.Context, changeset string) (merge.Head, error) {
	known, err := t.known(ctx, changeset)
	if err != nil {
		return merge.Head{}, err
	}
	if err := t.readTable(ctx); err != nil {
		return merge.Head{}, err
	}
	return merge.Head{Revision: t.meta.revision, Known: known, Table: t.table}, nil
}

// known is the changeset's id when it was applied, or that of another one for its
// request.
func (t *transaction) known(ctx context.Context, changeset string) (string, error) {
	if request, digest := record.Request(changeset); digest != "" {
		rows, err := all(ctx, t.run, "MATCH (c:_Changeset) WHERE c.id STARTS WITH $id RETURN c.name LIMIT 1", map[string]any{"id": indexable(request + "#")})
		if err != nil || len(rows) == 0 {
			return "", err
		}
		id, _ := rows[0][0].(string)
		return id, nil
	}
	row, err := one(ctx, t.run, "RETURN EXISTS { (:_Changeset {id: $id}) }", map[string]any{"id": indexable(changeset)})
	if err != nil || row[0] != true {
		return "", err
	}
	return changeset, nil
}

func (t *transaction) readTable(ctx context.Context) error {
	if last := t.engine.table.Load(); last != nil && last.access == t.meta.access {
		t.table = last.Table
		return nil
	}
	var err error
	t.table, err = loadTable(ctx, t.run)
	return err
}

// SpokenBy is the records each of the sources has a statement about.
func (t *transaction) SpokenBy(ctx context.Context, sources []string) (map[string][]record.ID, error) {
	out := map[string][]record.ID{}
	names := make([]string, len(sources))
	for i, source := range sources {
		names[i] = indexable(source)
	}
	err := batches(ctx, t.run, "UNWIND $rows AS name MATCH (s:_Statement {by: name}) RETURN s.source, s.record", names, func(row []any) error {
		source, _ := row[0].(string)
		id, err := readID(row[1])
		out[source] = append(out[source], id)
		return err
	})
	return out, err
}

// Mixed is the records with statements of more than one class.
func (t *transaction) Mixed(ctx context.Context) ([]record.ID, error) {
	rows, err := all(ctx, t.run, "MATCH (s:_Statement) WITH s.record AS record, count(DISTINCT s.class) AS classes WHERE classes > 1 RETURN record", nil)
	if err != nil {
		return nil, err
	}
	out := make([]record.ID, len(rows))
	for i, row := range rows {
		if out[i], err = readID(row[0]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// empty reports whether nothing was ever said: there is nothing to look up then.
func (t *transaction) empty() bool { return t.meta.revision == 0 }

// Places is what is known of the ids in passing.
func (t *transaction) Places(ctx context.Context, ids []record.ID) (map[record.ID]merge.Place, error) {
	out := make(map[record.ID]merge.Place, len(ids))
	if t.empty() {
		return out, nil
	}
	err := batches(ctx, t.run, "UNWIND $rows AS id MATCH (s:_Statement {record: id}) RETURN DISTINCT s.record", textsOf(ids), func(row []any) error {
		id, err := readID(row[0])
		out[id] = merge.Place{Spoken: true}
		return err
	})
	if err != nil {
		return nil, err
	}
	for typ, keys := range t.byType(ids) {
		statement := "UNWIND $rows AS key MATCH (n:" + quoted(typ.Name) + " {" + quoted(keyProperty) + ": key}) RETURN n.key, n._class"
		err := batches(ctx, t.run, statement, keys, func(row []any) error {
			key, _ := row[0].(string)
			class, _ := row[1].(int64)
			id := record.ID{Type: typ.Name, Key: key}
			out[id] = merge.Place{Spoken: out[id].Spoken, Alive: true, Class: access.ClassNumber(class)}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// byType is the keys of ids, as they are looked up, by their type. Ids of types
// that the model does not have are left out.
func (t *transaction) byType(ids []record.ID) map[*schema.Type][]string {
	out := map[*schema.Type][]string{}
	for _, id := range ids {
		if typ := t.engine.config.Catalog.Type(id.Type); typ != nil && !typ.Interface {
			out[typ] = append(out[typ], text.OrderKey(id.Key))
		}
	}
	return out
}

func textsOf(ids []record.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id.String()
	}
	return out
}

func readID(v any) (record.ID, error) {
	s, _ := v.(string)
	id, ok := record.ParseID(s)
	if !ok {
		return id, errors.New("the store is damaged: " + s + " is no id")
	}
	return id, nil
}
