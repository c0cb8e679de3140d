package main

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/schema"
)

// onBothEngines runs a test with the environment of a store on each engine. The
// one on Neo4j is emptied before.
func onBothEngines(t *testing.T, test func(t *testing.T, env map[string]string)) {
	t.Helper()
	clock := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_ADDR": "127.0.0.1:0", "OPSMAP_DEADLINE": "2m"}
	t.Run("embedded", func(t *testing.T) {
		// Paths of Unix sockets are short; the folder of a test may not be.
		folder, err := os.MkdirTemp("", "opsmap") //nolint:usetesting // t.TempDir is too long for a socket
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(folder) })
		test(t, with(clock, "OPSMAP_STORE", "file:"+filepath.Join(folder, "map.db")))
	})
	t.Run("neo4j", func(t *testing.T) {
		catalog, err := schema.Load()
		if err != nil {
			t.Fatal(err)
		}
		// Opened and marked as a test's, then closed again: the program opens it itself.
		neo4jtest.OpenWith(t, catalog)
		c := neo4jtest.Config(t, catalog)
		test(t, with(clock, "OPSMAP_STORE", c.URI, "OPSMAP_NEO4J_USER", c.User, "OPSMAP_NEO4J_PASSWORD", c.Password))
	})
}

// with is an environment with more in it: pairs of names and values.
func with(env map[string]string, pairs ...string) map[string]string {
	out := maps.Clone(env)
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

// server is the program serving, until the test ends.
type server struct {
	t   *testing.T
	env map[string]string
	url string
	log *waitingFor
}

var address = regexp.MustCompile(`http://[0-9.:]+/graphql`)

func serve(t *testing.T, env map[string]string) *server {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	said := &waitingFor{word: "Ctrl-C", seen: make(chan struct{})}
	ended := make(chan int, 1)
	go func() {
		lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
		ended <- run(ctx, []string{"serve"}, streams{in: strings.NewReader(""), out: said, err: said}, lookup)
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("the server ended with %d: %s", code, said.said())
		}
	})
	select {
	case <-said.seen:
	case code := <-ended:
		ended <- code
		t.Fatalf("the server ended with %d: %s", code, said.said())
	case <-time.After(2 * time.Minute):
		t.Fatalf("the server does not start: %s", said.said())
	}
	return &server{t: t, env: env, url: address.FindString(said.said()), log: said}
}

func (w *waitingFor) said() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// must runs a command that has to succeed.
func must(t *testing.T, env map[string]string, args ...string) (stdout, stderr string) {
	t.Helper()
	stdout, stderr, code := call(t.Context(), env, args...)
	if code != exitOK {
		t.Fatalf("opsmap %s: exit %d: %s%s", strings.Join(args, " "), code, stdout, stderr)
	}
	return stdout, stderr
}

// write a file in a folder of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const ladderWorld = `topics:
  - {key: open, title: Open, unverified: true, confidentiality: clear}
  - {key: community, title: Community, unverified: true, confidentiality: green}
  - {key: team, title: Team, unverified: true, confidentiality: amber}
  - {key: response, title: Response, unverified: true, confidentiality: red, audience: [csirt]}
persons:
  - {key: grace, name: Grace, unverified: true, confidentiality: green}
