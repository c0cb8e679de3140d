package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestControlCharacters: a NUL keeps the file it stands in from being taken, others are left out, unless they are escapes of YAML; each is
// reported where it stands, the rest loads, and the engines agree.
func TestControlCharacters(t *testing.T) {
	anIssueWith := func(title, body, label string) string {
		return `[{"number":1,"title":"` + title + `","body":"` + body + `","state":"OPEN","createdAt":"2026-03-04T05:06:07Z","labels":[{"name":"` + label + `"}],"author":{"login":"ada"}}]`
	}
	const event = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:u\nDTSTAMP:20260301T000000Z\nDTSTART:20260302T100000Z\nSUMMARY:Me\x1bet\nEND:VEVENT\nEND:VCALENDAR\n"
	files := map[string]string{
		"title.json": anIssueWith(`A \u001btitle\u000bof old`, "b", "l"), "body.json": anIssueWith("Body", `a\u0007b`, "l"),
		"nul-title.json": anIssueWith(`A\u0000`, "b", "l"), "nul-body.json": anIssueWith("A", `b\u0000`, "l"), "nul-label.json": anIssueWith("A", "b", `l\u0000`),
		"ops/20260302.md": "# 2026-03-02\n\n- Lu\x1bnch\x7f\n- Dinner\n", "nul.md": "# 2026-03-02\n- a\x00b\n", "rca.md": anAnalysis("Disk \x01full", "", "Logs\fgrew"),
		"escaped.yaml": "topics:\n  - {key: y, title: \"A\\eb\", unverified: true}\n", "nul.yaml": "topics:\n  - {key: z, title: \"A\\0b\", unverified: true}\n", "raw.yaml": "topics:\n  - {key: z, title: \"A\x1bb\", unverified: true}\n",
		"event.ics": strings.ReplaceAll(event, "\n", "\r\n"), "nul.ics": strings.Replace(event, "\x1b", "\x00", 1),
	}
	answers := map[string]string{}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, files)
		r := loadJSON(t, env, exitFailed, "--level", "clear", root)
		problems, warnings := strings.Join(r.Problems, "\n")+"\n", strings.Join(r.Warnings, "\n")+"\n"
		for _, want := range []string{
			"nul-title.json:1:2: issue #1 holds a NUL character; ", "nul-body.json:1:2: issue #1 ", "nul-label.json:1:2: issue #1 ", "nul.md:2:4: is a NUL byte; ", "nul.ics:8:11: is a NUL byte; ",
			"nul.yaml:2:21: Topic z: title is \"A\\x00b\"; it holds a NUL character; ", "raw.yaml:2:23: holds the control character U+001B; ",
		} {
			if !strings.Contains(problems, want) {
				t.Errorf("%s is not in %s", want, problems)
			}
		}
		const out = ", which is left out; right is text without it\n"
		for _, want := range []string{
			"title.json:1: title holds the control character U+001B" + out, "body.json:1: summary holds the control character U+0007" + out, "20260302.md:3: title holds the control character U+001B" + out,
			"rca.md:1: title holds the control character U+0001" + out, "rca.md:1: rootCause holds the control character U+000C" + out, "event.ics:4: title holds the control character U+001B" + out,
		} {
			if !strings.Contains(warnings, want) {
				t.Errorf("%s is not in %s", want, warnings)
			}
		}
		if len(r.Problems) != 7 || len(r.Warnings) != 6 {
			t.Errorf("%d problems, %d warnings: %s%s", len(r.Problems), len(r.Warnings), problems, warnings)
		}
		answers[t.Name()] = mustQuery(t, env, `{ topics { nodes { key title summary } } meetings { nodes { title } } stories { nodes { title rootCause } } }`)
		for _, want := range []string{`"A title of old"`, `"ab"`, `"Lunch"`, `"Dinner"`, `"Disk full"`, `"Logs grew"`, `"A\u001bb"`, `"Meet"`} {
			if !strings.Contains(answers[t.Name()], want) {
				t.Errorf("%s is not in %s", want, answers[t.Name()])
			}
		}
		if again := loadJSON(t, env, exitFailed, "--level", "clear", root); again.changes() {
			t.Errorf("the same again changes %+v", again)
		}
		put(t, filepath.Join(root, "mapping.yaml"), "files:\n  - {match: \"**\\a\", level: clear}\n")
		if _, stderr, code := call(t.Context(), env, "load", "--mapping", filepath.Join(root, "mapping.yaml"), root); code != exitFailed || !strings.Contains(stderr, "mapping.yaml:2:13: holds the control character U+0007") {
			t.Errorf("a mapping: exit %d, %s", code, stderr)
		}
	})
	if there := answers["TestControlCharacters/Neo4j"]; there != "" && there != answers["TestControlCharacters/embedded"] {
		t.Errorf("the engines differ: %v", answers)
	}
}
