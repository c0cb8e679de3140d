package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestExplain(t *testing.T) {
	env := map[string]string{"OPSMAP_STORE": "memory:", "OPSMAP_NOW": "2026-11-24T12:00:00Z"}
	const query = `{ topics(first: 2) { nodes { title layers { nodes { name } } } } }`
	out, stderr, code := call(t.Context(), env, "explain", query)
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, want := range []string{"of 250000", "guarded all Topic", "key index, in order", "walk of the links TOPIC_LAYERS", "_class IN $open", "looked at", "$p0 = 3"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	out, stderr, code = call(t.Context(), env, "explain", "--json", query)
	var parsed struct {
		Cost    struct{ Used, Max int }
		Explain struct {
			Plans []struct {
				Reads []struct{ Rows, Touched int }
			}
		}
	}
	if err := json.Unmarshal([]byte(out), &parsed); err != nil || code != exitOK {
		t.Fatalf("exit %d: %v %s%s", code, err, out, stderr)
	}
	if parsed.Cost.Used == 0 || len(parsed.Explain.Plans) != 1 || parsed.Explain.Plans[0].Reads[0].Rows < 2 || parsed.Explain.Plans[0].Reads[0].Touched == 0 {
		t.Errorf("%s", out)
	}
	if _, _, code := call(t.Context(), env, "explain", "{ nothing }"); code != exitFailed {
		t.Errorf("a mistake ends with %d", code)
	}
}
