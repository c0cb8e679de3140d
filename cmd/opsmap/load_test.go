package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/schema"
)

// onEachStore runs a test on an empty store of each engine, with the ladder and
// without a catalogue.
func onEachStore(t *testing.T, test func(t *testing.T, env map[string]string)) {
	t.Helper()
	base := map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_DEADLINE": "5m"}
	t.Run("embedded", func(t *testing.T) {
		env := maps.Clone(base)
		env["OPSMAP_STORE"] = "file:" + filepath.Join(t.TempDir(), "map.db")
		test(t, env)
	})
	t.Run("Neo4j", func(t *testing.T) {
		catalog, err := schema.Load()
		if err != nil {
			t.Fatal(err)
		}
		neo4jtest.Open(t)
		c := neo4jtest.Config(t, catalog)
		env := maps.Clone(base)
		env["OPSMAP_STORE"], env["OPSMAP_NEO4J_USER"], env["OPSMAP_NEO4J_PASSWORD"] = c.URI, c.User, c.Password
		test(t, env)
	})
}

// folder writes files below a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		put(t, filepath.Join(root, name), text)
	}
	return root
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// loadJSON loads and reads what changed.
func loadJSON(t *testing.T, env map[string]string, wantCode int, args ...string) loadReport {
	t.Helper()
	stdout, stderr, code := call(t.Context(), env, append([]string{"load", "--json"}, args...)...)
	if code != wantCode {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	var r loadReport
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatalf("%v in %q, %s", err, stdout, stderr)
	}
	return r
}

func mustQuery(t *testing.T, env map[string]string, query string) string {
	t.Helper()
	stdout, stderr, code := call(t.Context(), env, "query", query)
	if code != exitOK {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	return strings.Join(strings.Fields(stdout), " ")
}

const weekly = `# 2026-03-02

## Participants
* @ada (Example Ltd.)
* Grace Hopper @grace

## Agenda

### Backups @ada
* Is etcd part of it?
* Restoring is what counts :thumbsup:
    * Who has tried? see https://github.com/example/topics/issues/7
* AI @grace: write down the steps
* => We restore once a month

### Off-topic
* Lunch
`

// everything is a query for what weekly says.
const everything = `{
  meetings { nodes { key title date participants { nodes { key handle name } } attendance { nodes { note person { key } } } } }
  topics { nodes { key title votes kind status parent { key } raisedBy { key } raisedIn { key } sources { uri path line kind } version } }
  actionItems { nodes { key text done assignees { nodes { key } } sources { path line } } }
  decisions { nodes { key text topics { nodes { key } } sources { path line } } }
}`

// TestMinutesBecomeTheMap loads minutes, and finds all they say in the map.
func TestMinutesBecomeTheMap(t *testing.T) {
	answers := map[string]string{}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"ops/20260302.md": weekly})
		dry := loadJSON(t, env, exitOK, "--level", "clear", "--dry-run", root)
		if got := mustQuery(t, env, "{ topics { totalCount } }"); got != `{ "data": { "topics": { "totalCount": 0 } } }` {
			t.Errorf("a dry run wrote something: %s", got)
		}
		first := loadJSON(t, env, exitOK, "--level", "clear", root)
		if len(first.Created) != len(dry.Created) || len(first.Created) == 0 {
			t.Errorf("%d would be created and %d were", len(dry.Created), len(first.Created))
		}
		again := loadJSON(t, env, exitOK, "--level", "clear", root)
		if again.changes() || again.Revision != first.Revision {
			t.Errorf("the second load changes %+v", again)
		}
		answer := strings.ReplaceAll(mustQuery(t, env, everything), filepath.Base(root), "ROOT")
		for _, want := range []string{
			`"key": "ops-2026-03-02", "title": "Ops, 2 March 2026", "date": "2026-03-02"`,
			`{ "key": "ada", "handle": "ada", "name": null }, { "key": "grace", "handle": "grace", "name": "Grace Hopper" }`,
			`{ "note": "Example Ltd.", "person": { "key": "ada" } }`,
			`"key": "ops-2026-03-02-is-etcd-part-of-it", "title": "Is etcd part of it?", "votes": 0, "kind": "QUESTION", "status": "PROPOSED", "parent": { "key": "ops-2026-03-02-backups-ada" }`,
			`"title": "Restoring is what counts", "votes": 1`,
			`{ "uri": "https://github.com/example/topics/issues/7", "path": null, "line": null, "kind": "ISSUE" }`,
			`"title": "Backups @ada", "votes": 0, "kind": "TOPIC", "status": "PROPOSED", "parent": null, "raisedBy": { "key": "ada" }`,
			`"title": "Lunch", "votes": 0, "kind": "OFF_TOPIC", "status": "PARKED"`,
			`"text": "AI @grace: write down the steps", "done": false, "assignees": { "nodes": [ { "key": "grace" } ] }, "sources": [ { "path": "ops/20260302.md", "line": 13 } ]`,
			`"text": "We restore once a month", "topics": { "nodes": [ { "key": "ops-2026-03-02-backups-ada" } ] }, "sources": [ { "path": "ops/20260302.md", "line": 14 } ]`,
		} {
			if !strings.Contains(answer, want) {
				t.Errorf("%s\nis not in\n%s", want, answer)
			}
		}
		found := mustQuery(t, env, `{ search(text: "restoring counts") { nodes { score node { id sources { path line } } } } }`)
		if want := `"node": { "id": "Topic:ops-2026-03-02-restoring-is-what-counts", "sources": [ { "path": "ops/20260302.md", "line": 11 } ]`; !strings.Contains(found, want) {
			t.Errorf("%s is not found: %s", want, found)
		}
		answers[t.Name()] = answer
	})
	same(t, answers)
}

