package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// filledIn is the form with answers in place of what it has.
func filledIn(form string) string {
	return strings.NewReplacer(
		"TLP:AMBER+STRICT\n", "TLP:GREEN\n",
		"… (what broke, in one line)", "A full Ceph pool stopped all writes",
		"| Incident | *identifier, the same as on the status page* |", "| Incident | INC-7 |",
		"| Severity | *SEV1 to SEV4, see below* |", "| Severity | SEV2 |",
		"| Outcome | *failure, near miss or success* |", "| Outcome | near miss |",
		"| Layer | *hardware and data centre, IaaS, containers, platform services, applications* |", "| Layer | IaaS, hardware and data centre |",
		"| Platform | *solution and version, as far as it may be said* |", "| Platform | OSISM 9.1 |",
		"| Happened on | *YYYY-MM-DD* |", "| Happened on | 2026-03-02 |",
		"| Written on | *YYYY-MM-DD, best within a week* |", "| Written on | 2026-03-09 |",
		"*Three sentences for people who are not engineers: what they noticed, why it happened, what changes now. This part is published first.*", "Volumes could not be written\nfor an hour.",
		"| Tenants | | | | |", "| Tenants | Writes hung | 08:00 | 09:00 | all |",
		"- Data lost or changed: *what, how much, can it be restored*", "- Data lost or changed: none",
		"- First signal, literally: *log line or message, so that others can search for it*", "- First signal, literally: `1 full osd(s)`",
		"| 1 | Why did customers notice something? | | |", "| 1 | Why did customers notice something? | The pool was full | a graph |",
		"- Trigger: *what set it off on this day*", "- Trigger: a test filled the pool",
		"- Root cause: *what has to change so that this trigger does no harm, in one or two sentences*", "- Root cause: Nobody watched\n  the fill level.",
		"\n- …\n", "\n- Alert before a pool is full.\n- Keep a reserve.\n",
		"- Status page entry: …", "- Status page entry: https://status.example.org/7.",
		"- Practices that helped or were missing: …", "- Practices that helped or were missing: ceph-capacity, cephs-capacity",
	).Replace(form)
}

