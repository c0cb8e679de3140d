package neo4j

import (
	"errors"
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// decoder turns what Neo4j returned into the answer to a plan.
type decoder struct {
	plan  *plan.Plan
	guard *guarded
}

func (d *decoder) set(form *setForm, v any) (*plan.Set, error) {
	out := &plan.Set{}
	if form.ids != plan.NoParam {
		return out, d.byIDs(form, v, out)
	}
	parts := []any{v}
	if form.parts() != 1 {
		// Nothing at all is asked where every part of a connection is skipped.
		if parts, _ = v.([]any); len(parts) != form.parts() {
			return nil, fmt.Errorf("BUG: %T where %d parts should be", v, form.parts())
		}
	}
	next := func() any {
		part := parts[0]
		parts = parts[1:]
		return part
	}
	if form.count {
		total, ok := next().(int64)
		if !ok {
			return nil, errors.New("BUG: no number where one should be")
		}
		out.Total = int(total)
	}
	if form.rows {
		if err := d.rows(form, next(), out); err != nil {
			return nil, err
		}
	}
	for _, g := range form.groups {
		groups, err := d.groups(g, next())
		if err != nil {
			return nil, err
		}
		out.Groups = append(out.Groups, groups)
	}
	return out, nil
}

func (d *decoder) rows(form *setForm, v any, out *plan.Set) error {
	rows, ok := v.([]any)
	if !ok {
		return fmt.Errorf("BUG: %T where rows should be", v)
	}
	if form.limit != plan.NoParam {
		if limit := int(d.plan.Params[form.limit].(int64)); len(rows) > limit {
			out.More, rows = true, rows[:limit]
		}
	}
	out.Rows = make([]plan.Row, len(rows))
	for i := range rows {
		row, err := d.row(form, rows[i])
		if err != nil {
			return err
		}
		if form.fromEnd {
			i = len(rows) - 1 - i
		}
		out.Rows[i] = row
	}
	return nil
}

// byIDs puts the rows in the order asked, as often as asked.
func (d *decoder) byIDs(form *setForm, v any, out *plan.Set) error {
	rows, ok := v.([]any)
	if !ok {
		return fmt.Errorf("BUG: %T where rows should be", v)
	}
	found := make(map[record.ID]plan.Row, len(rows))
	for _, cells := range rows {
		row, err := d.row(form, cells)
		if err != nil {
			return err
		}
		name, _ := cells.([]any)[form.keyAt].(string)
		found[record.ID{Type: row.Type.Name, Key: name}] = row
	}
	var asked []plan.Row
	for _, id := range d.plan.Params[form.ids].([]record.ID) {
		if row, there := found[id]; there {
			asked = append(asked, row)
		}
	}
	if form.count {
		out.Total = len(asked)
	}
	if form.rows {
		out.Rows, out.More = d.cut(form, asked)
	}
	return nil
}

// cut takes a page off rows that are in order.
func (d *decoder) cut(form *setForm, rows []plan.Row) (page []plan.Row, more bool) {
	if form.limit == plan.NoParam {
		return rows, false
	}
	limit := int(d.plan.Params[form.limit].(int64))
	if len(rows) <= limit {
		return rows, false
	}
	if form.fromEnd {
		return rows[len(rows)-limit:], true
	}
	return rows[:limit], true
}

func (d *decoder) row(form *setForm, v any) (plan.Row, error) {
	cells, ok := v.([]any)
	if !ok {
		return plan.Row{}, fmt.Errorf("BUG: %T where a row should be", v)
	}
	row := plan.Row{Type: form.typ, Cells: make([]any, len(form.cells))}
	if row.Type == nil {
		name, _ := cells[0].(string)
		if row.Type = form.types[name]; row.Type == nil {
			return row, fmt.Errorf("BUG: a record of the type %q, which the model does not have there", name)
		}
	}
	for i := range form.cells {
		c := &form.cells[i]
		if c.on != nil && !slices.Contains(c.on, row.Type) {
			continue
		}
		var err error
		if row.Cells[i], err = d.cell(c, row.Type, cells); err != nil {
			return row, err
		}
	}
	return row, nil
}

func (d *decoder) cell(c *cellForm, t *schema.Type, cells []any) (any, error) {
	first := cells[c.at[0]]
	switch {
	case c.set != nil:
		return d.set(c.set, first)
	case c.field == nil:
		return first, nil
	}
	switch c.field.System {
	case schema.SysID:
		key, _ := first.(string)
		return record.ID{Type: t.Name, Key: key}.String(), nil
	case schema.Conditions, schema.Audience:
		n, _ := first.(int64)
		return d.guard.ofClass(c.field, access.ClassNumber(n)), nil
	}
	if c.field.Kind != schema.Object {
		return scalar(c.field, first), nil
	}
	columns := make([]any, len(c.at))
	for i, at := range c.at {
		columns[i] = cells[at]
	}
	return value(c.field, columns), nil
}
