package question

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// mostCells is how many cells a table of coverage may have. They are counted by
// what the viewer may see.
const mostCells = 100_000

// table is a coverage that is asked for.
type table struct {
	catalog *schema.Catalog
	call    Call
	subject subject
	// of and by are the words that were asked for.
	of string
	by []string
	// plan counts the subject, then reads each dimension that is of records.
	plan *plan.Plan
	axes []axis
}

// axis is a dimension of a table.
type axis struct {
	dimension dimension
	word      string
	// root of the plan that reads its records; 0 for words of an enum.
	root   int
	places []axisPlace
}

// axisPlace is a value of a dimension, with what it is ordered by.
type axisPlace struct {
	value string
	order []any
	id    record.ID
}

// coverage answers the field of that name: how many there are in every cell of a
// table, the empty ones too.
func (a *Asker) coverage(ctx context.Context, c Call) (any, error) {
	t := &table{catalog: a.config.Catalog, call: c, plan: &plan.Plan{Guard: c.Guard}}
	if err := t.resolve(); err != nil {
		return nil, err
	}
	answer, err := c.View.Run(ctx, t.plan)
	if err != nil {
		return nil, err
	}
	cells := 1
	for i := range t.axes {
		t.axes[i].fill(answer)
		cells *= len(t.axes[i].places)
	}
	if cells > mostCells {
		return nil, fault.New(fault.LimitExceeded,
			"by: the table has %d cells, the limit is %d; ask by one dimension, or leave out some of its values with a filter", cells, mostCells)
	}
	return t.page(counted(answer.Sets[0]))
}

// resolve checks the arguments and makes the plan.
func (t *table) resolve() error {
	t.of, _ = t.call.Args["of"].(string)
	t.subject = subjects[t.of]
	words, _ := t.call.Args["by"].([]any)
	for _, word := range words {
		t.by = append(t.by, word.(string))
	}
	if len(t.by) == 0 || len(t.by) > 2 || len(t.by) == 2 && t.by[0] == t.by[1] {
		return fault.New(fault.BadInput, "by: a table has one or two dimensions; right is [%s]", t.subject.words()[0])
	}
	if err := t.cursors(); err != nil {
		return err
	}
	typ := t.catalog.Type(t.subject.typ)
	count := &plan.Read{From: plan.FromType{Type: typ}, Guard: t.call.Guard, Page: plan.Page{Limit: plan.NoParam}}
	count.Where = t.filter(typ)
	count.Groupings = []plan.Grouping{{Limit: plan.NoParam}}
	t.plan.Roots = append(t.plan.Roots, count)
	for _, word := range t.by {
		d, has := t.subject.dimensions[word]
		if !has {
			return fault.New(fault.BadInput, "by: %s have no %s; right is one of %s", t.of, word, strings.Join(t.subject.words(), ", "))
		}
		t.axes = append(t.axes, t.axis(word, d))
		count.Groupings[0].By = append(count.Groupings[0].By, d.key(typ, t.call.Guard))
	}
	return t.unusedFilters()
}

// cursors are refused when they are of another table.
func (t *table) cursors() error {
	for _, cursor := range [][]any{t.call.Paging.After, t.call.Paging.Before} {
		if cursor != nil && (len(cursor) == 0 || cursor[0] != t.name()) {
			return fault.New(fault.BadCursor, "this is no cursor of this table; start again without it")
		}
	}
	return nil
}

func (t *table) name() string { return t.of + " " + strings.Join(t.by, " ") }

// unusedFilters refuses a filter on something that is not in the table.
func (t *table) unusedFilters() error {
	for _, name := range slices.Sorted(maps.Keys(t.call.Where)) {
		word := strings.ToUpper(name)
		if word != t.of && !slices.Contains(t.by, word) {
			return fault.New(fault.BadInput, "%s: the table is of %s by %s; right is a filter on one of these", name, t.of, strings.Join(t.by, " and "))
		}
	}
	return nil
}

// filter of the records of a type, by the keys that the argument named like it
// matched; nil when it was not given.
func (t *table) filter(typ *schema.Type) plan.Expr {
	keys, given := t.call.Where[typ.Plural]
	if !given {
		return nil
	}
	t.plan.Params = append(t.plan.Params, anys(keys))
	return plan.Compare{Field: typ.Field("key"), Op: plan.In, Param: plan.Param(len(t.plan.Params) - 1)}
}

// axis adds what a dimension needs to the plan.
func (t *table) axis(word string, d dimension) axis {
	out := axis{dimension: d, word: word}
	if d.typ == "" {
		for i, v := range t.catalog.Type(t.subject.typ).Field(d.field).Enum.Values {
			out.places = append(out.places, axisPlace{value: v, order: []any{int64(i)}})
		}
		return out
	}
	typ := t.catalog.Type(d.typ)
	t.plan.Params = append(t.plan.Params, int64(mostCells+1))
	read := &plan.Read{
		From: plan.FromType{Type: typ}, Guard: t.call.Guard, Rows: true,
		Page: plan.Page{Limit: plan.Param(len(t.plan.Params) - 1)}, Where: t.filter(typ),
	}
	for _, name := range d.order {
		read.Order = append(read.Order, plan.Term{Field: typ.Field(name)})
		read.Columns = append(read.Columns, plan.Column{Field: typ.Field(name)})
	}
	out.root = len(t.plan.Roots)
	t.plan.Roots = append(t.plan.Roots, read)
	return out
}

// fill gives a dimension of records its places: each key once.
func (x *axis) fill(answer *plan.Answer) {
	if x.root == 0 {
		return
	}
	for _, row := range answer.Sets[x.root].Rows {
		key := row.Cells[len(row.Cells)-1].(string)
		if n := len(x.places); n > 0 && x.places[n-1].value == key {
			continue
		}
		x.places = append(x.places, axisPlace{value: key, order: row.Cells, id: record.ID{Type: row.Type.Name, Key: key}})
	}
}

// counted are the counts of the cells that are not empty.
func counted(set *plan.Set) map[[2]any]int64 {
	out := make(map[[2]any]int64, len(set.Groups[0]))
	for _, g := range set.Groups[0] {
		var at [2]any
		copy(at[:], g.Keys)
		out[at] += g.Count
	}
	return out
}

// page goes over all cells, row by row, and cuts the page.
func (t *table) page(counts map[[2]any]int64) (*Page, error) {
	empty, only := t.call.Args["empty"].(bool)
	var items []Item
	add := func(places ...*axisPlace) {
		var at [2]any
		for i, p := range places {
			at[i] = p.value
		}
		count := counts[at]
		if only && empty != (count == 0) {
			return
		}
		place := []any{t.name()}
		for _, p := range places {
			place = append(place, p.order...)
		}
		items = append(items, Item{Place: place, make: func() Result { return t.cell(places, count) }})
	}
	first := t.axes[0].places
	for i := range first {
		if len(t.axes) == 1 {
			add(&first[i])
			continue
		}
		for j := range t.axes[1].places {
			add(&first[i], &t.axes[1].places[j])
		}
	}
	return cut(items, t.call.Paging)
}

func (t *table) cell(places []*axisPlace, count int64) Result {
	values := make([]any, 0, len(places))
	for i, p := range places {
		v := Result{"dimension": t.axes[i].word, "value": p.value}
		if t.axes[i].dimension.typ != "" {
			v[t.axes[i].dimension.member] = p.id
		}
		values = append(values, v)
	}
	return Result{"values": values, "count": count}
}
