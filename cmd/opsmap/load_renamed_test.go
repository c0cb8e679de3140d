package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRenamedFilesAreTheSame: a file that is renamed, moved to another folder or edited
// on the way keeps its records, and what people added to them; one that only says some
// of what another said is another.
func TestRenamedFilesAreTheSame(t *testing.T) {
	const minutes = "# 2026-05-04\n\n## Participants\n- @ann\n\n## Etcd\n- snapshot etcd every hour +1\n  - compare restore times\n- rotate certificates\n\nAI @ann: write a runbook\n"
	const other = "# 2026-05-11\n\n## Participants\n- @ann\n\n## Ceph\n- balance the OSDs\n- replace disks\n- rotate certificates\n"
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"ops-20260504.md": minutes, "ceph-20260511.md": other, "zed.yaml": "persons:\n  - {key: zed, handle: zed, unverified: true}\n"})
		loadJSON(t, env, exitOK, "--level", "clear", root)
		mustQuery(t, env, `mutation { volunteer(input: {topic: "ops-2026-05-04-snapshot-etcd-every-hour", person: "zed", dates: ["2026-12-01"]}) { volunteer { key } } }`)
		move := func(from, to, content string) {
			t.Helper()
			if err := os.Remove(filepath.Join(root, from)); err != nil {
				t.Fatal(err)
			}
			put(t, filepath.Join(root, to), content)
		}
		held := func() {
			t.Helper()
			got := mustQuery(t, env, `{ volunteers { nodes { topic { title sources { path line } } } } }`)
			if want := `"title": "snapshot etcd`; !strings.Contains(got, want) {
				t.Errorf("people volunteer for %s, want %s", got, want)
			}
		}
		move("ops-20260504.md", "archive/2026/operations-20260504.md", minutes)
		r := loadJSON(t, env, exitOK, "--level", "clear", root)
		if len(r.Created)+len(r.Removed)+len(r.Retired) > 0 || len(r.Changed) > 1 || len(r.Moved) != 6 {
			t.Errorf("a file that was moved gives %+v", r)
		}
		held()
		if !strings.HasPrefix(env["OPSMAP_STORE"], "file:") {
			return // the rest is the reader's doing, whatever the store
		}
		move("archive/2026/operations-20260504.md", "ops.md", strings.Replace(minutes, "every hour", "every half hour", 1))
		_, stderr, _ := call(t.Context(), env, "load", "--level", "clear", "--dry-run", root)
		if !strings.Contains(stderr, "ops.md was ") || !strings.Contains(stderr, "operations-20260504.md before") {
			t.Errorf("nobody is told: %s", stderr)
		}
		r = loadJSON(t, env, exitOK, "--level", "clear", root)
		if len(r.Created)+len(r.Removed)+len(r.Retired) > 0 || len(r.Changed) != 2 {
			t.Errorf("a file that was renamed and edited gives %+v", r)
		}
		held()
		if again := loadJSON(t, env, exitOK, "--level", "clear", root); again.changes() {
			t.Errorf("the same again changes %+v", again)
		}
		// A file that cannot be read leaves what it was where it is, until it can.
		move("ops.md", "new.md", minutes+"\xff")
		loadJSON(t, env, exitFailed, "--level", "clear", root)
		held()
		put(t, filepath.Join(root, "new.md"), minutes)
		if r = loadJSON(t, env, exitOK, "--level", "clear", root); len(r.Created)+len(r.Removed) > 0 {
			t.Errorf("what could be read again gives %+v", r)
		}
		held()
		move("ceph-20260511.md", "network-20260518.md", "# 2026-05-18\n\n## Participants\n- @ann\n\n## Network\n- rotate certificates\n- new switches\n")
		if r = loadJSON(t, env, exitOK, "--level", "clear", root); len(r.Created) == 0 || len(r.Removed) == 0 {
			t.Errorf("another file is taken for the one that is gone: %+v", r)
		}
	})
}
