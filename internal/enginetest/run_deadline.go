package enginetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// runDeadline asks what nobody could wait for: the engine gives up soon after the
// deadline, says so, and answers the next question.
func runDeadline(t *testing.T, open Open) {
	s := openStore(t, open)
	const many = 60
	c := &record.Changeset{ID: "dense", Actor: "tester", At: firstChangeset}
	var practices []record.ID
	for i := range many {
		id := record.ID{Type: "Practice", Key: fmt.Sprintf("p%d", i)}
		practices = append(practices, id)
		c.Say = append(c.Say, record.Statement{Source: "s", ID: id, Fields: map[string]any{"title": "P", "actor": "BOTH", "status": "WANTED"}})
	}
	for i := range many {
		c.Say = append(c.Say, record.Statement{
			Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprintf("t%d", i)}, Fields: map[string]any{"title": "T"},
			Links: map[string][]record.ID{"practices": practices},
		})
	}
	s.load([]*record.Changeset{c})
	view, err := s.engine.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer view.Close()
	const patience = 500 * time.Millisecond
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	start := time.Now()
	_, err = view.Run(ctx, endless(s.catalog))
	if code := fault.CodeOf(err); code != fault.Timeout {
		t.Errorf("%v", err)
	}
	// Ten times as long as it may take, as others may be at work here.
	if took := time.Since(start); took > patience+10*time.Second {
		t.Errorf("it took %s", took)
	}
	if n := readTotal(t, s); n != many {
		t.Errorf("afterwards %d topics are there", n)
	}
}

// endless is a plan of some 60 to the power of 6 records.
func endless(c *schema.Catalog) *plan.Plan {
	g := &plan.Guard{Viewer: all, Now: noon}
	topic, practice := c.Type("Topic"), c.Type("Practice")
	p := &plan.Plan{Guard: g}
	key := func(t *schema.Type) []plan.Term { return []plan.Term{{Field: t.Field("key")}} }
	whole := plan.Page{Limit: plan.NoParam}
	at := &plan.Read{From: plan.FromType{Type: topic}, Guard: g, Rows: true, Order: key(topic), Page: whole}
	p.Roots = []*plan.Read{at}
	for i := range 5 {
		from, to := topic.Link("practices"), practice
		if i%2 == 1 {
			from, to = practice.Link("topics"), topic
		}
		below := &plan.Read{From: plan.FromLink{Link: from}, Guard: g, Rows: true, Order: key(to), Page: whole, Columns: []plan.Column{{Field: to.Field("key")}}}
		at.Columns = append(at.Columns, plan.Column{Read: below})
		at = below
	}
	return p
}