`

// TestTokensSayWhoAsks is the life of tokens on a running server.
func TestTokensSayWhoAsks(t *testing.T) {
	world := write(t, "world.yaml", ladderWorld)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		s := serve(t, env)
		if _, stderr, code := eventually(t, env, "load", world); code != exitOK {
			t.Fatal(stderr)
		}
		create := func(args ...string) string {
			out, stderr := must(t, env, append([]string{"token", "create"}, args...)...)
			if strings.Contains(stderr, strings.TrimSpace(out)) {
				t.Error("the token is on stderr too")
			}
			return strings.TrimSpace(out)
		}
		green := create("--clearance", "green", "--person", "grace", "--role", "contributor", "--label", "green")
		red := create("--clearance", "red", "--groups", "ops,csirt", "--label", "on call")
		boss := create("--clearance", "clear", "--role", "owner", "--expires", "never")
		const all = `{ topics(orderBy: [{key: ASC}]) { nodes { key } } viewer { clearance role groups person { key name } } }`
		for _, c := range []struct {
			name, topics, viewer string
			headers              []string
		}{
			{"anonymous", `{"key":"open"}`, `{"clearance":"clear","role":"READER","groups":[],"person":null}`, nil},
			{"green", `{"key":"community"},{"key":"open"}`, `{"clearance":"green","role":"CONTRIBUTOR","groups":[],"person":{"key":"grace","name":"Grace"}}`, []string{"Authorization", "Bearer " + green}},
			{"red", `{"key":"community"},{"key":"open"},{"key":"response"},{"key":"team"}`, `{"clearance":"red","role":"READER","groups":["csirt","ops"],"person":null}`, []string{"Authorization", "bearer  " + red}},
			{"owner", `{"key":"community"},{"key":"open"},{"key":"response"},{"key":"team"}`, `{"clearance":"red","role":"OWNER","groups":[],"person":null}`, []string{"Authorization", "Bearer " + boss}},
			{"red as amber", `{"key":"community"},{"key":"open"},{"key":"team"}`, `{"clearance":"amber","role":"READER","groups":["csirt","ops"],"person":null}`, []string{"Authorization", "Bearer " + red, "Opsmap-View-As", "amber"}},
			{"red with fewer groups", `{"key":"community"},{"key":"open"},{"key":"team"}`, `{"clearance":"red","role":"READER","groups":["ops"],"person":null}`, []string{"Authorization", "Bearer " + red, "Opsmap-View-As", "red; groups=ops"}},
			{"red as anonymous", `{"key":"open"}`, `{"clearance":"clear","role":"READER","groups":[],"person":null}`, []string{"Authorization", "Bearer " + red, "Opsmap-View-As", "anonymous"}},
			{"owner as a group's member", `{"key":"community"},{"key":"open"},{"key":"response"},{"key":"team"}`, `{"clearance":"red","role":"READER","groups":["csirt"],"person":null}`, []string{"Authorization", "Bearer " + boss, "Opsmap-View-As", "red;groups=csirt"}},
		} {
			got := s.ask(all, c.headers...)
			if want := `{"data":{"topics":{"nodes":[` + c.topics + `]},"viewer":` + c.viewer + `}}`; got.status != http.StatusOK || got.body != want {
				t.Errorf("%s: %d %s\nwant %s", c.name, got.status, got.body, want)
			}
			if got.header.Get("Cache-Control") != "no-store" || !strings.Contains(strings.Join(got.header.Values("Vary"), ","), "Authorization") {
				t.Errorf("%s: an answer that may be kept: %v", c.name, got.header)
			}
		}
		t.Run("refused", func(t *testing.T) { refusedViewers(t, s, green, red) })
		t.Run("revoked", func(t *testing.T) { revoked(t, s, green, red) })
	})
}

// refusedViewers are all who are not taken for anybody.
func refusedViewers(t *testing.T, s *server, green, red string) {
	ids := listed(t, s.env)
	short := strings.TrimSpace(first(must(t, s.env, "token", "create", "--clearance", "green", "--expires", "2026-11-24T12:00:01Z")))
	if got := s.ask(`{ __typename }`, "Authorization", "Bearer "+short); got.status != http.StatusOK {
		t.Errorf("a token in its last second: %d %s", got.status, got.body)
	}
	const body = `{"errors":[{"message":"the token is unknown, has expired or was revoked; ask without one, or get a new one","extensions":{"code":"UNAUTHENTICATED"}}]}` + "\n"
	forged := green[:len(green)-2] + flipped(green[len(green)-2:])
	for name, value := range map[string]string{
		"forged": "Bearer " + forged, "its id": "Bearer " + ids["green"], "upper case": "Bearer " + strings.ToUpper(green), "cut": "Bearer " + green[:20],
		"padded": "Bearer " + green + "=", "two": "Bearer " + green + " " + red, "other scheme": "Basic b3duZXI6b3duZXI=", "no scheme": green,
		"empty": "", "only the scheme": "Bearer", "oversized": "Bearer opsmap_" + strings.Repeat("A", 20000), "of 1 MiB": "Bearer opsmap_" + strings.Repeat("A", 1<<20), "other letters": "Bearer opsmap_" + strings.Repeat("ä", 43),
		"query injection": `Bearer opsmap_' OR 1=1 --`, "all zero": "Bearer opsmap_" + strings.Repeat("A", 43),
	} {
		got := s.ask(`{ __typename }`, "Authorization", value)
		if got.status != http.StatusUnauthorized || got.body != body || !strings.HasPrefix(got.header.Get("WWW-Authenticate"), "Bearer ") {
			t.Errorf("%s: %d %s %s", name, got.status, got.body, got.header.Get("WWW-Authenticate"))
		}
	}
	if got := s.ask(`{ __typename }`, "Authorization", "Bearer "+green, "Authorization", "Bearer "+green); got.status != http.StatusUnauthorized || got.body != body {
		t.Errorf("two headers: %d %s", got.status, got.body)
	}
	for as, want := range map[string]int{
		"amber": http.StatusForbidden, "red": http.StatusForbidden, "purple": http.StatusForbidden, "green; groups=csirt": http.StatusForbidden,
		"": http.StatusBadRequest, "green; group=x": http.StatusBadRequest, "a b": http.StatusBadRequest, "anonymous; groups=": http.StatusBadRequest,
		strings.Repeat("x", 5000): http.StatusForbidden, "green; groups=": http.StatusOK, "clear": http.StatusOK,
	} {
		got := s.ask(`{ __typename }`, "Authorization", "Bearer "+green, "Opsmap-View-As", as)
		if got.status != want || len(got.body) > 500 {
			t.Errorf("as %.20q: %d %s", as, got.status, got.body)
		}
	}
	above := s.ask(`{ __typename }`, "Opsmap-View-As", "green").body
	if missing := s.ask(`{ __typename }`, "Opsmap-View-As", "greem").body; strings.ReplaceAll(above, "green", "greem") != missing {
		t.Errorf("a level above and one that is not there: %s%s", above, missing)
	}
}

