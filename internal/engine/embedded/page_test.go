package embedded_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// pagedTopics are topics with titles, votes and scope tags that meet often, some
// tags absent, some topics hidden, under a layer each.
func pagedTopics(t *testing.T) *world {
	w := inMemory(t)
	tags := []any{nil, "z", "Z", "ä", "a", nil}
	kinds := []string{"QUESTION", "TOPIC", "OFF_TOPIC", "STORY_OFFER"}
	all := ladder()
	for i := range 23 {
		s := says(fmt.Sprintf("Topic:%c%02d", 'c'-rune(i%3), i), fields{
			"title": string(rune('a' + i%4)), "votes": int64(i % 5), "scopeTag": tags[i%6],
			"cluster": i%2 == 0, "kind": kinds[i%4],
		}, links{"layers": ids("Layer:a", "Layer:b", "Layer:c")[:i%4]})
		if i%7 == 0 {
			s.Class = level("red")
		}
		all = append(all, s)
	}
	w.say(append(all, says("Layer:a", nil, nil), classed(says("Layer:b", nil, nil), level("red")), says("Layer:c", nil, nil))...)
	return w
}

// orders are orders of topics by name.
func orders(a *asking) map[string][]plan.Term {
	t := a.catalog.Type("Topic")
	by := func(field string, descending bool) plan.Term {
		return plan.Term{Field: t.Field(field), Descending: descending}
	}
	return map[string][]plan.Term{
		"key":         {by("key", false)},
		"key desc":    {by("key", true)},
		"votes":       {by("votes", false), by("key", false)},
		"votes desc":  {by("votes", true), by("key", true)},
		"tag":         {by("scopeTag", false), by("key", false)},
		"tag desc":    {by("scopeTag", true), by("title", false), by("key", false)},
		"kind":        {by("kind", false), by("cluster", true), by("key", false)},
		"layers":      {{LinkCount: t.Link("layers")}, by("key", false)},
		"layers desc": {{LinkCount: t.Link("layers"), Descending: true}, by("key", false)},
		"type":        {{Type: true}, by("key", false)},
	}
}

// cells of the order, as a cursor has them.
func orderColumns(terms []plan.Term) []plan.Column {
	var out []plan.Column
	for _, t := range terms {
		switch {
		case t.Field != nil:
			out = append(out, plan.Column{Field: t.Field})
		case t.LinkCount != nil:
			out = append(out, plan.Column{LinkCount: t.LinkCount})
		}
	}
	return out
}

// cursorOf a row whose first cells are those of the order.
func cursorOf(terms []plan.Term, r plan.Row) []any {
	out, next := make([]any, len(terms)), 0
	for i, t := range terms {
		if t.Type {
			out[i] = r.Type.Name
			continue
		}
		out[i] = r.Cells[next]
		next++
	}
	return out
}

// TestAnyPage takes every page of several sizes between any two cursors from
// either end, in all orders, and holds it against a piece of the whole list.
func TestAnyPage(t *testing.T) {
	w := pagedTopics(t)
	for name := range orders(w.ask(owner)) {
		t.Run(name, func(t *testing.T) {
			whole := w.page(t, name, plan.NoParam, 0, false, nil, nil)
			if len(whole.Rows) != 19 || whole.Total != 19 || whole.More {
				t.Fatalf("%d rows of %d", len(whole.Rows), whole.Total)
			}
			for after := -1; after < len(whole.Rows); after += 3 {
				for before := after + 1; before <= len(whole.Rows); before += 4 {
					checkPages(t, w, name, whole, after, before)
				}
			}
		})
	}
}

func checkPages(t *testing.T, w *world, order string, whole *plan.Set, after, before int) {
	t.Helper()
	stretch := whole.Rows[after+1 : before]
	var from, to *plan.Row
	if after >= 0 {
		from = &whole.Rows[after]
	}
	if before < len(whole.Rows) {
		to = &whole.Rows[before]
	}
	for _, limit := range []int{0, 1, 4, len(stretch), len(stretch) + 1} {
		for _, fromEnd := range []bool{false, true} {
			want := stretch[:min(limit, len(stretch))]
			if fromEnd {
				want = stretch[len(stretch)-min(limit, len(stretch)):]
			}
			got := w.page(t, order, 0, limit, fromEnd, from, to)
			if !slices.EqualFunc(got.Rows, want, sameRow) || got.More != (limit < len(stretch)) || got.Total != whole.Total {
				t.Fatalf("%d from the end %v between %d and %d:\ngot  %s\nwant %s", limit, fromEnd, after, before, text(got), text(&plan.Set{Rows: want}))
			}
			uncounted := w.page(t, order, 1, limit, fromEnd, from, to)
			if text(uncounted) != strings.Replace(text(got), fmt.Sprint("/", got.Total), "", 1) {
				t.Fatalf("with a count %s, without %s", text(got), text(uncounted))
			}
		}
	}
}

