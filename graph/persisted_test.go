package graph_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func persistedExtension(text string) string {
	sum := sha256.Sum256([]byte(text))
	return fmt.Sprintf(`{"persistedQuery": {"version": 1, "sha256Hash": %q}}`, hex.EncodeToString(sum[:]))
}

// TestPersistedQueries follows the protocol as Apollo's clients do.
func TestPersistedQueries(t *testing.T) {
	s := server(t)
	const text = "query ($n: Int) { topics(first: $n) { totalCount } }"
	extensions := persistedExtension(text)
	a := post(t, s, `{"extensions": `+extensions+"}")
	if len(a.Errors) != 1 || a.Errors[0].Message != "PersistedQueryNotFound" || a.Errors[0].Extensions["code"] != "PERSISTED_QUERY_NOT_FOUND" {
		t.Fatalf("unknown: %s", a.body)
	}
	if a = post(t, s, fmt.Sprintf(`{"query": %q, "extensions": %s}`, text, extensions)); len(a.Errors) > 0 {
		t.Fatalf("registered: %s", a.body)
	}
	if a = post(t, s, `{"variables": {"n": 1}, "extensions": `+extensions+"}"); string(a.Data) != `{"topics":{"totalCount":0}}` {
		t.Errorf("known: %s", a.body)
	}
	if a = post(t, s, `{"variables": {"n": -1}, "extensions": `+extensions+"}"); len(a.Errors) != 1 || a.Errors[0].Extensions["code"] != "BAD_USER_INPUT" {
		t.Errorf("known, with mistakes: %s", a.body)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"?extensions="+url.QueryEscape(extensions), nil)
	if err != nil {
		t.Fatal(err)
	}
	if a = do(t, r); string(a.Data) != `{"topics":{"totalCount":0}}` {
		t.Errorf("by GET: %s", a.body)
	}
	if a = post(t, s, fmt.Sprintf(`{"query": "{ layers { totalCount } }", "extensions": %s}`, extensions)); len(a.Errors) != 1 || !strings.Contains(a.body, "not that of the query") {
		t.Errorf("another hash: %s", a.body)
	}
	for _, bad := range []string{`{"persistedQuery": 1}`, `{"persistedQuery": {"version": 2, "sha256Hash": "x"}}`, `{"persistedQuery": {"version": 1, "sha256Hash": "x"}}`} {
		if a = post(t, s, `{"extensions": `+bad+"}"); len(a.Errors) != 1 || a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", bad, a.status, a.body)
		}
	}
}

// TestCostOnRequest: everybody may ask what an operation costs.
func TestCostOnRequest(t *testing.T) {
	s := server(t)
	const body = `{"query": "{ topics(first: 10) { nodes { title } } }"}`
	if a := post(t, s, body); strings.Contains(a.body, "extensions") {
		t.Errorf("nobody asked: %s", a.body)
	}
	if a := post(t, s, body, "Opsmap-Extensions", "other, Cost"); !strings.Contains(a.body, `"extensions":{"cost":{"used":284,"max":250000}}`) {
		t.Errorf("%s", a.body)
	}
}
