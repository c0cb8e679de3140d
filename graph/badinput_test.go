package graph_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// badInput is a request that has to be refused: with the code, in few bytes, and
// with the path of the field where there is one.
type badInput struct {
	name string
	// body of the request; query stands for a body with a query alone.
	body, query string
	code        string
	// path of the first error; "-" for none.
	path string
	// status when it is not 400 or 200.
	status int
}

func nested(open, inner, closed string, n int) string {
	return strings.Repeat(open, n) + inner + strings.Repeat(closed, n)
}

// quoted is a text as JSON.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func withVariables(query, variables string) string {
	return fmt.Sprintf(`{"query": %s, "variables": %s}`, quoted(query), variables)
}

func doublingFragments(n int) string {
	out := "fragment f0 on Topic { key } "
	for i := 1; i < n; i++ {
		out += strings.ReplaceAll(strings.ReplaceAll("fragment fN on Topic { a: parent { ...fM } b: parent { ...fM } } ", "N", itoa(i)), "M", itoa(i-1))
	}
	return out
}

func badInputs() []badInput {
	const limit, invalid, bad = "LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"
	megabyte := strings.Repeat("x", 1_000_000)
	where := func(value string) string { return "{ topics(where: " + value + ") { totalCount } }" }
	whereVariable := "query ($w: TopicWhere) { topics(where: $w) { totalCount } }"
	idsVariable := "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
	return []badInput{
		{name: "unknown operator", query: where(`{title: {like: "x"}}`), code: invalid, path: "topics"},
		{name: "unknown operator in a variable", body: withVariables(whereVariable, `{"w": {"title": {"like": "x"}}}`), code: bad, path: "-"},
		{name: "unknown operator of a megabyte", body: withVariables(whereVariable, `{"w": {"title": {"`+megabyte[:900_000]+`": "x"}}}`), code: bad, path: "-"},
		{name: "empty operator", query: where(`{title: {}}`), code: bad, path: "topics"},
		{name: "null operator", query: where(`{title: {eq: null}}`), code: bad, path: "topics"},
		{name: "cursor of bad form", query: `{ topics(after: "x") { totalCount } }`, code: "BAD_CURSOR", path: "topics"},
		{name: "cursor of a megabyte", query: `{ topics(after: "` + megabyte[:900_000] + `") { totalCount } }`, code: "BAD_CURSOR", path: "topics"},
		{name: "first and last", query: "{ topics(first: 1, last: 1) { totalCount } }", code: bad, path: "topics"},
		{name: "negative size", query: "{ t: topics(first: -1) { totalCount } }", code: bad, path: "t"},
		{name: "huge size", query: "{ layer(key: \"x\") { topics(first: 101) { totalCount } } }", code: limit, path: "layer.topics"},
		{name: "size beyond 32 bits", query: "{ topics(first: 99999999999) { totalCount } }", code: bad, path: "topics"},
		{name: "number of a megabyte", query: "{ topics(first: " + strings.Repeat("9", 900_000) + ") { totalCount } }", code: invalid, path: "topics"},
		{name: "number of a megabyte in a variable", body: withVariables("query ($n: Int) { topics(first: $n) { totalCount } }", `{"n": `+strings.Repeat("9", 900_000)+"}"), code: bad, path: "-"},
		{name: "number with a huge exponent", body: withVariables("query ($n: Int) { topics(first: $n) { totalCount } }", `{"n": 1e999999999}`), code: bad, path: "-"},
		{name: "word of a megabyte", body: withVariables("query ($v: Verdict!) { portablePractices(from: \"a\", to: \"b\", atMost: $v) { totalCount } }", `{"v": "`+megabyte[:900_000]+`"}`), code: bad, path: "-"},
		{name: "platform of a megabyte", query: `{ portablePractices(from: "` + megabyte[:900_000] + `", to: "b") { totalCount } }`, code: "NOT_FOUND", path: "portablePractices"},
		{name: "link of a megabyte", query: `{ paths(from: "a:b", to: "a:b", via: ["` + megabyte[:900_000] + `"]) { totalCount } }`, code: bad, path: "paths"},
		{name: "text of more than a megabyte", query: where(`{title: {eq: "` + megabyte + megabyte[:100_000] + `"}}`), code: limit, path: "-", status: http.StatusRequestEntityTooLarge},
		{name: "10,000 times one alias", query: "{ " + strings.Repeat("a: __typename ", 3_000) + "}", code: limit},
		{name: "10,000 aliases", query: "{ " + numbered("aN: __typename ", 10_000) + "}", code: limit},
		{name: "101 aliases", query: "{ viewer { " + numbered("aN: role ", 101) + "} }", code: limit, path: "viewer.a100"},
		{name: "depth 100", query: "{ topic(key: \"x\") " + nested("{ parent ", "{ key }", "}", 100) + "}", code: limit},
		{name: "depth 16", query: "{ topic(key: \"x\") " + nested("{ parent ", "{ key }", "}", 16) + "}", code: limit},
		{name: "depth 100,000", query: nested("{a", "", "}", 100_000), code: limit},
		{name: "cyclic fragments", query: "{ topic(key: \"x\") { ...f } } fragment f on Topic { parent { ...g } } fragment g on Topic { parent { ...f } }", code: invalid},
		{name: "doubling fragments", query: "{ topic(key: \"x\") { ...f44 } } " + doublingFragments(45), code: limit},
		{name: "doubling fragments of one level", query: "{ topic(key: \"x\") { ...f44 } } fragment f0 on Topic { key } " + numberedFrom(1, 45, "fragment fN on Topic { ...fM ...fM } "), code: limit},
		{name: "doubling fields", query: "{ topic(key: \"x\") " + nested("{ parent { key } parent ", "{ key }", "}", 40) + "}", code: limit},
		{name: "quadratic overlap", query: "{ topics { nodes { " + strings.Repeat("layers(first: 1) { nodes { key } } ", 150) + "} } }", code: limit},
		{name: "20,000 directives", query: "{ __typename " + strings.Repeat("@skip(if: false) ", 20_000) + "}", code: limit},
		{name: "101 directives", query: "{ __typename " + strings.Repeat("@a ", 101) + "}", code: limit, path: "__typename"},
		{name: "5,000 bad fields", query: "{ " + numbered("badN ", 5_000) + "}", code: limit},
		{name: "5,000 bad fields below", query: "{ topics { nodes { " + numbered("badN ", 5_000) + "} } }", code: limit, path: "topics.nodes"},
		{name: "900 bad fields below", query: "{ topics { nodes { " + numbered("badN ", 900) + "} } }", code: invalid, path: "topics.nodes.bad0"},
		{name: "2,000 bad arguments", query: "{ topics(" + numbered("badN: 1 ", 2_000) + ") { totalCount } }", code: invalid, path: "topics"},
		{name: "field of a megabyte", query: "{ " + megabyte[:900_000] + " }", code: limit, path: "-"},
		{name: "fields after spreading", query: "{ " + numbered("...f ", 1) + "layers { nodes { " + strings.Repeat("...f ", 150) + "} } } fragment f on Layer { key name ordinal summary inScope id version createdAt }", code: ""},
		{name: "variable list of 100,000", body: withVariables(idsVariable, `{"ids": [`+strings.TrimSuffix(strings.Repeat(`"T:a",`, 100_000), ",")+"]}"), code: limit, path: "-"},
		{name: "variable list of 10,000", body: withVariables(idsVariable, `{"ids": [`+strings.TrimSuffix(strings.Repeat(`"T:a",`, 10_000), ",")+"]}"), code: limit, path: "nodes"},
		{name: "literal list of 100,000", query: `{ nodes(ids: [` + strings.Repeat(`"a" `, 100_000) + "]) { id } }", code: limit},
		{name: "list of 3,000 in a filter", query: where(`{title: {in: [` + strings.Repeat(`"a" `, 3_000) + "]}}"), code: "none"},
		{name: "nested input in a literal", query: where(nested("{not: ", "{}", "}", 500)), code: limit},
		{name: "nested list in a literal", query: where("{and: " + nested("[", "", "]", 3_000) + "}"), code: limit},
		{name: "nested input in a variable", body: withVariables(whereVariable, `{"w": `+nested(`{"not": `, "{}", "}", 90)+"}"), code: limit, path: "-"},
		{name: "nested conditions", body: withVariables(whereVariable, `{"w": `+nested(`{"not": `, "{}", "}", 50)+"}"), code: "none"},
		{name: "wide input in a variable", body: withVariables(whereVariable, `{"w": {"or": [`+strings.TrimSuffix(strings.Repeat(`{"title": {"eq": "x"}},`, 9_000), ",")+"]}}"), code: ""},
		{name: "body nested 100,000 times", body: nested("[", "", "]", 100_000), code: limit, path: "-"},
		{name: "variables nested 100,000 times", body: withVariables(whereVariable, nested(`{"w":`, "1", "}", 50_000)), code: limit, path: "-"},
		{name: "many operations", query: numbered("query qN { __typename } ", 33), code: limit, path: "-"},
		{name: "no operation named", query: numbered("query qN { __typename } ", 2), code: invalid, path: "-"},
		{name: "many fragments", query: "{ __typename } " + numbered("fragment fN on Topic { key } ", 65), code: limit, path: "-"},
		{name: "duplicate keys in an input", query: where(`{title: {eq: "a", eq: "b"}}`), code: invalid, path: "topics"},
		{name: "duplicate argument", query: "{ topics(first: 1, first: 2) { totalCount } }", code: invalid, path: "topics"},
		{name: "duplicate variable", query: "query ($a: Int, $a: Int) { topics(first: $a) { totalCount } }", code: invalid},
		{name: "invalid UTF-8", body: "{\"query\": \"{ topic(key: \\\"\xff\xfe\\\") { key } }\"}", code: "none"},
		{name: "lone surrogate", body: `{"query": "{ topic(key: \"\\ud800\") { key } }"}`, code: "none"},
		{name: "null bytes", query: "{ topic(key: \"a\x00b\") { key } }", code: invalid},
		{name: "unfinished", query: "{ topics {", code: invalid, path: "-"},
		{name: "unfinished text", query: `{ topic(key: "`, code: invalid, path: "-"},
		{name: "only comments", query: strings.Repeat("# nothing\n", 50_000), code: limit, path: "-"},
		{name: "introspection in depth", query: "{ __schema { types { fields { type " + nested("{ fields { type ", "{ name }", "} }", 6) + "} } } }", code: invalid},
		{name: "a great many introspections", query: "{ " + numbered("aN: __schema { types { fields { name args { name type { name } } } } } ", 50) + "}", code: limit},
		{name: "subscription", query: "subscription { topics { totalCount } }", code: invalid, path: "topics"},
		{name: "too dear", query: "{ topics(first: 100) { nodes { practices(first: 100) { nodes { topics(first: 100) { nodes { key } } } } } } }", code: limit, path: "topics.nodes.practices.nodes.topics"},
		{name: "too many questions", query: "{ " + numbered(`aN: gaps(platform: "x") { totalCount } `, 50) + "}", code: limit},
		{name: "list as a batch", body: "[" + strings.TrimSuffix(strings.Repeat(`{"query": "{ __typename }"},`, 10), ",") + "]", code: "BAD_REQUEST", path: "-"},
	}
}

