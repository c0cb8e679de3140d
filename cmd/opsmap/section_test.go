package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sectioned are minutes that are CLEAR, with a section that is not.
const sectioned = `# 2027-01-13

TLP:CLEAR

## Participants

- @ada

## Agenda

### Backups

- Nobody tests them
- AI @ada: test one

LABELLED### Upgrades

- One at a time
=> we upgrade on Mondays
`

const strictSection = `### The breach at Acme (TLP:RED)

Groups: csirt

- @mallory was in the control plane, see https://example.org/secret/breach
- Nobody tests them
- Upgrades
- AI @grace: rotate what is left
=> we tell nobody

| yes | 3 |

#### What it cost

- Three racks

`

// secrets are the words of the section that stand nowhere else.
var secrets = []string{"breach", "Acme", "mallory", "grace", "rotate", "tell nobody", "racks", "cost", "csirt", "secret"}

// allOfMinutes asks for all that minutes become, with counts, lines and words.
const allOfMinutes = `{ topics(orderBy: [{createdAt: ASC}]) { totalCount nodes { key title votes version createdAt updatedAt status kind remark sources { uri path line kind } parent { key } subtopics { totalCount } raisedBy { key } raisedIn { key } proposals { totalCount } } }
 actionItems { totalCount nodes { key text sources { line } assignees { totalCount nodes { key } } } }
 decisions { totalCount nodes { key text topics { totalCount } sources { line } } }
 meetings { totalCount nodes { key title version date sources { uri line } participants { totalCount nodes { key } } topics { totalCount } actionItems { totalCount } decisions { totalCount } } }
 persons { totalCount nodes { key version sources { line } raised { totalCount } actionItems { totalCount } attended { totalCount } } }
 linkProposals { totalCount nodes { key words reason } }
 breach: search(text: "breach acme racks") { totalCount } tests: search(text: "tests") { totalCount nodes { node { ... on Node { key } } } }
 byTitle: topics(where: {title: {contains: "breach"}}) { totalCount } facet: topics { facets { status { value count } confidentiality { node { key } count } } } }`

// TestSectionsHaveTheirLevel: a stricter section of a file tells nothing to those below it, on load, when it is loaded again, and
// when its level changes: they are told what the file without it would tell, byte for byte.
func TestSectionsHaveTheirLevel(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		folder := filepath.Join(t.TempDir(), "minutes")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, "20270113.md")
		put := func(section string) {
			if err := os.WriteFile(file, []byte(strings.Replace(sectioned, "LABELLED", section, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			must(t, env, "load", folder)
		}
		ask := func(as string) string { return first(must(t, env, "query", "--as", as, allOfMinutes)) }
		exported := func(as string) string { return first(must(t, env, "export", "--as", as)) }
		env["OPSMAP_CATALOGUE"] = "none"
		put("")
		without, file0 := ask("anonymous"), exported("anonymous")
		if !strings.Contains(without, "Upgrades") || strings.Count(without, `"line": 18`) == 0 {
			t.Fatalf("the file without the section: %s", without)
		}
		amber := strings.NewReplacer("TLP:RED", "TLP:AMBER", "Groups: csirt\n\n", "").Replace(strictSection)
		for _, step := range []struct{ name, section, knows string }{
			{"loaded", strictSection, "red; groups=csirt"}, {"loaded again", strictSection, "red; groups=csirt"},
			{"amber", amber, "amber"}, {"red again", strictSection, "red; groups=csirt"},
			{"another text", strings.ReplaceAll(strictSection, "racks", "racks and a cable"), "red; groups=csirt"},
		} {
			put(step.section)
			for _, below := range []string{"anonymous", "green", "red; groups=other"} {
				if step.name == "amber" && below != "anonymous" && below != "green" {
					continue
				}
				if got := ask(below); got != without {
					t.Errorf("%s, as %s: %s\nwithout the section %s", step.name, below, got, without)
				}
			}
			if got := exported("anonymous"); got != file0 {
				t.Errorf("%s: an export has it: %s\nwithout the section %s", step.name, got, file0)
			}
			got := ask(step.knows)
			for _, word := range []string{"breach at Acme", "mallory", "racks", "we tell nobody"} {
				if !strings.Contains(got, word) {
					t.Errorf("%s: whoever may see it is not told of %q: %s", step.name, word, got)
				}
			}
			if !strings.Contains(got, `"line": 18`) {
				t.Errorf("%s: lines are not those of the file: %s", step.name, got)
			}
		}
		open := strings.Replace(strictSection, " (TLP:RED)\n\nGroups: csirt", "", 1)
		put(open)
		if got := ask("anonymous"); !strings.Contains(got, "breach at Acme") {
			t.Errorf("opened: %s", got)
		}
		put(strictSection)
		// While it was open everybody saw that the lines below it moved.
		moved := regexp.MustCompile(`"version": \d+`)
		if got := ask("anonymous"); moved.ReplaceAllString(got, "") != moved.ReplaceAllString(without, "") {
			t.Errorf("closed again: %s\nwithout the section %s", got, without)
		}
		for _, word := range secrets {
			if strings.Contains(strings.ReplaceAll(without, `"breach": {`, ""), word) {
				t.Errorf("%q is no secret", word)
			}
		}
	})
}

// TestLabelsOfSectionsAreRefused: one that nobody knows, and one that needs groups and has none, with their lines.
func TestLabelsOfSectionsAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ section, says string }{
		"unknown":   {"### Odd\n\nTLP:PURPLE\n\n- A\n\n", "m.md:18: there is no level purple"},
		"no groups": {"### Odd\n\nTLP:RED\n\n- A\n\n", "m.md:18: the label of the section is red"},
		"in a head": {"### Odd TLP:PURPLE\n\n- A\n\n", "m.md:16: there is no level purple"},
	} {
		env := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "file:" + t.TempDir() + "/m.db"}
		out, said, code := call(t.Context(), env, "load", write(t, "m.md", strings.Replace(sectioned, "LABELLED", c.section, 1)))
		if code != exitFailed || !strings.Contains(out+said, c.says) {
			t.Errorf("%s: exit %d, want %q\n%s%s", name, code, c.says, out, said)
		}
	}
}
