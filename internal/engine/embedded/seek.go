package embedded

import (
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// seek looks for a way to the records a filter can have in mind that is shorter
// than a walk over all of them: by key, by id, or backwards along a link whose
// other end can be sought. What it gives is a superset of what passes the filter,
// in no order, perhaps with repetitions; few is false when there is no such way.
func (w *walk) seek(kinds []bool, e plan.Expr) (numbers []number, few bool) {
	switch e := e.(type) {
	case plan.And:
		for _, part := range e.Exprs {
			if found, ok := w.seek(kinds, part); ok && (!few || len(found) < len(numbers)) {
				numbers, few = found, true
			}
		}
		return numbers, few
	case plan.Or:
		for _, part := range e.Exprs {
			found, ok := w.seek(kinds, part)
			if !ok {
				return nil, false
			}
			numbers = append(numbers, found...)
		}
		return numbers, len(e.Exprs) > 0
	case plan.Compare:
		return w.seekValue(kinds, e)
	case plan.Linked:
		return w.seekLinked(kinds, e)
	}
	return nil, false
}

// seekValue seeks by key or id.
func (w *walk) seekValue(kinds []bool, e plan.Compare) ([]number, bool) {
	if e.Fold || (e.Op != plan.Eq && e.Op != plan.In) || (e.Field.System != schema.SysKey && e.Field.System != schema.SysID) {
		return nil, false
	}
	wanted, ok := w.params[e.Param].([]any)
	if !ok {
		wanted = []any{w.params[e.Param]}
	}
	var out []number
	for _, v := range wanted {
		text, _ := v.(string)
		for i, of := range w.populations {
			if !kinds[i] {
				continue
			}
			key := text
			if e.Field.System == schema.SysID {
				var mine bool
				if key, mine = strings.CutPrefix(text, w.model.kinds[i].Name+":"); !mine {
					continue
				}
			}
			if n, there := of.keys.Get(key); there {
				out = append(out, n)
			}
		}
	}
	return out, true
}

// seekLinked seeks the other end and goes back from there, where the link can be
// read from there.
func (w *walk) seekLinked(kinds []bool, e plan.Linked) ([]number, bool) {
	if (e.Quant != plan.Some && e.Quant != plan.Single) || e.Where == nil {
		return nil, false
	}
	targets := w.model.is(e.Link.Target)
	back := make([]int, len(w.model.kinds))
	for i, k := range w.model.kinds {
		slot, kept := k.side(!e.Link.Inverse)[e.Link.Relation]
		if targets[i] && !kept {
			return nil, false
		}
		back[i] = slot
	}
	ends, few := w.seek(targets, e.Where)
	if !few {
		return nil, false
	}
	var out []number
	for _, end := range ends {
		at := w.node(end)
		for i := range at.adj.runs(back[at.kind.number]) {
			run, _ := at.adj.run(back[at.kind.number], i)
			for _, edge := range run {
				if kinds[w.node(edge.other).kind.number] {
					out = append(out, edge.other)
				}
			}
		}
	}
	return out, true
}
