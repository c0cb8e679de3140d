package graph_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/graph"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/schema"
)

// server is the GraphQL face of an empty map.
func server(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handlerOf(t))
	t.Cleanup(s.Close)
	return s
}

func handlerOf(t testing.TB) http.Handler {
	t.Helper()
	return graph.Handler(faceOf(t, graph.Config{}))
}

// faceOf an empty map; config says what is to be other than usual.
func faceOf(t testing.TB, config graph.Config) *graph.Schema {
	t.Helper()
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	if config.Engine == nil {
		e, err := embedded.Open(t.Context(), embedded.Config{Catalog: catalog})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = e.Close() })
		config.Engine = e
	}
	config.Catalog, config.Questions = catalog, question.New(question.Config{Catalog: catalog})
	config.Now = func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
	return graph.New(config)
}

type answer struct {
	status     int
	retryAfter string
	media      string
	body       string
	Data       json.RawMessage
	Errors     []struct {
		Message    string
		Path       []any
		Extensions map[string]any
	}
}

func do(t *testing.T, r *http.Request) answer {
	t.Helper()
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{status: resp.StatusCode, media: resp.Header.Get("Content-Type"), retryAfter: resp.Header.Get("Retry-After"), body: string(body)}
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("no JSON: %s", body)
	}
	return a
}

func post(t *testing.T, s *httptest.Server, body string, headers ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return do(t, r)
}

func query(t *testing.T, s *httptest.Server, text string) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": text})
	if err != nil {
		t.Fatal(err)
	}
	return post(t, s, string(body), "Accept", "application/graphql-response+json")
}

func TestRefusals(t *testing.T) {
	s := server(t)
	for _, c := range []struct {
		name, body string
		headers    []string
		status     int
		says       string
	}{
		{"no JSON", `{"query"`, nil, 400, "no JSON object"},
		{"a list", `[{"query": "{__typename}"}]`, nil, 400, "no JSON object"},
		{"no query", `{}`, nil, 400, "no query"},
		{"a number for a query", `{"query": 1}`, nil, 400, "query of the body has the wrong type"},
		{"variables in a list", `{"query": "{__typename}", "variables": []}`, nil, 400, "variables of the body"},
		{"text", `{"query": "{__typename}"}`, []string{"Content-Type", "text/plain"}, 415, "application/json"},
		{"another alphabet", `{"query": "{__typename}"}`, []string{"Content-Type", "application/json; charset=utf-16"}, 415, "UTF-8"},
		{"compressed", `{"query": "{__typename}"}`, []string{"Content-Encoding", "gzip"}, 415, "compressed"},
		{"nested", strings.Repeat("[", 100_000), nil, 400, "nested"},
		{"too large", `{"query": "{__typename}", "x": "` + strings.Repeat("x", 1<<20) + `"}`, nil, 413, "larger than"},
		{"nothing we speak", `{"query": "{__typename}"}`, []string{"Accept", "text/html"}, 406, "Accept"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := post(t, s, c.body, c.headers...)
			if a.status != c.status || len(a.Errors) != 1 || !strings.Contains(a.Errors[0].Message, c.says) {
				t.Errorf("got %d %s", a.status, a.body)
			}
			if len(a.body) > 1000 {
				t.Error("the refusal repeats the request")
			}
		})
	}
}

func TestStatusByMediaType(t *testing.T) {
	s := server(t)
	bad := `{"query": "{ nothing }"}`
	if a := post(t, s, bad, "Accept", "application/json"); a.status != 200 || a.Data != nil {
		t.Errorf("older media type: %d %s", a.status, a.body)
	}
	a := post(t, s, bad, "Accept", "application/graphql-response+json")
	if a.status != 400 || a.media != "application/graphql-response+json; charset=utf-8" {
		t.Errorf("%d %s %s", a.status, a.media, a.body)
	}
}

func TestGet(t *testing.T) {
	s := server(t)
	for _, c := range []struct {
		query  string
		status int
	}{{"{ __typename }", 200}, {"mutation { x }", 400}, {"", 400}} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"?query="+url.QueryEscape(c.query), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", "application/graphql-response+json")
		if a := do(t, r); a.status != c.status {
			t.Errorf("%s: %d %s", c.query, a.status, a.body)
		}
	}
}

func TestMistakesNameTheirField(t *testing.T) {
	s := server(t)
	a := query(t, s, `{ ok: layers { totalCount } bad: layers(first: -1) { totalCount } none: portability(practice: "x", from: "y", to: "z") { verdict } }`)
	if a.status != 200 || string(a.Data) != `{"ok":{"totalCount":0},"bad":null,"none":null}` {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if len(a.Errors) != 2 {
		t.Fatalf("%s", a.body)
	}
	for _, e := range a.Errors {
		if len(e.Path) != 1 || e.Extensions["code"] == nil {
			t.Errorf("%+v", e)
		}
	}
}

func numbered(pattern string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(pattern, "N", itoa(i)))
	}
	return b.String()
}

func itoa(n int) string {
	b, err := json.Marshal(n)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestIntrospection(t *testing.T) {
	a := query(t, server(t), `{
		__schema { queryType { name kind fields(includeDeprecated: true) { name } } directives { name args { name } } types { name } }
		role: __type(name: "Role") { kind enumValues { name } fields { name } ofType { name } }
		none: __type(name: "Nothing") { name }
		__typename
	}`)
	if a.status != 200 || len(a.Errors) > 0 {
		t.Fatalf("%s", a.body)
	}
	for _, want := range []string{
		`"queryType":{"name":"Query","kind":"OBJECT","fields":[`,
		`"role":{"kind":"ENUM","enumValues":[{"name":"READER"},{"name":"CONTRIBUTOR"},{"name":"CURATOR"},{"name":"OWNER"}],"fields":null,"ofType":null}`,
		`"none":null`, `"__typename":"Query"`,
	} {
		if !strings.Contains(a.body, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestMethods: who uses another method is told which ones there are.
func TestMethods(t *testing.T) {
	face := graph.Handler(faceOf(t, graph.Config{}))
	for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodHead, "TRACE"} {
		w := httptest.NewRecorder()
		face.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "/graphql", strings.NewReader(topics)))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, POST" {
			t.Errorf("%s: %d, allowed are %q", method, w.Code, w.Header().Get("Allow"))
		}
	}
}
