package mutation_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/mutation"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/socket"
)

var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// writing is a map with the levels clear and amber, a topic on each and a person, and
// the log of what is done.
type writing struct {
	t     *testing.T
	local socket.Local
	log   bytes.Buffer
}

func newWriting(t *testing.T) *writing {
	t.Helper()
	catalog, e := embeddedtest.Open(t)
	c := &record.Changeset{ID: "c", Actor: "t", At: noon}
	for rank, key := range []string{"clear", "amber"} {
		c.Say = append(c.Say,
			record.Statement{Source: "s", ID: record.ID{Type: "ConfidentialityLevel", Key: key}, Fields: map[string]any{"name": key, "rank": int64(rank), "meaning": key}},
			record.Statement{Source: "s", ID: record.ID{Type: "Topic", Key: key}, Fields: map[string]any{"title": key}, Class: access.NewClass(access.Atom{Level: key})})
	}
	c.Say = append(c.Say, record.Statement{Source: "s", ID: record.ID{Type: "Person", Key: "ada"}, Fields: map[string]any{"name": "Ada"}})
	if _, err := e.Apply(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	w := &writing{t: t}
	log := audit.New(&w.log, func() time.Time { return noon })
	w.local = socket.Local{Engine: e, Viewer: access.Viewer{Role: access.Curator, Token: "t", Person: "ada", Clearance: "amber"}}
	w.local.GraphQL = graph.Handler(graph.New(graph.Config{
		Catalog: catalog, Engine: e, Questions: question.New(question.Config{Catalog: catalog}), Now: func() time.Time { return noon }, Audit: log,
		Mutations: mutation.New(mutation.Config{Catalog: catalog, Engine: e, Audit: log}),
	}))
	return w
}

func (w *writing) ask(query string) string {
	w.t.Helper()
	request, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.local.Query(w.t.Context(), request)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(answer)
}

// changesets are the lines of the log about what was written.
func (w *writing) changesets() []audit.Event {
	w.t.Helper()
	var out []audit.Event
	for line := range strings.Lines(w.log.String()) {
		var e audit.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			w.t.Fatal(err)
		}
		if e.Kind == audit.Changeset {
			out = append(out, e)
		}
	}
	return out
}

func TestWhatIsWrittenIsLogged(t *testing.T) {
	w := newWriting(t)
	w.ask(`mutation { vote(input: {topic: "clear"}) { topic { votes } } }`)
	w.ask(`mutation { setLevel(input: {id: "Topic:amber", level: "clear"}) { record { id } } }`)
	w.ask(`mutation { vote(input: {topic: "nothing"}) { topic { votes } } }`)
	got := w.changesets()
	if len(got) != 2 {
		t.Fatalf("%d changesets are in the log:\n%s", len(got), w.log.String())
	}
	if e := got[0]; e.Fields[0] != "vote" || e.Created != 1 || e.Changed != 1 || e.Lowered != 0 || e.Viewer.Person != "ada" {
		t.Errorf("the vote: %+v", e)
	}
	if e := got[1]; e.Fields[0] != "setLevel" || e.Lowered != 1 || e.Level != "amber" {
		t.Errorf("the level, which has to be noted under the one before: %+v", e)
	}
}

// TestOneOfManyAtOnce sends the same request eight times at once.
func TestOneOfManyAtOnce(t *testing.T) {
	w := newWriting(t)
	answers := make([]string, 8)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() {
			answers[i] = w.ask(`mutation { proposeTopic(input: {title: "Once", clientMutationId: "1"}) { topic { key version } clientMutationId } }`)
		})
	}
	wg.Wait()
	for _, answer := range answers {
		if answer != answers[0] || !strings.Contains(answer, `"version":1`) {
			t.Errorf("got %s and %s", answer, answers[0])
		}
	}
	if got := w.ask(`{ topics(where: {title: {eq: "Once"}}) { totalCount } }`); got != `{"data":{"topics":{"totalCount":1}}}` {
		t.Error(got)
	}
	if n := len(w.changesets()); n != 1 {
		t.Errorf("%d changesets are in the log", n)
	}
}

// TestMutationsRunInTheirOrder holds an operation of several to their order, and to
// what each wrote.
func TestMutationsRunInTheirOrder(t *testing.T) {
	w := newWriting(t)
	var fields strings.Builder
	want := []string{}
	for i := range 6 {
		name := []string{"vote", "withdrawVote"}[i%2]
		fmt.Fprintf(&fields, "a%d: %s(input: {topic: \"clear\"}) { topic { votes version } }\n", i, name)
		want = append(want, fmt.Sprintf(`"a%d":{"topic":{"votes":%d,"version":%d}}`, i, 1-i%2, i+2))
	}
	if got := w.ask("mutation { " + fields.String() + "}"); got != `{"data":{`+strings.Join(want, ",")+`}}` {
		t.Error(got)
	}
}
