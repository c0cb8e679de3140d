package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/socket"
	"github.com/open-operations/opsmap/schema"
	"github.com/open-operations/opsmap/web"
)

// TestEnginesGiveTheSameBytes loads the shipped catalogue into both engines and
// asks both the same: every starter question, every question of the README, and
// the moves that matter most.
func TestEnginesGiveTheSameBytes(t *testing.T) {
	catalog, here := embeddedtest.Open(t)
	there := neo4jtest.Open(t)
	one, other := loaded(t, catalog, here), loaded(t, catalog, there)
	for name, question := range questions(t) {
		t.Run(name, func(t *testing.T) {
			request, err := json.Marshal(map[string]any{"query": question})
			if err != nil {
				t.Fatal(err)
			}
			want, err := one.Query(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			got, err := other.Query(t.Context(), request)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s\nNeo4j\n%s\nembedded\n%s", question, got, want)
			}
			if bytes.Contains(want, []byte(`"errors"`)) {
				t.Errorf("%s\n%s", question, want)
			}
		})
	}
}

// loaded is a store with the shipped catalogue, asked as a stranger.
func loaded(t *testing.T, catalog *schema.Catalog, e engine.Engine) socket.Local {
	t.Helper()
	// The first time Neo4j plans a statement takes longest, and the machine may be busy.
	p := &program{catalog: catalog, config: config{Now: "2026-11-24T12:00:00Z", ContributeURL: defaultContributeURL, Deadline: "5m"}, streams: streams{err: os.Stderr}}
	if err := p.catalogue(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	face, err := p.graph(e)
	if err != nil {
		t.Fatal(err)
	}
	return socket.Local{Engine: e, GraphQL: graph.Handler(face), Viewer: access.Viewer{Role: access.Reader}}
}

func questions(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, q := range web.Questions() {
		all[q.Name] = q.Document
	}
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for i, match := range example.FindAllSubmatch(readme, -1) {
		all[fmt.Sprintf("README %d", i+1)] = string(match[1])
	}
	for _, move := range [][2]string{{"vsphere", "osism"}, {"aws", "osism"}, {"osism", "k8s"}} {
		all[move[0]+" to "+move[1]] = fmt.Sprintf(`{ portablePractices(from: %q, to: %q, atMost: REWORK, first: 50) { totalCount nodes {
			practice { key title actor layers { nodes { name } } } verdict basis reasons { kind text } sources { uri } } } }`, move[0], move[1])
	}
	return all
}
