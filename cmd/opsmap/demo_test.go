package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDemoLevels: the pack has something at every level, and says that it is
// invented.
func TestDemoLevels(t *testing.T) {
	env := map[string]string{"OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "map.db"), "OPSMAP_NOW": "2026-11-24T12:00:00Z"}
	must(t, env, "load", filepath.Join("..", "..", "demo", "levels"))
	const demo = `{ stories(where: {title: {startsWith: "Invented"}}) { totalCount } topic(key: "demo-capacity") { raisedBy { key } } }`
	for as, want := range map[string]string{
		"anonymous": "1", "green": "2", "amber": "3", "amber-strict": "4", "red": "4", "red; groups=demo-csirt": "6", "red; groups=demo-round": "4",
	} {
		out, _ := must(t, env, "query", "--as", as, demo)
		if named := strings.Contains(out, "demo-ada"); !strings.Contains(out, `"totalCount": `+want) || named != strings.Contains(as, "demo-round") {
			t.Errorf("as %s: %s", as, out)
		}
	}
	later := with(env, "OPSMAP_NOW", "2027-01-15T09:00:00Z")
	if out, _ := must(t, later, "query", "--as", "anonymous", demo); !strings.Contains(out, `"totalCount": 2`) {
		t.Errorf("after the embargo: %s", out)
	}
	out, _ := must(t, env, "query", `{ stories(where: {key: {startsWith: "demo-"}}) { nodes { title } } }`)
	if strings.Count(out, `"title"`) != strings.Count(out, "Invented:") {
		t.Errorf("some do not say that they are invented: %s", out)
	}
}
