package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestMappingsThatCannotBeMeant loads with mappings that name what there is not, and
// says in the summary whose word decides what is not visible.
func TestMappingsThatCannotBeMeant(t *testing.T) {
	root := folder(t, map[string]string{
		"ops/20260302.md": weekly, "issues.json": `[{"number":1,"title":"A","url":"https://github.com/o/r/issues/1","labels":["net","tlp:green"]}]`,
		"series.yaml": "series:\n  - {key: ops, name: Ops, unverified: true}\n",
	})
	env := map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_STORE": "memory:"}
	for _, c := range []struct {
		mapping string
		what    []string
		code    int
		says    string
	}{
		{"files:\n  - {match: \"*.md\", series: ops}\n", []string{"ops"}, exitFailed, `rule 1: there is no series "ops"; right is the key of one`},
		{"files:\n  - {match: \"ops/*.md\", series: ops}\n", []string{"."}, exitOK, "records without a level of their own have that of the mapping, else amber: the mapping, or --level clear where it says nothing, changes that"},
		{"files:\n  - {match: \"ops/*.md\", level: clear}\n", []string{"ops"}, exitOK, "rule 1: the pattern ops/*.md matches no file of this load; paths begin below the folder that is loaded, such as 20260302.md"},
		{"issues:\n  labels:\n    - {label: net, layer: network}\n", []string{"issues.json"}, exitFailed, `issues.json:1: the mapping gives the label "net" of issue #1 the layer "network", and there is no such layer`},
		{"", []string{"--level", "clear", "issues.json"}, exitOK, "1 of the records are not visible to anonymous visitors, as they state a stricter level themselves"},
		{"", []string{"ops"}, exitOK, "records without a level of their own have amber, --level clear changes that"},
	} {
		args := []string{"load", "--dry-run"}
		if c.mapping != "" {
			put(t, filepath.Join(root, "mapping.txt"), c.mapping)
			args = append(args, "--mapping", filepath.Join(root, "mapping.txt"))
		}
		for _, what := range c.what {
			if what != "clear" && !strings.HasPrefix(what, "--") {
				what = filepath.Join(root, what)
			}
			args = append(args, what)
		}
		if stdout, stderr, code := call(t.Context(), env, args...); code != c.code || !strings.Contains(stdout+stderr, c.says) {
			t.Errorf("%q %v: exit %d\n%s%s\nwant %s", c.mapping, c.what, code, stdout, stderr, c.says)
		}
	}
}

// TestTheDiffShowsLevels: whoever reviews a load sees which records are not open to
// everybody.
func TestTheDiffShowsLevels(t *testing.T) {
	root := folder(t, map[string]string{"a.yaml": "topics:\n" +
		"  - {key: open, title: Open, confidentiality: clear, unverified: true}\n" +
		"  - {key: ours, title: Ours, confidentiality: red, audience: [core, ops], unverified: true}\n" +
		"  - {key: some, title: Some, unverified: true}\n"})
	env := map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "memory:"}
	stdout, stderr, _ := call(t.Context(), env, "load", "--dry-run", root)
	if want := "+ Topic:open  Open\n+ Topic:ours  Ours  [red for core, ops]\n+ Topic:some  Some  [amber]\n"; stdout != want {
		t.Errorf("%s%s\nwant\n%s", stdout, stderr, want)
	}
}
