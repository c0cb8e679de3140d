package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestANewerCatalogueReachesAnExistingStore: what the new version changes and drops
// arrives, what people added stays, and a start without news changes nothing.
func TestANewerCatalogueReachesAnExistingStore(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if err := os.Mkdir(filepath.Join(folder, "cat"), 0o700); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{
		"OPSMAP_STORE": "file:" + filepath.Join(folder, "map.db"), "OPSMAP_CATALOGUE": filepath.Join(folder, "cat"), "OPSMAP_NOW": "2026-11-24T12:00:00Z",
	}
	const ask = `{ layers { nodes { key name version } } topics { nodes { key layers { nodes { key } } } } confidentialityLevels { totalCount } }`
	answer := func() string {
		out, stderr, code := call(t.Context(), env, "query", ask)
		if code != exitOK {
			t.Fatalf("exit %d: %s%s", code, out, stderr)
		}
		return strings.Join(strings.Fields(out), "")
	}
	write("cat/a.yaml", "layers:\n  - {key: one, name: One, ordinal: 1, unverified: true}\n  - {key: two, name: Two, ordinal: 2, unverified: true}\n")
	first := answer()
	if !strings.Contains(first, `{"key":"one","name":"One","version":1},{"key":"two"`) || !strings.Contains(first, `"totalCount":5`) {
		t.Fatalf("the first version: %s", first)
	}
	own := write("own.yaml", "topics:\n  - {key: mine, title: Mine, layers: [one], unverified: true}\n")
	if _, stderr, code := call(t.Context(), env, "load", "--level", "clear", own); code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	write("cat/a.yaml", "layers:\n  - {key: one, name: First, ordinal: 1, unverified: true}\n  - {key: three, name: Three, ordinal: 3, unverified: true}\n")
	second := answer()
	for _, want := range []string{`{"key":"one","name":"First","version":2}`, `"key":"three"`, `{"key":"mine","layers":{"nodes":[{"key":"one"}]}}`} {
		if !strings.Contains(second, want) {
			t.Errorf("%s is not in %s", want, second)
		}
	}
	if strings.Contains(second, `"two"`) {
		t.Errorf("what the new version dropped is still there: %s", second)
	}
	if again := answer(); again != second {
		t.Errorf("a start without news changed something: %s", again)
	}
}
