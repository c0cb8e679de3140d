package main

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// send sends a body as it is.
func (s *server) send(body, token string) string {
	s.t.Helper()
	headers := []string{"Content-Type", "application/json"}
	if token != "" {
		headers = append(headers, "Authorization", "Bearer "+token)
	}
	return s.do(http.MethodPost, s.url, []byte(body), headers...).body
}

// TestPersistedQueriesAreOnesOwn: nobody finds out by a hash what somebody else has asked.
func TestPersistedQueriesAreOnesOwn(t *testing.T) {
	env := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_ADDR": "127.0.0.1:0", "OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "m.db")}
	must(t, env, "load", write(t, "world.yaml", ladderWorld))
	token := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "red", "--groups", "csirt")))
	s := serve(t, env)
	const text = `{ topic(key: \"response\") { title } }`
	sum := sha256.Sum256([]byte(strings.ReplaceAll(text, `\`, "")))
	extensions := `"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "` + hex.EncodeToString(sum[:]) + `"}}`
	if got := s.send(`{"query": "`+text+`", `+extensions+`}`, token); !strings.Contains(got, "Response") {
		t.Fatal(got)
	}
	for range 2 {
		if got := s.send("{"+extensions+"}", token); !strings.Contains(got, "Response") {
			t.Errorf("one's own: %s", got)
		}
		if got := s.send("{"+extensions+"}", ""); !strings.Contains(got, "PERSISTED_QUERY_NOT_FOUND") {
			t.Errorf("a stranger finds it: %s", got)
		}
	}
}

// TestProposalsRestOnWhatIsSeen: links are proposed for what one sees as if nothing else were there: a hidden story does not make a
// practice one that several name, and the names of hidden practices do not crowd out others.
func TestProposalsRestOnWhatIsSeen(t *testing.T) {
	const open = `practices:
  - {key: etcd-backup, title: Backing up etcd, actor: OPERATOR, status: PREDEFINED, recurring: true, signals: [etcd is full], unverified: true, confidentiality: clear}
stories:
  - {key: one, title: "One: etcd is full", outcome: FAILURE, unverified: true, confidentiality: clear}
topics:
  - {key: recurs, title: It recurs, kind: RECURRING_ISSUE, unverified: true, confidentiality: clear}
`
	const hidden = `practices:
  - {key: h-1, title: Backing up etcd in secret, actor: OPERATOR, status: PREDEFINED, recurring: true, signals: [etcd is full], unverified: true, confidentiality: amber}
stories:
  - {key: two, title: "Two: etcd is full", outcome: FAILURE, unverified: true, confidentiality: amber}
  - {key: three, title: Three, outcome: FAILURE, topics: [recurs], distilledInto: [etcd-backup], unverified: true, confidentiality: amber}
`
	const ask = `{ linkProposals { totalCount nodes { key reason words } } }`
	onEachStore(t, func(t *testing.T, env map[string]string) {
		must(t, env, "load", write(t, "open.yaml", open))
		without := mustQuery(t, env, ask)
		must(t, env, "load", write(t, "hidden.yaml", hidden))
		if got, _ := must(t, env, "query", "--as", "anonymous", ask); strings.Join(strings.Fields(got), " ") != without {
			t.Errorf("with hidden stories %s\nwithout them %s", got, without)
		}
		if got := mustQuery(t, env, ask); !strings.Contains(got, "two-distilled-into-etcd-backup") {
			t.Errorf("the hidden story has no proposal: %s", got)
		}
		must(t, env, "load", write(t, "more.yaml", "stories:\n  - {key: four, title: \"Four: etcd is full\", outcome: FAILURE, unverified: true, confidentiality: clear}\n"))
		if got, _ := must(t, env, "query", "--as", "anonymous", ask); !strings.Contains(got, "one-distilled-into-etcd-backup") || strings.Contains(got, "h-1") {
			t.Errorf("what several open stories name is not proposed: %s", got)
		}
	})
}
