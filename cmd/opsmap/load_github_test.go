package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/speech"
	"github.com/open-operations/opsmap/schema"
)

// ghPrinted is what gh issue list --json prints of four issues and a pull request.
const ghPrinted = `[
{"number":3,"title":"How do you rotate certificates?","body":"With @ada.\r\n<!-- a hint -->","state":"OPEN","stateReason":"","url":"https://github.com/open-operations/topics/issues/3",
 "labels":[{"name":"layer:containers"},{"name":"Internal use"}],"author":{"login":"ada","name":"Ada L","is_bot":false},"createdAt":"2026-01-02T03:04:05Z",
 "reactionGroups":[{"content":"THUMBS_UP","users":{"totalCount":4}},{"content":"THUMBS_DOWN","users":{"totalCount":1}},{"content":"HEART","users":{"totalCount":9}}],
 "comments":[{"author":{"login":"bob"},"body":"x","url":"https://github.com/open-operations/topics/issues/3#issuecomment-1"}]},
{"number":4,"title":"Backups","body":"","state":"CLOSED","stateReason":"COMPLETED","url":"https://github.com/open-operations/topics/issues/4","labels":[],"author":{"login":"renovate[bot]"}},
{"number":5,"title":"Wallpapers","body":"","state":"CLOSED","stateReason":"NOT_PLANNED","url":"https://github.com/open-operations/topics/issues/5","labels":[{"name":"off-topic"}],"author":{"login":"bob"}},
{"number":6,"title":"Spam","body":"","state":"OPEN","url":"https://github.com/open-operations/topics/issues/6","labels":[{"name":"spam"}]},
{"number":7,"title":"A change","state":"OPEN","url":"https://github.com/open-operations/topics/pull/7"}
]`

// apiAnswered is what the REST API answers for the same.
const apiAnswered = `[
{"number":3,"title":"How do you rotate certificates?","body":"With @ada.\r\n<!-- a hint -->","state":"open","state_reason":null,"html_url":"https://github.com/open-operations/topics/issues/3",
 "url":"https://api.github.com/repos/open-operations/topics/issues/3","labels":[{"name":"layer:containers"},{"name":"Internal use"}],"user":{"login":"ada","type":"User"},"created_at":"2026-01-02T03:04:05Z",
 "reactions":{"url":"x","total_count":14,"+1":4,"-1":1,"heart":9},"comments":1},
{"number":4,"title":"Backups","body":null,"state":"closed","state_reason":"completed","html_url":"https://github.com/open-operations/topics/issues/4","labels":[],"user":{"login":"renovate[bot]","type":"Bot"},"comments":0},
{"number":5,"title":"Wallpapers","body":null,"state":"closed","state_reason":"not_planned","html_url":"https://github.com/open-operations/topics/issues/5","labels":[{"name":"off-topic"}],"user":{"login":"bob","type":"User"},"comments":0},
{"number":6,"title":"Spam","state":"open","html_url":"https://github.com/open-operations/topics/issues/6","labels":[{"name":"spam"}],"user":null,"comments":0},
{"number":7,"title":"A change","state":"open","html_url":"https://github.com/open-operations/topics/pull/7","pull_request":{"url":"x"},"labels":[],"comments":0}
]`

const issueMapping = `files:
  - {match: "**", level: clear}
issues:
  labels:
    - {label: "internal*", level: green, kind: RECURRING_ISSUE}
    - {label: spam, skip: true}
`

