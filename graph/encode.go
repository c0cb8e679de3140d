package graph

import (
	"context"
	"encoding/json"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// encoder writes an answer as JSON. A method that writes something that may not
// be null reports false when it would be; its caller then makes the nearest thing
// above that may be null be it, as the GraphQL specification asks.
type encoder struct {
	buf []byte
	max int
	// asked is the result of the question being written.
	asked *asked
}

// encode writes the data of the response.
func (e *execution) encode(ctx context.Context) (json.RawMessage, error) {
	w := &encoder{buf: buffers.get().b, max: e.config.MaxAnswer}
	w.buf = append(w.buf, '{')
	for i := range e.op.Fields {
		f := &e.op.Fields[i]
		w.buf = appendKey(w.buf, f.Key, i == 0)
		mark := len(w.buf)
		if !e.field(ctx, w, i, f) {
			w.buf = append(w.buf[:mark], "null"...)
		}
		if len(w.buf) > w.max {
			return nil, fault.New(fault.LimitExceeded, "the answer is larger than %d bytes; ask for smaller pages or fewer fields", w.max)
		}
	}
	w.buf = append(w.buf, '}')
	return w.buf, nil
}

// field writes one root field; false makes it null.
func (e *execution) field(ctx context.Context, w *encoder, index int, f *compile.Field) bool {
	switch {
	case f.Err != nil:
		e.errors = append(e.errors, e.presentCompiled(ctx, f.Err))
		return false
	case f.Typename != "":
		w.buf = text.AppendJSON(w.buf, f.Typename)
		return true
	case f.Introspection != nil:
		w.buf = e.introspect(w.buf, f.Introspection)
		return true
	}
	var ok bool
	switch {
	case f.Question != nil:
		a := e.results[index]
		if a == nil || a.value == nil {
			return false
		}
		w.asked = a
		ok = w.result(&f.Question.Answer, a.value)
	case f.Nodes != nil:
		ok = e.nodes(w, f.Nodes)
	case f.Connection != nil:
		ok = w.connection(f.Connection, e.rows.Sets[f.Set])
	case f.Record != nil:
		set := e.rows.Sets[f.Set]
		if len(set.Rows) == 0 {
			return false
		}
		ok = w.row(f.Record, &set.Rows[0])
	default:
		return false
	}
	if !ok {
		err := fault.New(fault.Internal, "BUG: a required value is missing in %s", f.Key)
		e.errors = append(e.errors, e.present(ctx, err, ast.Path{ast.PathName(f.Key)}))
	}
	return ok
}

// nodes writes nodes(ids:) in the order asked.
func (e *execution) nodes(w *encoder, n *compile.Nodes) bool {
	rows := map[record.ID]*plan.Row{}
	for name, set := range n.Sets {
		for i := range e.rows.Sets[set.Set].Rows {
			row := &e.rows.Sets[set.Set].Rows[i]
			rows[record.ID{Type: name, Key: row.Cells[len(row.Cells)-1].(string)}] = row
		}
	}
	w.buf = append(w.buf, '[')
	for i, id := range n.IDs {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		row := rows[id]
		if row == nil {
			w.buf = append(w.buf, "null"...)
			continue
		}
		mark := len(w.buf)
		if !w.row(n.Sets[id.Type].Record, row) {
			w.buf = append(w.buf[:mark], "null"...)
		}
	}
	w.buf = append(w.buf, ']')
	return true
}

func (w *encoder) row(r *compile.Record, row *plan.Row) bool {
	w.buf = append(w.buf, '{')
	outs := r.Of(row.Type)
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		if !w.cell(out, row) {
			return false
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

func (w *encoder) cell(out *compile.Out, row *plan.Row) bool {
	switch {
	case out.Typename != "":
		w.buf = text.AppendJSON(w.buf, out.Typename)
	case out.Connection != nil:
		return w.connection(out.Connection, row.Cells[out.Cell].(*plan.Set))
	case out.Record != nil:
		return w.toOne(out, row.Cells[out.Cell].(*plan.Set))
	case out.Object != nil:
		w.value(out.Object, row.Cells[out.Cell])
	default:
		v := row.Cells[out.Cell]
		if v == nil && out.Field.Required {
			return false
		}
		w.buf = appendScalar(w.buf, v)
	}
	return true
}

func (w *encoder) toOne(out *compile.Out, set *plan.Set) bool {
	mark := len(w.buf)
	if len(set.Rows) > 0 && w.row(out.Record, &set.Rows[0]) {
		return true
	}
	w.buf = append(w.buf[:mark], "null"...)
	return !out.Required
}

// value writes a value object, or a list of them.
func (w *encoder) value(outs []compile.ObjectOut, v any) {
	switch v := v.(type) {
	case record.Object:
		w.object(outs, v)
	case []any:
		w.buf = append(w.buf, '[')
		for i, item := range v {
			if i > 0 {
				w.buf = append(w.buf, ',')
			}
			w.value(outs, item)
		}
		w.buf = append(w.buf, ']')
	default:
		w.buf = append(w.buf, "null"...)
	}
}

func (w *encoder) object(outs []compile.ObjectOut, o record.Object) {
	w.buf = append(w.buf, '{')
	for i, out := range outs {
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Field.Kind == schema.Object:
			w.value(out.Object, o[out.Field.Index])
		default:
			w.buf = appendScalar(w.buf, o[out.Field.Index])
		}
	}
	w.buf = append(w.buf, '}')
}
