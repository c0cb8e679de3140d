package github_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-operations/opsmap/loader/github"
)

// hub behaves like GitHub: pages with Link headers, ETags, rate limits.
type hub struct {
	mu sync.Mutex
	// issues and comments are what the repository has.
	issues, comments []map[string]any
	// token that is asked for; empty for none.
	token string
	// before may answer a request in place of the hub.
	before func(w http.ResponseWriter, r *http.Request) bool
	// answered and unchanged count answers, with 200 and with 304.
	answered, unchanged int
	// perPage is how many items a page has at most.
	perPage int
	// silent: an answer that nothing has changed says nothing else.
	silent bool
	// noList: comments are known by issue only.
	noList bool
}

func (h *hub) serve(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.before != nil && h.before(w, r) {
		return
	}
	fail := func(code int, message string) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(code)
		fmt.Fprintf(w, `{"message":%q,"documentation_url":"https://docs.github.com/rest","status":"%d"}`, message, code)
	}
	items, found := h.find(r.URL.Path)
	switch {
	case h.token != "" && r.Header.Get("Authorization") != "Bearer "+h.token:
		fail(http.StatusUnauthorized, "Bad credentials")
	case !found:
		fail(http.StatusNotFound, "Not Found")
	default:
		h.page(w, r, items)
	}
}

func (h *hub) find(path string) (items []map[string]any, found bool) {
	rest, found := strings.CutPrefix(path, "/api/v3/repos/open-operations/topics/")
	switch {
	case !found:
		return nil, false
	case rest == "issues":
		return h.issues, true
	case rest == "issues/comments":
		return h.comments, !h.noList
	}
	number, found := strings.CutSuffix(strings.TrimPrefix(rest, "issues/"), "/comments")
	for _, c := range h.comments {
		if strings.HasSuffix(c["issue_url"].(string), "/issues/"+number) {
			items = append(items, c)
		}
	}
	return items, found
}

