package enginetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// sharp is how many cases a planted fault may survive.
const sharp = 6_000

// Bites plants a fault in each operator, one after the other, between the GraphQL
// face and an engine that has none, and wants the equation to find each:
//
//	answer(Q, viewer, map) = answer(Q, all-seeing, map without what viewer may not see)
//
// Without a fault it has to find nothing.
func Bites(t *testing.T, open Open) {
	o := Options{}.withDefaults(t)
	t.Logf("OPSMAP_SEED=%d", o.Seed)
	all := plantings()
	left := slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(name string) bool {
		by := all[name].by
		return by != nil && !by(&inventor{oracle: newOracle(Catalog(t))})
	})
	cases := map[string]int{}
	for n := 0; len(left) > 0; n++ {
		b := newBite(t, open, o, n)
		left = slices.DeleteFunc(left, func(name string) bool {
			asked, found := b.try(t, all[name], 40)
			if cases[name] += asked; found {
				t.Logf("%s is found by case %d", name, cases[name])
			}
			return found || cases[name] > sharp
		})
		if asked, found := b.try(t, planting{}, 40); found {
			t.Fatalf("the equation does not hold without a fault, after %d cases of world %d", asked, n)
		}
	}
	for name, asked := range cases {
		if asked > sharp {
			t.Errorf("%s: the property does not find it in %d cases", name, asked)
		}
	}
}

// planting is a fault: in the views of the engine, or in front of everything.
type planting struct {
	view spoiling
	// by is what the operator is asked by; until it is served, nobody can find the
	// fault.
	by    func(*inventor) bool
	front func(*store) subject
	// filters: the operator is part of a filter, and is asked for by filters.
	filters bool
	// asks makes the field of Query that uses the operator; nil for any field.
	asks func(*inventor, *schema.Type) *piece
	// sameSight: every guard is said to let the same through.
	sameSight bool
}

// spoiling spoils the answer to a root read: set is what the engine says.
type spoiling func(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set

// bite is a map, a viewer, and the viewer's share of the map.
type bite struct {
	*round
	whole engine.Engine
	share *store
	asks  *sight
}

func newBite(t *testing.T, open Open, o Options, n int) *bite {
	t.Helper()
	b := &bite{round: newRound(t, o, n+1_000_000), whole: open(t)}
	whole := openStore(t, func(testing.TB) engine.Engine { return b.whole })
	for range 2 {
		c := b.maker.changeset()
		_, _ = b.oracle.apply(c)
		_, _ = whole.apply(c)
	}
	b.asks = b.asker()
	b.share = openStore(t, open)
	b.share.load(b.oracle.without(b.asks))
	return b
}

// try asks until an answer gives the fault away. Everybody asks the same before the
// viewer does, as they would of a server.
func (b *bite) try(t *testing.T, p planting, most int) (asked int, found bool) {
	t.Helper()
	open := func(testing.TB) engine.Engine { return b.whole }
	switch {
	case p.view != nil:
		open = b.through(func(v engine.View) engine.View { return &faultyView{View: v, fault: p.view} })
	case p.sameSight:
		open = b.through(blind)
	}
	on := openStore(t, open)
	var front subject = on
	if p.front != nil {
		front = p.front(on)
	}
	for asked = 1; asked <= most; asked++ {
		q, op := b.invent(inventor{timeless: true, filters: p.filters, asks: p.asks}, b.asks)
		q.viewer = all
		b.remember(op, front.ask(q))
		q.viewer = b.asks.viewer
		got := front.ask(q)
		q.viewer = all
		if got != b.share.ask(q) {
			return asked, true
		}
	}
	return most, false
}

// through is the whole map, seen through wrapped views.
func (b *bite) through(wrap func(engine.View) engine.View) Open {
	return func(testing.TB) engine.Engine { return &wrapped{b.whole, wrap} }
}

// faultyView has a fault.
type faultyView struct {
	engine.View
	fault spoiling
	ctx   context.Context
}

func (v *faultyView) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	answer, err := v.View.Run(ctx, p)
	if err != nil || p.For().Viewer.AllSeeing {
		return answer, err
	}
	v.ctx = ctx
	for i, r := range p.Roots {
		answer.Sets[i] = v.fault(v, p, r, answer.Sets[i])
	}
	return answer, nil
}

// as answers one read for another viewer, with params behind those of the plan.
func (v *faultyView) as(p *plan.Plan, open bool, r plan.Read, params ...any) *plan.Set {
	viewer := p.For().Viewer
	if open {
		viewer = all
	}
	other := p.Under(viewer, p.For().Now)
	other.Roots = []*plan.Read{&r}
	other.Params = append(slices.Clone(p.Params), params...)
	answer, err := v.View.Run(v.ctx, other)
	if err != nil {
		panic(fmt.Sprintf("BUG: a planted fault asks %v", err))
	}
	return answer.Sets[0]
}

// blindView is a view whose state has a name, but who looks at it has none: what was
// worked out for one is taken for another.
type blindView struct{ engine.Steady }

func blind(v engine.View) engine.View {
	if steady, is := v.(engine.Steady); is {
		return blindView{steady}
	}
	return v
}

func (v blindView) Sight(g *plan.Guard) string {
	return "blind " + v.Steady.Sight(&plan.Guard{Viewer: all, Now: g.Now})
}

// cached is a store whose answers are kept by what is asked, not by whom.
type cached struct {
	*store
	kept map[string]string
}

func (c *cached) ask(q question) string {
	at := q.query + "\x00" + q.variables + q.now.Format(time.RFC3339)
	if _, known := c.kept[at]; !known {
		c.kept[at] = c.store.ask(q)
	}
	return c.kept[at]
}

// suggesting is a store that has everything at hand when it says what might have
// been meant.
type suggesting struct{ *store }

func (s *suggesting) ask(q question) string {
	answer := s.store.ask(q)
	if !strings.Contains(answer, `"NOT_FOUND"`) && !strings.Contains(answer, "name one of") {
		return answer
	}
	q.viewer = all
	if open := s.store.ask(q); refused(open) {
		return open
	}
	return answer
}