// same wants all answers to be equal.
func same(t *testing.T, answers map[string]string) {
	t.Helper()
	first := ""
	for name, answer := range answers {
		if first == "" {
			first = answer
		}
		if answer != first {
			t.Errorf("%s gives\n%s\nanother\n%s", name, answer, first)
		}
	}
}

// TestAnEditedLine changes one line, and one record changes: what others added to it
// stays.
func TestAnEditedLine(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"minutes/ops/20260302.md": weekly,
			"votes.yaml":              "topics:\n  - key: ops-2026-03-02-restoring-is-what-counts\n    title: Restoring is what counts\n    votes: 3\n    unverified: true\n",
		})
		file := filepath.Join(root, "minutes", "ops", "20260302.md")
		loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "minutes"))
		loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "votes.yaml"))
		const votes = `{ topic(key: "ops-2026-03-02-restoring-is-what-counts") { title votes } }`

		put(t, file, strings.Replace(weekly, "Is etcd part of it?", "Is etcd a part of it?", 1))
		edited := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "minutes"))
		if len(edited.Created)+len(edited.Removed)+len(edited.Moved) > 0 || len(edited.Changed) != 1 || len(edited.Changed[0].Fields) != 1 || edited.Changed[0].Fields[0].Name != "title" {
			t.Errorf("one edited title changes %+v", edited)
		}
		put(t, file, strings.Replace(weekly, "# 2026-03-02\n", "# 2026-03-02\n\nWelcome.\n", 1))
		moved := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "minutes"))
		if len(moved.Created)+len(moved.Removed) > 0 || len(moved.Changed) != 1 || len(moved.Moved) == 0 {
			t.Errorf("two lines more change %+v", moved)
		}
		if got := mustQuery(t, env, votes); !strings.Contains(got, `"votes": 4`) {
			t.Errorf("votes that were added are gone: %s", got)
		}
		put(t, file, strings.Replace(weekly, "* Restoring is what counts :thumbsup:\n    * Who", "* Who", 1))
		deleted := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "minutes"))
		if len(deleted.Created)+len(deleted.Removed) > 0 || len(deleted.Retired) != 1 {
			t.Errorf("a deleted line changes %+v", deleted)
		}
		if got := mustQuery(t, env, votes); !strings.Contains(got, `"title": "Restoring is what counts", "votes": 3`) {
			t.Errorf("what others say of a deleted line: %s", got)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(root, "minutes", "ops", "20260309.md"), "# 2026-03-09\n\n- something else\n")
		gone := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "minutes"))
		if len(gone.Removed) == 0 {
			t.Errorf("a deleted file changes %+v", gone)
		}
		if got := mustQuery(t, env, "{ topics(orderBy: [{title: ASC}]) { nodes { title } } actionItems { totalCount } persons { totalCount } }"); got != `{ "data": { "topics": { "nodes": [ { "title": "Restoring is what counts" }, { "title": "something else" } ] }, "actionItems": { "totalCount": 0 }, "persons": { "totalCount": 0 } } }` {
			t.Errorf("left are %s", got)
		}
	})
}

