package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLinksThatLeadNowhere deletes a file to which another one leads: that one is
// reported and keeps what it said, and the others load.
func TestLinksThatLeadNowhere(t *testing.T) {
	topic := func(key, more string) string {
		return "topics:\n  - {key: " + key + ", title: " + strings.ToUpper(key) + more + ", confidentiality: clear, unverified: true}\n"
	}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"a.yaml": topic("a", ""), "b.yaml": topic("b", ", parent: a"), "c.yaml": topic("c", ", parent: b"), "d.yaml": topic("d", ""),
		})
		loadJSON(t, env, exitOK, root)
		if err := os.Remove(filepath.Join(root, "a.yaml")); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(root, "d.yaml"), topic("d", "D"))
		// What is new and leads to what is left out is left out, too.
		put(t, filepath.Join(root, "b.yaml"), topic("b", "B, parent: a")+"  - {key: e, title: E, confidentiality: clear, unverified: true}\n")
		put(t, filepath.Join(root, "f.yaml"), topic("f", ", parent: e"))
		r := loadJSON(t, env, exitFailed, root)
		said := strings.Join(r.Problems, "\n")
		if len(r.Problems) != 2 ||
			!strings.Contains(said, "b.yaml: Topic b: parent leads to Topic a, of which nobody speaks any more") ||
			!strings.Contains(said, "f.yaml: Topic f: parent leads to Topic e, of which nobody speaks any more") {
			t.Errorf("the problems are %q", r.Problems)
		}
		if got, want := mustQuery(t, env, "{ topics(orderBy: [{key: ASC}]) { nodes { title parent { key } } } }"),
			`[ { "title": "B", "parent": null }, { "title": "C", "parent": { "key": "b" } }, { "title": "DD", "parent": null } ]`; !strings.Contains(got, want) {
			t.Errorf("%s, not %s", got, want)
		}
		// As soon as somebody speaks of it again all is well.
		put(t, filepath.Join(root, "z.yaml"), topic("a", ""))
		if r := loadJSON(t, env, exitOK, root); len(r.Created) != 3 {
			t.Errorf("%+v", r)
		}
	})
}
