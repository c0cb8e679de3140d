package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLimits takes a limit from the environment, and refuses what is none.
func TestLimits(t *testing.T) {
	env := map[string]string{"OPSMAP_STORE": "memory:", "OPSMAP_CATALOGUE": "none", "OPSMAP_MAX_COST": "200"}
	out, _, code := call(t.Context(), env, "query", "{ layers { totalCount } }")
	if code == exitOK || !strings.Contains(out, "the limit is 200") {
		t.Errorf("exit %d: %s", code, out)
	}
	for _, value := range []string{"-1", "many", "1.5"} {
		env["OPSMAP_MAX_COST"] = value
		if _, stderr, code := call(t.Context(), env, "query", "{ layers { totalCount } }"); code != exitUsage || !strings.Contains(stderr, "OPSMAP_MAX_COST") {
			t.Errorf("%s: exit %d: %s", value, code, stderr)
		}
	}
}

// TestLimitsAreWrittenDown: every limit has its row in docs/limits.md, with the
// default that is in its usage.
func TestLimitsAreWrittenDown(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "limits.md"))
	if err != nil {
		t.Fatal(err)
	}
	doc := string(b)
	for _, l := range (&limits{}).all() {
		_, rest, found := strings.Cut(doc, "| `"+l.variable()+"`")
		row, _, _ := strings.Cut(rest, "\n")
		_, fallback, _ := strings.Cut(strings.TrimSuffix(l.usage, ")"), "(default ")
		if !found || !strings.Contains(strings.ReplaceAll(row, ",", ""), " "+fallback+" ") {
			t.Errorf("docs/limits.md does not say that %s is %s: %s", l.variable(), fallback, row)
		}
	}
}
