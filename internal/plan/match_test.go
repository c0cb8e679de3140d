package plan_test

import (
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// searching is a plan that searches, orders by the score and asks for it.
func searching(t *testing.T) (*plan.Plan, *plan.Read) {
	t.Helper()
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	query, err := search.Parse("osd down")
	if err != nil {
		t.Fatal(err)
	}
	guard, match := &plan.Guard{}, plan.Match{Query: 0}
	root := &plan.Read{
		From: plan.FromSearched{Type: c.Searched, Names: 1}, Guard: guard, Rows: true, Where: match,
		Order:   []plan.Term{{Score: &match, Descending: true}, {Type: true}, {Field: c.Searched.Field("key")}},
		Page:    plan.Page{Limit: plan.NoParam},
		Columns: []plan.Column{{Score: &match}},
	}
	return &plan.Plan{Guard: guard, Params: []any{query, []any{"Topic"}, query}, Roots: []*plan.Read{root}}, root
}

func TestCheckMatches(t *testing.T) {
	if p, _ := searching(t); plan.Check(p) != nil {
		t.Fatal(plan.Check(p))
	}
	other := &plan.Match{Query: 2}
	for name, c := range map[string]struct {
		spoil func(p *plan.Plan, root *plan.Read)
		says  string
	}{
		"unguarded":                {func(_ *plan.Plan, r *plan.Read) { r.Guard = nil }, "guard"},
		"no query":                 {func(p *plan.Plan, _ *plan.Read) { p.Params[0] = "osd" }, "a match with string"},
		"a missing query":          {func(p *plan.Plan, _ *plan.Read) { p.Params = nil }, "param"},
		"an order of another":      {func(_ *plan.Plan, r *plan.Read) { r.Order[0].Score = other }, "score"},
		"a score of what may hold": {func(_ *plan.Plan, r *plan.Read) { r.Where = plan.Or{Exprs: []plan.Expr{r.Where}} }, "score"},
		"a score without a search": {func(_ *plan.Plan, r *plan.Read) { r.Where = nil }, "score"},
		"no key":                   {func(_ *plan.Plan, r *plan.Read) { r.Order = r.Order[:2] }, "key"},
		"missing types":            {func(p *plan.Plan, _ *plan.Read) { p.Params = p.Params[:1] }, "param"},
	} {
		t.Run(name, func(t *testing.T) {
			p, root := searching(t)
			c.spoil(p, root)
			if err := plan.Check(p); err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestFormatMatches(t *testing.T) {
	p, _ := searching(t)
	const want = `root 0
  guarded all that is searched of types $1
  where matches $0
  order score of $0 descending, type, key
  rows
    0 score of $0
`
	if got := plan.Format(p); got != want {
		t.Errorf("got\n%s", got)
	}
}
