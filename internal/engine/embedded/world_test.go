package embedded_test

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// world is an engine under test and the catalog it was opened with.
type world struct {
	*embedded.Engine
	t       testing.TB
	catalog *schema.Catalog
	path    string
	n       int
}

// catalogOnce is the shipped model; it is read only.
var catalogOnce = func() *schema.Catalog {
	c, err := schema.Load()
	if err != nil {
		panic(err)
	}
	return c
}()

func openAt(t testing.TB, path string) *world {
	t.Helper()
	w := &world{t: t, catalog: catalogOnce, path: path}
	w.open()
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) open() {
	w.t.Helper()
	e, err := embedded.Open(context.Background(), embedded.Config{Path: w.path, Catalog: w.catalog})
	if err != nil {
		w.t.Fatal(err)
	}
	w.Engine = e
}

func (w *world) reopen() {
	w.t.Helper()
	if err := w.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open()
}

// inMemory is an engine with a ladder.
func inMemory(t testing.TB) *world {
	t.Helper()
	w := openAt(t, "")
	w.say(ladder()...)
	return w
}

// onDisk is an engine with a ladder in a file of its own.
func onDisk(t testing.TB) *world {
	t.Helper()
	w := openAt(t, filepath.Join(t.TempDir(), "map.db"))
	w.say(ladder()...)
	return w
}

type fields = map[string]any
type links = map[string][]record.ID

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

func at(n int) time.Time { return time.Date(2026, 1, 1, 0, n, 0, 0, time.UTC) }

func level(key string) access.Class { return access.NewClass(access.Atom{Level: key}) }

// required are the fields without which a type's records stay dormant.
var required = map[string]fields{
	"ConfidentialityLevel": {"name": "n", "rank": int64(0), "meaning": "m"},
	"Practice":             {"title": "p", "actor": "OPERATOR", "status": "WANTED"},
	"Solution":             {"name": "s", "operatedBy": "SELF"},
	"Provider":             {"name": "p", "operatedBy": "PROVIDER"},
	"PortabilityNote":      {"verdict": "UNCHANGED", "basis": "CITED"},
	"Confirmation":         {"on": "2026-01-02"},
	"Topic":                {"title": "t"},
	"Layer":                {"name": "l", "ordinal": int64(1)},
	"Capability":           {"name": "c", "kind": "SERVICE"},
	"Organisation":         {"name": "o"},
	"ActionItem":           {"text": "x"},
}

// says is a statement of source "s", at level clear, with the required fields
// and those given.
func says(name string, f fields, l links) record.Statement {
	s := record.Statement{Source: "s", ID: id(name), Class: level("clear"), Fields: fields{}, Links: l}
	maps.Copy(s.Fields, required[s.ID.Type])
	maps.Copy(s.Fields, f)
	return s
}

// classed is s under another class.
func classed(s record.Statement, c access.Class) record.Statement {
	s.Class = c
	return s
}

func ladder() []record.Statement {
	var out []record.Statement
	for rank, key := range []string{"clear", "green", "amber", "red"} {
		out = append(out, says("ConfidentialityLevel:"+key, fields{"name": key, "rank": int64(rank)}, nil))
	}
	return out
}

func (w *world) do(c record.Changeset) record.Outcome {
	w.t.Helper()
	w.n++
	if c.ID == "" {
		c.ID = fmt.Sprintf("%d-%p", w.n, w)
	}
	c.Actor, c.At = "test", at(w.n)
	outcome, err := w.Apply(context.Background(), &c)
	if err != nil {
		w.t.Fatal(err)
	}
	return outcome
}

func (w *world) say(s ...record.Statement) record.Outcome {
	w.t.Helper()
	return w.do(record.Changeset{Say: s})
}

func (w *world) retire(source string, names ...string) record.Outcome {
	w.t.Helper()
	var c record.Changeset
	for _, n := range names {
		c.Retire = append(c.Retire, record.Retirement{Source: source, ID: id(n)})
	}
	return w.do(c)
}

