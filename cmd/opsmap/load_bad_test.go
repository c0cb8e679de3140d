package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// badFiles are files that cannot be taken, with what is said of each behind its name.
var badFiles = []struct{ name, text, says string }{
	{"latin1.md", "# 2026-03-02\n- f\xfcr\n", ":2:4: the byte 0xfc is no UTF-8; perhaps the file is Latin-1"},
	{"utf16.md", "\xff\xfe#\x00 \x002\x000\x00", ":1:1: is UTF-16"},
	{"utf16-plain.md", "#\x00 \x002\x000\x00", ":1:1: is UTF-16 without a byte order mark"},
	{"utf32.md", "\xff\xfe\x00\x00#\x00\x00\x00", ":1:1: is UTF-32"},
	{"nul.md", "# 2026-03-02\n- a\x00b\n", ":2:4: is a NUL byte"},
	{"latin1.yaml", "layers:\n  - key: a\n    name: f\xfcr\n", ":3:12: is not UTF-8"},
	{"utf16.yaml", "\xfe\xff\x00l\x00a", ":1:1: is UTF-16"},
	{"nul.yaml", "layers:\n  - key: a\x00b\n", ":2:11: holds a NUL byte"},
	{"nested.yaml", "topics: " + strings.Repeat("[", 100_000), ":1:29: nests deeper than 20 levels"},
	{"steps.yaml", "topics:\n" + steps(3000), ":22:21: nests deeper than 20 levels"},
	{"bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\ntopics: *c\n", `:1:4: the anchor &"a" stands here`},
	{"anchor.yaml", "topics:\n  - &t {key: a1, title: A, unverified: true}\n  - *t\n", `:3:5: the alias *"t" stands here`},
	{"tab.yaml", "topics:\n  - key: t1\n\ttitle: A\n", ":3:1: a tab indents the line"},
	{"mistyped.yaml", "topicz:\n  - {key: t1, title: A}\n", `:1:1: there is no section "topicz"; did you mean "topics"?`},
	{"open.yaml", "topics:\n  - key: t1\n    title: \"A\n", ":3:12: a quote is opened and never closed"},
	{"wrong.yaml", "topics:\n  - key: t1\n    titel: A\n    unverified: true\n", `:3:5: Topic t1: there is no "titel" in a Topic; did you mean "title"?`},
	{"cut.json", "[\n{\"number\":1,\"title\":\"A\"},\n{\"number\":2,\"ti", ":3:16: ends in the middle: the JSON is cut off"},
	{"page.json", "<!DOCTYPE html>\n<title>Sign in</title>", ":1:1: is an HTML page"},
	{"nested.json", strings.Repeat("[", 100_000), ":1:"},
	{"nul.json", "[\n\x00]", ":2:1: is a NUL byte"},
	{"cut.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n", ":2: what begins here does not end"},
	{"none.ics", "hello\n", ":1: is no calendar"},
	{"empty-form.md", "# Root cause analysis: …\n", ":1: is the empty form"},
}

// goodFiles are odd and can be taken.
var goodFiles = map[string]string{
	"good.md":    "# 2026-03-02\n\n## Participants\n* @ada\n\n## Agenda\n- a topic\n",
	"windows.md": "\ufeff# 2026-03-09\r\n\r\n## Participants\r\n* @ada\r\n\r\n## Agenda\r\n- another topic\r\n",
	"old.md":     "# 2026-03-23\r\r## Participants\r* @ada\r\r## Agenda\r- a topic of old machines\r",
	"deep.md":    "# 2026-03-16\n\n## Participants\n* @ada\n\n## Agenda\n" + steps(3000),
	"good.json":  "\ufeff[{\"number\":1,\"title\":\"An issue\"}]\r\n",
	"good.ics":   "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nSUMMARY:Ops\nDTSTART:20261201T170000Z\nEND:VEVENT\nEND:VCALENDAR\n",
	"good.yaml":  "layers:\n  - {key: l1, name: A, ordinal: 1, unverified: true}\n",
	"mkdocs.yml": "site_name: Ops\nnav:\n  - Home: index.md\n", "playbook.yaml": "- hosts: all\n  roles: [etcd]\n",
	"manifest.yaml": "apiVersion: v1\nkind: List\nmetadata: &m {name: x}\n---\napiVersion: v1\nmetadata: *m\n",
	"mark.yaml":     "\ufefflayers: []\r\n", "empty.yaml": "", "empty.md": "", "other.json": `{"name": "opsmap"}`,
}