func (h *hub) page(w http.ResponseWriter, r *http.Request, items []map[string]any) {
	q := r.URL.Query()
	size, _ := strconv.Atoi(q.Get("per_page"))
	if h.perPage > 0 {
		size = h.perPage
	}
	n := 1
	if v := q.Get("page"); v != "" {
		n, _ = strconv.Atoi(v)
	}
	from := min((n-1)*size, len(items))
	to := min(from+size, len(items))
	if to < len(items) {
		q.Set("page", strconv.Itoa(n+1))
		next := "http://" + r.Host + r.URL.Path + "?" + q.Encode()
		w.Header().Set("Link", fmt.Sprintf(`<%s>; rel="next", <%s>; rel="last"`, next, next))
	}
	part := items[from:to]
	if part == nil {
		part = []map[string]any{}
	}
	body, err := json.Marshal(part)
	if err != nil {
		panic(err)
	}
	etag := fmt.Sprintf(`W/"%x"`, len(body)*31+int(body[len(body)/2]))
	w.Header().Set("ETag", etag)
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if r.Header.Get("If-None-Match") == etag {
		if h.silent {
			w.Header().Del("Link")
		}
		h.unchanged++
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.answered++
	_, _ = w.Write(body)
}

func issue(number, comments int) map[string]any {
	return map[string]any{
		"number": number, "title": fmt.Sprint("Topic ", number), "state": "open", "comments": comments,
		"html_url": fmt.Sprintf("https://github.com/open-operations/topics/issues/%d", number), "reactions": map[string]any{"+1": number, "url": "x"},
	}
}

func comment(number int) map[string]any {
	return map[string]any{
		"html_url":  fmt.Sprintf("https://github.com/open-operations/topics/issues/%d#issuecomment-%d", number, number),
		"issue_url": fmt.Sprintf("https://api.github.com/repos/open-operations/topics/issues/%d", number),
	}
}

var topics = github.Repository{Owner: "open-operations", Name: "topics"}

// TestIssues reads a repository of several pages, and again with nothing changed.
func TestIssues(t *testing.T) {
	for _, noList := range []bool{false, true} {
		h := &hub{token: "secret", perPage: 2, noList: noList}
		for n := range 5 {
			h.issues = append(h.issues, issue(n+1, n%2))
		}
		pull := issue(6, 0)
		pull["pull_request"] = map[string]any{"url": "x"}
		h.issues, h.comments = append(h.issues, pull), append(h.comments, comment(2), comment(4))
		c := &github.Client{Base: h.serve(t).URL + "/api/v3", Token: "secret", Cache: t.TempDir()}
		first, err := c.Issues(t.Context(), topics, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []struct {
			Number   int
			Comments []struct {
				URL string `json:"html_url"`
			}
		}
		if err := json.Unmarshal(first, &got); err != nil || len(got) != 5 {
			t.Fatalf("%v: %s", err, first)
		}
		if len(got[1].Comments) != 1 || !strings.HasSuffix(got[1].Comments[0].URL, "#issuecomment-2") || len(got[0].Comments) != 0 {
			t.Errorf("the comments are %+v", got)
		}
		answered := h.answered
		again, err := c.Issues(t.Context(), topics, nil)
		if err != nil || string(again) != string(first) {
			t.Errorf("%v: the second time it reads %s", err, again)
		}
		if h.answered != answered || h.unchanged == 0 {
			t.Errorf("%d pages were sent again, %d were unchanged", h.answered-answered, h.unchanged)
		}
	}
}

// TestRefusals: what GitHub refuses is said in words that tell what to do.
// TestAPageMoreThanBefore fills the last page and then begins another: that the full
// one is unchanged does not say that none follows.
func TestAPageMoreThanBefore(t *testing.T) {
	for _, silent := range []bool{false, true} {
		h := &hub{silent: silent}
		server := h.serve(t)
		c := &github.Client{Base: server.URL + "/api/v3", Cache: t.TempDir()}
		for _, n := range []int{99, 100, 100, 101, 102, 200, 201, 201} {
			for len(h.issues) < n {
				h.issues = append(h.issues, issue(len(h.issues)+1, 0))
			}
			text, err := c.Issues(t.Context(), github.Repository{Owner: "open-operations", Name: "topics"}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var all []any
			if err := json.Unmarshal(text, &all); err != nil || len(all) != n {
				t.Errorf("silent %v: %d of %d issues, %v", silent, len(all), n, err)
			}
		}
	}
}

func TestRefusals(t *testing.T) {
	answer := func(code int, body string, headers ...string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			for i := 0; i < len(headers); i += 2 {
				w.Header().Set(headers[i], headers[i+1])
			}
			w.WriteHeader(code)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	late := strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	for _, c := range []struct {
		name   string
		token  string
		before func(http.ResponseWriter, *http.Request) bool
		want   string
	}{
		{"401", "x", answer(401, `{"message":"Bad credentials"}`), "the token in GITHUB_TOKEN is not accepted (Bad credentials)"},
		{"403", "x", answer(403, `{"message":"Resource protected by organization SAML enforcement"}`), "may not be read (Resource protected by organization SAML enforcement)"},
		{"404 without a token", "", answer(404, `{"message":"Not Found"}`), "or a token in GITHUB_TOKEN"},
		{"404 with one", "x", answer(404, `{"message":"Not Found"}`), "that the token in GITHUB_TOKEN may read"},
		{"410", "", answer(410, `{"message":"Issues are disabled for this repo"}`), "has no issues"},
		{"HTML", "", answer(200, "<!DOCTYPE html><title>Sign in</title>", "Content-Type", "text/html"), "HTML page"},
		{"an object", "", answer(200, `{"a":1}`), "something else than a list"},
		{"used up", "", answer(403, `{"message":"API rate limit exceeded"}`, "X-Ratelimit-Remaining", "0", "X-Ratelimit-Reset", late), "come back in"},
		{"secondary", "x", answer(429, `{"message":"secondary rate limit"}`, "Retry-After", "3600"), "come back in 1h0m0s"},
		{"another host", "x", answer(200, `[]`, "Link", `<https://example.org/2>; rel="next"`), "which is not 127.0.0.1"},
	} {
		h := &hub{before: c.before}
		client := &github.Client{Base: h.serve(t).URL + "/api/v3", Token: c.token}
		if _, err := client.Issues(t.Context(), topics, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v does not say %q", c.name, err, c.want)
		}
	}
	insecure := &github.Client{Base: "http://example.org/api/v3", Token: "x"}
	if _, err := insecure.Issues(t.Context(), topics, nil); err == nil || !strings.Contains(err.Error(), "not encrypted") {
		t.Errorf("a token in the clear: %v", err)
	}
}

// TestRedirects: a repository that was renamed is found; a token goes to no other
// host, though it be another port of the same.
func TestRedirects(t *testing.T) {
	h := &hub{token: "secret", issues: []map[string]any{issue(1, 0)}}
	h.before = func(w http.ResponseWriter, r *http.Request) bool {
		rest, renamed := strings.CutPrefix(r.URL.Path, "/api/v3/repos/open-operations/old/")
		if renamed {
			http.Redirect(w, r, "/api/v3/repos/open-operations/topics/"+rest+"?"+r.URL.RawQuery, http.StatusMovedPermanently)
		}
		return renamed
	}
	client := &github.Client{Base: h.serve(t).URL + "/api/v3", Token: "secret"}
	got, err := client.Issues(t.Context(), github.Repository{Owner: "open-operations", Name: "old"}, nil)
	if err != nil || !strings.Contains(string(got), "Topic 1") {
		t.Errorf("a repository that was renamed: %v: %s", err, got)
	}
	asked := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	t.Cleanup(other.Close)
	for name, to := range map[string]string{"another host": other.URL + "/x", "a circle": ""} {
		h := &hub{before: func(w http.ResponseWriter, r *http.Request) bool {
			target := to
			if target == "" {
				target = r.URL.String()
			}
			http.Redirect(w, r, target, http.StatusTemporaryRedirect)
			return true
		}}
		client := &github.Client{Base: h.serve(t).URL + "/api/v3", Token: "secret"}
		_, err := client.Issues(t.Context(), topics, nil)
		if err == nil || asked > 0 || strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "it is sent on") {
			t.Errorf("%s: %v, and %d requests there", name, err, asked)
		}
	}
}

// TestPatience: it waits as it is told to, and asks again what was cut off.
func TestPatience(t *testing.T) {
	said := 0
	refuse := []func(w http.ResponseWriter){
		func(w http.ResponseWriter) { w.Header().Set("Retry-After", "0"); w.WriteHeader(http.StatusForbidden) },
		func(w http.ResponseWriter) {
			w.Header().Set("X-Ratelimit-Remaining", "0")
			w.Header().Set("X-Ratelimit-Reset", strconv.FormatInt(time.Now().Add(-time.Second).Unix(), 10))
			w.WriteHeader(http.StatusForbidden)
		},
		func(w http.ResponseWriter) { _, _ = w.Write([]byte(`[{"number":1,"ti`)) },
	}
	h := &hub{issues: []map[string]any{issue(1, 0)}}
	h.before = func(w http.ResponseWriter, _ *http.Request) bool {
		if said == len(refuse) {
			return false
		}
		refuse[said](w)
		said++
		return true
	}
	var waited []string
	client := &github.Client{Base: h.serve(t).URL + "/api/v3/", Wait: func(reason string, _ time.Duration) { waited = append(waited, reason) }}
	got, err := client.Issues(t.Context(), topics, nil)
	if err != nil || !strings.Contains(string(got), "Topic 1") {
		t.Errorf("%v: %s", err, got)
	}
	// Retry-After: 0 is nothing to wait for.
	if len(waited) != 2 || !strings.Contains(waited[0], "is used up") || !strings.Contains(waited[1], "cut off") {
		t.Errorf("it waited because of %q", waited)
	}
}

func TestParseRepository(t *testing.T) {
	for _, s := range []string{"open-operations/topics", "https://github.com/open-operations/topics/issues", "open-operations/topics.git"} {
		if r, ok := github.ParseRepository(s); !ok || r != topics {
			t.Errorf("%s is %v", s, r)
		}
	}
	for _, s := range []string{"", "topics", "a/b/c", "a/..", "-a/b", "a b/c", "../etc/passwd"} {
		if r, ok := github.ParseRepository(s); ok {
			t.Errorf("%s is %v", s, r)
		}
	}
}
