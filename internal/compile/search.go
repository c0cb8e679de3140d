package compile

import (
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// HitOut is one response key of what a search found.
type HitOut struct {
	Key      string
	Typename string
	// Record of the node, or
	Record *Record
	// Highlights, or else the score, which is in Cell.
	Highlights *Highlights
	Cell       int
}

// Highlights is how the places are written where words were found.
type Highlights struct {
	Query *search.Query
	// Cells of the fields of Type.Texts, by the type of the record.
	Cells map[*schema.Type][]int
	Parts []HighlightOut
}

// HighlightOut is one response key of a highlight; Name is its field.
type HighlightOut struct {
	Key, Name string
	// Ranges of the field ranges.
	Ranges []RangeOut
}

// RangeOut is one response key of a range; Name is its field.
type RangeOut struct{ Key, Name string }

// match makes the text that is searched for a condition; nil when there is none.
func (c *compiler) match(s string) (*plan.Match, *failure) {
	query, err := search.Parse(s)
	if err != nil {
		return nil, newFailure(fault.CodeOf(err), "%s", fault.Message(err))
	}
	return &plan.Match{Query: c.param(query)}, nil
}

// searched narrows a read to what the argument search finds, and lets what fits
// best come first unless another order is asked.
func (c *compiler) searched(args input, read *plan.Read) *failure {
	s, given := args["search"].(string)
	if !given {
		return nil
	}
	m, err := c.match(s)
	if err != nil {
		return err.argument("search")
	}
	and := plan.And{Exprs: []plan.Expr{*m}}
	if read.Where != nil {
		and.Exprs = append(and.Exprs, read.Where)
	}
	read.Where = and
	if asked, _ := args["orderBy"].([]any); len(asked) == 0 {
		read.Order = append([]plan.Term{byScore(m)}, read.Order...)
	}
	return nil
}

func byScore(m *plan.Match) plan.Term { return plan.Term{Score: m, Descending: true} }

// scoredText is the text by whose score an order goes, empty for another order.
func (c *compiler) scoredText(order []plan.Term) string {
	for _, t := range order {
		if t.Score != nil {
			return c.plan.Params[t.Score.Query].(*search.Query).Text
		}
	}
	return ""
}

// search compiles the root field that searches over several types.
func (c *compiler) search(out *Field, f *collected) *failure {
	args, err := c.arguments(f.Field)
	if err != nil {
		return err
	}
	m, err := c.match(args["text"].(string))
	if err != nil {
		return err.argument("text")
	}
	from := plan.FromSearched{Type: c.Catalog.Searched, Names: plan.NoParam}
	if names, given := args["types"].([]any); given {
		if len(names) > len(c.Catalog.Types) {
			return newFailure(fault.LimitExceeded, "%d types are more than the %d there are; name each once", len(names), len(c.Catalog.Types)).argument("types")
		}
		from.Names = c.param(c.concrete(names))
	}
	read := &plan.Read{
		From: from, Guard: c.plan.Guard, Where: *m,
		Order: []plan.Term{byScore(m), {Type: true}, {Field: from.Type.Field("key")}},
	}
	conn := &Connection{Digest: orderDigest(schema.SearchHit, read.Order, c.scoredText(read.Order))}
	conn.Paging, err = c.paging(args, conn.Digest, len(read.Order), func(i int, v any) bool { return fits(v, read.Order[i]) })
	if err != nil {
		return err
	}
	read.Page = c.page(conn.Paging)
	out.Set, out.Connection = c.addRoot(read), conn
	return (&hits{columns: c.columns(read), match: m}).parts(conn, f.below())
}

// concrete are the names of the types of records behind names of types.
func (c *compiler) concrete(names []any) []any {
	out, seen := []any{}, map[string]bool{}
	for _, name := range names {
		for _, t := range c.Catalog.Type(name.(string)).Concrete {
			if !seen[t.Name] {
				seen[t.Name] = true
				out = append(out, t.Name)
			}
		}
	}
	return out
}

// hits collects the columns of what a search found.
type hits struct {
	*columns
	match *plan.Match
}

func (h *hits) parts(conn *Connection, s selection) *failure {
	fields, err := h.collect(s, schema.ConnectionName(schema.SearchHit))
	if err != nil {
		return err
	}
	for _, f := range fields {
		out := ConnectionOut{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Part, out.Typename = TypenamePart, schema.ConnectionName(schema.SearchHit)
		case "totalCount":
			out.Part, h.read.Count = TotalCount, true
		case "nodes":
			h.read.Rows, out.Part = true, NodesPart
			out.Hit, err = h.hit(f.below())
		case "edges":
			h.read.Rows, out.Part = true, EdgesPart
			out.Edge, err = h.edges(f.below())
		case "pageInfo":
			h.read.Rows, out.Part = true, PageInfoPart
			out.PageInfo, err = h.pageInfo(f.below())
		}
		if err != nil {
			return err.in(f.Alias)
		}
		conn.Parts = append(conn.Parts, out)
	}
	conn.Cells = h.cursorCells(h.Catalog.Searched)
	return nil
}

func (h *hits) edges(s selection) ([]EdgeOut, *failure) {
	fields, err := h.collect(s, schema.SearchHit+"Edge")
	if err != nil {
		return nil, err
	}
	outs := make([]EdgeOut, 0, len(fields))
	for _, f := range fields {
		out := EdgeOut{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Typename = schema.SearchHit + "Edge"
		case "node":
			if out.Hit, err = h.hit(f.below()); err != nil {
				return nil, err.in(f.Alias)
			}
		}
		outs = append(outs, out)
	}
	return outs, nil
}

func (h *hits) hit(s selection) ([]HitOut, *failure) {
	fields, err := h.collect(s, schema.SearchHit)
	if err != nil {
		return nil, err
	}
	outs := make([]HitOut, 0, len(fields))
	for _, f := range fields {
		out := HitOut{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Typename = schema.SearchHit
		case "score":
			out.Cell = h.add(plan.Column{Score: h.match})
		case "node":
			out.Record, err = h.record(f.below(), h.Catalog.Searched)
		case "highlights":
			out.Highlights, err = h.highlights(f.below())
		}
		if err != nil {
			return nil, err.in(f.Alias)
		}
		outs = append(outs, out)
	}
	return outs, nil
}

// highlights reads the fields in which words were searched for. They come with the
// record that the guard has let through, so nothing else can be shown.
func (h *hits) highlights(s selection) (*Highlights, *failure) {
	out := &Highlights{
		Query: h.plan.Params[h.match.Query].(*search.Query),
		Cells: map[*schema.Type][]int{},
	}
	for _, t := range h.Catalog.Searched.Concrete {
		for _, text := range t.Texts {
			out.Cells[t] = append(out.Cells[t], h.field(text.Field, h.Catalog.Searched, t))
		}
	}
	fields, err := h.collect(s, "SearchHighlight")
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		part := HighlightOut{Key: f.Alias, Name: f.Name}
		if f.Name == "ranges" {
			ranges, err := h.collect(f.below(), "SearchRange")
			if err != nil {
				return nil, err.in(f.Alias)
			}
			for _, r := range ranges {
				part.Ranges = append(part.Ranges, RangeOut{Key: r.Alias, Name: r.Name})
			}
		}
		out.Parts = append(out.Parts, part)
	}
	return out, nil
}
