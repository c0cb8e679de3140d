package neo4j

import (
	"context"
	"strings"
)

// redoneRows is how many rows one transaction does of what is kept, at least. The more
// it changes, the more of the server's time its garbage takes: 40,000 at once took a
// quarter longer.
const redoneRows = batch

const keptText = "MATCH (r:_Redo) WITH r ORDER BY r.n LIMIT 8 " +
	"RETURN r.n, r.kind, r.names, CASE WHEN r.by = $by AND r.n < $remembered THEN null ELSE r.rows END"

// redo does the next of the ops that are kept, and reports whether there were any. Of
// its own the process remembers the rows.
func (t *transaction) redo(ctx context.Context, own *remembered) (bool, error) {
	var by any // null: nothing is by it
	remembered := 0
	if own != nil {
		by, remembered = own.by, len(own.rows)
	}
	found, err := all(ctx, t.run, keptText, map[string]any{"by": by, "remembered": int64(remembered)})
	if err != nil || len(found) == 0 {
		return false, err
	}
	var last any
	for rows := 0; len(found) > 0 && rows < redoneRows; found = found[1:] {
		o, err := own.op(found[0])
		if err != nil {
			return false, err
		}
		if err := t.do(ctx, o); err != nil {
			return false, err
		}
		last, rows = found[0][0], rows+len(o.rows)
	}
	_, err = all(ctx, t.run, "MATCH (r:_Redo) WHERE r.n <= $n DELETE r", map[string]any{"n": last})
	return true, err
}

// op is what a row of keptText keeps.
func (k *remembered) op(row []any) (o op, err error) {
	kind, _ := row[1].(string)
	names, _ := row[2].(string)
	o.kind = opKind(kind)
	copy(o.names[:], strings.Fields(names))
	if n, _ := row[0].(int64); row[3] == nil && k != nil && int(n) < len(k.rows) {
		o.rows = k.rows[n]
	} else {
		o.rows, err = decodeRows(row[3])
	}
	return o, err
}
