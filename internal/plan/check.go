package plan

import (
	"errors"
	"fmt"
)

// Check refuses a plan that an engine must not run: one with a read that is not
// under the plan's guard, with a param that does not exist, or with an order that
// a page could not be taken from. It is cheap and runs before every Run; what it
// refuses is our own mistake, never a client's.
func Check(p *Plan) error {
	if p.Guard == nil {
		return errors.New("BUG: the plan has no guard")
	}
	c := checker{plan: p}
	for _, r := range p.Roots {
		c.read(r, true)
	}
	return c.err
}

type checker struct {
	plan *Plan
	err  error
}

func (c *checker) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf("BUG: "+format, args...)
	}
}

func (c *checker) guard(g *Guard, what string) {
	if g == nil || g != c.plan.Guard {
		c.fail("%s is not under the plan's guard", what)
	}
}

func (c *checker) param(p Param) {
	if p != NoParam && (p < 0 || int(p) >= len(c.plan.Params)) {
		c.fail("param %d of %d", p, len(c.plan.Params))
	}
}

func (c *checker) read(r *Read, root bool) {
	c.guard(r.Guard, fmt.Sprintf("a read from %T", r.From))
	switch from := r.From.(type) {
	case FromType:
		c.total(r)
	case FromIDs:
		c.param(from.IDs)
	case FromSearched:
		c.param(from.Names)
		c.total(r)
	case FromLink:
		if root {
			c.fail("a link cannot be a root")
		}
		if from.Link.Many {
			c.total(r)
		}
	case FromLevel:
		if root {
			c.fail("a level cannot be a root")
		}
	default:
		c.fail("unknown source %T", r.From)
	}
	c.page(r)
	c.groupings(r)
	c.scores(r)
	if r.Where != nil {
		c.expr(r.Where)
	}
	c.columns(r.Columns)
}

func (c *checker) columns(columns []Column) {
	for _, col := range columns {
		if col.Read != nil {
			c.read(col.Read, false)
		}
	}
}

func (c *checker) total(r *Read) {
	if !r.Rows {
		return
	}
	if len(r.Order) == 0 || r.Order[len(r.Order)-1].Field == nil || r.Order[len(r.Order)-1].Field.Name != "key" {
		c.fail("an order that does not end with the key")
	}
}

func (c *checker) page(r *Read) {
	c.param(r.Page.Limit)
	for _, cursor := range [][]Param{r.Page.After, r.Page.Before} {
		if cursor != nil && len(cursor) != len(r.Order) {
			c.fail("a cursor of %d values for an order of %d terms", len(cursor), len(r.Order))
		}
		for _, p := range cursor {
			c.param(p)
		}
	}
}

func (c *checker) expr(e Expr) {
	switch e := e.(type) {
	case And:
		for _, x := range e.Exprs {
			c.expr(x)
		}
	case Or:
		for _, x := range e.Exprs {
			c.expr(x)
		}
	case Not:
		c.expr(e.Expr)
	case Compare:
		c.param(e.Param)
	case Items:
		for _, t := range e.Tests {
			c.param(t.Param)
		}
	case Objects:
		c.expr(e.Where)
	case Linked:
		c.guard(e.Guard, "a filter over a link")
		if e.Where != nil {
			c.expr(e.Where)
		}
	case LinkCount:
		c.guard(e.Guard, "a count of a link")
		c.param(e.Param)
	case AtLevel:
		c.guard(e.Guard, "a filter on a level")
		c.expr(e.Where)
	case Match:
		c.match(&e)
	case OfType:
	default:
		c.fail("unknown condition %T", e)
	}
}