// asking builds a plan for one viewer.
type asking struct {
	*plan.Plan
	catalog *schema.Catalog
}

func (w *world) ask(v access.Viewer) *asking {
	return &asking{Plan: &plan.Plan{Guard: &plan.Guard{Viewer: v, Now: at(0)}}, catalog: w.catalog}
}

var owner = access.Viewer{AllSeeing: true}

func (a *asking) param(v any) plan.Param {
	a.Params = append(a.Params, v)
	return plan.Param(len(a.Params) - 1)
}

// list is a read of all records of a type by key, with the fields as columns.
func (a *asking) list(typ string, columns ...string) *plan.Read {
	t := a.catalog.Type(typ)
	return &plan.Read{
		From: plan.FromType{Type: t}, Guard: a.Guard, Rows: true,
		Order: []plan.Term{{Field: t.Field("key")}}, Page: plan.Page{Limit: plan.NoParam},
		Columns: a.columns(typ, columns...),
	}
}

func (a *asking) columns(typ string, names ...string) []plan.Column {
	var out []plan.Column
	for _, n := range names {
		out = append(out, plan.Column{Field: a.catalog.Type(typ).Field(n)})
	}
	return out
}

// column of a nested read.
func (w *world) column(r *plan.Read) plan.Column { return plan.Column{Read: r} }

// along is a read along a link of a type.
func (a *asking) along(typ, link string, columns ...string) *plan.Read {
	l := a.catalog.Type(typ).Link(link)
	r := a.list(l.Target.Name, columns...)
	r.From = plan.FromLink{Link: l}
	if !l.Many {
		r.Order = nil
	}
	return r
}

// byIDs is a read of records by id.
func (a *asking) byIDs(typ string, ids []record.ID, columns ...string) *plan.Read {
	r := a.list(typ, columns...)
	r.From, r.Order = plan.FromIDs{Type: a.catalog.Type(typ), IDs: a.param(ids)}, nil
	return r
}

func (a *asking) eq(typ, field string, v any) plan.Expr {
	return plan.Compare{Field: a.catalog.Type(typ).Field(field), Op: plan.Eq, Param: a.param(v)}
}

func (a *asking) linked(typ, link string, q plan.Quantifier, where plan.Expr) plan.Expr {
	return plan.Linked{Link: a.catalog.Type(typ).Link(link), Guard: a.Guard, Quant: q, Where: where}
}

// run answers the plan with these roots.
func (w *world) run(a *asking, roots ...*plan.Read) []*plan.Set {
	w.t.Helper()
	a.Roots = roots
	v, err := w.Read(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := v.Run(context.Background(), a.Plan)
	if err != nil {
		w.t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		w.t.Fatal(err)
	}
	return answer.Sets
}

// text is a set as text: rows as (cell cell), nested sets in brackets, then the
// total and + where there is more.
func text(s *plan.Set) string {
	out := ""
	for _, r := range s.Rows {
		out += "("
		for i, c := range r.Cells {
			if i > 0 {
				out += " "
			}
			if nested, ok := c.(*plan.Set); ok {
				out += "[" + text(nested) + "]"
			} else {
				out += fmt.Sprint(c)
			}
		}
		out += ")"
	}
	if s.Total > 0 {
		out += fmt.Sprintf("/%d", s.Total)
	}
	if s.More {
		out += "+"
	}
	return out
}

func (w *world) want(a *asking, r *plan.Read, want string) {
	w.t.Helper()
	if got := text(w.run(a, r)[0]); got != want {
		w.t.Errorf("got  %s\nwant %s", got, want)
	}
}

// changesetOf statements.
func changesetOf(s ...record.Statement) *record.Changeset {
	return &record.Changeset{ID: "one", Actor: "test", At: at(1), Say: s}
}
