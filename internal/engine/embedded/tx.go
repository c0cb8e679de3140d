package embedded

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
)

// tx is a write transaction, from its BEGIN to its COMMIT or ROLLBACK. It answers
// merge from the snapshot where it can and from SQLite where only that knows.
type tx struct {
	*store
	base *snapshot
	// following is what the transaction makes of it.
	following *builder
	decoder   merge.Decoder
	// loaded are the statements that merge has seen, by record: what is written over
	// is among them.
	loaded map[record.ID][]storedStatement
	// sleepers are the records of which it is open, or was in this transaction, whether
	// they have values.
	sleepers map[record.ID]sleeper
	// freed numbers are given back at the commit.
	freed []number
	// taken is how many of store.free are used, fresh how many new numbers.
	taken, fresh int
	// said is how many numbers of statements are used.
	said int64
}

// sleeper is a record that was dormant, or may become so.
type sleeper struct {
	dormant
	// fresh: its number was given in this transaction.
	fresh bool
	// awake: it has values, or is gone.
	awake bool
}

// storedStatement is a statement and the number of its row.
type storedStatement struct {
	number int64
	merge.Said
}

var _ merge.Tx = (*tx)(nil)

func (s *store) newTx(base *snapshot) *tx {
	return &tx{
		store: s, base: base, loaded: map[record.ID][]storedStatement{}, sleepers: map[record.ID]sleeper{},
	}
}

// number of a record that has one.
func (t *tx) number(id record.ID) (number, bool) {
	if n, ok := t.base.find(id); ok {
		return n, true
	}
	if d, ok := t.dormant[id]; ok {
		return d.number, true
	}
	s, ok := t.sleepers[id]
	return s.number, ok && s.fresh
}

// Head is the snapshot's, and whether the file knows the changeset.
func (t *tx) Head(ctx context.Context, changeset string) (merge.Head, error) {
	head := merge.Head{Revision: t.base.revision, Table: t.base.table}
	request, digest := record.Request(changeset)
	if digest == "" {
		_, err := t.one(ctx, []any{&head.Known}, "SELECT id FROM changeset WHERE id = ?", changeset)
		return head, err
	}
	// The sign after # ends the ids that begin with the request and #.
	_, err := t.one(ctx, []any{&head.Known}, "SELECT id FROM changeset WHERE id > ? AND id < ?", request+"#", request+"$")
	return head, err
}

