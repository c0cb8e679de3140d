package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOneFileByManyNames loads the same files by other names: they are the same
// source, and nothing changes.
func TestOneFileByManyNames(t *testing.T) {
	root, err := filepath.EvalSymlinks(folder(t, map[string]string{"ops/20260302.md": weekly, "ops/sub/20260303.md": weekly}))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(root)
	for link, to := range map[string]string{"link": "ops", "file.md": "ops/20260302.md"} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	env := map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_STORE": "file:" + filepath.Join(root, "map.db")}
	// A link that nobody has loaded what it leads to speaks for itself.
	if r := loadJSON(t, env, exitOK, "link"); len(r.Created) == 0 {
		t.Error("nothing was loaded")
	}
	if r := loadJSON(t, env, exitOK, "link"); r.changes() {
		t.Errorf("the same link changes %+v", r)
	}
	env["OPSMAP_STORE"] = "file:" + filepath.Join(root, "other.db")
	loadJSON(t, env, exitOK, "ops", "link", "file.md")
	for _, names := range [][]string{
		{"./ops"}, {filepath.Join(root, "ops")}, {"ops/"}, {"ops", "ops"}, {"ops/20260302.md"}, {"ops", "ops/sub"}, {"link"}, {filepath.Join(root, "link")}, {"file.md"},
	} {
		if r := loadJSON(t, env, exitOK, names...); r.changes() {
			t.Errorf("%v changes %+v", names, r)
		}
	}
}
