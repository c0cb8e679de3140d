package main

import (
	"strings"
	"testing"
)

// otherLadder is a community that does not use the Traffic Light Protocol.
const otherLadder = `confidentialityLevels:
  - {key: street, name: Street, rank: 0, meaning: Anybody., unverified: true}
  - {key: guild, name: Guild, rank: 10, meaning: Members., unverified: true, unlabelled: true}
  - {key: workshop, name: Workshop, rank: 20, meaning: The workshop., unverified: true}
  - {key: bench, name: Bench, rank: 99, meaning: Who stood there., unverified: true, needsAudience: true}
topics:
  - {key: sign, title: Sign, confidentiality: street, unverified: true}
  - {key: custom, title: Custom, unverified: true}
  - {key: recipe, title: Recipe, confidentiality: bench, audience: [masters], unverified: true}
  - key: price
    title: Price
    unverified: true
    confidentiality: workshop
    confidentialityConditions: [{reason: The fair, until: "2026-11-25T00:00:00Z", then: street}]
`

// TestAnotherLadder: a community's own levels take the place of those that ship:
// clearances, defaults and embargoes go by their names and ranks.
func TestAnotherLadder(t *testing.T) {
	catalogue := write(t, "ladder.yaml", otherLadder)
	own := write(t, "own.yaml", "topics:\n  - {key: tool, title: Tool, unverified: true}\nstories:\n  - {key: fire, title: Fire, outcome: FAILURE, unverified: true}\n"+
		"defaults:\n  types:\n    stories: {confidentiality: bench, audience: [masters]}\n")
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = catalogue
		if _, stderr := must(t, env, "load", own); !strings.Contains(stderr, "have guild, --level street") {
			t.Error(stderr)
		}
		const all = `{ topics(orderBy: [{key: ASC}]) { nodes { key confidentiality { key } } } stories { totalCount } confidentialityLevels { totalCount } }`
		for as, want := range map[string]string{
			"anonymous":              "sign:street stories:0",
			"guild":                  "custom:guild sign:street tool:guild stories:0",
			"workshop":               "custom:guild price:workshop sign:street tool:guild stories:0",
			"bench":                  "custom:guild price:workshop sign:street tool:guild stories:0",
			"bench; groups=masters":  "custom:guild price:workshop recipe:bench sign:street tool:guild stories:1",
			"street; groups=masters": "sign:street stories:0",
		} {
			if got := summary(t, env, as, all); got != want+" levels:4" {
				t.Errorf("as %s: %s, want %s", as, got, want)
			}
		}
		later := with(env, "OPSMAP_NOW", "2026-11-25T00:00:00Z")
		if got, want := summary(t, later, "anonymous", all), "price:street sign:street stories:0 levels:4"; got != want {
			t.Errorf("after the fair: %s, want %s", got, want)
		}
		holdStrictLevel(t, env)
		for _, level := range []string{"amber", "red"} {
			if _, stderr, code := call(t.Context(), env, "token", "create", "--clearance", level); code != exitFailed || !strings.Contains(stderr, "street, guild, workshop, bench") {
				t.Errorf("a clearance of another ladder: exit %d %s", code, stderr)
			}
		}
	})
}

// holdStrictLevel holds a ladder's own strictest level to what RED is held to on the
// ladder that ships: it names its audience, or is refused with its place; an embargo
// on it ends for everybody, and a step up to it asks for the audience again.
func holdStrictLevel(t *testing.T, env map[string]string) {
	t.Helper()
	for text, says := range map[string]string{
		"topics:\n  - {key: x, title: X, unverified: true,\n     confidentiality: bench}\n":        "x.yaml:3: Topic x is bench and names no audience",
		"defaults:\n  confidentiality: bench\ntopics: []\n":                                        "x.yaml:2: the default of the source is bench and names no audience",
		"topics:\n  - {key: x, title: X, unverified: true, confidentiality: red, audience: [a]}\n": `x.yaml:2: Topic x: confidentiality names "red"`,
	} {
		if out, _, code := call(t.Context(), env, "load", write(t, "x.yaml", text)); code != exitFailed || !strings.Contains(out, says) {
			t.Errorf("%s\nexit %d: %s\nwant %s", text, code, out, says)
		}
	}
	if _, stderr, code := call(t.Context(), env, "load", "--level", "bench", write(t, "x.yaml", "topics:\n  - {key: x, title: X, unverified: true}\n")); code != exitFailed {
		t.Errorf("bench for everything and nobody: exit %d %s", code, stderr)
	}
	must(t, env, "load", write(t, "embargo.yaml", `topics:
  - key: jubilee
    title: Jubilee
    unverified: true
    confidentiality: bench
    audience: [masters]
    confidentialityConditions:
      - {reason: The jubilee, until: "2026-12-01T00:00:00Z", then: street}
      - {reason: The lawsuit, until: "2026-12-02T00:00:00Z", then: bench}
`))
	const there = `{ topic(key: "jubilee") { key } }`
	for at, open := range map[string]map[string]bool{
		"2026-11-30T23:59:59Z": {"anonymous": false, "bench": false, "bench; groups=masters": true},
		"2026-12-01T00:00:00Z": {"anonymous": true, "bench": true, "bench; groups=masters": true},
		"2026-12-02T00:00:00Z": {"anonymous": false, "bench": false, "bench; groups=masters": true},
	} {
		for as, want := range open {
			if out, _ := must(t, with(env, "OPSMAP_NOW", at), "query", "--as", as, there); strings.Contains(out, "jubilee") != want {
				t.Errorf("as %s at %s: %s", as, at, out)
			}
		}
	}
	for _, level := range []string{"street", "guild", "workshop", "bench"} {
		if out, _ := must(t, env, "token", "create", "--clearance", level, "--groups", "masters"); strings.TrimSpace(out) == "" {
			t.Errorf("no token at %s", level)
		}
	}
}

