package question_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// hub is two layers with so many topics, of which every second one is green.
func hub(t *testing.T, catalog *schema.Catalog, topics int) engine.View {
	t.Helper()
	e, err := embedded.Open(t.Context(), embedded.Config{Catalog: catalog})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	layers := []record.ID{{Type: "Layer", Key: "hub"}, {Type: "Layer", Key: "rim"}}
	var say []record.Statement
	for _, layer := range layers {
		say = append(say, record.Statement{Source: "s", ID: layer, Fields: map[string]any{"name": "Hub", "ordinal": int64(1)}})
	}
	for i, level := range []string{"clear", "green"} {
		say = append(say, record.Statement{Source: "s", ID: record.ID{Type: "ConfidentialityLevel", Key: level},
			Fields: map[string]any{"name": level, "rank": int64(i), "meaning": level}})
	}
	for i := range topics {
		say = append(say, record.Statement{
			Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprintf("t%04d", i)}, Fields: map[string]any{"title": "T"},
			Links: map[string][]record.ID{"layers": layers},
			Class: access.NewClass(access.Atom{Level: []string{"clear", "green"}[i%2]}),
		})
	}
	if _, err := e.Apply(t.Context(), &record.Changeset{ID: "c", Actor: "t", At: time.Now(), Say: say}); err != nil {
		t.Fatal(err)
	}
	view, err := e.Read(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = view.Close() })
	return view
}

// TestPathsAreBounded counts what the viewer may see: the same question is too
// much for one who sees all and none for one who sees half.
func TestPathsAreBounded(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	view := hub(t, catalog, 400)
	for _, c := range []struct {
		name     string
		config   question.Config
		seesAll  bool
		from, to string
		code     fault.Code
		total    int
	}{
		{"within both bounds", question.Config{}, true, "Topic:t0000", "Topic:t0002", "", 2},
		{"too many links", question.Config{PathLinks: 500}, true, "Topic:t0000", "Topic:t0002", fault.LimitExceeded, 0},
		{"too many links, half of them hidden", question.Config{PathLinks: 500}, false, "Topic:t0000", "Topic:t0002", "", 2},
		{"as many links as there are", question.Config{PathLinks: 2 + 2 + 400}, false, "Topic:t0000", "Topic:t0002", "", 2},
		{"one link fewer", question.Config{PathLinks: 2 + 2 + 399}, false, "Topic:t0000", "Topic:t0002", fault.LimitExceeded, 0},
		{"too many ways", question.Config{Paths: 300}, true, "Layer:hub", "Layer:rim", fault.LimitExceeded, 0},
		{"too many ways, half of them hidden", question.Config{Paths: 300}, false, "Layer:hub", "Layer:rim", "", 200},
		{"as many ways as there are", question.Config{Paths: 200}, false, "Layer:hub", "Layer:rim", "", 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.config.Catalog = catalog
			got, err := question.New(c.config).Ask(t.Context(), question.Call{
				Name: "paths", View: view, Guard: &plan.Guard{Viewer: access.Viewer{AllSeeing: c.seesAll}, Now: time.Now()},
				Paging: &compile.Paging{Limit: 20},
				Args:   map[string]any{"from": c.from, "to": c.to, "maxLength": int64(3)},
			})
			if c.code != "" {
				if fault.CodeOf(err) != c.code {
					t.Errorf("got %v, %v", got, err)
				}
				return
			}
			if err != nil || got.(*question.Page).Total != c.total {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

// TestNeighbourhoodOfAHub reads no more along a link than can be drawn.
func TestNeighbourhoodOfAHub(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	view := hub(t, catalog, 400)
	got, err := question.New(question.Config{Catalog: catalog}).Ask(t.Context(), question.Call{
		Name: "neighbourhood", View: view, Guard: &plan.Guard{Now: time.Now()},
		Args: map[string]any{"id": "Topic:t0100", "depth": int64(3), "first": int64(4)},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := got.(question.Result)
	want := "[Topic:t0100 Layer:hub Layer:rim Topic:t0000]"
	var ids []string
	for _, n := range r["nodes"].([]any) {
		ids = append(ids, n.(question.Result)["node"].(record.ID).String())
	}
	if fmt.Sprint(ids) != want || r["truncated"] != true || len(r["links"].([]any)) != 4 {
		t.Errorf("got %v, truncated %v, links %v", ids, r["truncated"], r["links"])
	}
}
