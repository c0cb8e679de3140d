package enginetest

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/access"
)

// runExplain asks how answers come about: curators and owners are told which index
// or walk serves each read, only who sees everything how much was looked at, and
// nobody which classes are open.
func runExplain(t *testing.T, open Open) {
	s := openStore(t, open)
	s.load(world(t, baseWorld(t)))
	const query = `{
	  topic(key: "etcd") { title layers { nodes { name } } }
	  paths(from: "Topic:etcd", to: "Topic:ceph", via: ["related"]) { totalCount nodes { nodes { key } } }
	}`
	owner := s.explained(query, all)
	if owner == nil || owner.Refused != "" || len(owner.Plans) < 3 {
		t.Fatalf("the owner is told %+v", owner)
	}
	curator := s.explained(query, access.Viewer{Clearance: "green", Role: access.Curator})
	if curator == nil || len(curator.Plans) != len(owner.Plans) {
		t.Fatalf("a curator is told %+v", curator)
	}
	for i := range curator.Plans {
		checkExplained(t, owner.Plans[i], true)
		checkExplained(t, curator.Plans[i], false)
	}
	if steps := strings.Join(owner.Plans[0].Reads[0].Steps, "\n"); !strings.Contains(strings.ToLower(steps), "seek") && !strings.Contains(steps, "key index") {
		t.Errorf("a topic by key is served by\n%s", steps)
	}
	reader := s.explained(query, access.Viewer{Clearance: "red", Role: access.Contributor})
	if reader == nil || reader.Refused == "" || len(reader.Plans) != 0 {
		t.Errorf("a contributor is told %+v", reader)
	}
}

func checkExplained(t *testing.T, p graph.PlanExplanation, seesAll bool) {
	t.Helper()
	if !strings.Contains(p.Plan, "guarded") || len(p.Reads) == 0 {
		t.Errorf("a plan is %+v", p)
	}
	for _, r := range p.Reads {
		if !strings.Contains(r.Cypher, "_class IN $open") || len(r.Steps) == 0 {
			t.Errorf("a read is %+v", r)
		}
		if (r.Touched != nil) != seesAll || (seesAll && *r.Touched == 0) {
			t.Errorf("looked at: %v, sees all: %v", r.Touched, seesAll)
		}
		for _, guard := range []string{"open", "levels"} {
			if _, told := r.Parameters[guard]; told {
				t.Errorf("the guard's $%s is told", guard)
			}
		}
	}
}

// explained is what the answer to an operation says of how it came about.
func (s *store) explained(query string, viewer access.Viewer) *graph.Explanation {
	s.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "extensions": map[string]any{"explain": true}})
	if err != nil {
		s.t.Fatal(err)
	}
	now := noon
	s.now.Store(&now)
	local := s.local
	local.Viewer = viewer
	answer, err := local.Query(context.Background(), body)
	if err != nil {
		s.t.Fatal(err)
	}
	var response struct {
		Extensions struct {
			Explain *graph.Explanation `json:"explain"`
		} `json:"extensions"`
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		s.t.Fatal(err)
	}
	return response.Extensions.Explain
}

// baseWorld is the map that most cases share.
func baseWorld(t *testing.T) string {
	t.Helper()
	b, err := testdata.ReadFile("testdata/base.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
