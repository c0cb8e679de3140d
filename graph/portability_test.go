package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// community is statements about who does what where, made at random.
type community struct {
	*rand.Rand

	said []record.Statement
	// classes are those that facts are said under; one is drawn for each.
	classes                            []access.Class
	practices, platforms, capabilities int
}

type values = map[string]any

// say says a fact under one of the classes.
func (c *community) say(id record.ID, fields values, links map[string][]record.ID) {
	class := open
	if len(c.classes) > 0 {
		class = c.classes[c.IntN(len(c.classes))]
	}
	c.said = append(c.said, record.Statement{Source: "test", ID: id, Class: class, Fields: fields, Links: links})
}

var open = access.NewClass(access.Atom{Level: "clear"})

func ladderOf() []record.Statement {
	var out []record.Statement
	for rank, key := range []string{"clear", "green", "amber", "red"} {
		out = append(out, record.Statement{
			Source: "ladder", ID: record.ID{Type: "ConfidentialityLevel", Key: key}, Class: open,
			Fields: values{"name": key, "rank": int64(rank), "meaning": key},
		})
	}
	return out
}

func (c *community) practice(i int) record.ID {
	return record.ID{Type: "Practice", Key: fmt.Sprintf("practice-%04d", i%c.practices)}
}

// platform i: the first half are solutions, the others providers that run one each.
func (c *community) platform(i int) record.ID {
	if i %= c.platforms; i < c.platforms/2 {
		return record.ID{Type: "Solution", Key: fmt.Sprintf("platform-%02d", i)}
	}
	return record.ID{Type: "Provider", Key: fmt.Sprintf("platform-%02d", i)}
}

func (c *community) capability(i int) record.ID {
	return record.ID{Type: "Capability", Key: fmt.Sprintf("capability-%02d", i%c.capabilities)}
}

func to(id record.ID) []record.ID { return []record.ID{id} }

// all says everything, with so many notes.
func (c *community) all(notes int) {
	states := []string{"YES", "YES", "YES", "RESTRICTED", "NO"}
	for i := range c.platforms {
		fields, links := values{"name": c.platform(i).Key, "operatedBy": "SELF"}, map[string][]record.ID{}
		if c.platform(i).Type == "Provider" {
			fields["operatedBy"], links["runs"] = "PROVIDER", to(c.platform(i-c.platforms/2))
		}
		c.say(c.platform(i), fields, links)
	}
	for i := range c.capabilities {
		c.say(c.capability(i), values{"name": "C", "kind": []string{"SERVICE", "OPERATOR_ACCESS"}[i%2]}, nil)
		for at := range c.platforms {
			if c.IntN(3) > 0 {
				id := record.ID{Type: "Offer", Key: c.platform(at).Key + "--" + c.capability(i).Key}
				c.say(id, values{"state": states[c.IntN(len(states))], "basis": "CITED"}, map[string][]record.ID{"platform": to(c.platform(at)), "capability": to(c.capability(i))})
			}
		}
	}
	for i := range c.practices {
		var needs []record.ID
		for n := range c.IntN(3) {
			needs = append(needs, c.capability(i+7*n))
		}
		c.say(c.practice(i), values{"title": c.practice(i).Key, "actor": "OPERATOR", "status": "WANTED"}, map[string][]record.ID{"requires": needs})
	}
	for i := range notes {
		c.note(i)
		if i%2 == 0 {
			at := c.platform(c.IntN(c.platforms))
			id := record.ID{Type: "Implementation", Key: fmt.Sprintf("%s--%s", c.practice(i).Key, at.Key)}
			c.say(id, values{"mechanism": fmt.Sprint("m", c.IntN(3)), "basis": "CITED"}, map[string][]record.ID{"practice": to(c.practice(i)), "platform": to(at)})
		}
	}
}

func (c *community) note(i int) {
	verdict := []string{"UNCHANGED", "ADAPT", "REWORK", "BLOCKED"}[c.IntN(4)]
	fields := values{"verdict": verdict, "reasons": []any{}, "basis": "CITED", "sources": []any{
		record.Object{"https://example.org", fmt.Sprint(c.IntN(500)), int64(i + 1), nil, "DOCUMENTATION"},
	}}
	if verdict != "UNCHANGED" {
		fields["reasons"] = []any{record.Object{"TECHNOLOGY", "why", verdict}}
	}
	if c.IntN(4) == 0 {
		fields["expiresOn"] = "2026-11-24"
	}
	c.say(record.ID{Type: "PortabilityNote", Key: fmt.Sprintf("note-%05d", i)}, fields, map[string][]record.ID{
		"practice": to(c.practice(i)), "from": to(c.platform(c.IntN(c.platforms))), "to": to(c.platform(c.IntN(c.platforms))),
	})
}

