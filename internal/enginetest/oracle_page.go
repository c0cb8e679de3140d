package enginetest

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// page is a stretch of a list.
type page struct {
	typ  *schema.Type
	rows []*entry
	// whole is the rows of all pages.
	whole []*entry
	order []place
	// sought is what a search over several types looked for; nil for other lists.
	sought *sought
	// next and previous: more lies that way.
	next, previous bool
}

// connection writes a page of candidates.
func (r *reading) connection(g *asked, t *schema.Type, candidates []*entry) {
	args := r.arguments(g.field())
	where, _ := args["where"].(map[string]any)
	p := page{typ: t, order: orderOf(args["orderBy"])}
	words, searched := args["search"].(string)
	sought := soughtOf(words)
	if searched && len(listOf(args["orderBy"])) == 0 {
		p.order = append([]place{scorePlace(sought)}, p.order...)
	}
	for _, e := range candidates {
		if r.meets(e, t, where) && (!searched || r.score(e, sought) >= 0) {
			p.rows = append(p.rows, e)
		}
	}
	r.sorted(p.rows, p.order)
	p.whole = slices.Clone(p.rows)
	r.cut(&p, args)
	r.writePage(g, &p)
}

// cut takes the stretch that first, after, last and before ask for.
func (r *reading) cut(p *page, args map[string]any) {
	after, hasAfter := args["after"].(string)
	before, hasBefore := args["before"].(string)
	p.rows = slices.DeleteFunc(p.rows, func(e *entry) bool {
		return (hasAfter && r.compareTo(e, p.order, cursorValues(after)) <= 0) ||
			(hasBefore && r.compareTo(e, p.order, cursorValues(before)) >= 0)
	})
	if last, ok := args["last"].(int64); ok {
		p.next = hasBefore
		if n := len(p.rows) - int(last); n > 0 {
			p.previous, p.rows = true, p.rows[n:]
		}
		return
	}
	first, ok := args["first"].(int64)
	if !ok {
		first = 20
	}
	p.previous = hasAfter
	if len(p.rows) > int(first) {
		p.next, p.rows = true, p.rows[:first]
	}
}

// orderOf reads orderBy and ends it with the key.
func orderOf(value any) []place {
	var out []place
	list, _ := value.([]any)
	for _, item := range list {
		for name, direction := range item.(map[string]any) {
			p := place{name: name}
			if by, isLink := direction.(map[string]any); isLink {
				p.counted, direction = true, by["count"]
			}
			p.down = direction == "DESC"
			out = append(out, p)
			if name == "key" {
				return out
			}
		}
	}
	return append(out, place{name: "key"})
}

func (r *reading) writePage(g *asked, p *page) {
	r.buf.WriteByte('{')
	for i, part := range r.collect(g.below(), p.typ.Name+"Connection") {
		r.key(part.key, i)
		switch part.field().Name {
		case "__typename":
			r.scalar(p.typ.Name + "Connection")
		case "totalCount":
			r.scalar(len(p.whole))
		case "facets":
			r.facets(part, p.typ, p.whole)
		case "aggregate":
			r.aggregate(part, p.typ, p.whole)
		case "groups":
			r.groups(part, p.typ, p.whole)
		case "pageInfo":
			r.pageInfo(part, p)
		case "nodes":
			r.list(p, func(e *entry) { r.node(part, p, e) })
		case "edges":
			r.list(p, func(e *entry) { r.edge(part, p, e) })
		}
	}
	r.buf.WriteByte('}')
}

func (r *reading) list(p *page, write func(*entry)) {
	r.buf.WriteByte('[')
	for i, e := range p.rows {
		r.comma(i)
		write(e)
	}
	r.buf.WriteByte(']')
}

func (r *reading) edge(g *asked, p *page, e *entry) {
	r.buf.WriteByte('{')
	for i, part := range r.collect(g.below(), p.typ.Name+"Edge") {
		r.key(part.key, i)
		switch part.field().Name {
		case "__typename":
			r.scalar(p.typ.Name + "Edge")
		case "cursor":
			r.scalar(r.cursor(p.typ, p.order, e))
		case "node":
			r.node(part, p, e)
		}
	}
	r.buf.WriteByte('}')
}

// node writes an entry of a list, as a hit where a search found it.
func (r *reading) node(g *asked, p *page, e *entry) {
	if p.sought != nil {
		r.hit(g.below(), p.sought, e)
		return
	}
	r.record(g.below(), e)
}

func listOf(v any) []any {
	list, _ := v.([]any)
	return list
}

func (r *reading) pageInfo(g *asked, p *page) {
	r.buf.WriteByte('{')
	for i, part := range r.collect(g.below(), "PageInfo") {
		r.key(part.key, i)
		switch part.field().Name {
		case "__typename":
			r.scalar("PageInfo")
		case "hasNextPage":
			r.scalar(p.next)
		case "hasPreviousPage":
			r.scalar(p.previous)
		case "startCursor":
			r.end(p, 0)
		case "endCursor":
			r.end(p, len(p.rows)-1)
		}
	}
	r.buf.WriteByte('}')
}

func (r *reading) end(p *page, i int) {
	if len(p.rows) == 0 {
		r.scalar(nil)
		return
	}
	r.scalar(r.cursor(p.typ, p.order, p.rows[i]))
}

// cursor of an entry: base64url of a list of the order's digest and the values.
func (s *sight) cursor(t *schema.Type, order []place, e *entry) string {
	values := []any{}
	for _, p := range order {
		values = append(values, s.value(e, p))
	}
	return cursorOf(t, order, values)
}

func cursorOf(t *schema.Type, order []place, values []any) string {
	terms := []string{t.Name}
	for _, p := range order {
		term := p.name
		if p.counted {
			term = "#" + term
		}
		if p.down {
			term += " desc"
		}
		terms = append(terms, term)
	}
	sum := sha256.Sum256([]byte(strings.Join(terms, "|")))
	b, err := json.Marshal(append([]any{base64.RawURLEncoding.EncodeToString(sum[:6])}, values...))
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func cursorValues(cursor string) []any {
	values, ok := decodeCursor(cursor)
	if !ok {
		panic("no cursor: " + cursor)
	}
	return values
}

// decodeCursor gives the values in a cursor.
func decodeCursor(cursor string) (values []any, ok bool) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, false
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	if dec.Decode(&values) != nil || len(values) == 0 {
		return nil, false
	}
	for i, v := range values {
		if n, isNumber := v.(json.Number); isNumber {
			if values[i], err = n.Int64(); err != nil {
				return nil, false
			}
		}
	}
	return values[1:], true
}

// arguments of a field, defaults filled in.
func (r *reading) arguments(f *ast.Field) map[string]any {
	out := map[string]any{}
	for _, def := range f.Definition.Arguments {
		value := def.DefaultValue
		if a := f.Arguments.ForName(def.Name); a != nil {
			value = a.Value
		}
		if value == nil {
			continue
		}
		if v, given := r.literal(value, def.Type); given {
			out[def.Name] = v
		}
	}
	return out
}