func numberedFrom(from, to int, pattern string) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(strings.ReplaceAll(strings.ReplaceAll(pattern, "N", itoa(i)), "M", itoa(i-1)))
	}
	return b.String()
}

func (c *badInput) request() string {
	if c.body != "" {
		return c.body
	}
	return `{"query": ` + quoted(c.query) + "}"
}

func TestBadInput(t *testing.T) {
	s := server(t)
	for _, c := range badInputs() {
		t.Run(c.name, func(t *testing.T) {
			a := post(t, s, c.request(), "Accept", "application/graphql-response+json")
			c.check(t, a)
		})
	}
}

func (c *badInput) check(t *testing.T, a answer) {
	t.Helper()
	if len(a.body) > 8_000 {
		t.Errorf("the answer has %d bytes", len(a.body))
	}
	if c.code == "none" {
		if len(a.Errors) > 0 {
			t.Errorf("%.600s", a.body)
		}
		return
	}
	if len(a.Errors) == 0 || (a.status != http.StatusOK && a.status != http.StatusBadRequest && a.status != c.status) {
		t.Fatalf("%d %.600s", a.status, a.body)
	}
	e := a.Errors[0]
	if e.Extensions["code"] == nil || (c.code != "" && e.Extensions["code"] != c.code) {
		t.Errorf("the code is %v, not %s: %.600s", e.Extensions["code"], c.code, a.body)
	}
	var path []string
	for _, p := range e.Path {
		path = append(path, fmt.Sprint(p))
	}
	switch got := strings.Join(path, "."); {
	case c.path == "-" && got != "":
		t.Errorf("the path is %s, where there is none: %.600s", got, a.body)
	case c.path != "" && c.path != "-" && got != c.path:
		t.Errorf("the path is %s, not %s: %.600s", got, c.path, a.body)
	}
}

// BenchmarkBadInput tells how dear it is to be refused: CPU-ms is that of the
// process, client included.
func BenchmarkBadInput(b *testing.B) {
	handler := handlerOf(b)
	for _, c := range badInputs() {
		b.Run(strings.ReplaceAll(c.name, " ", "-"), func(b *testing.B) {
			body := c.request()
			b.ReportAllocs()
			start := cpu(b)
			for b.Loop() {
				ask(b, handler, body)
			}
			b.ReportMetric(float64(cpu(b)-start)/1e6/float64(b.N), "CPU-ms/op")
		})
	}
}

func ask(t testing.TB, handler http.Handler, body string) *httptest.ResponseRecorder {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/graphql", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return w
}
