package graph_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// BenchmarkPortability asks the embedded engine about 4,000 practices, 50 platforms and
// 40,000 notes, through GraphQL. The aims: an answer with its proof below 5 ms, every
// move between all platforms, which is 25 pages of 100 cells, below 3 s.
func BenchmarkPortability(b *testing.B) {
	c := &community{Rand: rand.New(rand.NewPCG(1, 2)), practices: 4000, platforms: 50, capabilities: 30}
	c.all(40_000)
	f := newFaces(b, c.said)
	face := graph.Handler(graph.New(graph.Config{Catalog: f.catalog, Engine: f.engine, Questions: f.kept}))
	w := &sink{header: http.Header{}, keep: true}
	ask := func(b *testing.B, query string, variables map[string]any) {
		b.Helper()
		body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
		if err != nil {
			b.Fatal(err)
		}
		askAs(face, w, access.Viewer{}, body)
		if w.status != http.StatusOK || w.n == 0 {
			b.Fatalf("%d %s", w.status, w.body)
		}
	}
	const answer = `query ($practice: String!, $from: String!, $to: String!) { portability(practice: $practice, from: $from, to: $to) {
		verdict basis reasons { kind text } obstacles { text } verdictWithoutObstacles path contributeUrl
		proof { kind hop verdict note { key } offer { key state } implementation { key } sources { uri path line } } } }`
	pair := func(i int) map[string]any {
		return map[string]any{"practice": c.practice(i).Key, "from": c.platform(i % 49).Key, "to": c.platform(i*7 + 3).Key}
	}
	// forget makes the map another one, so that nothing worked out from it is known.
	forget := func() {
		id := record.ID{Type: "Layer", Key: fmt.Sprint("layer-", f.writes)}
		f.write([]record.Statement{{Source: "bench", ID: id, Class: open, Fields: values{"name": "L", "ordinal": int64(f.writes)}}})
	}
	// The first question after a write reads the whole world.
	b.Run("first", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			forget()
			b.StartTimer()
			ask(b, answer, pair(i))
		}
	})
	b.Run("answer", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ask(b, answer, pair(i))
		}
	})
	b.Run("list", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			p := pair(i)
			delete(p, "practice")
			ask(b, `query ($from: String!, $to: String!) { portablePractices(from: $from, to: $to, atMost: REWORK) { totalCount nodes { practice { title } verdict proof { kind } } } }`, p)
		}
	})
	b.Run("matrix", func(b *testing.B) {
		spent := time.Duration(0)
		for b.Loop() {
			b.StopTimer()
			forget()
			ask(b, answer, pair(0))
			before := processorTime(b)
			b.StartTimer()
			cells, after := 0, any(nil)
			for {
				ask(b, `query ($after: String) { portabilityMatrix(first: 100, after: $after) { nodes { from { key } to { key } known blocked } pageInfo { hasNextPage endCursor } } }`,
					map[string]any{"after": after})
				var page struct {
					Data struct {
						PortabilityMatrix struct {
							Nodes    []struct{ Known int }
							PageInfo struct {
								HasNextPage bool
								EndCursor   string
							}
						}
					}
				}
				if err := json.Unmarshal(w.body, &page); err != nil {
					b.Fatal(err)
				}
				m := page.Data.PortabilityMatrix
				if cells, after = cells+len(m.Nodes), m.PageInfo.EndCursor; !m.PageInfo.HasNextPage {
					break
				}
			}
			if cells != 50*49 {
				b.Fatalf("%d cells", cells)
			}
			spent += processorTime(b) - before
		}
		b.ReportMetric(float64(spent)/float64(b.N), "cpu-ns/op")
	})
}
