package enginetest

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// stretch is a page of a list of results: of things that are worked out, not kept.
type stretch struct {
	items []stretchItem
	total int
	// next and previous: more lies that way.
	next, previous bool
}

type stretchItem struct {
	place []any
	write func(sets []ast.SelectionSet)
}

// cut takes the stretch that first, after, last and before ask for.
func (s *stretch) cut(args map[string]any) {
	after, hasAfter := args["after"].(string)
	before, hasBefore := args["before"].(string)
	s.items = slices.DeleteFunc(s.items, func(i stretchItem) bool {
		return (hasAfter && comparePlaces(i.place, cursorValues(after)) <= 0) || (hasBefore && comparePlaces(i.place, cursorValues(before)) >= 0)
	})
	if last, ok := args["last"].(int64); ok {
		s.next = hasBefore
		if n := len(s.items) - int(last); n > 0 {
			s.previous, s.items = true, s.items[n:]
		}
		return
	}
	first, ok := args["first"].(int64)
	if !ok {
		first = 20
	}
	s.previous = hasAfter
	if len(s.items) > int(first) {
		s.next, s.items = true, s.items[:first]
	}
}

// resultCursor is a cursor of a field's list of results.
func resultCursor(field string, place []any) string {
	sum := sha256.Sum256([]byte(field))
	b, err := json.Marshal(append([]any{base64.RawURLEncoding.EncodeToString(sum[:6])}, place...))
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// writeStretch writes a connection of results of a type, which the field returns.
func (r *reading) writeStretch(g *asked, typeName, field string, s *stretch) {
	r.object(g.below(), typeName+"Connection", func(part *asked) {
		switch part.field().Name {
		case "totalCount":
			r.scalar(s.total)
		case "nodes":
			r.each(len(s.items), func(i int) { s.items[i].write(part.below()) })
		case "edges":
			r.each(len(s.items), func(i int) {
				r.object(part.below(), typeName+"Edge", func(edge *asked) {
					if edge.field().Name == "cursor" {
						r.scalar(resultCursor(field, s.items[i].place))
						return
					}
					s.items[i].write(edge.below())
				})
			})
		case "pageInfo":
			r.stretchInfo(part, field, s)
		}
	})
}

func (r *reading) stretchInfo(g *asked, field string, s *stretch) {
	end := func(i int) {
		if len(s.items) == 0 {
			r.scalar(nil)
			return
		}
		r.scalar(resultCursor(field, s.items[i].place))
	}
	r.object(g.below(), "PageInfo", func(part *asked) {
		switch part.field().Name {
		case "hasNextPage":
			r.scalar(s.next)
		case "hasPreviousPage":
			r.scalar(s.previous)
		case "startCursor":
			end(0)
		case "endCursor":
			end(len(s.items) - 1)
		}
	})
}
