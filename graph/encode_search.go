package graph

import (
	"strconv"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// hit writes a record that a search found.
func (w *encoder) hit(outs []compile.HitOut, row *plan.Row) bool {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Record != nil:
			if !w.row(out.Record, row) {
				return false
			}
		case out.Highlights != nil:
			w.highlights(out.Highlights, row)
		default:
			w.buf = appendScalar(w.buf, row.Cells[out.Cell])
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

// highlights writes where the words stand in the values of a row.
func (w *encoder) highlights(out *compile.Highlights, row *plan.Row) {
	w.buf = append(w.buf, '[')
	n := 0
	for i := range row.Type.Texts {
		searched := &row.Type.Texts[i]
		search.EachText(searched, row.Cells[out.Cells[row.Type][i]], func(item int, s string) {
			if n == search.MaxHighlights {
				return
			}
			h, found := out.Query.Highlight(s)
			if !found {
				return
			}
			if n > 0 {
				w.buf = append(w.buf, ',')
			}
			n++
			w.highlight(out.Parts, searched, item, &h)
		})
	}
	w.buf = append(w.buf, ']')
}

func (w *encoder) highlight(parts []compile.HighlightOut, searched *schema.SearchedText, item int, h *search.Highlight) {
	w.buf = append(w.buf, '{')
	for i := range parts {
		part := &parts[i]
		w.buf = appendKey(w.buf, part.Key, i == 0)
		switch part.Name {
		case "__typename":
			w.buf = text.AppendJSON(w.buf, "SearchHighlight")
		case "field":
			w.buf = text.AppendJSON(w.buf, searched.Name())
		case "item":
			if item < 0 {
				w.buf = append(w.buf, "null"...)
				continue
			}
			w.buf = strconv.AppendInt(w.buf, int64(item), 10)
		case "text":
			w.buf = text.AppendJSON(w.buf, h.Text)
		case "start":
			w.buf = strconv.AppendInt(w.buf, int64(h.Start), 10)
		case "ranges":
			w.list(len(h.Ranges), func(i int) bool { w.searchRange(part.Ranges, h.Ranges[i]); return true })
		}
	}
	w.buf = append(w.buf, '}')
}

func (w *encoder) searchRange(parts []compile.RangeOut, r search.Range) {
	w.buf = append(w.buf, '{')
	for i, part := range parts {
		w.buf = appendKey(w.buf, part.Key, i == 0)
		switch part.Name {
		case "__typename":
			w.buf = text.AppendJSON(w.buf, "SearchRange")
		case "start":
			w.buf = strconv.AppendInt(w.buf, int64(r.Start), 10)
		case "end":
			w.buf = strconv.AppendInt(w.buf, int64(r.End), 10)
		}
	}
	w.buf = append(w.buf, '}')
}