// SpokenBy asks the file, which has an index by source.
func (t *tx) SpokenBy(ctx context.Context, sources []string) (map[string][]record.ID, error) {
	out := map[string][]record.ID{}
	for _, source := range sources {
		err := t.rows(ctx, func(r *sql.Rows) error {
			var id record.ID
			err := t.scan(r, &id.Type, &id.Key)
			out[source] = append(out[source], id)
			return err
		}, "SELECT type, key FROM statement JOIN node ON node.number = statement.node WHERE source = ?", source)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

const statementColumns = "SELECT number, node, source, edit, class, revision, fields, links, sum FROM statement"

// The numbers of records whose statements are read at once, as far as there are so many.
var readTogether = []int{500, 20, 1}

// Load reads the statements from the file, and the records from the snapshot.
func (t *tx) Load(ctx context.Context, ids []record.ID) (map[record.ID]merge.Stored, error) {
	out := make(map[record.ID]merge.Stored, len(ids))
	byNumber := map[int64]record.ID{}
	for _, id := range ids {
		if n, known := t.number(id); known {
			byNumber[int64(n)] = id
		}
	}
	for _, id := range byNumber {
		t.loaded[id] = nil
	}
	if err := t.readStatements(ctx, byNumber); err != nil {
		return nil, err
	}
	for n, id := range byNumber {
		var stored merge.Stored
		for _, s := range t.loaded[id] {
			stored.Said = append(stored.Said, s.Said)
		}
		if _, alive := t.base.find(id); alive {
			stored.Record = t.base.record(number(n))
		}
		out[id] = stored
	}
	return out, nil
}

// Forget lets go of what was loaded.
func (t *tx) Forget(ids []record.ID) {
	for _, id := range ids {
		delete(t.loaded, id)
	}
}

// readStatements reads those about records.
func (t *tx) readStatements(ctx context.Context, byNumber map[int64]record.ID) error {
	numbers := make([]any, 0, len(byNumber))
	for _, n := range slices.Sorted(maps.Keys(byNumber)) {
		numbers = append(numbers, n)
	}
	visit := func(r *sql.Rows) error { return t.statement(r, byNumber) }
	for _, size := range readTogether {
		query := statementColumns + " WHERE node IN (?" + strings.Repeat(", ?", size-1) + ")"
		for len(numbers) >= size {
			if err := t.rows(ctx, visit, query, numbers[:size]...); err != nil {
				return err
			}
			numbers = numbers[size:]
		}
	}
	return nil
}

// statement reads a row of table statement, if it is about one of the records.
func (t *tx) statement(r *sql.Rows, byNumber map[int64]record.ID) error {
	var row statementRow
	var sum int64
	if err := t.scan(r, &row.number, &row.node, (*sql.RawBytes)(&row.source), &row.edit, &row.class, &row.revision, (*sql.RawBytes)(&row.fields), (*sql.RawBytes)(&row.links), &sum); err != nil {
		return err
	}
	id, wanted := byNumber[row.node]
	if !wanted {
		return nil
	}
	kind := t.base.model.byName[id.Type]
	if kind == nil {
		return nil
	}
	if sum != row.sum() || row.class < 0 || row.class >= int64(t.base.table.Len()) {
		return t.damaged("the statement %d about %s does not fit its checksum", row.number, id)
	}
	n := access.ClassNumber(row.class)
	t.loaded[id] = append(t.loaded[id], storedStatement{number: row.number, Said: merge.Said{
		Packed: &record.Packed{
			Source: t.decoder.Word(string(row.source)).(string), ID: id, Fields: string(row.fields), Links: string(row.links),
			Class: t.base.table.Class(n), Edit: row.edit,
		},
		Number: n, Revision: row.revision,
	}})
	return nil
}

// Places are known in memory.
func (t *tx) Places(_ context.Context, ids []record.ID) (map[record.ID]merge.Place, error) {
	out := make(map[record.ID]merge.Place, len(ids))
	for _, id := range ids {
		if n, alive := t.base.find(id); alive {
			out[id] = merge.Place{Spoken: true, Alive: true, Class: access.ClassNumber(t.base.node(n).class)}
		} else if d, there := t.dormant[id]; there {
			out[id] = merge.Place{Spoken: d.spoken}
		}
	}
	return out, nil
}

// Referring asks the file, which has an index of what statements link to.
func (t *tx) Referring(ctx context.Context, ids []record.ID, required bool) ([]record.ID, error) {
	const query = `SELECT DISTINCT relation, type, key FROM said
		JOIN statement ON statement.number = said.statement JOIN node ON node.number = statement.node
		WHERE target = ?`
	isRequired := map[int64]bool{}
	for name, r := range t.base.model.relations {
		if n, known := t.relations[name]; known {
			isRequired[n] = r.Binding
		}
	}
	seen := map[record.ID]bool{}
	var out []record.ID
	visit := func(r *sql.Rows) error {
		var relation int64
		var id record.ID
		if err := t.scan(r, &relation, &id.Type, &id.Key); err != nil {
			return err
		}
		if (!required || isRequired[relation]) && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
		return nil
	}
	for _, id := range ids {
		if n, known := t.number(id); known {
			if err := t.rows(ctx, visit, query, n); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// Mixed walks over all statements.
func (t *tx) Mixed(ctx context.Context) ([]record.ID, error) {
	var out []record.ID
	err := t.rows(ctx, func(r *sql.Rows) error {
		var id record.ID
		err := t.scan(r, &id.Type, &id.Key)
		out = append(out, id)
		return err
	}, `SELECT type, key FROM node JOIN
		(SELECT node FROM statement GROUP BY node HAVING MIN(class) <> MAX(class)) AS mixed ON mixed.node = node.number`)
	return out, err
}
