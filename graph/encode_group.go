package graph

import (
	"encoding/json"
	"math/big"
	"strconv"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/text"
)

// facets writes how a list divides by each field.
func (w *encoder) facets(outs []compile.FacetOut, set *plan.Set) bool {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		if out.Typename != "" {
			w.buf = text.AppendJSON(w.buf, out.Typename)
			continue
		}
		groups := set.Groups[out.Grouping]
		if !w.list(len(groups), func(i int) bool { return w.facetValue(out.Values, &groups[i]) }) {
			return false
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

func (w *encoder) facetValue(outs []compile.FacetValueOut, g *plan.Group) bool {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Record != nil:
			if !w.row(out.Record, g.Row) {
				return false
			}
		case out.Name == "count":
			w.buf = strconv.AppendInt(w.buf, g.Count, 10)
		default:
			w.buf = appendScalar(w.buf, g.Keys[0])
		}
	}
	w.buf = append(w.buf, '}')
	return true
}

// whole writes the figures of a whole list.
func (w *encoder) whole(a *compile.Aggregate, set *plan.Set) {
	var figures []any
	if a.Grouping >= 0 {
		figures = set.Groups[a.Grouping][0].Figures
	}
	w.aggregate(a.Outs, int64(set.Total), figures)
}

func (w *encoder) aggregate(outs []compile.AggregateOut, count int64, figures []any) {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Count:
			w.buf = strconv.AppendInt(w.buf, count, 10)
		default:
			w.measure(out.Measure, figures)
		}
	}
	w.buf = append(w.buf, '}')
}

func (w *encoder) measure(outs []compile.MeasureOut, figures []any) {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Average:
			w.average(figures[out.Cell].(*big.Int), figures[out.Of].(int64))
		default:
			w.figure(figures[out.Cell])
		}
	}
	w.buf = append(w.buf, '}')
}

func (w *encoder) figure(v any) {
	if sum, ok := v.(*big.Int); ok {
		w.buf = sum.Append(w.buf, 10)
		return
	}
	w.buf = appendScalar(w.buf, v)
}

// average is the exact sum divided once: the double next to it.
func (w *encoder) average(sum *big.Int, values int64) {
	if values == 0 {
		w.buf = append(w.buf, "null"...)
		return
	}
	next, _ := new(big.Rat).SetFrac(sum, big.NewInt(values)).Float64()
	number, err := json.Marshal(next)
	if err != nil {
		panic("BUG: an average of 64-bit numbers is finite: " + err.Error())
	}
	w.buf = append(w.buf, number...)
}

// groups writes the parts of a list that share values.
func (w *encoder) groups(g *compile.Groups, set *plan.Set) bool {
	groups := set.Groups[g.Grouping]
	return w.list(len(groups), func(i int) bool { w.group(g.Outs, &groups[i]); return true })
}

func (w *encoder) group(outs []compile.GroupOut, g *plan.Group) {
	w.buf = append(w.buf, '{')
	for i := range outs {
		out := &outs[i]
		w.buf = appendKey(w.buf, out.Key, i == 0)
		switch {
		case out.Typename != "":
			w.buf = text.AppendJSON(w.buf, out.Typename)
		case out.Count:
			w.buf = strconv.AppendInt(w.buf, g.Count, 10)
		case out.Keys != nil:
			w.groupKeys(out.Keys, g)
		default:
			w.aggregate(out.Aggregate, g.Count, g.Figures)
		}
	}
	w.buf = append(w.buf, '}')
}

func (w *encoder) groupKeys(outs []compile.GroupKeyOut, g *plan.Group) {
	w.buf = append(w.buf, '{')
	for i, out := range outs {
		w.buf = appendKey(w.buf, out.Key, i == 0)
		if out.Typename != "" {
			w.buf = text.AppendJSON(w.buf, out.Typename)
			continue
		}
		w.buf = appendScalar(w.buf, g.Keys[out.At])
	}
	w.buf = append(w.buf, '}')
}
