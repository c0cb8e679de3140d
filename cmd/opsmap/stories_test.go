package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// anIssue is a recurring issue with a practice beside it.
const anIssue = `practices:
  - {key: queue-purge, title: Purge queues, actor: OPERATOR, status: PREDEFINED, unverified: true, confidentiality: clear}
  - {key: agent-restart, title: Start the agents anew, actor: OPERATOR, status: PREDEFINED, unverified: true, confidentiality: clear}
topics:
  - {key: stay-away, title: Agents stay away, kind: RECURRING_ISSUE, unverified: true, confidentiality: clear}
`

func aStory(key, title, more string) string {
	return "stories:\n  - {key: " + key + ", title: " + title + ", outcome: FAILURE, topics: [stay-away], sources: [{uri: https://stories.example/" + key + ", kind: REPORT}], confidentiality: clear" + more + "}\n"
}

// onEmbedded runs a test on an empty store without a server: what it tests is above the
// engines.
func onEmbedded(t *testing.T, test func(t *testing.T, env map[string]string)) {
	t.Helper()
	test(t, map[string]string{"OPSMAP_CATALOGUE": "none", "OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_STORE": "file:" + filepath.Join(t.TempDir(), "map.db")})
}

// TestStoriesOfOneIssue: what one of several stories was distilled into is proposed for the others, as long as there are several,
// to those who may see why.
func TestStoriesOfOneIssue(t *testing.T) {
	const ask = `{ linkProposals { nodes { key reason confidence state sources { uri } } } }`
	onEmbedded(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"issue.yaml": anIssue, "here/one.yaml": aStory("one", "It began here", ", distilledInto: [agent-restart]"),
		})
		load := func(names ...string) {
			t.Helper()
			for _, name := range names {
				loadJSON(t, env, exitOK, filepath.Join(root, name))
			}
		}
		step := func(name string, want ...string) {
			t.Helper()
			got := mustQuery(t, env, ask)
			if strings.Count(got, `"key"`) != len(want) {
				t.Errorf("%s: not %d proposals: %s", name, len(want), got)
			}
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("%s: %s is not in %s", name, w, got)
				}
			}
		}
		load("issue.yaml", "here/one.yaml")
		step("one story")
		put(t, filepath.Join(root, "there", "copy.yaml"), aStory("copy", "it began here", ""))
		load("there")
		step("told twice")
		const two = `{ "key": "two-distilled-into-agent-restart", "reason": "“It began here”, about the same recurring issue “Agents stay away”, was distilled into it", "confidence": 70, "state": "PROPOSED", "sources": [ { "uri": "https://stories.example/two" } ] }`
		put(t, filepath.Join(root, "there", "two.yaml"), aStory("two", "Then there", ""))
		load("there")
		step("two communities", two)
		if again := loadJSON(t, env, exitOK, filepath.Join(root, "there")); again.changes() {
			t.Errorf("the second time changes %+v", again)
		}

		// Somebody who sees more knows what the second was distilled into, and for whom that would be a reason.
		open, _ := must(t, env, "query", "--as", "anonymous", ask)
		put(t, filepath.Join(root, "hidden.yaml"), strings.Replace(aStory("two", "Then there", ", distilledInto: [queue-purge]"), "clear", "amber", 1))
		load("hidden.yaml")
		// All are told anew of stories as something moves that they may see.
		put(t, filepath.Join(root, "there", "copy.yaml"), aStory("copy", "it began here", ", impact: Nobody noticed"))
		load("there")
		if got, _ := must(t, env, "query", "--as", "anonymous", ask); got != open {
			t.Errorf("a hidden link makes proposals: %s\nwithout it %s", got, open)
		}
		put(t, filepath.Join(root, "hidden.yaml"), "stories: []\n")
		load("hidden.yaml")
		step("without the hidden link", two)

		must(t, env, "links", "--accept", "two-distilled-into-agent-restart")
		put(t, filepath.Join(root, "there", "three.yaml"), aStory("three", "And again", ""))
		load("there")
		step("accepted", `"key": "three-distilled-into-agent-restart"`, `"confidence": 70, "state": "ACCEPTED"`)
	})
}

// TestProposalsOfStoriesGo: with the stories they come from.
func TestProposalsOfStoriesGo(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{
			"issue.yaml": strings.Replace(anIssue, "RECURRING_ISSUE", "RECURRING_ISSUE, practices: [queue-purge]", 1),
			"one.yaml":   aStory("one", "It began here", ""), "two.yaml": aStory("two", "Then there", ""),
		})
		count := func(name, want string) {
			t.Helper()
			loadJSON(t, env, exitOK, root)
			if got := mustQuery(t, env, `{ linkProposals { nodes { key } } }`); strings.Join(strings.Fields(got), " ") != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
		none := `{ "data": { "linkProposals": { "nodes": [] } } }`
		count("two", `{ "data": { "linkProposals": { "nodes": [ { "key": "one-distilled-into-queue-purge" }, { "key": "two-distilled-into-queue-purge" } ] } } }`)
		put(t, filepath.Join(root, "two.yaml"), "stories: []\n")
		count("one", none)
		put(t, filepath.Join(root, "two.yaml"), aStory("two", "Then there", ""))
		put(t, filepath.Join(root, "issue.yaml"), anIssue)
		count("the issue has no practice", none)
	})
}
