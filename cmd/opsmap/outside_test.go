package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// send sends a body as it is.
func (s *server) send(body, token string) string {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url, bytes.NewReader([]byte(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
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
