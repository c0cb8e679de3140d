package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/bench/data"
	"github.com/open-operations/opsmap/internal/bench/shapes"
	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
)

// BenchmarkShapes answers the questions of make bench on the embedded engine,
// without a network: what a profile of the server's own work is taken from.
func BenchmarkShapes(b *testing.B) {
	h := loaded(b)
	for _, shape := range shapes.All(data.Of(1)) {
		variables := shape.Variables
		if variables == nil {
			variables = []map[string]any{{"after": deep(b, h)}}
		}
		var bodies [][]byte
		for _, v := range variables {
			body, err := json.Marshal(map[string]any{"query": shape.Query, "variables": v})
			if err != nil {
				b.Fatal(err)
			}
			bodies = append(bodies, body)
		}
		b.Run(shape.Name, func(b *testing.B) {
			b.ReportAllocs()
			w := &sink{header: http.Header{}}
			before := processorTime(b)
			for i := 0; b.Loop(); i++ {
				serve(b, h, w, bodies[i%len(bodies)])
			}
			b.ReportMetric(float64(processorTime(b)-before)/float64(b.N), "cpu-ns/op")
			b.ReportMetric(float64(w.n), "bytes")
		})
	}
}

func loaded(b *testing.B) http.Handler {
	b.Helper()
	catalog, e := embeddedtest.Open(b)
	all := slices.Collect(data.Of(1).Statements())
	if _, err := e.Apply(b.Context(), &record.Changeset{ID: "all", Actor: "bench", At: data.At, Say: all}); err != nil {
		b.Fatal(err)
	}
	return graph.Handler(graph.New(graph.Config{
		Catalog: catalog, Engine: e, Questions: question.New(question.Config{Catalog: catalog}),
		Now: func() time.Time { return data.At },
	}))
}

// deep is the cursor of the twentieth page of topics.
func deep(b *testing.B, h http.Handler) string {
	b.Helper()
	var after *string
	for range 20 {
		body, err := json.Marshal(map[string]any{"query": shapes.Walk, "variables": map[string]any{"after": after}})
		if err != nil {
			b.Fatal(err)
		}
		var answer struct {
			Data struct {
				Topics struct{ PageInfo struct{ EndCursor *string } }
			}
		}
		w := &sink{header: http.Header{}, keep: true}
		serve(b, h, w, body)
		if err := json.Unmarshal(w.body, &answer); err != nil {
			b.Fatal(err)
		}
		after = answer.Data.Topics.PageInfo.EndCursor
	}
	return *after
}

func serve(b *testing.B, h http.Handler, w *sink, body []byte) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "/graphql", bytes.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	w.n, w.body = 0, w.body[:0]
	h.ServeHTTP(w, r)
	if w.status != http.StatusOK || w.n == 0 {
		b.Fatalf("%d, %d bytes", w.status, w.n)
	}
}

// sink is a response nobody reads.
type sink struct {
	header http.Header
	status int
	n      int
	keep   bool
	body   []byte
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status = status }

func (s *sink) Write(p []byte) (int, error) {
	if s.keep {
		s.body = append(s.body, p...)
	}
	s.n += len(p)
	return len(p), nil
}

// processorTime of this process: what other programs do meanwhile is not in it.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
