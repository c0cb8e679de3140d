package main

import (
	"path/filepath"
	"strings"
	"testing"
)

const roundTable = `series:
  - {key: table, name: Round table, chathamHouse: true, unverified: true, confidentiality: clear}
organisations:
  - {key: acme, name: Acme, unverified: true, confidentiality: clear}
  - {key: bolt, name: Bolt, unverified: true, confidentiality: clear}
persons:
  - {key: ada, name: Ada, memberOf: acme, unverified: true, confidentiality: clear}
  - {key: bob, name: Bob, memberOf: bolt, unverified: true, confidentiality: clear}
providers:
  - {key: acme-cloud, name: Acme Cloud, operatedBy: PROVIDER, organisation: acme, unverified: true, confidentiality: clear}
meetings:
  - {key: first, title: First, series: table, participants: [ada, bob], unverified: true, confidentiality: clear}
topics:
  - {key: quota, title: Quota is guesswork, raisedIn: first, raisedBy: ada, unverified: true, confidentiality: clear}
actionItems:
  - {key: write-up, text: Write it up, meeting: first, assignees: [bob], unverified: true, confidentiality: clear}
`

// TestChathamHouse: what was said stays, who said it is for those who were there,
// whichever way one asks.
func TestChathamHouse(t *testing.T) {
	world := write(t, "round.yaml", roundTable)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		must(t, env, "load", world)
		const all = `{ topics { nodes { title raisedBy { key } raisedIn { key } } }
			persons { nodes { key raised { totalCount } attended { totalCount } actionItems { totalCount } } }
			meetings { nodes { participants { totalCount nodes { key } } } } by: topics(where: {raisedBy: {key: {eq: "ada"}}}) { totalCount } }`
		ask := func(as string) string {
			out, _ := must(t, env, "query", "--as", as, all)
			return strings.Join(strings.Fields(out), "")
		}
		hidden := `{"data":{"topics":{"nodes":[{"title":"Quotaisguesswork","raisedBy":null,"raisedIn":{"key":"first"}}]},` +
			`"persons":{"nodes":[{"key":"ada","raised":{"totalCount":0},"attended":{"totalCount":0},"actionItems":{"totalCount":0}},{"key":"bob","raised":{"totalCount":0},"attended":{"totalCount":0},"actionItems":{"totalCount":0}}]},` +
			`"meetings":{"nodes":[{"participants":{"totalCount":0,"nodes":[]}}]},"by":{"totalCount":0}}}`
		for _, as := range []string{"anonymous", "amber", "red", "red; groups=other"} {
			if got := ask(as); got != hidden {
				t.Errorf("as %s: %s", as, got)
			}
		}
		for _, as := range []string{"red; groups=table", "red; groups=first", ""} {
			if got := ask(as); !strings.Contains(got, `"raisedBy":{"key":"ada"}`) || !strings.Contains(got, `"by":{"totalCount":1}`) || !strings.Contains(got, `"participants":{"totalCount":2`) {
				t.Errorf("as %q: %s", as, got)
			}
		}
		nameless(t, env)
	})
}

// nameless: a statement made under the rule names nobody, also where the meeting
// is in the map already.
func nameless(t *testing.T, env map[string]string) {
	t.Helper()
	text := "topics:\n  - key: named\n    title: A title\n    summary: As @ada said.\n    raisedIn: first\n    unverified: true\n"
	out, _, code := call(t.Context(), env, "load", write(t, "named.yaml", text))
	if code != exitFailed || !strings.Contains(out, ":4: Topic named: summary names @ada, and Meeting:first is under the Chatham House Rule") || !strings.Contains(out, "--allow-handles") {
		t.Errorf("exit %d: %s", code, out)
	}
	must(t, env, "load", "--allow-handles", write(t, "named.yaml", text))
	seen := "topics:\n  - key: seen\n    title: A title\n    raisedIn: first\n    sources:\n      - {uri: \"https://example.org/u/ada\", kind: EXPERIENCE}\n"
	if out, _, code := call(t.Context(), env, "load", write(t, "seen.yaml", seen)); code != exitFailed || !strings.Contains(out, "is what a person saw") {
		t.Errorf("exit %d: %s", code, out)
	}
	about := strings.Replace(roundTable, "raisedBy: ada,", "raisedBy: ada, platforms: [acme-cloud],", 1)
	if _, stderr, code := call(t.Context(), env, "load", write(t, "round.yaml", about)); code != exitOK || !strings.Contains(stderr, "only acme fits") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	alone := strings.Replace(about, "memberOf: bolt", "memberOf: acme", 1)
	if _, stderr, _ := call(t.Context(), env, "check", write(t, "round.yaml", alone)); !strings.Contains(stderr, "works for acme") || !strings.Contains(stderr, "only acme fits") {
		t.Errorf("no warning: %s", stderr)
	}
}