// TestRealMinutes loads the real minutes where they are, twice, into both engines:
// the same map, and nothing changes the second time.
func TestRealMinutes(t *testing.T) {
	minutes := filepath.Join("..", "..", "..", "shared", "data", "minutes")
	if _, err := os.Stat(minutes); err != nil {
		t.Skipf("the real minutes are not here: %v", err)
	}
	answers := map[string]string{}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		delete(env, "OPSMAP_CATALOGUE")
		first := loadJSON(t, env, exitOK, "--level", "clear", minutes)
		if len(first.Created) < 900 || first.Hidden > 0 || len(first.Unheard) > 0 {
			t.Errorf("%d created, %d hidden, %d unheard", len(first.Created), first.Hidden, len(first.Unheard))
		}
		if again := loadJSON(t, env, exitOK, "--level", "clear", minutes); again.changes() {
			t.Errorf("the second load changes %+v", again)
		}
		seedIsFound(t, env, filepath.Join(minutes, "openops-20230612.expected.json"))
		var all strings.Builder
		for _, plural := range []string{"topics", "meetings", "persons", "actionItems", "decisions"} {
			for after := "null"; after != ""; {
				page := mustQuery(t, env, fmt.Sprintf(`{ page: %s(first: 100, after: %s) { nodes { id version sources { path line uri } } pageInfo { hasNextPage endCursor } } }`, plural, after))
				all.WriteString(page)
				var answer struct {
					Data struct {
						Page struct {
							PageInfo struct {
								HasNextPage bool
								EndCursor   string
							}
						}
					}
				}
				if err := json.Unmarshal([]byte(page), &answer); err != nil {
					t.Fatal(err)
				}
				if after = ""; answer.Data.Page.PageInfo.HasNextPage {
					after = `"` + answer.Data.Page.PageInfo.EndCursor + `"`
				}
			}
		}
		answers[t.Name()] = all.String()
	})
	same(t, answers)
}

// seedIsFound searches for every topic of the seed minutes by its title, and wants
// the one on its line. Who said it is left out: the meeting is under the Chatham House
// Rule in the catalogue.
func seedIsFound(t *testing.T, env map[string]string, expected string) {
	t.Helper()
	text, err := os.ReadFile(expected)
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Topics []struct {
			Title string
			Line  int
		}
	}
	if err := json.Unmarshal(text, &doc); err != nil || len(doc.Topics) == 0 {
		t.Fatalf("%d topics, %v", len(doc.Topics), err)
	}
	for i, topic := range doc.Topics {
		found := mustQuery(t, env, "{ search(text: "+inJSON(strings.ReplaceAll(topic.Title, "@schwesig ", ""))+", types: [Topic], first: 100) { nodes { node { ... on Topic { title sources { path line } } } } } }")
		if want := fmt.Sprintf(`"path": "openops-20230612.md", "line": %d`, topic.Line); !strings.Contains(found, want) {
			t.Errorf("topic %d, %q on line %d, is not among %s", i, topic.Title, topic.Line, found)
		}
	}
}

