package main

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/open-operations/opsmap/web"
)

// ask runs a command of the program against a store in memory with the shipped
// catalogue.
func ask(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := func(name string) (string, bool) {
		switch name {
		case "OPSMAP_STORE":
			return "memory:", true
		case "OPSMAP_NOW":
			return "2026-11-24T12:00:00Z", true
		}
		return os.LookupEnv(name)
	}
	code = run(t.Context(), args, streams{out: &stdout, err: &stderr}, env)
	if code != exitOK {
		t.Logf("%s", stderr.String())
	}
	return stdout.String(), code
}

// TestStarterQuestions asks every question of the playground: each has to have an
// answer, not only no error.
func TestStarterQuestions(t *testing.T) {
	for _, q := range web.Questions() {
		t.Run(q.Name, func(t *testing.T) {
			out, code := ask(t, "query", q.Document)
			if code != exitOK {
				t.Fatalf("exit %d\n%s", code, out)
			}
			var response struct{ Data map[string]any }
			if err := json.Unmarshal([]byte(out), &response); err != nil {
				t.Fatal(err)
			}
			for field, value := range response.Data {
				if empty(value) {
					t.Errorf("%s is empty", field)
				}
			}
		})
	}
}

// empty reports whether an answer says nothing: null, or a list without items.
func empty(value any) bool {
	object, ok := value.(map[string]any)
	if !ok {
		return value == nil
	}
	nodes, isList := object["nodes"].([]any)
	return isList && len(nodes) == 0
}