// TestChathamHouseMinutes: minutes of a meeting under the rule keep what was said,
// and refuse sentences that name somebody, with their lines.
func TestChathamHouseMinutes(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"round.yaml":  "series:\n  - {key: table, name: Round table, chathamHouse: true, unverified: true}\n",
			"mapping.yml": "files:\n  - {match: \"**\", level: clear, series: table}\n",
		})
		notes := filepath.Join(root, "notes", "20260302.md")
		put(t, notes, weekly+"* As @ada.lovelace said, mail ada@example.org\n* AI @grace: ask @hopper\n")
		loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "round.yaml"))
		args := []string{"--mapping", filepath.Join(root, "mapping.yml"), filepath.Join(root, "notes")}
		r := loadJSON(t, env, exitFailed, args...)
		if len(r.Problems) != 1 || len(r.Created) > 0 || !strings.HasPrefix(r.Problems[0], notes+":19: names @hopper, and the meeting is under the Chatham House Rule") || !strings.Contains(r.Problems[0], "--allow-handles") {
			t.Errorf("problems %q, %d created", r.Problems, len(r.Created))
		}
		put(t, notes, weekly)
		loadJSON(t, env, exitOK, args...)
		const ask = `{ topics(where: {title: {contains: "Backups"}}) { nodes { title raisedBy { key } } } actionItems { nodes { text assignees { nodes { key } } } } }`
		told := func(as string) string {
			out, _ := must(t, env, "query", "--as", as, ask)
			return strings.Join(strings.Fields(out), " ")
		}
		if got := told("anonymous"); got != `{ "data": { "topics": { "nodes": [ { "title": "Backups @…", "raisedBy": null } ] }, "actionItems": { "nodes": [ { "text": "AI @…: write down the steps", "assignees": { "nodes": [] } } ] } } }` {
			t.Errorf("anonymous is told %s", got)
		}
		if got := told("red; groups=table"); !strings.Contains(got, `"raisedBy": { "key": "ada" }`) || !strings.Contains(got, `{ "key": "grace" }`) {
			t.Errorf("those who were there are told %s", got)
		}
		const who = `{ persons { nodes { key sources { path line } } } organisations { totalCount } attendances { totalCount } search(text: "grace") { totalCount } }`
		if out, _ := must(t, env, "query", "--as", "anonymous", who); strings.Contains(out, `"line"`) || strings.Contains(out, "grace") {
			t.Errorf("that somebody was there is told with who there is: %s", out)
		}
		if out, _ := must(t, env, "query", "--as", "red; groups=table", who); !strings.Contains(out, `"key": "grace"`) {
			t.Errorf("those who were there are not told who was: %s", out)
		}
		put(t, notes, weekly+"* AI @grace: ask @hopper\n")
		loadJSON(t, env, exitOK, append([]string{"--allow-handles"}, args...)...)
		if got := told("anonymous"); !strings.Contains(got, "AI @grace: ask @hopper") {
			t.Errorf("allowed: %s", got)
		}
	})
}

// TestChathamHouseInOneLoad: minutes name nobody, too, where the files that are loaded with them put the series under the rule.
func TestChathamHouseInOneLoad(t *testing.T) {
	root := folder(t, map[string]string{
		"series.yaml":       "series:\n  - {key: table, name: Round table, chathamHouse: true, unverified: true}\n",
		"notes/20260302.md": weekly + "* AI @grace: ask @hopper\n",
	})
	mapping := write(t, "mapping.yml", "files:\n  - {match: \"**\", level: clear, series: table}\n")
	env := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "file:" + t.TempDir() + "/m.db"}
	r := loadJSON(t, env, exitFailed, "--mapping", mapping, root)
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "names @hopper, and the meeting is under the Chatham House Rule") {
		t.Errorf("problems %q", r.Problems)
	}
}

