package plan

import (
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// Match is the condition that a text finds the record (package search). How well
// it fits is a Column, or a Term of an order.
type Match struct {
	// Query is a param of type *search.Query.
	Query Param
}

// FromSearched is every record of some of the types in which words are searched
// for.
type FromSearched struct {
	// Type is Catalog.Searched.
	Type *schema.Type
	// Names is a param of type []any: the names of the types; NoParam for all.
	Names Param
}

func (Match) expr()        {}
func (FromSearched) from() {}

// match refuses a match with something that is no query.
func (c *checker) match(m *Match) {
	c.param(m.Query)
	if m.Query < 0 || int(m.Query) >= len(c.plan.Params) {
		c.fail("a match with nothing")
		return
	}
	if _, ok := c.plan.Params[m.Query].(*search.Query); !ok {
		c.fail("a match with %T", c.plan.Params[m.Query])
	}
}

// scores refuses scores of what was not searched for in the read.
func (c *checker) scores(r *Read) {
	score := func(m *Match) {
		if m == nil {
			return
		}
		if c.match(m); !asks(r.Where, *m) {
			c.fail("a score of what is not searched for")
		}
	}
	for _, t := range r.Order {
		score(t.Score)
	}
	for _, col := range r.Columns {
		score(col.Score)
	}
}

// asks reports whether a filter lets through only what matches.
func asks(e Expr, m Match) bool {
	switch e := e.(type) {
	case Match:
		return e == m
	case And:
		for _, x := range e.Exprs {
			if asks(x, m) {
				return true
			}
		}
	}
	return false
}
