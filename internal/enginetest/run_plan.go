package enginetest

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// runPlans runs plans that no operation compiles to today, or whose answer GraphQL does
// not show whole.
func runPlans(t *testing.T, open Open) {
	s := openStore(t, open)
	base, err := testdata.ReadFile("testdata/base.txt")
	if err != nil {
		t.Fatal(err)
	}
	s.load(world(t, string(base)))
	for _, c := range planCases(s.catalog) {
		t.Run(c.name, func(t *testing.T) {
			guard := &plan.Guard{Viewer: c.viewer, Now: noon}
			read := c.read(guard)
			read.Guard = guard
			answer := s.run(&plan.Plan{Guard: guard, Params: c.params, Roots: []*plan.Read{read}})
			if got := shownSet(answer.Sets[0]); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
	t.Run("several roots keep their places", func(t *testing.T) {
		guard := &plan.Guard{Now: noon}
		count := func(name string) *plan.Read {
			return &plan.Read{From: plan.FromType{Type: s.catalog.Type(name)}, Guard: guard, Count: true, Page: whole}
		}
		answer := s.run(&plan.Plan{Guard: guard, Roots: []*plan.Read{count("Layer"), count("Topic"), count("Story"), count("Layer")}})
		var all []string
		for _, set := range answer.Sets {
			all = append(all, shownSet(set))
		}
		if got := strings.Join(all, " "); got != "#4[] #4[] #0[] #4[]" {
			t.Errorf("got %s", got)
		}
	})
	t.Run("no guard, no answer", func(t *testing.T) { runUnguarded(t, s) })
}

// whole is a page of everything.
var whole = plan.Page{Limit: plan.NoParam}

// countPlan counts the records of a type that anybody may see.
func countPlan(c *schema.Catalog, typeName string) *plan.Plan {
	guard := &plan.Guard{Now: noon}
	return &plan.Plan{Guard: guard, Roots: []*plan.Read{{From: plan.FromType{Type: c.Type(typeName)}, Guard: guard, Count: true, Page: whole}}}
}

// runUnguarded holds engines to the check that always runs.
func runUnguarded(t *testing.T, s *store) {
	guard := &plan.Guard{Now: noon}
	for name, p := range map[string]*plan.Plan{
		"none": {Roots: []*plan.Read{{From: plan.FromType{Type: s.catalog.Type("Topic")}, Count: true, Page: whole}}},
		"another": {Guard: guard, Roots: []*plan.Read{{
			From: plan.FromType{Type: s.catalog.Type("Topic")}, Guard: &plan.Guard{Viewer: all, Now: noon}, Count: true, Page: whole,
		}}},
		"in a filter": {Guard: guard, Roots: []*plan.Read{{
			From: plan.FromType{Type: s.catalog.Type("Topic")}, Guard: guard, Count: true, Page: whole,
			Where: plan.Linked{Link: s.catalog.Type("Topic").Link("parent"), Quant: plan.Some},
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			view, err := s.engine.Read(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer view.Close()
			if answer, err := view.Run(t.Context(), p); err == nil {
				t.Errorf("it was answered: %s", shownSet(answer.Sets[0]))
			}
		})
	}
}

// shownSet writes a set as #total[Type(cell cell) …]+, with + for more.
func shownSet(set *plan.Set) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#%d[", set.Total)
	for i, row := range set.Rows {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(row.Type.Name + "(")
		for i, cell := range row.Cells {
			if i > 0 {
				b.WriteByte(' ')
			}
			if nested, ok := cell.(*plan.Set); ok {
				b.WriteString(shownSet(nested))
				continue
			}
			b.WriteString(shownCell(cell))
		}
		b.WriteByte(')')
	}
	b.WriteByte(']')
	if set.More {
		b.WriteByte('+')
	}
	return b.String()
}

// shownCell names the Go type too, where it is none of package record's.
func shownCell(cell any) string {
	switch cell.(type) {
	case nil, bool, int64, string, []any, record.Object:
		return jsonText(cell)
	default:
		return fmt.Sprintf("%s:%v", reflect.TypeOf(cell), cell)
	}
}
