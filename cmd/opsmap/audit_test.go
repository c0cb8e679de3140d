package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/audit"
)

// events are the lines of an audit log after the first skip.
func events(t *testing.T, path string, skip int) []audit.Event {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []audit.Event
	for line := range strings.Lines(string(text)) {
		var e audit.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("no line of JSON: %q: %v", line, err)
		}
		all = append(all, e)
	}
	return all[min(skip, len(all)):]
}

// TestAuditLog: who asked for what up to which level is in the log, what was asked
// and told is not, and only the log tells a hidden record from one that is not there.
func TestAuditLog(t *testing.T) {
	world := write(t, "world.yaml", ladderWorld)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		path := filepath.Join(t.TempDir(), "audit.jsonl")
		env["OPSMAP_AUDIT"] = path
		must(t, env, "load", world)
		token := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "amber", "--groups", "ops", "--label", "green")))
		s := serve(t, env)
		skip := len(events(t, path, 0))
		hidden := s.ask(`{ topic(key: "response") { title } }`)
		missing := s.ask(`{ topic(key: "reSponse") { title } }`)
		if hidden.body != missing.body {
			t.Errorf("hidden %s, missing %s", hidden.body, missing.body)
		}
		s.ask("query Evil { x: topics { totalCount nodes { title confidentiality { name } } } }\n# Ü\u2028\",\"event\":\"forged", "Authorization", "Bearer "+token)
		s.ask(`{ node(id: "Topic:team") { id } nodes(ids: ["Topic:open", "Topic:response", "Topic:none"]) { id } }`, "Authorization", "Bearer "+token)
		if got := s.ask(`{ __typename }`, "Authorization", "Bearer opsmap_forged"); got.status != http.StatusUnauthorized {
			t.Errorf("%d %s", got.status, got.body)
		}
		got := events(t, path, skip)
		if len(got) != 5 {
			t.Fatalf("%d events: %+v", len(got), got)
		}
		if d := got[0].Denied; len(d) != 1 || d[0] != (audit.Denial{Type: "Topic", Level: "red"}) || got[0].Missing != 0 || got[0].Level != "" || got[0].Viewer.Token != "" {
			t.Errorf("the hidden one: %+v", got[0])
		}
		if len(got[1].Denied) != 0 || got[1].Missing != 1 {
			t.Errorf("the missing one: %+v", got[1])
		}
		if e := got[2]; e.Level != "amber" || e.Records["Topic"] != 3 || !e.Counted || e.Viewer.Clearance != "amber" || e.Viewer.Token == "" || strings.Join(e.Fields, ",") != "topics" || e.Request == "" || !strings.HasPrefix(e.Operation, "sha256:") {
			t.Errorf("the list: %+v %+v", e, e.Viewer)
		}
		if e := got[3]; e.Level != "amber" || len(e.Denied) != 1 || e.Records["Topic"] != 2 {
			t.Errorf("by id: %+v", e)
		}
		if e := got[4]; e.Kind != audit.Refused || len(e.Codes) != 1 {
			t.Errorf("refused: %+v", e)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, content := range []string{"Community", "response", "Evil", "\x1b", "forged", "opsmap_", "TLP:"} {
			if strings.Contains(string(text), content) {
				t.Errorf("%q is in the log", content)
			}
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
	})
}

// TestLoweringIsAudited under the level that was left.
func TestLoweringIsAudited(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		path := filepath.Join(t.TempDir(), "audit.jsonl")
		world := write(t, "world.yaml", ladderWorld)
		must(t, env, "load", world)
		env["OPSMAP_AUDIT"] = path
		lower := strings.NewReplacer("confidentiality: red, audience: [csirt]", "confidentiality: clear", "confidentiality: amber", "confidentiality: green").Replace(ladderWorld)
		if err := os.WriteFile(world, []byte(lower), 0o600); err != nil {
			t.Fatal(err)
		}
		must(t, env, "load", world)
		all := slices.DeleteFunc(events(t, path, 0), func(e audit.Event) bool { return e.Kind == audit.Query })
		last := all[len(all)-1]
		if last.Kind != audit.Changeset || last.Lowered != 2 || last.Level != "red" || last.Changed != 2 || !last.Viewer.AllSeeing {
			t.Errorf("%+v", last)
		}
	})
}

