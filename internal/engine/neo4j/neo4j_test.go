package neo4j_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

func catalog(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(n int) time.Time { return time.Date(2026, 1, 1, 0, n, 0, 0, time.UTC) }

func id(s string) record.ID {
	out, ok := record.ParseID(s)
	if !ok {
		panic(s)
	}
	return out
}

func ids(names ...string) []record.ID {
	out := make([]record.ID, len(names))
	for i, n := range names {
		out[i] = id(n)
	}
	return out
}

type fields = map[string]any
type links = map[string][]record.ID

func level(name string) access.Class { return access.NewClass(access.Atom{Level: name}) }

func says(source, name, class string, f fields, l links) record.Statement {
	return record.Statement{Source: source, ID: id(name), Class: level(class), Fields: f, Links: l}
}

func ladder() []record.Statement {
	var out []record.Statement
	for rank, name := range []string{"clear", "green", "amber", "red"} {
		out = append(out, says("ladder", "ConfidentialityLevel:"+name, "clear", fields{"name": name, "rank": int64(rank), "meaning": "m"}, nil))
	}
	return out
}

// world is an engine under test with helpers that fail it.
type world struct {
	engine.Engine
	t       testing.TB
	catalog *schema.Catalog
	n       int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{Engine: neo4jtest.Open(t), t: t, catalog: catalog(t)}
	w.say(ladder()...)
	return w
}

func (w *world) say(s ...record.Statement) record.Outcome {
	w.t.Helper()
	return w.apply(record.Changeset{Say: s})
}

func (w *world) apply(c record.Changeset) record.Outcome {
	w.t.Helper()
	w.n++
	if c.ID == "" {
		c.ID = at(w.n).String()
	}
	c.Actor, c.At = "test", at(w.n)
	out, err := w.Apply(w.t.Context(), &c)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// run answers a plan for a viewer cleared up to a level.
func (w *world) run(clearance string, params []any, reads ...*plan.Read) []*plan.Set {
	w.t.Helper()
	g := &plan.Guard{Viewer: access.Viewer{Clearance: clearance, AllSeeing: clearance == ""}, Now: at(1000)}
	for _, r := range reads {
		guard(g, r)
	}
	view, err := w.Read(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	defer view.Close()
	answer, err := view.Run(w.t.Context(), &plan.Plan{Guard: g, Params: params, Roots: reads})
	if err != nil {
		w.t.Fatal(err)
	}
	return answer.Sets
}

// guard puts a guard everywhere, so that tests need not.
func guard(g *plan.Guard, r *plan.Read) {
	r.Guard = g
	r.Where = guardExpr(g, r.Where)
	for _, c := range r.Columns {
		if c.Read != nil {
			guard(g, c.Read)
		}
	}
}

func guardAll(g *plan.Guard, es []plan.Expr) []plan.Expr {
	for i := range es {
		es[i] = guardExpr(g, es[i])
	}
	return es
}

func guardExpr(g *plan.Guard, e plan.Expr) plan.Expr {
	switch e := e.(type) {
	case plan.And:
		return plan.And{Exprs: guardAll(g, e.Exprs)}
	case plan.Or:
		return plan.Or{Exprs: guardAll(g, e.Exprs)}
	case plan.Not:
		return plan.Not{Expr: guardExpr(g, e.Expr)}
	case plan.Linked:
		e.Guard, e.Where = g, guardExpr(g, e.Where)
		return e
	case plan.LinkCount:
		e.Guard = g
		return e
	case plan.AtLevel:
		e.Guard, e.Where = g, guardExpr(g, e.Where)
		return e
	}
	return e
}

// all reads every record of a type by its key.
func (w *world) all(typ string, columns ...string) *plan.Read {
	t := w.catalog.Type(typ)
	r := &plan.Read{From: plan.FromType{Type: t}, Order: []plan.Term{{Field: t.Field("key")}}, Page: plan.Page{Limit: plan.NoParam}, Rows: true}
	for _, name := range columns {
		r.Columns = append(r.Columns, plan.Column{Field: t.Field(name)})
	}
	return r
}

func (w *world) link(typ, name string, columns ...string) *plan.Read {
	l := w.catalog.Type(typ).Link(name)
	r := w.all(l.Target.Name, columns...)
	r.From = plan.FromLink{Link: l}
	return r
}

// reopen goes on with another engine, and another model, on the same store.
func (w *world) reopen(c *schema.Catalog) {
	w.t.Helper()
	w.Engine, w.catalog = neo4jtest.Reopen(w.t, neo4jtest.Config(w.t, c)), c
}

// values of all records of a type.
func (w *world) values(typ string, columns ...string) string {
	w.t.Helper()
	return cells(w.run("", nil, w.all(typ, columns...))[0])
}

// cells of a set in short.
func cells(s *plan.Set) string {
	rows := make([]string, len(s.Rows))
	for i, row := range s.Rows {
		rows[i] = fmt.Sprint(row.Cells)
	}
	return strings.Join(rows, " ")
}
