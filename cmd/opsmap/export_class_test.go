package main

import (
	"maps"
	"path/filepath"
	"strings"
	"testing"
)

// facts are about records with other levels, groups and embargoes than their own.
const facts = `
solutions:
  - {key: calm, name: Calm, operatedBy: SELF, unverified: true, confidentiality: amber, confidentialityConditions: [{reason: embargo, until: "2027-01-01T00:00:00Z", then: clear}]}
  - {key: dark, name: Dark, operatedBy: SELF, unverified: true, confidentiality: red, audience: [g1, g2]}
capabilities:
  - {key: api, name: API, kind: SERVICE, unverified: true, confidentiality: clear}
offers:
  - {platform: calm, capability: api, state: "YES", basis: JUDGED, unverified: true, confidentiality: green}
  - {platform: dark, capability: api, state: "YES", basis: JUDGED, unverified: true, confidentiality: clear, audience: [core]}
`

// TestFactsKeepTheirOwnClass exports facts and loads them into another store: they are
// as open as before, also when an embargo on what they are about has ended.
func TestFactsKeepTheirOwnClass(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"facts.yaml": facts})
		loadJSON(t, env, exitOK, root)
		first, stderr, code := call(t.Context(), env, "export")
		if code != exitOK {
			t.Fatal(stderr)
		}
		for _, want := range []string{
			"- key: \"calm--api\"\n    confidentiality: \"green\"\n    sources",
			"- key: \"dark--api\"\n    confidentiality: \"clear\"\n    audience: [\"core\"]\n    sources",
		} {
			if !strings.Contains(first, want) {
				t.Errorf("%s\nis not in\n%s", want, first)
			}
		}
		other := maps.Clone(env)
		other["OPSMAP_STORE"] = "file:" + filepath.Join(t.TempDir(), "other.db")
		put(t, filepath.Join(root, "facts.yaml"), first)
		loadJSON(t, other, exitOK, root)
		if second, stderr, _ := call(t.Context(), other, "export"); second != first {
			t.Errorf("exported again\n%s%s", second, stderr)
		}
		other["OPSMAP_NOW"] = "2027-02-01T00:00:00Z"
		for viewer, want := range map[string]string{
			"anonymous": `[ ]`, "green": `[ { "key": "calm--api" } ]`, "red; groups=g1": `[ { "key": "calm--api" } ]`, "red; groups=g1,core": `[ { "key": "calm--api" }, { "key": "dark--api" } ]`,
		} {
			stdout, _, _ := call(t.Context(), other, "query", "--as", viewer, "{ offers(orderBy: [{key: ASC}]) { nodes { key } } }")
			if got := strings.Join(strings.Fields(stdout), " "); !strings.Contains(got, want) && !strings.Contains(got, strings.ReplaceAll(want, "[ ]", "[]")) {
				t.Errorf("%s sees %s", viewer, got)
			}
		}
	})
}