// TestExpiredTokens: a token is worth nothing from the instant it ends, and is told
// apart from one that never was by nothing.
func TestExpiredTokens(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		token := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "green", "--expires", "2026-11-24T12:00:01Z")))
		s := serve(t, with(env, "OPSMAP_NOW", "2026-11-24T12:00:01Z"))
		expired, unknown := s.ask(`{ __typename }`, "Authorization", "Bearer "+token), s.ask(`{ __typename }`, "Authorization", "Bearer opsmap_nothing")
		if expired.status != http.StatusUnauthorized || expired.body != unknown.body || unknown.status != http.StatusUnauthorized {
			t.Errorf("expired: %d %s, unknown: %d %s", expired.status, expired.body, unknown.status, unknown.body)
		}
	})
}

// flipped is another text of the same alphabet and length.
func flipped(s string) string {
	if s[0] == 'A' {
		return "B" + s[1:]
	}
	return "A" + s[1:]
}

func first(stdout, _ string) string { return stdout }

// listed are the ids of all tokens by their labels.
func listed(t *testing.T, env map[string]string) map[string]string {
	t.Helper()
	out, _ := must(t, env, "token", "list", "--json")
	if strings.Contains(out, "hash") {
		t.Errorf("the list shows hashes: %s", out)
	}
	var all []struct{ ID, Label string }
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, one := range all {
		ids[one.Label] = one.ID
	}
	return ids
}

// revoked: from the moment the command returns the token is worth nothing, and the
// others go on.
func revoked(t *testing.T, s *server, green, red string) {
	must(t, s.env, "token", "revoke", listed(t, s.env)["green"])
	unknown := s.ask(`{ __typename }`, "Authorization", "Bearer opsmap_"+strings.Repeat("A", 43))
	if got := s.ask(`{ __typename }`, "Authorization", "Bearer "+green); got.status != http.StatusUnauthorized || got.body != unknown.body {
		t.Errorf("a revoked token: %d %s", got.status, got.body)
	}
	if got := s.ask(`{ __typename }`, "Authorization", "Bearer "+red); got.status != http.StatusOK {
		t.Errorf("another token: %d %s", got.status, got.body)
	}
	if _, stderr, code := call(t.Context(), s.env, "token", "revoke", "nobody"); code != exitFailed || !strings.Contains(stderr, `"nobody"`) {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if out, _ := must(t, s.env, "token", "list"); !strings.Contains(out, "REVOKED") || !strings.Contains(out, "on call") {
		t.Error(out)
	}
	if strings.Contains(s.log.said(), "opsmap_") {
		t.Error("a token is in the log")
	}
}

// TestAs: the owner's commands show what a lower viewer is shown, with and without
// a server.
func TestAs(t *testing.T) {
	world := write(t, "world.yaml", ladderWorld)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		must(t, env, "load", world)
		check := func(t *testing.T) {
			for as, want := range map[string]string{"": "4", "anonymous": "1", "green": "2", "amber; groups=csirt": "3", "red; groups=csirt": "4", "red": "3"} {
				out, _ := must(t, env, "query", "--as", as, `{ topics { totalCount } }`)
				if !strings.Contains(out, `"totalCount": `+want) {
					t.Errorf("as %q: %s", as, out)
				}
			}
			for _, as := range []string{"purple", "a b"} {
				if out, stderr, code := call(t.Context(), env, "query", "--as", as, `{ __typename }`); code != exitFailed || out != "" || !strings.Contains(stderr, as) {
					t.Errorf("as %q: exit %d %s%s", as, code, out, stderr)
				}
			}
		}
		t.Run("alone", check)
		serve(t, env)
		t.Run("through the server", check)
	})
}

// TestTokenMistakes: what makes no sense is refused and nothing is made.
func TestTokenMistakes(t *testing.T) {
	env := map[string]string{"OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "map.db"), "OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z"}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitUsage, "--clearance"},
		{[]string{"--clearance", "purple"}, exitFailed, "clear, green, amber, amber-strict, red"},
		{[]string{"--clearance", "green", "--role", "king"}, exitFailed, "curator"},
		{[]string{"--clearance", "green", "--person", "nobody"}, exitFailed, "nobody"},
		{[]string{"--clearance", "green", "--expires", "soon"}, exitUsage, "30d"},
		{[]string{"--clearance", "green", "--expires", "2026-11-23"}, exitFailed, "before it is made"},
		{[]string{"--clearance", "green", "--groups", "a;b"}, exitFailed, "a;b"},
		{[]string{"--clearance", "green", "--label", "a\x1b[2J"}, exitFailed, "label"},
	} {
		out, stderr, code := call(t.Context(), env, append([]string{"token", "create"}, c.args...)...)
		if code != c.code || out != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit %d %s%s", c.args, code, out, stderr)
		}
	}
	if _, stderr, code := call(t.Context(), env, "token", "revoke"); code != exitUsage || !strings.Contains(stderr, "token revoke") {
		t.Errorf("exit %d %s", code, stderr)
	}
	if ids := listed(t, env); len(ids) != 0 {
		t.Errorf("there are tokens: %v", ids)
	}
}
