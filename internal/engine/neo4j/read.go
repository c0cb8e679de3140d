package neo4j

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// setForm is how the answer to a read lies in what Neo4j returns: a number of rows,
// rows as lists, groups; in a list where it is more than one of these.
type setForm struct {
	count, rows bool
	groups      []*groupForm
	// ahead is what Neo4j has to work out before it returns a row, by name: it does
	// not take an aggregation that depends on the row within a larger expression.
	ahead   []string
	limit   plan.Param
	fromEnd bool
	// typ of the rows, nil when they begin with the name of theirs.
	typ   *schema.Type
	types map[string]*schema.Type
	// ids, when they are asked for: rows have their key in cell keyAt.
	ids   plan.Param
	keyAt int
	cells []cellForm
}

// cellForm is how a cell of a row comes about: a nested set, a field from its
// columns, or a number.
type cellForm struct {
	on    []*schema.Type
	field *schema.Field
	set   *setForm
	at    []int
}

// set is the expression that answers a read. depth is how far it is indented.
func (b *builder) set(r *plan.Read, outer string, depth int) (string, *setForm) {
	form := &setForm{count: r.Count, rows: r.Rows, limit: r.Page.Limit, fromEnd: r.Page.FromEnd, ids: plan.NoParam}
	if from, ok := r.From.(plan.FromIDs); ok {
		// What was asked for, how often and in which order is sorted out in Go.
		form.ids = from.IDs
		if len(r.Order) > 0 {
			b.fail("an order of records that are asked for by id")
		}
		return b.rows(r, outer, depth, form), form
	}
	var parts []string
	if r.Count {
		parts = append(parts, b.count(r, outer))
	}
	if r.Rows {
		parts = append(parts, b.rows(r, outer, depth, form))
	}
	for i := range r.Groupings {
		text, groups := b.groups(r, &r.Groupings[i], outer, depth)
		parts, form.groups = append(parts, text), append(form.groups, groups)
	}
	switch len(parts) {
	case 0:
		return "null", form
	case 1:
		return parts[0], form
	default:
		return "[" + strings.Join(parts, ", ") + "]", form
	}
}

// divides reports whether there are groups in the set or anywhere below it.
func (f *setForm) divides() bool {
	if len(f.groups) > 0 {
		return true
	}
	return slices.ContainsFunc(f.cells, func(c cellForm) bool { return c.set != nil && c.set.divides() })
}

// parts is how many things the answer is.
func (f *setForm) parts() int {
	n := len(f.groups)
	if f.count {
		n++
	}
	if f.rows {
		n++
	}
	return n
}

// count is how many there are before paging.
func (b *builder) count(r *plan.Read, outer string) string {
	p := b.from(r.From, outer)
	b.restrict(&p, r.Where)
	return "COUNT " + p.found()
}

// rows is the page of a read: what is found, what of it is wanted, in which order
// and how much, and only then what is told of each.
func (b *builder) rows(r *plan.Read, outer string, depth int, form *setForm) string {
	p := b.from(r.From, outer)
	b.late = scored(r.Order)
	b.restrict(&p, r.Where)
	keys, counted := b.keys(r.Order, p.node)
	cursors := b.cursors(r, keys)
	if b.late != nil {
		cursors = append(b.found(keys), cursors...)
		b.late = nil
	}
	if len(counted) == 0 {
		p.conditions, cursors = append(p.conditions, cursors...), nil
	}
	if _, scan := r.From.(plan.FromType); scan && form.limit != plan.NoParam && !givesKey(r.Where) {
		p.conditions = append(p.conditions, indexed(keys)...)
	}
	line := "\n" + strings.Repeat("  ", depth)
	text := p.text(line)
	if p.repeats {
		text += line + "WITH DISTINCT " + p.node
	}
	if len(counted) > 0 {
		text += line + "WITH " + p.node + ", " + strings.Join(counted, ", ")
		if len(cursors) > 0 {
			text += line + "WHERE " + strings.Join(cursors, " AND ")
		}
	}
	if page := b.page(r, keys, form); page != "" {
		text += line + "WITH " + p.node + countNames(keys) + page
	}
	row := b.row(r.Columns, p, depth+1, form)
	return "COLLECT {" + text + form.workedOut(line, p.node) + line + "RETURN [" + row + "]" + line[:len(line)-2] + "}"
}

// workedOut is the clause for what is worked out ahead; carry are the names that
// are needed after it.
func (f *setForm) workedOut(line string, carry ...string) string {
	if len(f.ahead) == 0 {
		return ""
	}
	return line + "WITH " + strings.Join(append(carry, f.ahead...), ", ")
}

// page is the order and the limit.
func (b *builder) page(r *plan.Read, keys []key, form *setForm) string {
	text := ""
	if len(keys) > 0 {
		text = " ORDER BY " + orderBy(keys, r.Page.FromEnd)
	}
	if form.limit != plan.NoParam && form.ids == plan.NoParam {
		text += " LIMIT " + b.arg(form.limit, limitForm, nil, nil)
	}
	return text
}

// row is the list of what is told of a record, each thing once.
func (b *builder) row(asked []plan.Column, p pattern, depth int, form *setForm) string {
	var cells []string
	add := func(cell string) int {
		if at := slices.Index(cells, cell); at >= 0 {
			return at
		}
		cells = append(cells, cell)
		return len(cells) - 1
	}
	if form.of(p.typ); form.typ == nil {
		add(property(p.node, propType))
	}
	if form.ids != plan.NoParam {
		form.keyAt = add(property(p.node, "key"))
	}
	for _, col := range asked {
		cell := cellForm{on: col.On, field: col.Field}
		switch {
		case col.Field != nil:
			for _, name := range columns(col.Field) {
				cell.at = append(cell.at, add(property(p.node, name)))
			}
		case col.LinkCount != nil:
			cell.at = []int{add(b.only(col.On, p.node, b.linkCount(col.LinkCount, p.node)))}
		case col.Score != nil:
			cell.at = []int{add(scoreIn(b.match(*col.Score, p.node)))}
		default:
			var text string
			text, cell.set = b.nested(col, p, depth, form)
			cell.at = []int{add(text)}
		}
		form.cells = append(form.cells, cell)
	}
	return strings.Join(cells, ", ")
}

// of says of which types the rows are.
func (f *setForm) of(t *schema.Type) {
	if len(t.Concrete) == 1 && !t.Interface {
		f.typ = t
		return
	}
	f.types = map[string]*schema.Type{}
	for _, c := range t.Concrete {
		f.types[c.Name] = c
	}
}

// nested is the cell of a read below a row.
func (b *builder) nested(col plan.Column, p pattern, depth int, form *setForm) (string, *setForm) {
	text, set := b.set(col.Read, p.node, depth)
	text = b.only(col.On, p.node, text)
	if !set.divides() {
		return text, set
	}
	name := b.name("g")
	form.ahead = append(form.ahead, text+" AS "+name)
	return name, set
}

// only spares Neo4j what is not asked of every type.
func (b *builder) only(on []*schema.Type, variable, text string) string {
	if on == nil {
		return text
	}
	return "CASE WHEN " + ofType(on, variable) + " THEN " + text + " END"
}
