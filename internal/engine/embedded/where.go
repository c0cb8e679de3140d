package embedded

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// predicate is a condition made ready.
type predicate func(*node) bool

func (w *walk) predicate(e plan.Expr) (predicate, error) {
	switch e := e.(type) {
	case plan.And:
		return w.all(e.Exprs, true)
	case plan.Or:
		return w.all(e.Exprs, false)
	case plan.Not:
		not, err := w.predicate(e.Expr)
		return func(n *node) bool { return !not(n) }, err
	case plan.Compare:
		get := w.getter(e.Field)
		test, err := w.test(e.Op, e.Fold, e.Param)
		return func(n *node) bool { return test(get(n)) }, err
	case plan.Items:
		get := w.getter(e.Field)
		test, err := w.tests(e.Tests)
		return func(n *node) bool { return quantified(e.Quant, get(n), test) }, err
	case plan.Objects:
		get := w.getter(e.Field)
		test, err := w.objectTest(e.Where)
		return func(n *node) bool { return quantified(e.Quant, get(n), test) }, err
	case plan.Linked:
		return w.linked(e)
	case plan.LinkCount:
		slots := w.slotsOf(e.Link)
		test, err := w.test(e.Op, false, e.Param)
		return func(n *node) bool { return test(w.count(n, slots)) }, err
	case plan.AtLevel:
		where, err := w.predicate(e.Where)
		return func(n *node) bool { level := w.facts(n.class).level; return level != nil && where(level) }, err
	case plan.OfType:
		return w.ofType(e.Types), nil
	case plan.Match:
		m, err := w.matcher(e)
		if err != nil {
			return nil, err
		}
		return m.match, nil
	}
	return nil, fmt.Errorf("BUG: a condition %T", e)
}

// all is true when every part is (and), or when one of them is (or).
func (w *walk) all(exprs []plan.Expr, and bool) (predicate, error) {
	parts := make([]predicate, len(exprs))
	for i, e := range exprs {
		var err error
		if parts[i], err = w.predicate(e); err != nil {
			return nil, err
		}
	}
	return func(n *node) bool {
		for _, part := range parts {
			if part(n) != and {
				return !and
			}
		}
		return and
	}, nil
}

func (w *walk) ofType(types []*schema.Type) predicate {
	kinds := make([]bool, len(w.model.kinds))
	for _, t := range types {
		for i, is := range w.model.is(t) {
			kinds[i] = kinds[i] || is
		}
	}
	return func(n *node) bool { return kinds[n.kind.number] }
}

// linked quantifies over the visible records a link leads to over visible links.
func (w *walk) linked(e plan.Linked) (predicate, error) {
	slots := w.slotsOf(e.Link)
	where := predicate(func(*node) bool { return true })
	if e.Where != nil {
		var err error
		if where, err = w.predicate(e.Where); err != nil {
			return nil, err
		}
	}
	return func(n *node) bool {
		tally := tally{quant: e.Quant}
		slot := slots[n.kind.number]
		for i := range n.adj.runs(slot) {
			run, _ := n.adj.run(slot, i)
			for _, edge := range run {
				end := w.node(edge.other)
				if !w.open[edge.class] || !w.open[end.class] {
					continue
				}
				if !w.step() || tally.decided(where(end)) {
					return tally.result()
				}
			}
		}
		return tally.result()
	}, nil
}

// quantified quantifies over the items of a list; a single value is a list of
// one, none at all an empty one.
func quantified(quant plan.Quantifier, v any, test func(any) bool) bool {
	tally := tally{quant: quant}
	switch v := v.(type) {
	case nil:
	case []any:
		for _, item := range v {
			if tally.decided(test(item)) {
				break
			}
		}
	default:
		tally.decided(test(v))
	}
	return tally.result()
}

// tally counts how many of a set meet a condition, as far as a quantifier needs
// to know.
type tally struct {
	quant    plan.Quantifier
	yes, not int
}

// decided counts one more and reports whether the others do not matter any more.
func (t *tally) decided(yes bool) bool {
	if yes {
		t.yes++
	} else {
		t.not++
	}
	switch t.quant {
	case plan.Some, plan.None:
		return t.yes > 0
	case plan.All:
		return t.not > 0
	}
	return t.yes > 1
}

func (t *tally) result() bool {
	switch t.quant {
	case plan.Some:
		return t.yes > 0
	case plan.None:
		return t.yes == 0
	case plan.All:
		return t.not == 0
	}
	return t.yes == 1
}

// objectTest makes a condition on a value object ready.
func (w *walk) objectTest(e plan.Expr) (func(any) bool, error) {
	switch e := e.(type) {
	case plan.And:
		return w.objectTests(e.Exprs, true)
	case plan.Or:
		return w.objectTests(e.Exprs, false)
	case plan.Not:
		not, err := w.objectTest(e.Expr)
		return func(v any) bool { return !not(v) }, err
	case plan.Compare:
		test, err := w.test(e.Op, e.Fold, e.Param)
		return func(v any) bool { return test(member(v, e.Field)) }, err
	case plan.Items:
		test, err := w.tests(e.Tests)
		return func(v any) bool { return quantified(e.Quant, member(v, e.Field), test) }, err
	}
	return nil, fmt.Errorf("BUG: a condition %T on a value object", e)
}

func (w *walk) objectTests(exprs []plan.Expr, and bool) (func(any) bool, error) {
	parts := make([]func(any) bool, len(exprs))
	for i, e := range exprs {
		var err error
		if parts[i], err = w.objectTest(e); err != nil {
			return nil, err
		}
	}
	return func(v any) bool {
		for _, part := range parts {
			if part(v) != and {
				return !and
			}
		}
		return and
	}, nil
}

// member of a value object; nil where there is none.
func member(v any, f *schema.Field) any {
	object, _ := v.(record.Object)
	if f.Index >= len(object) {
		return nil
	}
	return object[f.Index]
}
