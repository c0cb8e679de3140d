package embedded_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// divided is a list of topics of which only is asked how it divides.
func divided(a *asking) *plan.Read {
	topic := a.catalog.Type("Topic")
	layers := plan.GroupKey{Path: []plan.Hop{{topic.Link("layers")}}, Guard: a.Guard}
	status := plan.GroupKey{Field: topic.Field("status")}
	votes := func(kind plan.FigureKind) plan.Figure { return plan.Figure{Field: topic.Field("votes"), Of: kind} }
	r := a.list("Topic")
	r.Rows, r.Count = false, true
	r.Groupings = []plan.Grouping{
		{By: []plan.GroupKey{status}, Limit: plan.NoParam},
		{By: []plan.GroupKey{layers}, Limit: plan.NoParam},
		{By: []plan.GroupKey{status, layers}, Absent: true, Limit: plan.NoParam, Figures: []plan.Figure{votes(plan.Sum), votes(plan.Max)}},
		{Limit: plan.NoParam, Figures: []plan.Figure{votes(plan.Values), votes(plan.Min), votes(plan.Sum)}},
	}
	return r
}

// topics says so many topics on two layers.
func topics(n int) []record.Statement {
	out := ladder()
	for i := range 2 {
		out = append(out, says(key("Layer", i).String(), fields{"name": "l", "ordinal": int64(i)}, nil))
	}
	for i := range n {
		out = append(out, says(key("Topic", i).String(), fields{"title": fmt.Sprint("t", i), "votes": int64(i)}, links{"layers": {key("Layer", i%2)}}))
	}
	return out
}

// TestGroupsAllocateNothingPerRecord: ten times the records, the same groups, the
// same allocations.
func TestGroupsAllocateNothingPerRecord(t *testing.T) {
	allocations := func(n int) float64 {
		w := openAt(t, "")
		w.say(topics(n)...)
		a := w.ask(access.Viewer{Clearance: "clear"})
		a.Roots = []*plan.Read{divided(a)}
		view, err := w.Read(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		defer view.Close()
		return testing.AllocsPerRun(5, func() {
			answer, err := view.Run(context.Background(), a.Plan)
			if err != nil {
				t.Fatal(err)
			}
			if groups := answer.Sets[0].Groups; len(groups[1]) != 2 || groups[3][0].Figures[0] != int64(n) {
				t.Fatalf("the groups are %v", groups)
			}
		})
	}
	if few, many := allocations(200), allocations(2000); many > few+2 {
		t.Errorf("%v allocations for 200 records, %v for 2000", few, many)
	}
}

// TestGroupsOverSeveralHops counts a record once for a place to which several ways
// lead, and goes over any of the links of a hop.
func TestGroupsOverSeveralHops(t *testing.T) {
	w := openAt(t, "")
	w.say(topics(4)...)
	w.say(
		says("Story:s", fields{"title": "s", "outcome": "FAILURE"}, links{"layers": {key("Layer", 1)}}),
		says("Session:a", fields{"title": "a", "format": "TALK"}, links{"topics": {key("Topic", 0), key("Topic", 2)}, "story": ids("Story:s")}),
		says("Session:b", fields{"title": "b", "format": "TALK"}, links{"topics": {key("Topic", 1), key("Topic", 3)}, "story": ids("Story:s")}),
	)
	a := w.ask(owner)
	session, topic, story := w.catalog.Type("Session"), w.catalog.Type("Topic"), w.catalog.Type("Story")
	r := a.list("Session")
	r.Rows = false
	r.Groupings = []plan.Grouping{{Limit: plan.NoParam, By: []plan.GroupKey{{Guard: a.Guard, Path: []plan.Hop{
		{session.Link("topics"), session.Link("story")}, {topic.Link("layers"), story.Link("layers")},
	}}}}}
	var got string
	for _, g := range w.run(a, r)[0].Groups[0] {
		got += fmt.Sprint(g.Keys[0], "=", g.Count, " ")
	}
	if got != "l000001=2 l000000=1 " {
		t.Errorf("got %s", got)
	}
}