func sameRow(a, b plan.Row) bool { return fmt.Sprint(a.Cells) == fmt.Sprint(b.Cells) }

// page of all topics that the public sees. limited is NoParam for no limit, 1 for
// no count.
func (w *world) page(t *testing.T, order string, limited plan.Param, limit int, fromEnd bool, after, before *plan.Row) *plan.Set {
	t.Helper()
	a := w.ask(access.Viewer{})
	terms := orders(a)[order]
	r := a.list("Topic")
	r.Order, r.Columns, r.Count = terms, orderColumns(terms), limited != 1
	r.Page.FromEnd = fromEnd
	if limited != plan.NoParam {
		r.Page.Limit = a.param(int64(limit))
	}
	cursor := func(row *plan.Row) []plan.Param {
		if row == nil {
			return nil
		}
		var out []plan.Param
		for _, v := range cursorOf(terms, *row) {
			out = append(out, a.param(v))
		}
		return out
	}
	r.Page.After, r.Page.Before = cursor(after), cursor(before)
	return w.run(a, r)[0]
}

func TestOrders(t *testing.T) {
	w := inMemory(t)
	w.say(
		says("Topic:a", fields{"scopeTag": "é", "kind": "OFF_TOPIC"}, nil),
		says("Topic:b", fields{"scopeTag": "z", "kind": "TOPIC"}, nil),
		says("Topic:c", fields{"scopeTag": "\U0001F600", "kind": "QUESTION", "cluster": true}, nil),
		says("Topic:d", fields{"scopeTag": "\uFFFD", "kind": "TOPIC"}, nil),
		says("Topic:e", nil, nil),
	)
	for name, want := range map[string]string{
		"scopeTag":  "(b)(a)(d)(c)(e)", // bytes of UTF-8, not UTF-16; nobody's tag last
		"-scopeTag": "(c)(d)(a)(b)(e)",
		"kind":      "(b)(d)(e)(c)(a)",
		"-kind":     "(a)(c)(b)(d)(e)",
		"cluster":   "(a)(b)(d)(e)(c)",
		"-cluster":  "(c)(a)(b)(d)(e)",
	} {
		a := w.ask(owner)
		r := a.list("Topic", "key")
		field, descending := strings.CutPrefix(name, "-")
		r.Order = append([]plan.Term{{Field: w.catalog.Type("Topic").Field(field), Descending: descending}}, r.Order...)
		if got := text(w.run(a, r)[0]); got != want {
			t.Errorf("by %s: %s, want %s", name, got, want)
		}
	}
}

// TestPagesAlongALink pages through a hub, whose links are kept in several runs.
func TestPagesAlongALink(t *testing.T) {
	w := inMemory(t)
	const topics = 3000
	all := []record.Statement{says("Layer:hub", nil, nil)}
	for i := range topics {
		all = append(all, says(fmt.Sprintf("Topic:t%04d", (i*7)%topics), nil, links{"layers": ids("Layer:hub")}))
	}
	w.say(all...)
	w.retire("s", "Topic:t0000", "Topic:t1500", "Topic:t2999")
	for _, backwards := range []bool{false, true} {
		for _, counted := range []bool{false, true} {
			seen := pageThrough(t, w, backwards, counted)
			if len(seen) != 2997 || !slices.IsSorted(seen) || len(slices.Compact(seen)) != 2997 {
				t.Errorf("%d topics, backwards %v, counted %v", len(seen), backwards, counted)
			}
		}
	}
}

// pageThrough the topics of the hub, page by page.
func pageThrough(t *testing.T, w *world, backwards, counted bool) (seen []string) {
	t.Helper()
	cursor := any(nil)
	for more := true; more; {
		a := w.ask(owner)
		topics := a.along("Layer", "topics", "key")
		topics.Count, topics.Page.Limit, topics.Page.FromEnd = counted, a.param(int64(700)), backwards
		if cursor != nil && backwards {
			topics.Page.Before = []plan.Param{a.param(cursor)}
		} else if cursor != nil {
			topics.Page.After = []plan.Param{a.param(cursor)}
		}
		hub := a.byIDs("Layer", ids("Layer:hub"))
		hub.Columns = []plan.Column{{Read: topics}}
		page := w.run(a, hub)[0].Rows[0].Cells[0].(*plan.Set)
		var keys []string
		for _, r := range page.Rows {
			keys = append(keys, r.Cells[0].(string))
		}
		if (counted && page.Total != 2997) || len(keys) == 0 {
			t.Fatalf("%d of %d", len(keys), page.Total)
		}
		if backwards {
			seen, cursor = append(keys, seen...), keys[0]
		} else {
			seen, cursor = append(seen, keys...), keys[len(keys)-1]
		}
		more = page.More
	}
	return seen
}
