package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// mentioned are practices and platforms, and minutes that mention them.
var mentioned = map[string]string{
	"known.yaml": `practices:
  - {key: etcd-backup, title: Back up etcd, actor: OPERATOR, status: PREDEFINED, unverified: true}
solutions:
  - {key: k8s, name: Self-run Kubernetes, aliases: [Kubernetes], operatedBy: SELF, unverified: true}
  - {key: one, name: One of them, aliases: [Pebblestack], operatedBy: SELF, unverified: true}
  - {key: two, name: Two of them, aliases: [Pebblestack], operatedBy: SELF, unverified: true}
`,
	"ops/20260302.md": "# 2026-03-02\n\n- Upgrades of Kubernetes\n- Who runs kubernetes at home?\n- An etcd backup\n- Pebblestack is down\n",
	"ops/20260309.md": "# 2026-03-09\n\n- Networks in KUBERNETES\n",
}

// waits is a query for what waits and what is linked.
const waits = `{ linkProposals(where: {state: {eq: PROPOSED}}) { totalCount } topics(where: {or: [{practices: {some: {}}}, {platforms: {some: {}}}]}) { nodes { key practices { nodes { key } } platforms { nodes { key } } } } }`

// TestGroupsOfLinks shows what waits by its words, and decides all of a group.
func TestGroupsOfLinks(t *testing.T) {
	answers := map[string]string{}
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, mentioned)
		must(t, env, "load", "--level", "clear", root)
		groups, talk := must(t, env, "links", "--groups")
		for _, want := range []string{
			"3 × “kubernetes” → Solution:k8s, 85 %\n     ops/20260302.md:3: Upgrades of Kubernetes\n     ops/20260302.md:4: Who runs kubernetes at home?\n     ops/20260309.md:3: Networks in KUBERNETES\n     --accept-group kubernetes=Solution:k8s\n",
			"1 × “etcd backup” → Practice:etcd-backup, 95 %\n", "--accept-group 'etcd backup=Practice:etcd-backup'\n",
		} {
			if !strings.Contains(groups, want) {
				t.Errorf("%s is not in %s", want, groups)
			}
		}
		if !strings.Contains(talk, "6 links in 4 groups") {
			t.Errorf("said %s", talk)
		}
		if json, _ := must(t, env, "links", "--groups", "--json", "--at-least", "90"); json != `{"words":"etcd backup","to":"Practice:etcd-backup","count":1,"least":95,"most":95,"keys":["ops-2026-03-02-an-etcd-backup-practices-etcd-backup"]}`+"\n" {
			t.Errorf("as JSON %s", json)
		}
		for name, want := range map[string]string{
			"pebblestack": `the words "pebblestack" suggest several records; right is one of pebblestack=Solution:one, pebblestack=Solution:two`,
			"kubernets":   `no link waits that the words "kubernets" suggest (did you mean "kubernetes"?)`,
		} {
			if _, stderr, code := call(t.Context(), env, "links", "--accept-group", name); code != exitFailed || !strings.Contains(stderr, want) {
				t.Errorf("%s: exit %d, %s", name, code, stderr)
			}
		}
		dry, talk := must(t, env, "links", "--accept-group", "Kubernetes", "--dry-run", "--json")
		if strings.Count(dry, `"state":"ACCEPTED"`) != 3 || !strings.Contains(talk, "nothing is written; 3 accepted, 0 rejected; 3 links made or dropped") {
			t.Errorf("the dry run: %s%s", dry, talk)
		}
		if got := mustQuery(t, env, waits); !strings.Contains(got, `"totalCount": 6`) {
			t.Errorf("the dry run leaves %s", got)
		}
		must(t, env, "links", "--accept-group", "kubernetes", "--reject-group", "pebblestack=Solution:one", "--accept", "ops-2026-03-02-an-etcd-backup-practices-etcd-backup")
		answers[t.Name()] = mustQuery(t, env, waits)
		if got := answers[t.Name()]; !strings.Contains(got, `"totalCount": 1`) || strings.Count(got, `"key": "k8s"`) != 3 {
			t.Errorf("decided: %s", got)
		}
	})
	if there := answers["TestGroupsOfLinks/Neo4j"]; there != "" && there != answers["TestGroupsOfLinks/embedded"] {
		t.Errorf("the engines differ: %v", answers)
	}
}

// TestStatedLinksWaitNoMore: a proposal waits as long as nobody states its link, in a file or by hand.
func TestStatedLinksWaitNoMore(t *testing.T) {
	const key = "ops-2026-03-02-an-etcd-backup-practices-etcd-backup"
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, mentioned)
		load := func(name string) loadReport {
			t.Helper()
			return loadJSON(t, env, exitOK, "--level", "clear", filepath.Join(root, name))
		}
		step := func(name, waiting, linked string) {
			t.Helper()
			if got := mustQuery(t, env, waits); !strings.Contains(got, `"totalCount": `+waiting+` `) || strings.Contains(got, `"etcd-backup"`) != (linked == "linked") {
				t.Errorf("%s: want %s to wait, %s: %s", name, waiting, linked, got)
			}
			if list, _ := must(t, env, "links"); strings.Contains(list, key) != (waiting == "6") {
				t.Errorf("%s: links shows %s", name, list)
			}
			for _, file := range []string{"ops", "ours.yaml"} {
				if again := load(file); again.changes() {
					t.Errorf("%s: %s again changes %+v", name, file, again)
				}
			}
		}
		ours := func(practices string) {
			put(t, filepath.Join(root, "ours.yaml"), "topics:\n  - {key: ops-2026-03-02-an-etcd-backup, title: An etcd backup, unverified: true"+practices+"}\n")
			load("ours.yaml")
		}
		load("known.yaml")
		load("ops")
		ours("")
		step("nobody", "6", "free")
		ours(", practices: [etcd-backup]")
		step("a file", "5", "linked")
		ours("")
		step("a file no more", "6", "free")
		const byHand = `mutation { linkTopic(input: {topic: "ops-2026-03-02-an-etcd-backup", practice: "etcd-backup"}) { practice { key proposals { nodes { state } } } } }`
		mustQuery(t, env, byHand)
		step("by hand", "5", "linked")
		must(t, env, "links", "--reject", key)
		step("taken back", "5", "free")
		if got := mustQuery(t, env, byHand); !strings.Contains(got, `"ACCEPTED"`) {
			t.Errorf("by hand again: %s", got)
		}
		must(t, env, "links", "--reject", key)
		ours(", practices: [etcd-backup]")
		if _, talk := must(t, env, "links", "--reject", key); !strings.Contains(talk, "links that were rejected stay as long as these state them: file:") {
			t.Errorf("said %s", talk)
		}
	})
}