// TestLoweringByMutation: whoever may not see a record cannot lower it, and what is lowered is in the log under the level that it had.
func TestLoweringByMutation(t *testing.T) {
	world := write(t, "world.yaml", ladderWorld)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		path := filepath.Join(t.TempDir(), "audit.jsonl")
		env["OPSMAP_AUDIT"] = path
		must(t, env, "load", world)
		curator := func(args ...string) string {
			return strings.TrimSpace(first(must(t, env, append([]string{"token", "create", "--role", "curator"}, args...)...)))
		}
		green, red := curator("--clearance", "green"), curator("--clearance", "red", "--groups", "csirt")
		s := serve(t, env)
		skip := len(events(t, path, 0))
		lower := func(id, token string) string {
			return s.ask(`mutation { setLevel(input: {id: "`+id+`", level: "clear"}) { record { id confidentiality { key } } } }`, "Authorization", "Bearer "+token).body
		}
		hidden, missing := lower("Topic:response", green), lower("Topic:nothing", green)
		if !strings.Contains(hidden, "NOT_FOUND") || hidden != missing {
			t.Errorf("hidden %s, missing %s", hidden, missing)
		}
		for _, e := range events(t, path, skip) {
			if e.Kind == audit.Changeset || e.Kind == audit.Begun {
				t.Errorf("something was written: %+v", e)
			}
		}
		if got := s.ask(`{ topic(key: "response") { key } }`).body; !strings.Contains(got, "null") {
			t.Errorf("it was lowered: %s", got)
		}
		skip = len(events(t, path, 0))
		if got := lower("Topic:response", red); !strings.Contains(got, `"key":"clear"`) {
			t.Fatal(got)
		}
		got := events(t, path, skip)
		if len(got) != 3 || got[0].Kind != audit.Begun || got[0].Fields[0] != "setLevel" || got[1].Kind != audit.Changeset || got[1].Lowered != 1 || got[1].Level != "red" || got[2].Kind != audit.Query {
			t.Errorf("%+v", got)
		}
	})
}

// TestEveryWayIsAudited: feeds, documents, streams, exports and the owner's commands, by a server and without one.
func TestEveryWayIsAudited(t *testing.T) {
	world := write(t, "world.yaml", ladderWorld)
	folder := t.TempDir()
	path := filepath.Join(folder, "audit.jsonl")
	env := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_ADDR": "127.0.0.1:0", "OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "file:" + filepath.Join(folder, "m.db"), "OPSMAP_AUDIT": path}
	must(t, env, "load", world)
	token := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "green")))
	s := serve(t, env)
	bearer := []string{"Authorization", "Bearer " + token}
	for name, way := range map[string]func(){
		"a feed":     func() { s.get("/feeds/meetups.ics") },
		"a document": func() { s.get("/meetings/none/minutes.md", bearer...) },
		"a table":    func() { s.get("/portability/matrix.csv", bearer...) },
		"a stream":   func() { s.event(`subscription { votes(topic: "open") { votes } }`, bearer...) },
		"an export":  func() { must(t, env, "export", "--as", "green", "--format", "jsonl") },
		"a query":    func() { must(t, env, "query", "{ topics { totalCount } }") },
		"a load":     func() { must(t, env, "load", world) },
	} {
		before := len(events(t, path, 0))
		way()
		if after := events(t, path, before); len(after) == 0 || after[len(after)-1].Viewer == nil {
			t.Errorf("%s leaves no line: %+v", name, after)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || strings.Contains(string(text), token) {
		t.Errorf("the token is in the log: %v", err)
	}
	same := s.ask(`{ topic(key: "open") { title } }`).status + s.ask("# another comment\n{ topic(key:\"closed\") { title } }").status
	if last := events(t, path, len(events(t, path, 0))-2); same != 400 || last[0].Operation != last[1].Operation {
		t.Errorf("the value of an argument is in the hash: %+v", last)
	}
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	s.ask(`{ topics { totalCount } }`)
	if rotated := events(t, path, 0); len(rotated) != 1 {
		t.Errorf("after the log was moved away: %+v", rotated)
	}
}

// TestNothingIsWrittenWithoutItsLine: a log that cannot be written keeps changes out, too.
func TestNothingIsWrittenWithoutItsLine(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Log("there is no /dev/full here; the rest of this test needs it")
		return
	}
	env := map[string]string{"OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "m.db"), "OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z"}
	must(t, env, "load", write(t, "world.yaml", ladderWorld))
	full := with(env, "OPSMAP_AUDIT", "/dev/full")
	if out, said, code := call(t.Context(), full, "token", "create", "--clearance", "red"); code != exitFailed || strings.Contains(out, "opsmap_") {
		t.Errorf("exit %d: %s%s", code, out, said)
	}
	if out, _ := must(t, env, "token", "list"); strings.Contains(out, "red") {
		t.Errorf("a token was made without a line: %s", out)
	}
}

// TestNoAnswerWithoutItsLine: what cannot be logged is not told.
func TestNoAnswerWithoutItsLine(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Log("there is no /dev/full here; the rest of this test needs it")
		return
	}
	env := map[string]string{"OPSMAP_STORE": "memory:", "OPSMAP_AUDIT": "/dev/full"}
	out, _, code := call(t.Context(), env, "query", "{ topics(first: 1) { nodes { title } } }")
	if code != exitFailed || strings.Contains(out, `"title"`) || !strings.Contains(out, "audit log") {
		t.Errorf("exit %d: %s", code, out)
	}
}
