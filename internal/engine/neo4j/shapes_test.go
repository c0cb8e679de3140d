package neo4j_test

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/plan"
)

func (w *world) shapeA() (*plan.Read, []any) {
	r := w.all("Topic", "title", "votes", "key")
	t := w.catalog.Type("Topic")
	r.Order = []plan.Term{{Field: t.Field("votes"), Descending: true}, {Field: t.Field("key")}}
	r.Page.Limit = 0
	for _, l := range []string{"parent", "raisedBy"} {
		n := w.link("Topic", l, "key")
		n.Order = nil
		r.Columns = append(r.Columns, plan.Column{Read: n})
	}
	return r, []any{int64(50)}
}

func (w *world) shapeB() (*plan.Read, []any) {
	r := w.all("PortabilityNote", "key", "verdict")
	t := w.catalog.Type("PortabilityNote")
	p := w.catalog.Type("Platform")
	r.Where = plan.And{Exprs: []plan.Expr{
		plan.Linked{Link: t.Link("from"), Quant: plan.Some, Where: plan.Compare{Field: p.Field("key"), Op: plan.Eq, Param: 0}},
		plan.Linked{Link: t.Link("to"), Quant: plan.Some, Where: plan.Compare{Field: p.Field("key"), Op: plan.Eq, Param: 1}},
	}}
	n := w.link("PortabilityNote", "practice", "key", "title")
	n.Order = nil
	l := w.link("Practice", "layers", "key")
	n.Columns = append(n.Columns, plan.Column{Read: l})
	r.Columns = append(r.Columns, plan.Column{Read: n})
	return r, []any{"k-7", "k-9"}
}

func (w *world) shapeC() (*plan.Read, []any) {
	r := w.all("Topic", "title", "votes", "key", "summary")
	t := w.catalog.Type("Topic")
	r.Order = []plan.Term{{Field: t.Field("votes"), Descending: true}, {Field: t.Field("key")}}
	r.Page.Limit = 0
	pr := w.link("Topic", "practices", "key", "title", "summary")
	pr.Page.Limit = 1
	notes := w.link("Practice", "portabilityNotes", "key", "verdict")
	notes.Page.Limit = 1
	from := w.link("PortabilityNote", "from", "key", "name")
	from.Order = nil
	to := w.link("PortabilityNote", "to", "key", "name")
	to.Order = nil
	notes.Columns = append(notes.Columns, plan.Column{Read: from}, plan.Column{Read: to})
	topics := w.link("Practice", "topics", "key", "title", "summary")
	topics.Page.Limit = 1
	by := w.link("Topic", "raisedBy", "key", "name")
	by.Order = nil
	topics.Columns = append(topics.Columns, plan.Column{Read: by})
	pr.Columns = append(pr.Columns, plan.Column{Read: notes}, plan.Column{Read: topics})
	r.Columns = append(r.Columns, plan.Column{Read: pr})
	return r, []any{int64(10), int64(5)}
}

func (w *world) shapeD() (*plan.Read, []any) {
	t := w.catalog.Type("Topic")
	r := w.all("Topic", "title", "votes", "key")
	r.From, r.Order = plan.FromIDs{Type: t, IDs: 0}, nil
	for _, l := range []string{"parent", "raisedBy"} {
		n := w.link("Topic", l, "key", "id")
		n.Order = nil
		r.Columns = append(r.Columns, plan.Column{Read: n})
	}
	return r, []any{ids("Topic:k-4242")}
}

func TestShapes(t *testing.T) {
	uri := os.Getenv("OPSMAP_TEST_NEO4J_URI")
	e, err := neo4j.Open(context.Background(), neo4j.Config{URI: uri, Catalog: catalog(t)})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	w := &world{Engine: e, t: t, catalog: catalog(t)}
	d, _ := driver.NewDriverWithContext(uri, driver.NoAuth())
	defer d.Close(context.Background())
	hand := map[string]string{
		"A": "MATCH (t:Topic) WITH t ORDER BY t.votes DESC, t.key LIMIT 50 RETURN t.title, t.votes, t.key, [(t)-[:TOPIC_PARENT]->(p) | p.key], [(t)-[:TOPIC_RAISED_BY]->(p) | p.key]",
		"B": "MATCH (a:Provider {`key.order`: $a})<-[:PORTABILITY_NOTE_FROM]-(n)-[:PORTABILITY_NOTE_TO]->(b:Provider {`key.order`: $b}) MATCH (n)-[:PORTABILITY_NOTE_PRACTICE]->(p) RETURN n.key, n.verdict, p.key, p.title, [(p)-[:PRACTICE_LAYERS]->(l) | l.key] ORDER BY n.key",
		"C": "MATCH (t:Topic) WITH t ORDER BY t.votes DESC, t.key LIMIT 10 RETURN t.title, t.votes, t.key, t.summary, [(t)-[:TOPIC_PRACTICES]->(p) | [p.key, p.title, p.summary, [(p)<-[:PORTABILITY_NOTE_PRACTICE]-(n) | [n.key, n.verdict, [(n)-[:PORTABILITY_NOTE_FROM]->(f) | [f.key, f.name]], [(n)-[:PORTABILITY_NOTE_TO]->(f) | [f.key, f.name]]]], [(p)<-[:TOPIC_PRACTICES]-(u) | [u.key, u.title, u.summary, [(u)-[:TOPIC_RAISED_BY]->(x) | [x.key, x.name]]]][..5]]]",
		"D": "MATCH (t:Topic {`key.order`: $k}) RETURN t.title, t.votes, t.key, [(t)-[:TOPIC_PARENT]->(p) | p.key], [(t)-[:TOPIC_RAISED_BY]->(p) | p.key]",
	}
	g := &plan.Guard{Viewer: access.Viewer{Clearance: "green"}, Now: at(1000)}
	for _, s := range []struct {
		name string
		make func() (*plan.Read, []any)
	}{{"A", w.shapeA}, {"B", w.shapeB}, {"C", w.shapeC}, {"D", w.shapeD}} {
		r, params := s.make()
		guard(g, r)
		var set *plan.Set
		ours := func() {
			v, _ := e.Read(t.Context())
			a, err := v.Run(t.Context(), &plan.Plan{Guard: g, Params: params, Roots: []*plan.Read{r}})
			if err != nil {
				t.Fatal(err)
			}
			v.Close()
			set = a.Sets[0]
		}
		byHand := func() {
			ses := d.NewSession(t.Context(), driver.SessionConfig{AccessMode: driver.AccessModeRead, FetchSize: driver.FetchAll})
			defer ses.Close(t.Context())
			res, err := ses.Run(t.Context(), hand[s.name], map[string]any{"a": "k-7", "b": "k-9", "k": "k-4242"})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := res.Collect(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		fmt.Printf("%s  cold %v  ours %v  by hand %v\n", s.name, once(ours), measure(ours), measure(byHand))
		_ = set
		fmt.Println("   rows", len(set.Rows))
	}
}

func once(f func()) time.Duration { s := time.Now(); f(); return time.Since(s).Round(time.Microsecond) }

// measure gives the median of many.
func measure(f func()) time.Duration {
	for range 50 {
		f()
	}
	var all []time.Duration
	for range 100 {
		all = append(all, once(f))
	}
	for i := range all {
		for j := i; j > 0 && all[j] < all[j-1]; j-- {
			all[j], all[j-1] = all[j-1], all[j]
		}
	}
	return all[len(all)/2]
}
