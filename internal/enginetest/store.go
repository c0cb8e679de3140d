package enginetest

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/neo4j"
	"github.com/open-operations/opsmap/internal/mutation"
	"github.com/open-operations/opsmap/internal/plan"
	questions "github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/socket"
	"github.com/open-operations/opsmap/schema"
)

// Open opens an empty store whose model is Catalog and closes it when the test
// ends. A store that was opened before in the same test is not used again.
type Open func(testing.TB) engine.Engine

// Catalog is the model of all stores in the suite: the one that ships. It is the
// same value every time, as an engine and the plans it answers must share it.
func Catalog(t testing.TB) *schema.Catalog {
	t.Helper()
	c, err := loadOnce()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

var loadOnce = sync.OnceValues(schema.Load)

var askerOnce = sync.OnceValue(func() *questions.Asker {
	c, err := loadOnce()
	if err != nil {
		panic(err)
	}
	return questions.New(questions.Config{Catalog: c, ContributeURL: "https://example.org/new"})
})

// question is an operation, who asks it, and when.
type question struct {
	query string
	// variables is a JSON object, or empty.
	variables string
	viewer    access.Viewer
	now       time.Time
}

// noon is when questions are asked that do not depend on it.
var noon = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// all sees everything.
var all = access.Viewer{AllSeeing: true, Role: access.Owner}

// store is an engine behind the GraphQL face.
type store struct {
	t       testing.TB
	catalog *schema.Catalog
	engine  engine.Engine
	local   socket.Local
	now     atomic.Pointer[time.Time]
}

func openStore(t testing.TB, open Open) *store {
	t.Helper()
	s := &store{t: t, catalog: Catalog(t), engine: open(t)}
	s.local = socket.Local{Engine: s.engine, GraphQL: graph.Handler(graph.New(graph.Config{
		Catalog: s.catalog, Engine: s.engine, Questions: askerOnce(),
		Mutations: mutation.New(mutation.Config{Catalog: s.catalog, Engine: s.engine}),
		Deadline:  time.Minute,
		Cypher:    neo4j.Statement,
		Document:  graph.DocumentLimits{Aliases: 10_000, Selections: 100_000},
		Limits:    compile.Limits{Cost: 1_000_000_000, Fields: 100_000},
		Logger:    slog.New(slog.NewTextHandler(testLog{t}, nil)),
		Now:       func() time.Time { return *s.now.Load() },
	}))}
	return s
}

// testLog shows what the server logs in the log of the test.
type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(string(b))
	return len(b), nil
}

var _ io.Writer = testLog{}

// ask gives the bytes of the response.
func (s *store) ask(q question) string {
	s.t.Helper()
	request := map[string]any{"query": q.query}
	if q.variables != "" {
		request["variables"] = json.RawMessage(q.variables)
	}
	body, err := json.Marshal(request)
	if err != nil {
		s.t.Fatal(err)
	}
	s.now.Store(&q.now)
	local := s.local
	local.Viewer = q.viewer
	answer, err := local.Query(context.Background(), body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(answer)
}

// run answers a plan of the suite's own.
func (s *store) run(p *plan.Plan) *plan.Answer {
	s.t.Helper()
	view, err := s.engine.Read(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := view.Run(context.Background(), p)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := view.Close(); err != nil {
		s.t.Fatal(err)
	}
	return answer
}

// apply writes a changeset.
func (s *store) apply(c *record.Changeset) (record.Outcome, error) {
	return s.engine.Apply(context.Background(), c)
}

// changes is the whole change log, read in stretches.
func (s *store) changes() []record.Change {
	s.t.Helper()
	var out []record.Change
	for {
		after := int64(0)
		if len(out) > 0 {
			after = out[len(out)-1].Revision
		}
		more, err := s.engine.Changes(context.Background(), after, 2)
		if err != nil {
			s.t.Fatal(err)
		}
		if len(more) == 0 {
			return out
		}
		out = append(out, more...)
	}
}

// load writes a map that has no mistakes.
func (s *store) load(world []*record.Changeset) {
	s.t.Helper()
	for _, c := range world {
		if _, err := s.apply(c); err != nil {
			s.t.Fatalf("%s: %v", c.ID, err)
		}
	}
}

// world reads a map in the suite's own form.
func world(t testing.TB, text string) []*record.Changeset {
	t.Helper()
	w, err := parseWorld(Catalog(t), text, 0)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return w
}
