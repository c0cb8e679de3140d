package graph

import (
	"strconv"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/text"
)

// page is what both kinds of connections say of a stretch of a list.
type page struct {
	rows   int
	total  int
	more   bool
	paging compile.Paging
	cursor func(i int) string
}

func (w *encoder) connection(c *compile.Connection, set *plan.Set) bool {
	p := page{rows: len(set.Rows), total: set.Total, more: set.More, paging: c.Paging, cursor: func(i int) string {
		values := make([]any, len(c.Cells))
		for n, cell := range c.Cells {
			if cell == compile.TypeCell {
				values[n] = set.Rows[i].Type.Name
				continue
			}
			values[n] = set.Rows[i].Cells[cell]
		}
		return compile.EncodeCursor(c.Digest, values)
	}}
	w.buf = append(w.buf, '{')
	for i := range c.Parts {
		part := &c.Parts[i]
		w.buf = appendKey(w.buf, part.Key, i == 0)
		ok := true
		switch part.Part {
		case compile.NodesPart:
			ok = w.list(len(set.Rows), func(i int) bool { return w.node(part.Record, part.Hit, &set.Rows[i]) })
		case compile.EdgesPart:
			ok = w.list(len(set.Rows), func(i int) bool { return w.edge(part.Edge, &set.Rows[i], p.cursor, i) })
		case compile.FacetsPart:
			ok = w.facets(part.Facets, set)
		case compile.AggregatePart:
			w.whole(part.Aggregate, set)
		case compile.GroupsPart:
			ok = w.groups(part.Groups, set)
		default:
			w.common(part.Part, part.Typename, part.PageInfo, p)
		}
		if !ok {
			return false
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

// common writes the parts that do not hold rows.
func (w *encoder) common(part compile.ConnectionPart, typename string, info []compile.PageInfoOut, p page) {
	switch part {
	case compile.TypenamePart:
		w.buf = text.AppendJSON(w.buf, typename)
	case compile.TotalCount:
		w.buf = strconv.AppendInt(w.buf, int64(p.total), 10)
	case compile.PageInfoPart:
		w.pageInfo(info, p)
	}
}

func (w *encoder) list(n int, item func(i int) bool) bool {
	w.buf = append(w.buf, '[')
	for i := range n {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if len(w.buf) > w.max {
			// encode refuses the answer; there is no use in writing the rest.
			break
		}
		if !item(i) {
			return false
		}
	}
	w.buf = append(w.buf, ']')
	return true
}

func (w *encoder) edge(outs []compile.EdgeOut, row *plan.Row, cursor func(int) string, i int) bool {
	w.buf = append(w.buf, '{')
	for n := range outs {
		out := &outs[n]
		w.buf = appendKey(w.buf, out.Key, n == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Cursor():
			w.buf = text.AppendJSON(w.buf, cursor(i))
		default:
			if !w.node(out.Record, out.Hit, row) {
				return false
			}
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

// node writes a record, or what a search found.
func (w *encoder) node(r *compile.Record, hit []compile.HitOut, row *plan.Row) bool {
	if hit != nil {
		return w.hit(hit, row)
	}
	return w.row(r, row)
}

// pageInfo says what lies around the page. Reading forward, something lies before
// it when the client came from there: the cursor it gave is of a row it has seen.
func (w *encoder) pageInfo(outs []compile.PageInfoOut, p page) {
	w.buf = append(w.buf, '{')
	for i, out := range outs {
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch out.Name {
		case "__typename":
			w.buf = text.AppendJSON(w.buf, "PageInfo")
		case "hasNextPage":
			w.buf = strconv.AppendBool(w.buf, (!p.paging.FromEnd && p.more) || (p.paging.FromEnd && p.paging.Before != nil))
		case "hasPreviousPage":
			w.buf = strconv.AppendBool(w.buf, (p.paging.FromEnd && p.more) || (!p.paging.FromEnd && p.paging.After != nil))
		case "startCursor":
			w.cursorOrNull(p, 0)
		case "endCursor":
			w.cursorOrNull(p, p.rows-1)
		}
	}
	w.buf = append(w.buf, '}')
}

func (w *encoder) cursorOrNull(p page, i int) {
	if p.rows == 0 {
		w.buf = append(w.buf, "null"...)
		return
	}
	w.buf = text.AppendJSON(w.buf, p.cursor(i))
}