// steps are items that nest n deep.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "- \n")
	}
	return b.String()
}

// TestBadFiles: each file that cannot be taken is reported with its place and what
// would be right; the others load; nothing of a bad one is written.
func TestBadFiles(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := t.TempDir()
		says := map[string]string{}
		for _, f := range badFiles {
			put(t, filepath.Join(root, f.name), f.text)
			says[f.name] = f.says
		}
		for name, text := range goodFiles {
			put(t, filepath.Join(root, name), text)
		}
		bad(t, root, says)
		r := loadJSON(t, env, exitFailed, "--level", "clear", root)
		for name, want := range says {
			at := slices.IndexFunc(r.Problems, func(p string) bool { return strings.HasPrefix(p, filepath.Join(root, name)+want) })
			if at < 0 {
				t.Errorf("nothing begins with %s%s", name, want)
			}
		}
		for _, p := range r.Problems {
			name, _, _ := strings.Cut(strings.TrimPrefix(p, root+string(filepath.Separator)), ":")
			if _, known := says[filepath.ToSlash(name)]; !known {
				t.Errorf("a problem that is none: %s", p)
			}
		}
		got := mustQuery(t, env, `{ meetings { nodes { key } } topics { totalCount nodes { key } } layers { nodes { key } } }`)
		want := `{ "data": { "meetings": { "nodes": [ { "key": "deep" }, { "key": "good" }, { "key": "old" }, { "key": "ops-2026-12-01" }, { "key": "windows" } ] }, ` +
			`"topics": { "totalCount": 4, "nodes": [ { "key": "good-1" }, { "key": "good-a-topic" }, { "key": "old-a-topic-of-old-machines" }, { "key": "windows-another-topic" } ] }, "layers": { "nodes": [ { "key": "l1" } ] } } }`
		if got != want {
			t.Errorf("the map is\n%s\nwant\n%s", got, want)
		}
		// What was right before and is bad now keeps what it said.
		put(t, filepath.Join(root, "good.md"), "# 2026-03-02\n- f\xfcr\n")
		if again := loadJSON(t, env, exitFailed, "--level", "clear", root); again.changes() {
			t.Errorf("a file that became bad changes %+v", again)
		}
	})
}

// bad adds what is no text: links, large files, folders that nobody may look into.
func bad(t *testing.T, root string, says map[string]string) {
	t.Helper()
	outside := filepath.Join(t.TempDir(), "outside.md")
	put(t, outside, "# 2026-03-02\n\n- secret\n")
	if err := os.Symlink(outside, filepath.Join(root, "out.md")); err == nil {
		says["out.md"] = ": is a link that leads out of the folder"
	}
	if err := os.Symlink("nowhere.md", filepath.Join(root, "lost.md")); err == nil {
		says["lost.md"] = ": is a link that leads nowhere"
	}
	for _, name := range []string{"large.md", "large.yaml", "large.json", "large.ics"} {
		put(t, filepath.Join(root, name), "")
		if err := os.Truncate(filepath.Join(root, name), 50<<20); err != nil {
			t.Fatal(err)
		}
		says[name] = ": cannot be read: it is larger than 32 MiB"
	}
	if os.Geteuid() == 0 {
		return // to root every file is open
	}
	put(t, filepath.Join(root, "closed.md"), "# 2026-03-02\n")
	put(t, filepath.Join(root, "closed", "in.md"), "# 2026-03-02\n")
	for _, name := range []string{"closed.md", "closed"} {
		if err := os.Chmod(filepath.Join(root, name), 0); err != nil {
			t.Fatal(err)
		}
		says[name] = ": cannot be read: permission denied"
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(root, "closed"), 0o700) })
}