// TestRootCauseAnalysis: the empty form is refused, a filled one is a story with all
// that was filled in.
func TestRootCauseAnalysis(t *testing.T) {
	form, stderr, code := call(t.Context(), map[string]string{"OPSMAP_STORE": "memory:"}, "template", "rca")
	if code != exitOK {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"rca/2026-03-02-ceph.md": form, "known.yaml": `layers:
  - {key: iaas, name: IaaS, ordinal: 2, unverified: true}
  - {key: hardware-dc, name: Hardware, ordinal: 1, unverified: true}
practices:
  - {key: ceph-capacity, title: Watch the capacity of Ceph, actor: OPERATOR, status: PREDEFINED, unverified: true}
solutions:
  - {key: osism, name: OSISM, operatedBy: SELF, unverified: true}
templates:
  - {key: rca, title: Root cause analysis, kind: ROOT_CAUSE_ANALYSIS, body: x, unverified: true}
`})
		file := filepath.Join(root, "rca", "2026-03-02-ceph.md")
		loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "known.yaml"))
		empty := loadJSON(t, env, exitFailed, "--level", "clear", filepath.Join(root, "rca"))
		if len(empty.Created) > 0 || len(empty.Problems) != 1 || !strings.Contains(empty.Problems[0], "2026-03-02-ceph.md:3: is the empty form: nothing is filled in") {
			t.Errorf("the empty form creates %+v, problems %q", empty.Created, empty.Problems)
		}
		put(t, file, strings.ReplaceAll("\ufeff"+filledIn(form), "\n", "\r\n"))
		r := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "rca"))
		if len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], `"cephs-capacity" is no practice on the map; did you mean ceph-capacity?`) {
			t.Errorf("warnings %q", r.Warnings)
		}
		const want = `{ "data": { "stories": { "nodes": [ { "key": "a-full-ceph-pool-stopped-all-writes-2026-03-02", "title": "A full Ceph pool stopped all writes", "outcome": "NEAR_MISS", ` +
			`"happenedOn": "2026-03-02", "reportedOn": "2026-03-09", "confidentiality": { "key": "green" }, ` +
			`"impact": "Volumes could not be written\nfor an hour.\nTenants: Writes hung (08:00, 09:00, all)\nData lost or changed: none\nFirst signal: 1 full osd(s)", ` +
			`"rootCause": "Nobody watched\nthe fill level.", "lessons": [ "Alert before a pool is full.", "Keep a reserve." ], "remark": "Incident: INC-7. Severity: SEV2. Trigger: a test filled the pool.", ` +
			`"layers": { "nodes": [ { "key": "hardware-dc" }, { "key": "iaas" } ] }, "distilledInto": { "nodes": [ { "key": "ceph-capacity" } ] }, "platform": { "key": "osism" }, "template": { "key": "rca" }, ` +
			`"sources": [ { "uri": "rca", "path": "2026-03-02-ceph.md", "line": 3, "kind": "REPORT" }, { "uri": "https://status.example.org/7", "path": null, "line": null, "kind": "OTHER" } ] } ] } } }`
		const ask = `{ stories { nodes { key title outcome happenedOn reportedOn confidentiality { key } impact rootCause lessons remark layers { nodes { key } } distilledInto { nodes { key } } platform { key } template { key } sources { uri path line kind } } } }`
		if got := mustQuery(t, env, ask); got != want {
			t.Errorf("the story is\n%s\nwant\n%s", got, want)
		}
		if again := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "rca")); again.changes() {
			t.Errorf("the second time changes %+v", again)
		}
		put(t, file, strings.Replace(filledIn(form), "stopped all writes", "stopped every write", 1))
		if edited := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "rca")); len(edited.Changed) != 1 || len(edited.Created)+len(edited.Removed) > 0 {
			t.Errorf("another title changes %+v", edited)
		}
		put(t, file, strings.Replace(filledIn(form), "TLP:GREEN", "TLP:PURPLE", 1))
		if wrong := loadJSON(t, env, exitFailed, "--level", "clear", filepath.Join(root, "rca")); len(wrong.Problems) != 1 || !strings.Contains(wrong.Problems[0], ":1: is marked PURPLE, which is no level") {
			t.Errorf("problems %q", wrong.Problems)
		}
	})
}

// anAnalysis is an analysis of one day, with an incident where one is named.
func anAnalysis(heading, incident, cause string) string {
	return "# Root cause analysis: " + heading + "\n\n| Field | Value |\n|---|---|\n| Incident | " + incident + " |\n| Happened on | 2026-03-02 |\n\n" +
		"## Impact\n\nWrites hung.\n\n## Cause\n\n- Root cause: " + cause + "\n\n## Lessons\n\n- Watch it.\n"
}

