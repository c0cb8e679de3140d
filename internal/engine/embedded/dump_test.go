package embedded_test

import (
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// viewers see more and more.
var viewers = []access.Viewer{{}, {Clearance: "green"}, {Clearance: "amber", Groups: []string{"ops"}}, owner}

// dump is everything that each of the viewers can read.
func (w *world) dump() string {
	w.t.Helper()
	var b strings.Builder
	for _, v := range viewers {
		a := w.ask(v)
		var roots []*plan.Read
		for _, t := range w.catalog.Types {
			roots = append(roots, a.everything(t))
		}
		for i, set := range w.run(a, roots...) {
			b.WriteString(v.Clearance + " " + w.catalog.Types[i].Name + ": " + text(set) + "\n")
		}
	}
	return b.String()
}

// everything of a type: all fields, the level, and of every link the ids and how
// many there are.
func (a *asking) everything(t *schema.Type) *plan.Read {
	r := a.list(t.Name)
	r.Count = true
	for _, f := range t.Fields {
		r.Columns = append(r.Columns, plan.Column{Field: f})
	}
	level := &plan.Read{From: plan.FromLevel{Type: a.catalog.Type("ConfidentialityLevel")}, Guard: a.Guard, Rows: true,
		Page: plan.Page{Limit: plan.NoParam}, Columns: a.columns("ConfidentialityLevel", "key")}
	r.Columns = append(r.Columns, plan.Column{Read: level})
	for _, l := range t.Links {
		ends := a.along(t.Name, l.Name, "id")
		ends.Count = true
		r.Columns = append(r.Columns, plan.Column{LinkCount: l}, plan.Column{Read: ends})
	}
	return r
}
