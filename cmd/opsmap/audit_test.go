package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
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
		all := events(t, path, 0)
		last := all[len(all)-1]
		if last.Kind != audit.Changeset || last.Lowered != 2 || last.Level != "red" || last.Changed != 2 || !last.Viewer.AllSeeing {
			t.Errorf("%+v", last)
		}
	})
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
