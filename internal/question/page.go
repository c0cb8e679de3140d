package question

import (
	"cmp"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/fault"
)

// cut takes a page of items, which are in the order of their places.
func cut(items []Item, p *compile.Paging) (*Page, error) {
	page := &Page{Total: len(items)}
	for _, cursor := range [][]any{p.After, p.Before} {
		if cursor != nil && len(items) > 0 && !fits(cursor, items[0].Place) {
			return nil, fault.New(fault.BadCursor, "this is no cursor of this list; start again without it")
		}
	}
	from, to := 0, len(items)
	for p.After != nil && from < to && compare(items[from].Place, p.After) <= 0 {
		from++
	}
	for p.Before != nil && to > from && compare(items[to-1].Place, p.Before) >= 0 {
		to--
	}
	items = items[from:to]
	if p.Limit >= 0 && len(items) > p.Limit {
		page.More = true
		if p.FromEnd {
			items = items[len(items)-p.Limit:]
		} else {
			items = items[:p.Limit]
		}
	}
	page.Items = items
	for i := range items {
		if items[i].make != nil {
			items[i].Result = items[i].make()
		}
	}
	return page, nil
}

// fits reports whether a cursor could be the place of an item.
func fits(cursor, place []any) bool {
	if len(cursor) != len(place) {
		return false
	}
	for i := range place {
		_, text := place[i].(string)
		_, cursorText := cursor[i].(string)
		_, cursorNumber := cursor[i].(int64)
		if text != cursorText || (!text && !cursorNumber) {
			return false
		}
	}
	return true
}

// compare orders places: numbers and texts, first difference decides.
func compare(a, b []any) int {
	for i := range a {
		var c int
		switch x := a[i].(type) {
		case int64:
			c = cmp.Compare(x, b[i].(int64))
		case string:
			c = cmp.Compare(x, b[i].(string))
		}
		if c != 0 {
			return c
		}
	}
	return 0
}
