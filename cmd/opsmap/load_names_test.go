package main

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// linkedFolder is a folder of minutes with links to it and to one of its files, which
// the test is in.
func linkedFolder(t *testing.T) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(folder(t, map[string]string{
		"ops/20260302.md": weekly, "ops/sub/20260303.md": weekly, "elsewhere/far/away.md": "", "elsewhere/20260309.md": "# 2026-03-09\n\n- Lunch\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	for link, to := range map[string]string{"link": "ops", "other": "link", "file.md": "ops/20260302.md", "far": "elsewhere/far"} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestOneFileByManyNames loads the same files by other names, links first and last: they
// are the same source, and nothing changes.
func TestOneFileByManyNames(t *testing.T) {
	for _, first := range [][]string{{"link"}, {"ops"}, {"file.md", "other"}, {"ops", "link", "file.md"}, {"link", "ops"}} {
		root := linkedFolder(t)
		env := map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_STORE": "file:" + filepath.Join(root, "map.db")}
		if r := loadJSON(t, env, exitOK, first...); len(r.Created) == 0 {
			t.Errorf("%v: nothing was loaded", first)
		}
		for _, names := range [][]string{
			{"./ops"}, {filepath.Join(root, "ops")}, {"ops/"}, {"ops", "ops"}, {"ops/20260302.md"}, {"ops", "ops/sub"}, {"ops/sub"}, {"ops/sub/20260303.md"}, {"link/sub"},
			{"link"}, {filepath.Join(root, "link")}, {"file.md"}, {"other"}, {"ops/../link"}, {"link/../ops"}, {"other/sub/.."},
		} {
			if r := loadJSON(t, env, exitOK, names...); r.changes() {
				t.Errorf("%v, then %v changes %+v", first, names, r)
			}
		}
		// What is gone is gone by every name.
		if err := os.Remove("ops/sub/20260303.md"); err != nil {
			t.Fatal(err)
		}
		if r := loadJSON(t, env, exitOK, "other"); len(r.Removed) == 0 || len(r.Created) > 0 {
			t.Errorf("%v: a file that is gone changes %+v", first, r)
		}
		if r := loadJSON(t, env, exitOK, "ops"); r.changes() {
			t.Errorf("%v: once it is gone ops changes %+v", first, r)
		}
	}
}

// TestLinksOfOneFile: a copy that has become a link says nothing of its own any more, a link that leads to other files
// speaks on for them, and .. behind a link is where the link leads.
func TestLinksOfOneFile(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		linkedFolder(t)
		env = maps.Clone(env)
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(os.CopyFS("copy", os.DirFS("ops")))
		loadJSON(t, env, exitOK, "copy")
		loadJSON(t, env, exitOK, "ops")
		must(os.RemoveAll("copy"))
		must(os.Symlink("ops", "copy"))
		healed := loadJSON(t, env, exitOK, "copy")
		if len(healed.Retired)+len(healed.Removed) == 0 {
			t.Errorf("what was said twice stays: %+v", healed)
		}
		for _, name := range []string{"copy", "ops"} {
			if r := loadJSON(t, env, exitOK, name); r.changes() {
				t.Errorf("%s again changes %+v", name, r)
			}
		}
		must(os.Rename("ops", "before"))
		must(os.CopyFS("ops", os.DirFS("before")))
		must(os.Remove("link"))
		must(os.Symlink("elsewhere", "link"))
		if r := loadJSON(t, env, exitOK, "far/../20260309.md"); len(r.Created) == 0 {
			t.Errorf("a path over a link is not where that leads: %+v", r)
		}
		if r := loadJSON(t, env, exitOK, "elsewhere/20260309.md", "link/20260309.md"); r.changes() {
			t.Errorf("the same by its own name changes %+v", r)
		}
	})
}
