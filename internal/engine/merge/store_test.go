package merge_test

import (
	"context"
	"iter"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// store is a Tx in memory, as plain as can be.
type store struct {
	catalog  *schema.Catalog
	revision int64
	applied  map[string]bool
	table    *access.Table
	said     map[record.ID]map[string]merge.Said
	records  map[record.ID]merge.Record
	links    map[linkEnds]merge.Link
	// loads counts the ids that were loaded; held are those that were not forgotten.
	loads int
	held  map[record.ID]bool
}

type linkEnds struct {
	relation string
	from, to record.ID
}

func newStore(t interface{ Fatal(...any) }) *store {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	return newStoreOf(catalog)
}

func newStoreOf(catalog *schema.Catalog) *store {
	return &store{
		catalog: catalog, applied: map[string]bool{}, table: access.NewTable(nil, nil),
		said:    map[record.ID]map[string]merge.Said{},
		records: map[record.ID]merge.Record{},
		links:   map[linkEnds]merge.Link{}, held: map[record.ID]bool{},
	}
}

func (s *store) apply(c *record.Changeset) (*merge.Delta, record.Outcome, error) {
	if s.revision%2 == 1 {
		c = s.packed(c)
	}
	delta, outcome, err := merge.Plan(context.Background(), s.catalog, s, c)
	if err == nil && delta != nil {
		s.write(c.ID, delta)
	}
	return delta, outcome, err
}

// packed is the changeset as a load makes it: what fits the model is packed.
func (s *store) packed(c *record.Changeset) *record.Changeset {
	out := *c
	out.Say = nil
	packer := merge.NewPacker(s.catalog)
	for i := range c.Say {
		if p, ok := packer.Pack(&c.Say[i]); ok {
			out.Packed = append(out.Packed, p)
		} else {
			out.Say = append(out.Say, c.Say[i])
		}
	}
	return &out
}

func (s *store) write(id string, d *merge.Delta) {
	s.applied[id] = true
	s.revision, s.table = d.Revision, d.Table
	for said := range d.Say() {
		if s.said[said.ID] == nil {
			s.said[said.ID] = map[string]merge.Said{}
		}
		s.said[said.ID][said.Source] = *said
	}
	for _, r := range d.Unsay {
		if delete(s.said[r.ID], r.Source); len(s.said[r.ID]) == 0 {
			delete(s.said, r.ID)
		}
	}
	for _, id := range d.Delete {
		delete(s.records, id)
	}
	for p := range d.Puts() {
		s.records[p.ID] = p.Record
	}
	for _, l := range d.DropLinks {
		delete(s.links, linkEnds{l.Relation.Name, l.From, l.To})
	}
	for l := range d.PutLinks() {
		s.links[linkEnds{l.Relation.Name, l.From, l.To}] = l
	}
}

func (s *store) Head(_ context.Context, changeset string) (merge.Head, error) {
	return merge.Head{Revision: s.revision, Known: s.knownAs(changeset), Table: s.table}, nil
}

func (s *store) SpokenBy(_ context.Context, sources []string) (map[string][]record.ID, error) {
	out := map[string][]record.ID{}
	for id, said := range s.said {
		for source := range said {
			if slices.Contains(sources, source) {
				out[source] = append(out[source], id)
			}
		}
	}
	return out, nil
}

func (s *store) Load(_ context.Context, ids []record.ID) (map[record.ID]merge.Stored, error) {
	s.loads += len(ids)
	out := map[record.ID]merge.Stored{}
	for _, id := range ids {
		s.held[id] = true
		var stored merge.Stored
		for _, said := range s.said[id] {
			stored.Said = append(stored.Said, said)
		}
		if r, ok := s.records[id]; ok {
			for _, l := range s.links {
				if l.From == id {
					r.Links = append(r.Links, l.End)
				}
			}
			stored.Record = &r
		}
		out[id] = stored
	}
	return out, nil
}

func (s *store) Places(_ context.Context, ids []record.ID) (map[record.ID]merge.Place, error) {
	out := map[record.ID]merge.Place{}
	for _, id := range ids {
		r, alive := s.records[id]
		out[id] = merge.Place{Spoken: len(s.said[id]) > 0, Alive: alive, Class: r.Class}
	}
	return out, nil
}

func (s *store) Referring(_ context.Context, ids []record.ID, required bool) ([]record.ID, error) {
	var out []record.ID
	for id, said := range s.said {
		if slices.ContainsFunc(ids, func(to record.ID) bool { return s.refers(id, said, to, required) }) {
			out = append(out, id)
		}
	}
	return out, nil
}

func (s *store) refers(id record.ID, said map[string]merge.Said, to record.ID, required bool) bool {
	for _, statement := range said {
		for name, targets := range s.heard(statement).Links {
			if slices.Contains(targets, to) && (!required || s.catalog.Type(id.Type).Link(name).Binding) {
				return true
			}
		}
	}
	return false
}

func (s *store) Mixed(context.Context) ([]record.ID, error) {
	var out []record.ID
	for id, said := range s.said {
		classes := map[access.ClassNumber]bool{}
		for _, statement := range said {
			classes[statement.Number] = true
		}
		if len(classes) > 1 {
			out = append(out, id)
		}
	}
	return out, nil
}

// at is a clock that moves a minute with every revision.
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

func level(name string) access.Class {
	return access.NewClass(access.Atom{Level: name})
}

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
	"Meeting":              {"title": "m"},
	"Person":               {},
}

