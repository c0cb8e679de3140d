package embedded

import (
	"errors"
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// reader is a plan.Read made ready for a walk. It is used again for every row
// around it, so what it needs while it picks is allocated once.
type reader struct {
	*walk
	read *plan.Read
	from source
	// kinds that the records may have, by number.
	kinds []bool
	// slots of the link the read goes along, by kind of the row around it.
	slots []int
	where predicate
	order []term
	// keyOrder: the order is that of keys alone, in which records are found anyway.
	keyOrder, descending bool
	// natural: there is no order, records stay as they are found.
	natural bool
	// limit of the page; -1 for none.
	limit         int
	after, before []any
	columns       []column
	groupers      []*grouper

	// picked are the records of the page while a set is made.
	picked []*node
	// best are those of an order that has to be sorted for.
	best []candidate
}

type source int

const (
	fromType source = iota
	fromIDs
	fromLink
	fromLevel
)

func (w *walk) reader(read *plan.Read) (*reader, error) {
	r := &reader{walk: w, read: read, limit: -1}
	if err := r.resolveFrom(); err != nil {
		return nil, err
	}
	var err error
	if read.Where != nil {
		if r.where, err = w.predicate(read.Where); err != nil {
			return nil, err
		}
	}
	if err := r.resolveOrder(); err != nil {
		return nil, err
	}
	if read.Page.Limit != plan.NoParam {
		n, ok := w.params[read.Page.Limit].(int64)
		if !ok || n < 0 {
			return nil, fmt.Errorf("BUG: a limit of %v", w.params[read.Page.Limit])
		}
		r.limit = int(n)
	}
	r.after, r.before = w.values(read.Page.After), w.values(read.Page.Before)
	for i := range read.Groupings {
		g, err := w.grouper(&read.Groupings[i])
		if err != nil {
			return nil, err
		}
		r.groupers = append(r.groupers, g)
	}
	if read.Rows {
		r.columns, err = w.resolveColumns(read.Columns)
	}
	return r, err
}

func (r *reader) resolveFrom() error {
	switch from := r.read.From.(type) {
	case plan.FromType:
		r.from, r.kinds = fromType, r.model.is(from.Type)
	case plan.FromSearched:
		r.from, r.kinds = fromType, r.model.is(from.Type)
		r.narrow(from.Names)
	case plan.FromIDs:
		r.from, r.kinds = fromIDs, r.model.is(from.Type)
	case plan.FromLink:
		r.from, r.slots = fromLink, r.slotsOf(from.Link)
	case plan.FromLevel:
		r.from = fromLevel
	default:
		return fmt.Errorf("BUG: a read from %T", from)
	}
	return nil
}

// narrow the kinds to those that a param names.
func (r *reader) narrow(names plan.Param) {
	if names == plan.NoParam {
		return
	}
	list, _ := r.params[names].([]any)
	for i, k := range r.model.kinds {
		r.kinds[i] = r.kinds[i] && slices.Contains(list, any(k.Name))
	}
}

// slotsOf a link, by number of kind; -1 where records have none such.
func (w *walk) slotsOf(l *schema.Link) []int {
	out := make([]int, len(w.model.kinds))
	for i, k := range w.model.kinds {
		out[i] = k.slot(l)
	}
	return out
}

// values of params; nil for no params.
func (w *walk) values(params []plan.Param) []any {
	if params == nil {
		return nil
	}
	out := make([]any, len(params))
	for i, p := range params {
		if p != plan.NoParam {
			out[i] = w.params[p]
		}
	}
	return out
}

// column is a plan.Column made ready. At most one of field, slots and read counts.
type column struct {
	// on is the kinds it applies to; nil for all.
	on []bool
	// score of a match.
	score *matcher
	// get, where a value is not simply one of the record's.
	get   func(*node) any
	field int
	slots []int
	read  *reader
}

func (w *walk) resolveColumns(columns []plan.Column) ([]column, error) {
	out := make([]column, len(columns))
	for i, c := range columns {
		if c.On != nil {
			out[i].on = make([]bool, len(w.model.kinds))
			for _, t := range c.On {
				out[i].on[w.model.byName[t.Name].number] = true
			}
		}
		switch {
		case c.Field != nil:
			out[i].field, out[i].get = c.Field.Index, w.computed(c.Field)
		case c.LinkCount != nil:
			out[i].slots = w.slotsOf(c.LinkCount)
		case c.Score != nil:
			m, err := w.matcher(*c.Score)
			if err != nil {
				return nil, err
			}
			out[i].score = m
		case c.Read != nil:
			nested, err := w.reader(c.Read)
			if err != nil {
				return nil, err
			}
			out[i].read = nested
		default:
			return nil, errors.New("BUG: a column of nothing")
		}
	}
	return out, nil
}

// computed gets fields that are read off the class; nil for all others.
func (w *walk) computed(f *schema.Field) func(*node) any {
	switch f.System {
	case schema.Conditions:
		return func(n *node) any { return w.facts(n.class).conditions }
	case schema.Audience:
		return func(n *node) any { return w.facts(n.class).audience }
	}
	return nil
}

// getter of a field.
func (w *walk) getter(f *schema.Field) func(*node) any {
	if get := w.computed(f); get != nil {
		return get
	}
	index := f.Index
	return func(n *node) any {
		// A field of one type, asked of records of another, has no value.
		if index >= n.fields() {
			return nil
		}
		return n.of(index)
	}
}

// rowOf is the asked cells of a record.
func (w *walk) rowOf(columns []column, n *node) plan.Row {
	cells := w.cells.take(len(columns))
	for i := range columns {
		c := &columns[i]
		switch {
		case c.on != nil && !c.on[n.kind.number]:
		case c.read != nil:
			cells[i] = c.read.set(n)
		case c.slots != nil:
			cells[i] = w.count(n, c.slots)
		case c.score != nil:
			cells[i] = c.score.scoreOf(n)
		case c.get != nil:
			cells[i] = c.get(n)
		case c.field < n.fields():
			cells[i] = n.of(c.field)
		}
	}
	return plan.Row{Type: n.kind.Type, Cells: cells}
}

// count is how many visible records the link in slots leads to from n.
func (w *walk) count(n *node, slots []int) int64 {
	slot, total := slots[n.kind.number], int64(0)
	for i := 0; ; i++ {
		run, more := n.adj.run(slot, i)
		if !more {
			return total
		}
		for _, e := range run {
			if !w.step() {
				return total
			}
			if w.open[e.class] && w.open[w.node(e.other).class] {
				total++
			}
		}
	}
}