// summary of an answer to the query above.
func summary(t *testing.T, env map[string]string, as, query string) string {
	t.Helper()
	out, _ := must(t, env, "query", "--as", as, query)
	out = strings.Join(strings.Fields(out), "")
	out = strings.NewReplacer(`{"data":{"topics":{"nodes":[`, "", `{"key":"`, "", `","confidentiality":`, ":", `"}},`, " ", `"}}]},`, " ",
		`"stories":{"totalCount":`, "stories:", `},"confidentialityLevels":{"totalCount":`, " levels:", "}}}", "").Replace(out)
	return out
}

// TestLevelsByLoad: a load may add a step to the ladder; what would change who sees
// what, or names nobody, is refused with its line and nothing is written.
func TestLevelsByLoad(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		for text, says := range map[string]string{
			"confidentialityLevels:\n  - {key: amber, name: A, rank: 0, meaning: M., unverified: true}\n":                     ":2: ConfidentialityLevel amber has the rank 2 in the map, not 0",
			"confidentialityLevels:\n  - {key: blue, name: B, rank: 4, meaning: M., unverified: true}\n":                      ":2: ConfidentialityLevel blue: the rank 4 is that of red in the map",
			"confidentialityLevels:\n  - {key: red, name: R, rank: 4, needsAudience: false, meaning: M., unverified: true}\n": ":2:5: ConfidentialityLevel red needs an audience in the map",
			"topics:\n  - {key: a, title: A, unverified: true,\n     confidentiality: red}\n":                                 ":3: Topic a is red and names no audience",
			"topics:\n  - {key: a, title: A, unverified: true,\n     confidentiality: purple}\n":                              `:3: Topic a: confidentiality names "purple"`,
			"defaults:\n  confidentiality: red\n":                                                                             ":2: the default of the source is red and names no audience",
			"defaults:\n  confidentiality: clear\n  types:\n    topics:\n      confidentiality: lilac\n":                      `:5: the default of topics: confidentiality names "lilac"`,
			"defaults:\n  audience: [a]\n": ":2: the default of the source has audience and no confidentiality",
			"topics:\n  - {key: a, title: A, unverified: true, confidentiality: red, audience: []}\n":       "names no audience",
			"topics:\n  - {key: a, title: A, unverified: true, confidentiality: amber, audience: [\"\"]}\n": "empty group",
		} {
			out, _, code := call(t.Context(), env, "load", write(t, "x.yaml", text))
			if code != exitFailed || !strings.Contains(out, says) {
				t.Errorf("%s\nexit %d: %s\nwant %s", text, code, out, says)
			}
		}
		if _, stderr, code := call(t.Context(), env, "load", "--level", "red", write(t, "x.yaml", "topics:\n  - {key: a, title: A, unverified: true}\n")); code != exitFailed {
			t.Errorf("red for everything and nobody: exit %d %s", code, stderr)
		}
		must(t, env, "load", "--level", "red", "--audience", "csirt", write(t, "x.yaml", "topics:\n  - {key: a, title: A, unverified: true}\n"))
		must(t, env, "load", write(t, "y.yaml", "confidentialityLevels:\n  - {key: violet, name: V, rank: 7, meaning: M., unverified: true}\ntopics:\n  - {key: b, title: B, confidentiality: violet, unverified: true}\n"))
		for as, want := range map[string]string{"violet; groups=csirt": "2", "violet": "1", "red": "0", "red; groups=csirt": "1"} {
			if out, _ := must(t, env, "query", "--as", as, "{ topics { totalCount } }"); !strings.Contains(out, `"totalCount": `+want) {
				t.Errorf("as %s: %s", as, out)
			}
		}
	})
}
