package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestDecisionsStay: what somebody has decided of a proposal stays decided when the file is edited elsewhere, when the line moves or is
// gone for a time, and when another file says the same of another topic.
func TestDecisionsStay(t *testing.T) {
	onEmbedded(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"known.yaml": `practices:
  - {key: etcd-backup, title: Back up etcd, actor: OPERATOR, status: PREDEFINED, unverified: true}
solutions:
  - {key: k8s, name: Self-run Kubernetes, aliases: [kubernetes], operatedBy: SELF, unverified: true}
  - {key: plain, name: Plain, operatedBy: SELF, unverified: true}
`, "ops/20260302.md": ""})
		must(t, env, "load", "--level", "clear", filepath.Join(root, "known.yaml"))
		minutes := filepath.Join(root, "ops", "20260302.md")
		load := func(text string) {
			t.Helper()
			put(t, minutes, "# 2026-03-02\n\n"+text)
			must(t, env, "load", "--level", "clear", filepath.Join(root, "ops"))
		}
		const line = "- an etcd backup on Kubernetes\n"
		load(line + "- Lunch\n")
		const key = "ops-2026-03-02-an-etcd-backup-on-kubernetes-"
		must(t, env, "links", "--accept", key+"practices-etcd-backup", "--reject", key+"platforms-k8s")
		decided := func(name, at string) {
			t.Helper()
			listed, _ := must(t, env, "links", "--json", "--all")
			for _, want := range []string{`"to":"Practice:etcd-backup","words":["etcd backup"]`, `"state":"ACCEPTED"`, `"to":"Solution:k8s"`, `"state":"REJECTED"`, `"at":"20260302.md:` + at + `"`} {
				if !strings.Contains(listed, want) {
					t.Errorf("%s: %s is not in %s", name, want, listed)
				}
			}
			if open, _ := must(t, env, "links", "--json"); open != "" {
				t.Errorf("%s: still to be decided: %s", name, open)
			}
			if got := mustQuery(t, env, `{ topics(where: {practices: {some: {key: {eq: "etcd-backup"}}}}) { totalCount } }`); !strings.Contains(got, `"totalCount": 1`) {
				t.Errorf("%s: the accepted link: %s", name, got)
			}
		}
		decided("decided", "3")
		load("- Something before\n- And more\n" + line + "- Lunch at noon\n")
		decided("edited elsewhere", "5")
		load("## Agenda\n\n" + line)
		decided("moved", "5")
		load(strings.Replace(line, "an etcd backup", "an etcd backup again", 1) + "- Lunch\n")
		decided("edited itself", "3")
		load("- Lunch\n")
		load(line + "- Lunch\n")
		decided("gone and back", "3")
	})
}

// TestOnePlatformOfAStory: a story has one platform; the last that is accepted is it.
func TestOnePlatformOfAStory(t *testing.T) {
	form, _, _ := call(t.Context(), map[string]string{"OPSMAP_STORE": "memory:"}, "template", "rca")
	onEmbedded(t, func(t *testing.T, env map[string]string) {
		told := strings.NewReplacer("| Platform | OSISM 9.1 |", "| Platform | |", "A full Ceph pool stopped all writes", "Ripple ran full beneath Pebble", "Keep a reserve.", "Boulder backups of Ripple").Replace(filledIn(form))
		root := folder(t, map[string]string{"rca/2026-03-02.md": told, "known.yaml": `practices:
  - {key: boulder-backup, title: Back up boulders, actor: OPERATOR, status: PREDEFINED, unverified: true}
solutions:
  - {key: ripple, name: Ripple, operatedBy: SELF, unverified: true}
  - {key: pebble, name: Pebble, operatedBy: SELF, unverified: true}
`})
		must(t, env, "load", "--level", "clear", root)
		const key = "ripple-ran-full-beneath-pebble-2026-03-02-"
		listed, _ := must(t, env, "links", "--json")
		if !strings.Contains(listed, `"to":"Practice:boulder-backup","words":["Boulder backups"],"reason":"it is called “boulder backup”, word for word, in its lessons","confidence":80`) {
			t.Errorf("what a lesson mentions is not proposed: %s", listed)
		}
		must(t, env, "links", "--accept", key+"platform-ripple")
		must(t, env, "links", "--accept", key+"platform-pebble")
		const want = `"platform": { "key": "pebble" }, "proposals": { "nodes": [ { "state": "ACCEPTED" } ] }`
		if got := mustQuery(t, env, `{ stories { nodes { platform { key } proposals(where: {state: {eq: ACCEPTED}}) { nodes { state } } } } }`); !strings.Contains(got, want) {
			t.Errorf("the story has %s", got)
		}
		env["OPSMAP_STORE"] = "file:" + filepath.Join(t.TempDir(), "other.db")
		must(t, env, "load", "--level", "clear", "--accept-links=40", root)
		if got := mustQuery(t, env, `{ stories { nodes { platform { key } } } }`); !strings.Contains(got, `"key": "pebble"`) {
			t.Errorf("accepted by the load: %s", got)
		}
	})
}
