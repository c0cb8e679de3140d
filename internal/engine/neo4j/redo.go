package neo4j

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/text"
)

// Ops that are to be done later are kept as _Redo nodes, a batch of rows in each,
// as deflated JSON: it is written and read by the server as it is, and a fifth as
// long.

const keepText = "UNWIND $kept AS row CREATE (r:_Redo) SET r = row"

// remembered is what the process that began a changeset remembers of it, so that only
// another one that has to finish it reads the rows back.
type remembered struct {
	// by is the name under which the nodes say whose they are.
	by   string
	rows [][]any
}

// keepAtOnce is how many nodes are made with one statement.
const keepAtOnce = 16

// keep stores the ops under the name of the application.
func (t *transaction) keep(ctx context.Context, ops []op, by string) (*remembered, error) {
	k := &remembered{by: by}
	var nodes []map[string]any
	for _, o := range ops {
		for rows := range slices.Chunk(o.rows, batch) {
			nodes = append(nodes, map[string]any{
				"n": int64(len(k.rows)), "kind": string(o.kind), "names": strings.Join(o.names, " "), "by": by,
			})
			k.rows = append(k.rows, rows)
		}
	}
	// What is kept next is encoded while the server keeps what is before it.
	encoded := encodeAhead(k.rows)
	defer encoded.stop()
	for len(nodes) > 0 {
		size := min(keepAtOnce, len(nodes))
		for _, node := range nodes[:size] {
			var err error
			if node["rows"], err = encoded.next(); err != nil {
				return nil, err
			}
		}
		if _, err := all(ctx, t.run, keepText, map[string]any{"kept": boxed(nodes[:size])}); err != nil {
			return nil, err
		}
		nodes = nodes[size:]
	}
	return k, nil
}

// redoneRows is how many rows one transaction does of what is kept, at least. The more
// it changes, the more of the server's time its garbage takes: 40,000 at once took a
// quarter longer.
const redoneRows = batch

const keptText = "MATCH (r:_Redo) WITH r ORDER BY r.n LIMIT 8 " +
	"RETURN r.n, r.kind, r.names, CASE WHEN r.by = $by THEN null ELSE r.rows END"

// redo does the next of the ops that are kept, and reports whether there were any. Of
// its own the process remembers the rows.
func (t *transaction) redo(ctx context.Context, own *remembered) (bool, error) {
	var by any // null: nothing is by it
	if own != nil {
		by = own.by
	}
	found, err := all(ctx, t.run, keptText, map[string]any{"by": by})
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
	o = op{kind: opKind(kind), names: strings.Fields(names)}
	if n, _ := row[0].(int64); row[3] == nil && k != nil && int(n) < len(k.rows) {
		o.rows = k.rows[n]
	} else {
		o.rows, err = decodeRows(row[3])
	}
	return o, err
}

// encodings are rows that are being encoded, in their order.
type encodings struct {
	parts <-chan chan encoding
	ended chan struct{}
}

type encoding struct {
	bytes []byte
	err   error
}

// encodeAhead encodes rows side by side, a few batches ahead of who takes them.
func encodeAhead(rows [][]any) *encodings {
	parts := make(chan chan encoding, keepAtOnce)
	e := &encodings{parts: parts, ended: make(chan struct{})}
	go func() {
		defer close(parts)
		for _, batch := range rows {
			part := make(chan encoding, 1)
			select {
			case parts <- part:
			case <-e.ended:
				return
			}
			go func() {
				bytes, err := encodeRows(batch)
				part <- encoding{bytes, err}
			}()
		}
	}()
	return e
}

func (e *encodings) next() ([]byte, error) {
	made := <-<-e.parts
	return made.bytes, made.err
}

func (e *encodings) stop() { close(e.ended) }

func encodeRows(rows []any) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	b := []byte{'['}
	for i, row := range rows {
		if b = appendRow(b, row); i < len(rows)-1 {
			b = append(b, ',')
		}
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		b = b[:0]
	}
	if _, err := w.Write(append(b, ']')); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// appendRow appends a row, or a value in it, as JSON. It knows what rows are made of: what
// encoding/json takes to find that out would be a tenth of a large load.
func appendRow(b []byte, v any) []byte { return text.AppendValue(b, v, appendMap) }

func appendMap(b []byte, v any) []byte {
	row, ok := v.(map[string]any)
	if !ok {
		panic(fmt.Sprintf("BUG: %T is in no row", v))
	}
	b = append(b, '{')
	start := len(b)
	for name, value := range row {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(text.AppendJSON(b, name), ':')
		b = appendRow(b, value)
	}
	return append(b, '}')
}

// decodeRows reads what encodeRows made, or the plain JSON that the first version
// kept.
func decodeRows(kept any) ([]any, error) {
	var in io.Reader
	switch kept := kept.(type) {
	case []byte:
		in = flate.NewReader(bytes.NewReader(kept))
	case string:
		in = strings.NewReader(kept)
	default:
		return nil, fmt.Errorf("the store is damaged: what is left of a changeset is %T", kept)
	}
	d := json.NewDecoder(in)
	d.UseNumber()
	var rows []any
	if err := d.Decode(&rows); err != nil {
		return nil, fmt.Errorf("the store is damaged: what is left of a changeset cannot be read: %w", err)
	}
	for i := range rows {
		rows[i] = integers(rows[i])
	}
	return rows, nil
}

// integers turns the numbers in a decoded value into what they were.
func integers(v any) any {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			panic("BUG: " + v.String() + " was no integer")
		}
		return n
	case []any:
		for i := range v {
			v[i] = integers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = integers(v[k])
		}
	}
	return v
}