// TestIssuesBecomeTheMap: issues from a file and from the API are the same topics on
// both engines; the second time nothing changes; an edit changes one field.
func TestIssuesBecomeTheMap(t *testing.T) {
	const ask = `{ topics { nodes { key title summary votes kind status confidentiality { key } layers { nodes { key } } raisedBy { key handle } sources { uri kind } } } }`
	const want = `{ "data": { "topics": { "nodes": [ ` +
		`{ "key": "open-operations-topics-3", "title": "How do you rotate certificates?", "summary": "With @ada.", "votes": 3, "kind": "RECURRING_ISSUE", "status": "PROPOSED", "confidentiality": { "key": "green" }, ` +
		`"layers": { "nodes": [ { "key": "containers" } ] }, "raisedBy": { "key": "ada", "handle": "ada" }, ` +
		`"sources": [ { "uri": "https://github.com/open-operations/topics/issues/3", "kind": "ISSUE" }, { "uri": "https://github.com/open-operations/topics/issues/3#issuecomment-1", "kind": "ISSUE" } ] }, ` +
		`{ "key": "open-operations-topics-4", "title": "Backups", "summary": null, "votes": 0, "kind": "TOPIC", "status": "COVERED", "confidentiality": { "key": "clear" }, "layers": { "nodes": [] }, "raisedBy": null, ` +
		`"sources": [ { "uri": "https://github.com/open-operations/topics/issues/4", "kind": "ISSUE" } ] }, ` +
		`{ "key": "open-operations-topics-5", "title": "Wallpapers", "summary": null, "votes": 0, "kind": "OFF_TOPIC", "status": "PARKED", "confidentiality": { "key": "clear" }, "layers": { "nodes": [] }, "raisedBy": { "key": "bob", "handle": "bob" }, ` +
		`"sources": [ { "uri": "https://github.com/open-operations/topics/issues/5", "kind": "ISSUE" } ] } ] } } }`
	api := "[]"
	hub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch strings.ToLower(r.URL.Path) {
		case "/repos/open-operations/topics/issues":
			fmt.Fprint(w, api)
		case "/repos/open-operations/topics/issues/comments":
			fmt.Fprint(w, `[{"html_url":"https://github.com/open-operations/topics/issues/3#issuecomment-1","issue_url":"https://api.github.com/repos/open-operations/topics/issues/3"}]`)
		default:
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `{"message":"Not Found"}`)
		}
	}))
	t.Cleanup(hub.Close)
	onEachStore(t, func(t *testing.T, env map[string]string) {
		env["GITHUB_API_URL"], env["XDG_CACHE_HOME"] = hub.URL, t.TempDir()
		root := folder(t, map[string]string{
			"issues.json": ghPrinted, "package.json": `{"name":"x"}`, "mapping.yml": issueMapping,
			"known/layers.yaml": "layers:\n  - {key: containers, name: Containers, ordinal: 3, unverified: true}\n",
		})
		at := func(name string) string { return filepath.Join(root, name) }
		loadJSON(t, env, exitOK, "--level", "clear", at("known"))
		for _, source := range [][]string{{at("issues.json")}, {"github:open-operations/topics"}, {"--github", "Open-Operations/topics"}} {
			api = apiAnswered
			args := append([]string{"--mapping", at("mapping.yml")}, source...)
			loadJSON(t, env, exitOK, args...)
			if got := mustQuery(t, env, ask); got != want {
				t.Errorf("%v: the topics are\n%s\nwant\n%s", source, got, want)
			}
			if again := loadJSON(t, env, exitOK, args...); again.changes() {
				t.Errorf("%v: the second time changes %+v", source, again)
			}
			put(t, at("issues.json"), strings.Replace(ghPrinted, `"title":"Backups"`, `"title":"Backups of etcd"`, 1))
			api = strings.Replace(apiAnswered, `"title":"Backups"`, `"title":"Backups of etcd"`, 1)
			if edited := loadJSON(t, env, exitOK, args...); len(edited.Changed) != 1 || len(edited.Created)+len(edited.Removed) > 0 {
				t.Errorf("%v: one title changes %+v", source, edited)
			}
			// What is no longer there is no longer said.
			put(t, at("issues.json"), "[]")
			api = "[]"
			loadJSON(t, env, exitOK, args...)
			if got := mustQuery(t, env, "{ topics { totalCount } persons { totalCount } }"); got != `{ "data": { "topics": { "totalCount": 0 }, "persons": { "totalCount": 0 } } }` {
				t.Errorf("%v: left are %s", source, got)
			}
			put(t, at("issues.json"), ghPrinted)
		}
		votesCountOnce(t, env, at, func(answer string) { api = answer })
		// A repository that is not there does not keep others from being loaded.
		put(t, at("ops/20260302.md"), weekly)
		r := loadJSON(t, env, exitFailed, "--level", "clear", "github:open-operations/nothing", at("ops"))
		if len(r.Problems) != 1 || !strings.Contains(r.Problems[0], "github:open-operations/nothing: there is no repository") || len(r.Created) == 0 {
			t.Errorf("problems %q, %d created", r.Problems, len(r.Created))
		}
	})
}

// votesCountOnce: whichever way an issue comes, and however often, the last word on it
// counts.
func votesCountOnce(t *testing.T, env map[string]string, at func(string) string, answer func(string)) {
	t.Helper()
	answer(strings.Replace(apiAnswered, `"+1":4`, `"+1":6`, 1))
	file, repository := at("issues.json"), "github:open-operations/topics"
	const of = `{ topic(key: "open-operations-topics-3") { votes } }`
	for _, load := range []struct {
		from []string
		want string
	}{
		{[]string{file}, "3"},
		{[]string{repository}, "5"},
		{[]string{file}, "3"},
		{[]string{file, repository}, "5"},
		{[]string{file, repository}, "5"},
	} {
		args := append([]string{"--mapping", at("mapping.yml")}, load.from...)
		loadJSON(t, env, exitOK, args...)
		if got := mustQuery(t, env, of); got != `{ "data": { "topic": { "votes": `+load.want+` } } }` {
			t.Errorf("after %v: %s, want %s votes", load.from, got, load.want)
		}
		if again := loadJSON(t, env, exitOK, args...); again.changes() {
			t.Errorf("%v: the second time changes %+v", load.from, again)
		}
	}
}

// asked is a session that notes about which records it is asked what was said.
type asked struct {
	session
	about [][]record.ID
}

func (s *asked) Said(_ context.Context, _ []string, about ...record.ID) ([]record.Packed, error) {
	s.about = append(s.about, about)
	return nil, nil
}

// TestOnlyIssuesAreAskedFor loads an issue beside minutes: what thousands of files say
// about other records is not asked for.
func TestOnlyIssuesAreAskedFor(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	source := speech.Source(catalog.Object("Source"), "https://github.com/o/r/issues/1", "", 0, "ISSUE")
	made, noted := record.ID{Type: "Topic", Key: "o-r-1"}, record.ID{Type: "Topic", Key: "noted"}
	s := &asked{}
	for _, c := range []struct {
		say  []record.Statement
		want string
	}{
		{[]record.Statement{{Source: "file:/a.md", ID: noted}}, "[]"},
		{[]record.Statement{{Source: "file:/a.md", ID: noted}, {Source: "file:/a.json", ID: made, Fields: map[string]any{"sources": []any{source}}}}, "[[Topic:o-r-1]]"},
	} {
		reading := loader.Reading{Say: c.say}
		reading.Pack(catalog, loader.Prior{})
		result := gather.NewResult(catalog, &record.Changeset{Packed: reading.Packed})
		if err := new(program).issuesOnce(t.Context(), s, result); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(s.about); got != c.want {
			t.Errorf("asked about %s, not %s", got, c.want)
		}
	}
}
