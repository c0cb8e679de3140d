package neo4j_test

import (
	"context"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/plan"
)

// The four shapes of design.md, section 2, on as much data: 50 topics with two
// to-one links; notes between two providers, 3 hops; 10 topics, 4 levels; one
// topic by key with two links. By hand they are written as one would without a
// guard.

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

var byHand = map[string]string{
	"A": "MATCH (t:Topic) WITH t ORDER BY t.votes DESC, t.key LIMIT 50 RETURN t.title, t.votes, t.key, [(t)-[:TOPIC_PARENT]->(p) | p.key], [(t)-[:TOPIC_RAISED_BY]->(p) | p.key]",
	"B": "MATCH (a:Provider {`key.order`: $a})<-[:PORTABILITY_NOTE_FROM]-(n)-[:PORTABILITY_NOTE_TO]->(b:Provider {`key.order`: $b}) MATCH (n)-[:PORTABILITY_NOTE_PRACTICE]->(p) " +
		"RETURN n.key, n.verdict, p.key, p.title, [(p)-[:PRACTICE_LAYERS]->(l) | l.key] ORDER BY n.key",
	"C": "MATCH (t:Topic) WITH t ORDER BY t.votes DESC, t.key LIMIT 10 RETURN t.title, t.votes, t.key, t.summary, [(t)-[:TOPIC_PRACTICES]->(p) | [p.key, p.title, p.summary, " +
		"[(p)<-[:PORTABILITY_NOTE_PRACTICE]-(n) | [n.key, n.verdict, [(n)-[:PORTABILITY_NOTE_FROM]->(f) | [f.key, f.name]], [(n)-[:PORTABILITY_NOTE_TO]->(f) | [f.key, f.name]]]], " +
		"[(p)<-[:TOPIC_PRACTICES]-(u) | [u.key, u.title, u.summary, [(u)-[:TOPIC_RAISED_BY]->(x) | [x.key, x.name]]]][..5]]]",
	"D": "MATCH (t:Topic {`key.order`: $k}) RETURN t.title, t.votes, t.key, [(t)-[:TOPIC_PARENT]->(p) | p.key], [(t)-[:TOPIC_RAISED_BY]->(p) | p.key]",
}

// BenchmarkShapes loads the data first, which takes a minute, and then asks with
// eight clients, as the table in design.md does.
func BenchmarkShapes(b *testing.B) {
	w := newWorld(b)
	w.say(big()...)
	config := neo4jtest.Config(b, w.catalog)
	d, err := driver.NewDriverWithContext(config.URI, driver.BasicAuth(config.User, config.Password, ""))
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close(context.Background())
	shapes := map[string]func() (*plan.Read, []any){"A": w.shapeA, "B": w.shapeB, "C": w.shapeC, "D": w.shapeD}
	for _, name := range []string{"A", "B", "C", "D"} {
		read, params := shapes[name]()
		g := &plan.Guard{Viewer: access.Viewer{Clearance: "green"}, Now: at(1000)}
		guard(g, read)
		p := &plan.Plan{Guard: g, Params: params, Roots: []*plan.Read{read}}
		parallel(b, name+"/opsmap", func() error { return answer(w.Engine.(*neo4j.Engine), p) })
		parallel(b, name+"/by hand", func() error { return ask(d, byHand[name]) })
	}
}

func parallel(b *testing.B, name string, work func() error) {
	b.Run(name, func(b *testing.B) {
		for range 20 {
			if err := work(); err != nil {
				b.Fatal(err)
			}
		}
		b.SetParallelism(4)
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := work(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	})
}

func answer(e *neo4j.Engine, p *plan.Plan) error {
	view, err := e.Read(context.Background())
	if err != nil {
		return err
	}
	defer view.Close()
	_, err = view.Run(context.Background(), p)
	return err
}

func ask(d driver.DriverWithContext, text string) error {
	ctx := context.Background()
	s := d.NewSession(ctx, driver.SessionConfig{AccessMode: driver.AccessModeRead, FetchSize: driver.FetchAll})
	defer s.Close(ctx)
	result, err := s.Run(ctx, text, map[string]any{"a": "k-7", "b": "k-9", "k": "k-4242"})
	if err == nil {
		_, err = result.Collect(ctx)
	}
	return err
}

// BenchmarkBuild writes the statement of shape C. It is done anew for every
// operation: a cache would save one part in a hundred.
func BenchmarkBuild(b *testing.B) {
	w := &world{t: b, catalog: catalog(b)}
	r, _ := w.shapeC()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := neo4j.Explain(r); err != nil {
			b.Fatal(err)
		}
	}
}