// TestStricterThanWhatIsThere: a load that is stricter than a record says so.
func TestStricterThanWhatIsThere(t *testing.T) {
	env := map[string]string{"OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "map.db"), "OPSMAP_CATALOGUE": "none"}
	root := folder(t, map[string]string{
		"a.yaml": "topics:\n  - key: a\n    title: Of the first\n    unverified: true\n",
		"b.yaml": "topics:\n  - key: a\n    title: Of the second\n    unverified: true\n",
	})
	if _, stderr, code := call(t.Context(), env, "load", "--level", "clear", filepath.Join(root, "a.yaml")); code != exitOK || strings.Contains(stderr, "not visible") {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	_, stderr, code := call(t.Context(), env, "load", filepath.Join(root, "b.yaml"))
	if code != exitOK || !strings.Contains(stderr, "Topic:a") || !strings.Contains(stderr, "do not count") || !strings.Contains(stderr, "--level clear") {
		t.Errorf("exit %d: %s", code, stderr)
	}
	if got := mustQuery(t, env, `{ topic(key: "a") { title confidentiality { key } } }`); !strings.Contains(got, "Of the first") || !strings.Contains(got, "clear") {
		t.Errorf("the record is %s", got)
	}
	put(t, filepath.Join(root, "c.yaml"), "topics:\n  - key: c\n    title: Of the third\n    unverified: true\n")
	if _, stderr, _ := call(t.Context(), env, "load", filepath.Join(root, "c.yaml")); !strings.Contains(stderr, "1 of the records are not visible to anonymous visitors") || !strings.Contains(stderr, "--level clear") {
		t.Errorf("hidden records: %s", stderr)
	}
	for _, flags := range [][]string{{"--level", "ultraviolet"}, {"--level", "red"}, {"--attribution", "red"}} {
		if _, stderr, code := call(t.Context(), env, append(append([]string{"load"}, flags...), root)...); code != exitFailed {
			t.Errorf("%v: exit %d: %s", flags, code, stderr)
		}
	}
}

// TestLinksWaitForAPerson: what minutes mention is proposed; a person's word makes it
// a link, or not, and no load changes that.
func TestLinksWaitForAPerson(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"known/practices.yaml": "layers:\n  - {key: containers, name: Containers / Cloud-Native, ordinal: 3, unverified: true}\n" +
				"practices:\n  - {key: etcd-backup, title: Back up etcd, actor: OPERATOR, status: PREDEFINED, unverified: true}\n" +
				"solutions:\n  - {key: k8s, name: Self-run Kubernetes, aliases: [kubernetes], operatedBy: SELF, unverified: true}\n",
			"minutes/ops/20260302.md": "# 2026-03-02\n\n- how do we do an etcd backup on Kubernetes?\n- containers everywhere\n",
		})
		loadJSON(t, env, exitOK, "--level", "green", filepath.Join(root, "known"))
		first := loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, "minutes"))
		if first.Records["LinkProposal"] != 3 {
			t.Errorf("%d proposals: %+v", first.Records["LinkProposal"], first.Created)
		}
		list, _, code := call(t.Context(), env, "links", "--json")
		for _, want := range []string{
			`"field":"practices","to":"Practice:etcd-backup","words":["etcd backup"],"reason":"it is called “etcd backup”, word for word","confidence":95,"state":"PROPOSED"`,
			`"to":"Solution:k8s","words":["Kubernetes"],"reason":"it is called “kubernetes”","confidence":85`, `"to":"Layer:containers"`,
			`"title":"how do we do an etcd backup on Kubernetes?","at":"ops/20260302.md:3"`,
		} {
			if code != exitOK || !strings.Contains(list, want) {
				t.Errorf("exit %d: %s\nis not in\n%s", code, want, list)
			}
		}
		// A proposal names what it leads to, so it is as hidden as that.
		hidden, _, _ := call(t.Context(), env, "query", "--as", "anonymous", "{ linkProposals { totalCount } topics { nodes { proposals { totalCount } } } }")
		if strings.Contains(hidden, `"totalCount": 1`) || strings.Contains(hidden, `"totalCount": 2`) || !strings.Contains(hidden, `"totalCount": 0`) {
			t.Errorf("anonymous sees %s", hidden)
		}
		const key = "ops-2026-03-02-how-do-we-do-an-etcd-backup-on-kubernetes-"
		if _, stderr, code := call(t.Context(), env, "links", "--accept", key+"practices-etcd-backup", "--reject", key+"platforms-k8s"); code != exitOK {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		const ask = `{ topics(where: {title: {contains: "etcd"}}) { nodes { practices { nodes { key } } platforms { nodes { key } } proposals(orderBy: [{confidence: DESC}]) { nodes { state } } } } }`
		want := `{ "data": { "topics": { "nodes": [ { "practices": { "nodes": [ { "key": "etcd-backup" } ] }, "platforms": { "nodes": [] }, "proposals": { "nodes": [ { "state": "ACCEPTED" }, { "state": "REJECTED" } ] } } ] } } }`
		if got := mustQuery(t, env, ask); got != want {
			t.Errorf("decided: %s", got)
		}
		if again := loadJSON(t, env, exitOK, "--level", "clear", "--accept-links=40", filepath.Join(root, "minutes")); len(again.Changed) != 2 {
			t.Errorf("accepting the rest changes %+v", again.Changed)
		}
		if got := mustQuery(t, env, ask); got != want {
			t.Errorf("after another load: %s", got)
		}
		if got := mustQuery(t, env, `{ topics(where: {title: {contains: "everywhere"}}) { nodes { layers { nodes { key } } } } }`); !strings.Contains(got, "containers") {
			t.Errorf("accepted by the load: %s", got)
		}
		// Minutes that become stricter take their links along.
		loadJSON(t, env, exitOK, "--level", "amber", filepath.Join(root, "minutes"))
		if got, _, _ := call(t.Context(), env, "query", "--as", "green", "{ topics { totalCount } }"); !strings.Contains(got, `"totalCount": 0`) {
			t.Errorf("as green: %s", got)
		}
		if got := mustQuery(t, env, ask); got != want {
			t.Errorf("stricter: %s", got)
		}
	})
}