// faces are two GraphQL faces of one map: one for all questions, and one that is made
// anew for each, so that it knows nothing from before.
type faces struct {
	t       testing.TB
	catalog *schema.Catalog
	engine  engine.Engine
	kept    *question.Asker
	now     time.Time
	writes  int
}

func newFaces(t testing.TB, said []record.Statement) *faces {
	t.Helper()
	catalog, e := embeddedtest.Open(t)
	f := &faces{t: t, catalog: catalog, engine: e, kept: question.New(question.Config{Catalog: catalog}), now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	f.write(ladderOf())
	f.write(said)
	return f
}

func (f *faces) write(said []record.Statement) {
	f.t.Helper()
	f.writes++
	c := &record.Changeset{ID: fmt.Sprint("write ", f.writes), Actor: "test", At: f.now, Say: said}
	if _, err := f.engine.Apply(f.t.Context(), c); err != nil {
		f.t.Fatal(err)
	}
}

func (f *faces) ask(asker *question.Asker, now time.Time, viewer access.Viewer, query string) string {
	face := graph.New(graph.Config{Catalog: f.catalog, Engine: f.engine, Questions: asker, Now: func() time.Time { return now }})
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		panic(err)
	}
	w := &sink{header: http.Header{}, keep: true}
	askAs(graph.Handler(face), w, viewer, body)
	return string(w.body)
}

// TestKeptWorldsLeakNothing asks as many viewers at many times, while the map is
// written to, and holds every answer against one that could not have been remembered.
func TestKeptWorldsLeakNothing(t *testing.T) {
	c := &community{
		Rand: rand.New(rand.NewPCG(1, 2)), practices: 4, platforms: 6, capabilities: 3,
		classes: []access.Class{
			open, open, open, access.NewClass(access.Atom{Level: "green"}), access.NewClass(access.Atom{Level: "amber"}),
			access.NewClass(access.Atom{Level: "red", Audience: []string{"csirt"}}),
			access.NewClass(access.Atom{Level: "amber", Conditions: []access.Condition{{Reason: "embargo", Until: time.Date(2026, 11, 24, 18, 0, 0, 0, time.UTC), Then: "clear"}}}),
		},
	}
	c.all(60)
	f := newFaces(t, c.said)
	viewers := []access.Viewer{
		{}, {Clearance: "green"}, {Clearance: "amber"}, {Clearance: "red"}, {Clearance: "red", Groups: []string{"csirt"}}, {AllSeeing: true},
	}
	times := []time.Time{
		f.now, f.now.Add(5 * time.Hour), f.now.Add(6*time.Hour - time.Nanosecond), f.now.Add(6 * time.Hour), f.now.Add(12 * time.Hour), f.now.Add(-24 * time.Hour),
	}
	different := map[string]bool{}
	for round := range 60 {
		if round%20 == 19 {
			written := len(c.said)
			c.note(1000 + round)
			f.write(c.said[written:])
		}
		from, target := c.platform(c.IntN(c.platforms)).Key, c.platform(c.IntN(c.platforms)).Key
		query := fmt.Sprintf(`{ portablePractices(from: %q, to: %q, atMost: BLOCKED) { nodes { practice { key } verdict proof { note { key } offer { key } } obstacles { text } } }
			gaps(platform: %q) { totalCount } portabilityMatrix(platforms: [%q, %q]) { nodes { adapt known } } }`, from, target, target, from, target)
		var group sync.WaitGroup
		var lock sync.Mutex
		for _, viewer := range viewers {
			now := times[c.IntN(len(times))]
			group.Go(func() {
				want := f.ask(question.New(question.Config{Catalog: f.catalog}), now, viewer, query)
				for range 2 {
					if got := f.ask(f.kept, now, viewer, query); got != want {
						t.Errorf("%+v at %s is told\n%s\nand should be\n%s", viewer, now, got, want)
					}
				}
				lock.Lock()
				defer lock.Unlock()
				different[want] = true
			})
		}
		group.Wait()
		if t.Failed() {
			return
		}
	}
	if len(different) < 60 {
		t.Errorf("only %d different answers; there was little to leak", len(different))
	}
}

func askAs(h http.Handler, w *sink, viewer access.Viewer, body []byte) {
	r, err := http.NewRequestWithContext(graph.WithViewer(context.Background(), viewer), http.MethodPost, "/graphql", bytes.NewReader(body))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	w.n, w.body = 0, w.body[:0]
	h.ServeHTTP(w, r)
}
