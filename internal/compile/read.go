package compile

import (
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// columns collects the columns of one read, each once.
type columns struct {
	*compiler
	read  *plan.Read
	cells map[*schema.Field]int
	reads []*nested
}

// nested is a column that is a read of its own; it serves every concrete type for
// which the same places of the document ask for it.
type nested struct {
	fields []*ast.Field
	key    string
	cell   int
	out    Out
}

func (c *compiler) columns(read *plan.Read) *columns {
	return &columns{compiler: c, read: read, cells: map[*schema.Field]int{}}
}

func (k *columns) add(col plan.Column) int {
	k.read.Columns = append(k.read.Columns, col)
	return len(k.read.Columns) - 1
}

// field is the cell of a value of t; the field of an interface serves all its
// types.
func (k *columns) field(f *schema.Field, t, concrete *schema.Type) int {
	col := plan.Column{Field: f}
	if shared := t.Field(f.Name); shared != nil {
		col.Field = shared
	} else {
		col.On = []*schema.Type{concrete}
	}
	if cell, known := k.cells[col.Field]; known {
		return cell
	}
	k.cells[col.Field] = k.add(col)
	return k.cells[col.Field]
}

// record compiles what is asked of records of t.
func (k *columns) record(s selection, t *schema.Type) (*Record, *failure) {
	r := &Record{}
	if len(t.Concrete) != 1 || t.Interface {
		r.ByType = map[*schema.Type][]Out{}
	}
	for _, concrete := range t.Concrete {
		fields, err := k.collect(s, concrete.Name)
		if err != nil {
			return nil, err
		}
		outs := make([]Out, 0, len(fields))
		for _, f := range fields {
			out, err := k.out(f, t, concrete)
			if err != nil {
				return nil, err.in(f.Alias)
			}
			outs = append(outs, out)
		}
		if r.ByType == nil {
			r.Only = outs
			continue
		}
		r.ByType[concrete] = outs
	}
	k.widen(t)
	return r, nil
}

// widen lifts the restriction of columns that turned out to serve every type.
func (k *columns) widen(t *schema.Type) {
	for i := range k.read.Columns {
		if col := &k.read.Columns[i]; len(col.On) == len(t.Concrete) {
			col.On = nil
		}
	}
}

func (k *columns) out(f *collected, t, concrete *schema.Type) (Out, *failure) {
	if f.Name == "__typename" {
		return Out{Key: f.Alias, Typename: concrete.Name}, nil
	}
	if field := concrete.Field(f.Name); field != nil {
		out := Out{Key: f.Alias, Field: field, Cell: k.field(field, t, concrete)}
		var err *failure
		if field.Kind == schema.Object {
			out.Object, err = k.object(f.below(), field.Object)
		}
		return out, err
	}
	for _, n := range k.reads {
		if n.key == f.Alias && f.same(n.fields) {
			if col := &k.read.Columns[n.cell]; col.On != nil && !slices.Contains(col.On, concrete) {
				col.On = append(col.On, concrete)
			}
			return n.out, nil
		}
	}
	out, err := k.nested(f, t, concrete)
	if err == nil {
		k.reads = append(k.reads, &nested{fields: f.fields, key: f.Alias, cell: out.Cell, out: out})
	}
	return out, err
}

func (k *columns) nested(f *collected, t, concrete *schema.Type) (Out, *failure) {
	on := []*schema.Type{concrete}
	if f.Name == confidentiality {
		level := k.Catalog.Type(levelType)
		read := &plan.Read{From: plan.FromLevel{Type: level}, Guard: k.plan.Guard, Rows: true, Page: everything}
		cell := k.add(plan.Column{On: on, Read: read})
		r, err := k.compiler.columns(read).record(f.below(), level)
		return Out{Key: f.Alias, Cell: cell, Record: r, Required: true}, err
	}
	link := concrete.Link(f.Name)
	if shared := t.Link(f.Name); shared != nil {
		link = shared
	}
	read := &plan.Read{From: plan.FromLink{Link: link}, Guard: k.plan.Guard}
	cell := k.add(plan.Column{On: on, Read: read})
	if !link.Many {
		read.Rows, read.Page = true, everything
		r, err := k.compiler.columns(read).record(f.below(), link.Target)
		return Out{Key: f.Alias, Cell: cell, Record: r, Required: link.Required}, err
	}
	conn, err := k.connection(f, link.Target, read)
	return Out{Key: f.Alias, Cell: cell, Connection: conn}, err
}

// everything is the page of a read that is not paged.
var everything = plan.Page{Limit: plan.NoParam}

// object compiles what is asked of a value object.
func (c *compiler) object(s selection, o *schema.ObjectType) ([]ObjectOut, *failure) {
	fields, err := c.collect(s, o.Name)
	if err != nil {
		return nil, err
	}
	outs := make([]ObjectOut, 0, len(fields))
	for _, f := range fields {
		out := ObjectOut{Key: f.Alias}
		if f.Name == "__typename" {
			out.Typename = o.Name
		} else {
			out.Field = o.Field(f.Name)
			if out.Field.Kind == schema.Object {
				if out.Object, err = c.object(f.below(), out.Field.Object); err != nil {
					return nil, err.in(f.Alias)
				}
			}
		}
		outs = append(outs, out)
	}
	return outs, nil
}

// connection compiles a list of records: it completes read with filter, order and
// page, and says how the set is written.
func (c *compiler) connection(f *collected, t *schema.Type, read *plan.Read) (*Connection, *failure) {
	args, err := c.arguments(f.Field)
	if err != nil {
		return nil, err
	}
	if where, given := args["where"].(input); given {
		if read.Where, err = c.where(where, t); err != nil {
			return nil, err.argument("where")
		}
	}
	if read.Order, err = c.order(args["orderBy"], t); err != nil {
		return nil, err
	}
	if err := c.searched(args, read); err != nil {
		return nil, err
	}
	conn := &Connection{Digest: orderDigest(t.Name, read.Order, c.scoredText(read.Order))}
	conn.Paging, err = c.paging(args, conn.Digest, len(read.Order), func(i int, v any) bool { return fits(v, read.Order[i]) })
	if err != nil {
		return nil, err
	}
	read.Page = c.page(conn.Paging)
	return conn, c.parts(conn, f.below(), t, &dividing{columns: c.columns(read), of: t})
}

func (c *compiler) parts(conn *Connection, s selection, t *schema.Type, cols *dividing) *failure {
	fields, err := c.collect(s, schema.ConnectionName(t.Name))
	if err != nil {
		return err
	}
	cursors := false
	for _, f := range fields {
		out := ConnectionOut{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Part, out.Typename = TypenamePart, schema.ConnectionName(t.Name)
		case "totalCount":
			out.Part, cols.read.Count = TotalCount, true
		case "nodes":
			cols.read.Rows = true
			out.Part = NodesPart
			out.Record, err = cols.record(f.below(), t)
		case "edges":
			cols.read.Rows = true
			out.Part = EdgesPart
			var needs bool
			out.Edge, needs, err = cols.edge(f.below(), t)
			cursors = cursors || needs
		case "pageInfo":
			cols.read.Rows, cursors = true, true
			out.Part = PageInfoPart
			out.PageInfo, err = c.pageInfo(f.below())
		default:
			err = cols.part(&out, f)
		}
		if err != nil {
			return err.in(f.Alias)
		}
		conn.Parts = append(conn.Parts, out)
	}
	if cursors {
		conn.Cells = cols.cursorCells(t)
	}
	return nil
}

// cursorCells adds the values of the order to the row.
func (k *columns) cursorCells(t *schema.Type) []int {
	var cells []int
	for _, term := range k.read.Order {
		switch {
		case term.Field != nil:
			cells = append(cells, k.field(term.Field, t, t))
		case term.Score != nil:
			cells = append(cells, k.add(plan.Column{Score: term.Score}))
		case term.Type:
			cells = append(cells, TypeCell)
		default:
			cells = append(cells, k.add(plan.Column{LinkCount: term.LinkCount}))
		}
	}
	return cells
}

func (k *columns) edge(s selection, t *schema.Type) (outs []EdgeOut, cursor bool, err *failure) {
	fields, err := k.collect(s, t.Name+"Edge")
	if err != nil {
		return nil, false, err
	}
	for _, f := range fields {
		out := EdgeOut{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Typename = t.Name + "Edge"
		case "cursor":
			cursor = true
		case "node":
			if out.Record, err = k.record(f.below(), t); err != nil {
				return nil, false, err.in(f.Alias)
			}
		}
		outs = append(outs, out)
	}
	return outs, cursor, nil
}

func (c *compiler) pageInfo(s selection) ([]PageInfoOut, *failure) {
	fields, err := c.collect(s, "PageInfo")
	if err != nil {
		return nil, err
	}
	outs := make([]PageInfoOut, 0, len(fields))
	for _, f := range fields {
		outs = append(outs, PageInfoOut{Key: f.Alias, Name: f.Name})
	}
	return outs, nil
}
