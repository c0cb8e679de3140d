package plan_test

import (
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// good is a plan that uses every place in which a guard, a param or an order stands.
func good(t *testing.T) (*plan.Plan, *plan.Read) {
	t.Helper()
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	topic, layer := c.Type("Topic"), c.Type("Layer")
	guard := &plan.Guard{}
	layers := topic.Link("layers")
	nested := &plan.Read{
		From: plan.FromLink{Link: layers}, Guard: guard, Rows: true,
		Order: []plan.Term{{Field: layer.Field("key")}}, Page: plan.Page{Limit: 0},
	}
	root := &plan.Read{
		From: plan.FromType{Type: topic}, Guard: guard, Rows: true,
		Where: plan.And{Exprs: []plan.Expr{
			plan.Not{Expr: plan.Linked{Link: layers, Guard: guard, Quant: plan.Some}},
			plan.LinkCount{Link: layers, Guard: guard, Op: plan.Gte, Param: 0},
			plan.AtLevel{Type: c.Type("ConfidentialityLevel"), Guard: guard, Where: plan.And{}},
			plan.Compare{Field: topic.Field("title"), Op: plan.Eq, Param: 1},
		}},
		Order:   []plan.Term{{Field: topic.Field("votes")}, {Field: topic.Field("key")}},
		Page:    plan.Page{Limit: 0, After: []plan.Param{0, 1}},
		Columns: []plan.Column{{Field: topic.Field("title")}, {Read: nested}},
		Groupings: []plan.Grouping{{
			By: []plan.GroupKey{
				{Field: topic.Field("status")}, {Path: []plan.Hop{{layers}}, Guard: guard}, {Level: c.Type("ConfidentialityLevel"), Guard: guard},
			},
			Limit:   0,
			Figures: []plan.Figure{{Field: topic.Field("votes"), Of: plan.Sum}, {Field: topic.Field("createdAt"), Of: plan.Max}},
		}},
	}
	return &plan.Plan{Guard: guard, Params: []any{int64(1), "x"}, Roots: []*plan.Read{root}}, root
}

func TestCheckTakesAGoodPlan(t *testing.T) {
	p, _ := good(t)
	if err := plan.Check(p); err != nil {
		t.Fatal(err)
	}
}

// TestCheckRefuses breaks one thing of a good plan at a time.
func TestCheckRefuses(t *testing.T) {
	conditions := func(r *plan.Read) []plan.Expr { return r.Where.(plan.And).Exprs }
	grouping := func(r *plan.Read) *plan.Grouping { return &r.Groupings[0] }
	for name, c := range map[string]struct {
		spoil func(p *plan.Plan, root *plan.Read)
		says  string
	}{
		"no guard at all":         {func(p *plan.Plan, _ *plan.Read) { p.Guard = nil }, "no guard"},
		"an unguarded root":       {func(_ *plan.Plan, r *plan.Read) { r.Guard = nil }, "guard"},
		"another plan's guard":    {func(_ *plan.Plan, r *plan.Read) { r.Guard = &plan.Guard{} }, "guard"},
		"an unguarded link":       {func(_ *plan.Plan, r *plan.Read) { r.Columns[1].Read.Guard = nil }, "guard"},
		"an unguarded quantifier": {func(_ *plan.Plan, r *plan.Read) { conditions(r)[0] = plan.Not{Expr: plan.Linked{Quant: plan.Some}} }, "guard"},
		"an unguarded count":      {func(_ *plan.Plan, r *plan.Read) { conditions(r)[1] = plan.LinkCount{} }, "guard"},
		"an unguarded level":      {func(_ *plan.Plan, r *plan.Read) { conditions(r)[2] = plan.AtLevel{Where: plan.And{}} }, "guard"},
		"a missing param":         {func(p *plan.Plan, _ *plan.Read) { p.Params = p.Params[:1] }, "param"},
		"an order without key":    {func(_ *plan.Plan, r *plan.Read) { r.Order, r.Page.After = r.Order[:1], nil }, "key"},
		"a short cursor":          {func(_ *plan.Plan, r *plan.Read) { r.Page.After = r.Page.After[:1] }, "cursor"},
		"an unguarded group":      {func(_ *plan.Plan, r *plan.Read) { grouping(r).By[1].Guard = nil }, "guard"},
		"an unguarded grade":      {func(_ *plan.Plan, r *plan.Read) { grouping(r).By[2].Guard = nil }, "guard"},
		"a group by text":         {func(_ *plan.Plan, r *plan.Read) { grouping(r).By[0].Field = r.Columns[0].Field }, "title"},
		"a group by nothing":      {func(_ *plan.Plan, r *plan.Read) { grouping(r).By[0].Field = nil }, "nothing"},
		"a sum of days":           {func(_ *plan.Plan, r *plan.Read) { grouping(r).Figures[1].Of = plan.Sum }, "createdAt"},
		"groups without a limit":  {func(_ *plan.Plan, r *plan.Read) { grouping(r).Limit = 7 }, "param"},
		"a link as a root":        {func(p *plan.Plan, r *plan.Read) { p.Roots = append(p.Roots, r.Columns[1].Read) }, "root"},
		"a level as a root":       {func(_ *plan.Plan, r *plan.Read) { r.From = plan.FromLevel{} }, "root"},
	} {
		t.Run(name, func(t *testing.T) {
			p, root := good(t)
			c.spoil(p, root)
			if err := plan.Check(p); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFormatShowsWhatIsUnguarded(t *testing.T) {
	p, root := good(t)
	if strings.Contains(plan.Format(p), "UNGUARDED") {
		t.Error("a guarded plan shows as unguarded")
	}
	root.Columns[1].Read.Guard = nil
	if !strings.Contains(plan.Format(p), "UNGUARDED link layers") {
		t.Error(plan.Format(p))
	}
}
