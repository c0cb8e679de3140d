package compile

import (
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
)

// Paging is what a connection's arguments ask, checked.
type Paging struct {
	// Limit is the size of the page; -1 for everything.
	Limit int
	// FromEnd: last instead of first.
	FromEnd bool
	// After and Before are the values of the cursors, nil when not given.
	After, Before []any
}

// paging reads first, after, last and before. size is the number of an order's
// terms (-1 when the question decides), valid says which values they may have.
func (c *compiler) paging(args input, digest string, size int, valid func(i int, v any) bool) (Paging, *failure) {
	p := Paging{Limit: c.Limits.PageDefault}
	first, hasFirst := args["first"].(int64)
	last, hasLast := args["last"].(int64)
	switch {
	case hasFirst && hasLast:
		return p, newFailure(fault.BadInput, "first and last together have no meaning; ask first with after, or last with before")
	case hasFirst:
		p.Limit = int(first)
	case hasLast:
		p.Limit, p.FromEnd = int(last), true
	case c.Limits.Unpaged:
		p.Limit = -1
		return p, nil
	}
	name := "first"
	if p.FromEnd {
		name = "last"
	}
	if p.Limit < 0 {
		return p, newFailure(fault.BadInput, "%d is no size of a page; right is 0 to %d", p.Limit, c.Limits.Page).argument(name)
	}
	if p.Limit > c.Limits.Page {
		err := newFailure(fault.LimitExceeded, "%d is more than the %d a page may have; ask for less and go on with endCursor", p.Limit, c.Limits.Page)
		return p, err.argument(name)
	}
	var err *failure
	if p.After, err = cursorArgument(args, "after", digest, size, valid); err != nil {
		return p, err
	}
	p.Before, err = cursorArgument(args, "before", digest, size, valid)
	return p, err
}

func cursorArgument(args input, name, digest string, size int, valid func(i int, v any) bool) ([]any, *failure) {
	cursor, given := args[name].(string)
	if !given {
		return nil, nil
	}
	values, ok := DecodeCursor(cursor, digest, size)
	for i := 0; ok && i < size; i++ {
		ok = valid(i, values[i])
	}
	if !ok {
		return nil, newFailure(fault.BadCursor, "this is no cursor of this list in this order; start again without it").argument(name)
	}
	return values, nil
}

// page puts paging into a plan.
func (c *compiler) page(p Paging) plan.Page {
	out := plan.Page{Limit: plan.NoParam, FromEnd: p.FromEnd}
	if p.Limit >= 0 {
		out.Limit = c.param(int64(p.Limit))
	}
	out.After, out.Before = c.cursorParams(p.After), c.cursorParams(p.Before)
	return out
}

func (c *compiler) cursorParams(values []any) []plan.Param {
	if values == nil {
		return nil
	}
	out := make([]plan.Param, 0, len(values))
	for _, v := range values {
		out = append(out, c.param(v))
	}
	return out
}
