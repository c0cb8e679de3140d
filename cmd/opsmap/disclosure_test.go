package main

import (
	"strings"
	"testing"
)

const openingWorld = `confidentialityLevels:
  - {key: clear, name: Clear, rank: 0, meaning: M., unverified: true}
  - {key: amber, name: Amber, rank: 2, meaning: M., unverified: true}
  - {key: red, name: Red, rank: 4, meaning: M., unverified: true}
disclosureGrades:
  - {key: public, habit: PUBLIC, level: clear, unverified: true}
  - {key: anonymised, habit: ANONYMISED, level: clear, attribution: red, unverified: true}
  - {key: circle, habit: CIRCLE, level: amber, unverified: true}
  - {key: secret, habit: SECRET, level: red, unverified: true}
disclosureFactors:
  - {key: numbers, name: Numbers, unverified: true}
layers:
  - {key: dc, name: DC, ordinal: 1, unverified: true}
  - {key: iaas, name: IaaS, ordinal: 2, unverified: true}
topics:
  - {key: a-open, title: A, layers: [dc], disclosure: {typically: PUBLIC, contentKind: HOW_TO}, unverified: true}
  - {key: b-circle, title: B, layers: [dc, iaas], disclosure: {typically: CIRCLE, dependsOn: [numbers], opensWhen: Relative numbers, contentKind: EXPERIENCE}, unverified: true}
  - {key: c-named, title: C, layers: [iaas], disclosure: {typically: ANONYMISED, contentKind: EXPERIENCE}, unverified: true}
  - {key: d-hidden, title: D, layers: [iaas], disclosure: {typically: SECRET, contentKind: HOW_TO}, confidentiality: red, audience: [csirt], unverified: true}
stories:
  - {key: e-embargo, title: E, outcome: FAILURE, confidentiality: amber, unverified: true,
     confidentialityConditions: [{reason: Release, until: "2027-01-01T00:00:00Z", then: clear}]}
`

// TestDisclosures: what is typically public or secret by layer, and what stands
// between a thing and an audience; of hidden things nobody is told.
func TestDisclosures(t *testing.T) {
	catalogue := write(t, "opening.yaml", openingWorld)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = catalogue
		ask := func(as, query string) string {
			out, _ := must(t, env, "query", "--as", as, query)
			return strings.NewReplacer(`{"data":`, "", `"nodes":`, "").Replace(strings.Join(strings.Fields(out), ""))
		}
		const grouped = `{ disclosures { totalCount nodes { key layer { name } total public circle secret howTo experience } } }`
		want := `{"disclosures":{"totalCount":2,[{"key":"dc","layer":{"name":"DC"},"total":2,"public":1,"circle":1,"secret":0,"howTo":1,"experience":1},` +
			`{"key":"iaas","layer":{"name":"IaaS"},"total":2,"public":0,"circle":1,"secret":0,"howTo":0,"experience":2}]}}}`
		if got := ask("anonymous", grouped); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got := ask("red; groups=csirt", grouped); !strings.Contains(got, `"secret":1`) {
			t.Error(got)
		}
		if got := ask("anonymous", `{ disclosures(by: FACTOR) { nodes { key factor { name } members { topic { key } dependsOn { key } opensWhen } } } }`); got != `{"disclosures":{[{"key":"numbers","factor":{"name":"Numbers"},"members":[{"topic":{"key":"b-circle"},"dependsOn":[{"key":"numbers"}],"opensWhen":"Relativenumbers"}]}]}}}` {
			t.Error(got)
		}
		const opening = `{ openable(audience: "clear") { nodes { topic { key } story { key } discussable steps { kind on text } } } }`
		circle := `{"topic":{"key":"b-circle"},"story":null,"discussable":false,"steps":[{"kind":"OPENS_WHEN","on":null,"text":"Relativenumbers"}]}`
		want = `{"openable":{[{"topic":{"key":"a-open"},"story":null,"discussable":true,"steps":[]},` + circle + `,` +
			`{"topic":{"key":"c-named"},"story":null,"discussable":false,"steps":[{"kind":"DROP_ATTRIBUTION","on":null,"text":"whosaidit,andforwhomtheywork,isleftout"}]}]}}}`
		if got := ask("anonymous", opening); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		got := ask("red; groups=csirt", opening)
		for _, step := range []string{
			`{"topic":null,"story":{"key":"e-embargo"},"discussable":false,"steps":[{"kind":"EMBARGO_ENDS","on":"2027-01-01T00:00:00Z","text":"Release"}]}`,
			`{"topic":{"key":"d-hidden"},"story":null,"discussable":false,"steps":[{"kind":"AUDIENCE"`, circle,
		} {
			if !strings.Contains(got, step) {
				t.Errorf("%s\nis not in %s", step, got)
			}
		}
		if got := ask("red; groups=csirt", `{ openable(audience: "red", groups: ["csirt"]) { nodes { topic { key } discussable } } }`); strings.Count(got, `"discussable":true`) != 4 {
			t.Error(got)
		}
		if got, lowest := ask("anonymous", strings.Replace(opening, `(audience: "clear")`, "", 1)), ask("anonymous", opening); got != lowest {
			t.Errorf("without an audience %s, for the lowest %s", got, lowest)
		}
		out, _, code := call(t.Context(), env, "query", `{ openable(audience: "ambre") { totalCount } }`)
		if code != exitFailed || !strings.Contains(out, `did you mean \"amber\"`) {
			t.Errorf("a level that is not there: exit %d %s", code, out)
		}
	})
}