// says is a statement with the required fields and those given.
func says(source, name string, class access.Class, f fields, l links) record.Statement {
	s := record.Statement{Source: source, ID: id(name), Class: class, Fields: fields{}, Links: l}
	maps.Copy(s.Fields, required[s.ID.Type])
	maps.Copy(s.Fields, f)
	return s
}

// ladder is the levels clear, green, amber and red.
func ladder() []record.Statement {
	var out []record.Statement
	for rank, name := range []string{"clear", "green", "amber", "red"} {
		out = append(out, says("ladder", "ConfidentialityLevel:"+name, level("clear"), fields{"rank": int64(rank)}, nil))
	}
	return out
}

// world is a store with a ladder that fails the test when a changeset does not
// apply.
type world struct {
	*store
	t testing.TB
	n int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{store: newStore(t), t: t}
	w.say(ladder()...)
	return w
}

func (w *world) do(c record.Changeset) (*merge.Delta, record.Outcome) {
	w.t.Helper()
	w.n++
	if c.ID == "" {
		c.ID = at(w.n).String()
	}
	c.Actor, c.At = "test", at(w.n)
	delta, outcome, err := w.apply(&c)
	if err != nil {
		w.t.Fatal(err)
	}
	return delta, outcome
}

func (w *world) say(s ...record.Statement) (*merge.Delta, record.Outcome) {
	w.t.Helper()
	return w.do(record.Changeset{Say: s})
}

func (w *world) retire(source string, names ...string) (*merge.Delta, record.Outcome) {
	w.t.Helper()
	var c record.Changeset
	for _, n := range names {
		c.Retire = append(c.Retire, record.Retirement{Source: source, ID: id(n)})
	}
	return w.do(c)
}

// value of a field; fails when the record is not there.
func (w *world) value(name, field string) any {
	w.t.Helper()
	r, ok := w.records[id(name)]
	if !ok {
		w.t.Fatalf("%s is not there", name)
	}
	return r.Values[r.Type.Field(field).Index]
}

func (w *world) alive(name string) bool {
	_, ok := w.records[id(name)]
	return ok
}

// class that guards the record, by key.
func (w *world) class(name string) string {
	w.t.Helper()
	r, ok := w.records[id(name)]
	if !ok {
		w.t.Fatalf("%s is not there", name)
	}
	return w.table.Class(r.Class).Key()
}

// ends of the links the record stores under a field, with their levels.
func (w *world) ends(name, field string) map[string]string {
	out := map[string]string{}
	for k, l := range w.links {
		if k.from == id(name) && l.Relation.Field == field {
			out[k.to.String()] = w.table.LevelAt(l.Class, at(0))
		}
	}
	return out
}

func (w *world) wantValue(name, field string, want any) {
	w.t.Helper()
	if got := w.value(name, field); got != want {
		w.t.Errorf("%s.%s = %v, want %v", name, field, got, want)
	}
}

func (w *world) wantAlive(want bool, names ...string) {
	w.t.Helper()
	for _, n := range names {
		if got := w.alive(n); got != want {
			w.t.Errorf("%s is there: %v, want %v", n, got, want)
		}
	}
}

// heard is a statement as it was said.
type heard struct {
	record.Statement
	revision int64
}

func (s *store) heard(said merge.Said) heard {
	statement, err := new(merge.Decoder).Open(s.catalog.Type(said.ID.Type), said.Packed)
	if err != nil {
		panic(err)
	}
	statement.Class = s.table.Class(said.Number)
	return heard{statement, said.Revision}
}

// knownAs is the id under which a changeset was applied, empty for none.
func (s *store) knownAs(changeset string) string {
	if s.applied[changeset] {
		return changeset
	}
	return ""
}

// count how many there are.
func count[T any](all iter.Seq[T]) int {
	n := 0
	for range all {
		n++
	}
	return n
}

// Forget notes that nothing has to be held of records any more.
func (s *store) Forget(ids []record.ID) {
	for _, id := range ids {
		delete(s.held, id)
	}
}