// TestOnlyOneFits: a warning for each sentence that tells for whom its author works, by check and by load, where the meeting stands in
// the same file and where the map has it.
func TestOnlyOneFits(t *testing.T) {
	const at = "raisedIn: first, unverified: true, confidentiality: clear"
	const platforms = "  - {key: bolt-cloud, name: Bolt Cloud, operatedBy: PROVIDER, organisation: bolt, unverified: true, confidentiality: clear}\n" +
		"  - {key: far-cloud, name: Far Cloud, operatedBy: PROVIDER, unverified: true, confidentiality: clear}\n"
	const sentences = "  - {key: of-acme, title: One, platforms: [acme-cloud], " + at + "}\n" +
		"  - {key: of-both, title: Two, platforms: [acme-cloud, bolt-cloud], " + at + "}\n" +
		"  - {key: of-bolt, title: Three, platforms: [bolt-cloud, far-cloud], " + at + "}\n" +
		"  - {key: of-none, title: Four, platforms: [far-cloud], " + at + "}\n"
	round := strings.Replace(roundTable, "meetings:\n", platforms+"meetings:\n", 1)
	whole := write(t, "round.yaml", strings.Replace(round, "topics:\n", "topics:\n"+sentences, 1))
	onEachStore(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		warned := func(from string, said string) {
			t.Helper()
			for topic, organisation := range map[string]string{"of-acme": "acme", "of-bolt": "bolt"} {
				if strings.Count(said, "Topic "+topic+" was said under the Chatham House Rule, and of the organisations there only "+organisation+" fits") != 1 {
					t.Errorf("%s does not warn once of %s: %s", from, topic, said)
				}
			}
			if strings.Contains(said, "of-both") || strings.Contains(said, "of-none") {
				t.Errorf("%s warns of what fits several or none: %s", from, said)
			}
		}
		_, said := must(t, map[string]string{"OPSMAP_NOW": env["OPSMAP_NOW"]}, "check", whole)
		warned("check", said)
		_, said = must(t, env, "load", whole)
		warned("load", said)
		must(t, env, "load", write(t, "round.yaml", round))
		_, said = must(t, env, "load", write(t, "later.yaml", "topics:\n"+sentences))
		warned("a later load", said)
		_, said = must(t, env, "load", write(t, "alone.yaml", "meetings:\n  - {key: alone, title: Alone, series: table, participants: [ada], unverified: true, confidentiality: clear}\n"))
		if !strings.Contains(said, "Meeting alone is under the Chatham House Rule, and everybody there whose organisation is known works for acme") {
			t.Errorf("one organisation alone: %s", said)
		}
	})
}

// TestChathamHouseByMutation: what people write at a meeting under the rule names nobody either.
func TestChathamHouseByMutation(t *testing.T) {
	world := write(t, "round.yaml", strings.Replace(roundTable, "title: First,", `title: First, date: "2026-11-20",`, 1))
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		must(t, env, "load", world)
		token := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "green", "--role", "curator", "--person", "ada")))
		s := serve(t, env)
		write := func(mutation string) string { return s.ask(mutation, "Authorization", "Bearer "+token).body }
		if got := write(`mutation { proposeTopic(input: {title: "T", summary: "as @bob said", raisedIn: "first"}) { topic { key } } }`); !strings.Contains(got, "input.summary: it names @bob, and the meeting is under the Chatham House Rule") {
			t.Errorf("a topic: %s", got)
		}
		if got := write(`mutation { closeMeeting(input: {meeting: "first", decisions: [{text: "D"}, {text: "@bob will"}]}) { meeting { key } } }`); !strings.Contains(got, "input.decisions.1.text: it names @bob") {
			t.Errorf("a decision: %s", got)
		}
		if got := write(`mutation { proposeTopic(input: {title: "T of @bob"}) { topic { title } } }`); !strings.Contains(got, "T of @bob") {
			t.Errorf("elsewhere people may be named: %s", got)
		}
		if got := write(`mutation { proposeTopic(input: {title: "Said", raisedIn: "first", level: "clear"}) { topic { title createdAt raisedBy { key } } } }`); !strings.Contains(got, `"createdAt":"2026-11-24T00:00:00Z","raisedBy":null`) {
			t.Errorf("what was said tells who or when: %s", got)
		}
	})
}
