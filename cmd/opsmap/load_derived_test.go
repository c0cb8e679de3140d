package main

import (
	"strings"
	"testing"
)

// TestDerivedIsWeakerThanSaid loads minutes whose meeting has no title of its own
// before and after somebody has written one, and a heading that has.
func TestDerivedIsWeakerThanSaid(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"ops/20260302.md": weekly,
			"written.yaml":    "meetings:\n  - key: ops-2026-03-02\n    title: Backups, at last\n    confidentiality: clear\n    unverified: true\n",
		})
		minutes, written := root+"/ops", root+"/written.yaml"
		holds := func(when, title string) {
			t.Helper()
			if got := mustQuery(t, env, "{ meetings { nodes { title } } }"); !strings.Contains(got, `[ { "title": "`+title+`" } ]`) {
				t.Errorf("%s: %s, not %s", when, got, title)
			}
		}
		loadJSON(t, env, exitOK, "--level", "clear", minutes)
		holds("nobody said a title", "Ops, 2 March 2026")
		loadJSON(t, env, exitOK, written)
		holds("somebody did", "Backups, at last")
		put(t, minutes+"/20260302.md", weekly+"* More\n")
		if r := loadJSON(t, env, exitOK, "--level", "clear", minutes); len(r.Created) != 1 || len(r.Changed) != 0 {
			t.Errorf("a line more: %+v", r)
		}
		holds("the minutes were written on", "Backups, at last")
		put(t, minutes+"/20260302.md", strings.Replace(weekly, "# 2026-03-02", "# Restores, 2026-03-02", 1))
		loadJSON(t, env, exitOK, "--level", "clear", minutes)
		holds("the newest said one", "Restores, 2026-03-02")
		put(t, minutes+"/20260302.md", weekly)
		if r := loadJSON(t, env, exitOK, "--level", "clear", minutes); len(r.Retired) != 0 {
			t.Errorf("what was made up is shown as no longer said: %+v", r.Retired)
		}
		holds("it does not any more", "Backups, at last")
		put(t, written, "meetings: []\n")
		loadJSON(t, env, exitOK, written)
		holds("nor does anybody else", "Ops, 2 March 2026")
	})
}