// TestNamesakes: two incidents with one title and one day are two stories, in one load and in two, unless something says that they are one.
func TestNamesakes(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"a/one.md": anAnalysis("Disk full", "", "Logs were kept."),
			"a/two.md": anAnalysis("Disk full", "INC-2", "A test filled it."),
		})
		load := func(name string) loadReport {
			t.Helper()
			return loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, name))
		}
		stories := func(step string, count int, want ...string) {
			t.Helper()
			got := mustQuery(t, env, `{ stories { nodes { key rootCause sources { uri path } } } }`)
			if strings.Count(got, `"key"`) != count {
				t.Errorf("%s: not %d stories: %s", step, count, got)
			}
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("%s: %s is not in %s", step, w, got)
				}
			}
		}
		load("a")
		const one, two = `"key": "disk-full-2026-03-02", "rootCause": "Logs were kept."`, `"key": "disk-full-2026-03-02-2", "rootCause": "A test filled it."`
		stories("in one load", 2, one, two)
		if again := load("a"); again.changes() {
			t.Errorf("the second time changes %+v", again)
		}
		put(t, filepath.Join(root, "b", "three.md"), anAnalysis("Disk full", "INC-3", "Nobody knows."))
		put(t, filepath.Join(root, "b", "two-again.md"), anAnalysis("Disk full", "INC-2", "A test filled it, we think."))
		put(t, filepath.Join(root, "b", "copy.md"), anAnalysis("Disk full", "", "Logs were kept."))
		put(t, filepath.Join(root, "b", "own.md"), anAnalysis("Disk full {#disk-full-2026-03-02}", "INC-1", "Logs were kept for years."))
		load("b")
		stories("another folder", 3, `"key": "disk-full-2026-03-02", `, `"key": "disk-full-2026-03-02-2", `, `"key": "disk-full-2026-03-02-3", "rootCause": "Nobody knows."`,
			`[ { "uri": "b", "path": "copy.md" }, { "uri": "b", "path": "own.md" }, { "uri": "a", "path": "one.md" } ]`,
			`[ { "uri": "b", "path": "two-again.md" }, { "uri": "a", "path": "two.md" } ]`)
		// Moved, they are what they were, whichever is read first.
		for from, to := range map[string]string{"one.md": "z.md", "two.md": "y.md"} {
			if err := os.Rename(filepath.Join(root, "a", from), filepath.Join(root, "a", to)); err != nil {
				t.Fatal(err)
			}
		}
		if moved := load("a"); len(moved.Created)+len(moved.Removed) > 0 {
			t.Errorf("moved files create %+v and remove %+v", moved.Created, moved.Removed)
		}
		stories("moved", 3, `[ { "uri": "a", "path": "z.md" }, { "uri": "b", "path": "copy.md" }, { "uri": "b", "path": "own.md" } ]`, `[ { "uri": "a", "path": "y.md" }, { "uri": "b", "path": "two-again.md" } ]`)
	})
}

// TestNamesInAnalyses: platforms and practices may be named by what they are called; what several are called, or nothing, is said.
func TestNamesInAnalyses(t *testing.T) {
	onEmbedded(t, func(t *testing.T, env map[string]string) {
		analysis := func(heading, platform, practices string) string {
			return strings.Replace(anAnalysis(heading, "", "Nobody looked."), "| Incident |  |", "| Platform | "+platform+" |", 1) + "\n## Links\n\n- Practices: " + practices + "\n"
		}
		root := folder(t, map[string]string{
			"known.yaml": `practices:
  - {key: fill-levels, title: Watch fill levels, actor: OPERATOR, status: PREDEFINED, unverified: true}
solutions:
  - {key: otc, name: Open Telekom Cloud, operatedBy: SELF, unverified: true}
  - {key: one, name: One, aliases: [Stack], operatedBy: SELF, unverified: true}
  - {key: two, name: Two, aliases: [Stack], operatedBy: SELF, unverified: true}
`,
			"a.md": analysis("Named", "Open Telekom Cloud 3.2", "Watch fill levels"), "b.md": analysis("Ambiguous", "Stack 2025", "fill-levels"),
			"c.md": analysis("Mistyped", "Open Telecom Cloud", "Watch the fill levels"),
		})
		r := loadJSON(t, env, exitOK, "--level", "clear", root)
		for _, want := range []string{
			`b.md:1: has "Stack 2025" for platform, and several are called so; right is one of the keys one, two`,
			`c.md:1: has "Open Telecom Cloud" for platform, which is not on the map; did you mean otc?`,
			`c.md:22: "Watch the fill levels" is no practice on the map; did you mean fill-levels?`,
		} {
			if !strings.Contains(strings.Join(r.Warnings, "\n"), want) {
				t.Errorf("%s is not in %q", want, r.Warnings)
			}
		}
		const want = `[ { "key": "ambiguous-2026-03-02", "platform": null, "distilledInto": { "nodes": [ { "key": "fill-levels" } ] } }, ` +
			`{ "key": "mistyped-2026-03-02", "platform": null, "distilledInto": { "nodes": [] } }, { "key": "named-2026-03-02", "platform": { "key": "otc" }, "distilledInto": { "nodes": [ { "key": "fill-levels" } ] } } ]`
		if got := mustQuery(t, env, `{ stories { nodes { key platform { key } distilledInto { nodes { key } } } } }`); !strings.Contains(got, want) {
			t.Errorf("the stories are %s", got)
		}
	})
}
