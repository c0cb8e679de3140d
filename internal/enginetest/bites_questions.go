package enginetest

import (
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// portabilityQuestions are answered from a world that is read once and kept.
var portabilityQuestions = []string{
	"portability", "portablePractices", "targets", "portabilityMatrix", "exitPlan", "comparePlatforms", "comparePlatformsByLayer", "gaps", "stale",
}

// questionPlantings are faults in what the questions of the domain read, by the
// question. The records that an answer names are read under the guard all the same.
func questionPlantings() map[string]planting {
	out := map[string]planting{
		"the walk of paths":           {asks: (*inventor).paths, view: walked},
		"the walk of a neighbourhood": {asks: (*inventor).neighbourhood, view: walked},
		"the cells of coverage":       {asks: (*inventor).coverage, view: grouped},
		"figures of an aggregate":     {view: summed},
		"a cache of worlds":           {asks: asking(portabilityQuestions...), sameSight: true},
		"the pool of a season":        {asks: asking("meetupPlan", "proposals"), view: scanned},
		"the next meeting":            {asks: asking("nextMeeting"), view: scanned},
		"habits of disclosure":        {asks: asking("disclosures"), view: scanned},
		"what is openable":            {asks: asking("openable"), view: scanned},
	}
	for _, name := range portabilityQuestions {
		out["the world of "+name] = planting{asks: asking(name), view: scanned}
	}
	return out
}

// asking makes questions of these names only.
func asking(names ...string) func(*inventor, *schema.Type) *piece {
	return func(v *inventor, _ *schema.Type) *piece {
		return v.asked(slices.DeleteFunc(v.extraRoots(), func(f *ast.FieldDefinition) bool { return !slices.Contains(names, f.Name) }))
	}
}

// walked lets the walk from record to record go everywhere.
func walked(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	if _, byID := r.From.(plan.FromIDs); !byID || len(r.Columns) == 0 || r.Columns[0].Field == nil || r.Columns[0].Field.Name != "key" {
		return set
	}
	for _, c := range r.Columns[1:] {
		if c.Read == nil || len(c.Read.Columns) != 1 {
			return set
		}
	}
	return v.as(p, true, *r)
}

// summed takes the figures over everything; which groups there are is left alone.
func summed(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	open := v.as(p, true, *r)
	for i, g := range r.Groupings {
		if len(g.By) == 0 && len(g.Figures) > 0 && len(set.Groups[i]) == 1 {
			set.Groups[i][0].Figures = open.Groups[i][0].Figures
		}
	}
	return set
}
