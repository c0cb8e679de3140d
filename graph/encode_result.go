package graph

import (
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// result writes a value of a question's answer.
func (w *encoder) result(out *compile.ResultOut, value any) bool {
	mark := len(w.buf)
	if w.resultValue(out, value) {
		return true
	}
	w.buf = append(w.buf[:mark], "null"...)
	return !out.Required
}

func (w *encoder) resultValue(out *compile.ResultOut, value any) bool {
	switch v := value.(type) {
	case nil:
		return false
	case record.ID:
		join := out.JoinOf(v.Type)
		if join < 0 {
			return false
		}
		row, ok := w.asked.joined[join][v]
		return ok && w.row(w.asked.join(join), &row)
	case question.Result:
		return w.results(out.Result, v)
	case *question.Page:
		return w.resultConnection(out.Connection, v)
	case record.Object:
		w.object(out.Object, v)
	case []any:
		return w.list(len(v), func(i int) bool { return w.resultValue(out, v[i]) })
	default:
		w.buf = appendScalar(w.buf, v)
	}
	return true
}

func (w *encoder) results(outs []compile.ResultOut, r question.Result) bool {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		if out.Typename != "" {
			w.buf = text.AppendJSON(w.buf, out.Typename)
			continue
		}
		if !w.result(out, r[out.Name]) {
			return false
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

func (w *encoder) resultConnection(c *compile.ResultConnection, p *question.Page) bool {
	info := page{rows: len(p.Items), total: p.Total, more: p.More, paging: c.Paging, cursor: func(i int) string {
		return compile.EncodeCursor(c.Digest, p.Items[i].Place)
	}}
	w.buf = append(w.buf, '{')
	for i := range c.Parts {
		part := &c.Parts[i]
		w.buf = appendKey(w.buf, part.Key, i == 0)
		ok := true
		switch part.Part {
		case compile.NodesPart:
			ok = w.list(len(p.Items), func(i int) bool { return w.results(part.Node, p.Items[i].Result) })
		case compile.EdgesPart:
			ok = w.list(len(p.Items), func(i int) bool { return w.resultEdge(part.Edge, p.Items[i].Result, info.cursor, i) })
		default:
			w.common(part.Part, part.Typename, part.PageInfo, info)
		}
		if !ok {
			return false
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

func (w *encoder) resultEdge(outs []compile.ResultEdge, r question.Result, cursor func(int) string, i int) bool {
	w.buf = append(w.buf, '{')
	for n := range outs {
		out := &outs[n]
		w.buf = appendKey(w.buf, out.Key, n == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case !out.IsNode:
			w.buf = text.AppendJSON(w.buf, cursor(i))
		default:
			if !w.results(out.Node, r) {
				return false
			}
		}
	}
	w.buf = append(w.buf, '}')
	return true
}
