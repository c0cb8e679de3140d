package main

import (
	"strings"
	"testing"
)

// TestMinutesSayTheirLevel: a label is the level of a file where nobody else gives one; one that is stricter than what was given is
// refused, and so is one that needs groups and names none.
func TestMinutesSayTheirLevel(t *testing.T) {
	const minutes = "# 2027-01-13\n\n## Participants\n\n- @ada\n\n## Agenda\n\n### Labelled\n\n---\n\n"
	for _, c := range []struct {
		label string
		flags []string
		level string
		says  string
	}{
		{"", nil, "amber", ""},
		{"TLP:CLEAR", nil, "clear", ""},
		{"TLP:WHITE", nil, "clear", ""},
		{"**TLP:GREEN**", nil, "green", ""},
		{"TLP: AMBER+STRICT", nil, "amber-strict", ""},
		{"Level: green", nil, "green", ""},
		{"Level: beginner", nil, "amber", ""},
		{"TLP:RED\n\nGroups: csirt, ops", nil, "red", ""},
		{"TLP:RED", nil, "", "names no groups"},
		{"TLP:GREEN", []string{"--level", "amber"}, "amber", ""},
		{"TLP:GREEN", []string{"--level", "green"}, "green", ""},
		{"TLP:AMBER", []string{"--level", "clear"}, "", "its own label is amber, which is stricter than the level it is loaded with"},
	} {
		env := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_CATALOGUE": "none", "OPSMAP_STORE": "file:" + t.TempDir() + "/m.db"}
		out, said, code := call(t.Context(), env, append([]string{"load", "--propose=false", write(t, "m.md", minutes+c.label+"\n")}, c.flags...)...)
		if c.level == "" {
			if code != exitFailed || !strings.Contains(out+said, c.says) {
				t.Errorf("%s %s: exit %d, want a refusal with %q\n%s%s", c.label, c.flags, code, c.says, out, said)
			}
			continue
		}
		got, _ := must(t, env, "query", `{ topics { nodes { title confidentiality { key } } } }`)
		if code != exitOK || !strings.Contains(strings.Join(strings.Fields(got), ""), `[{"title":"Labelled","confidentiality":{"key":"`+c.level+`"}}]`) {
			t.Errorf("%s %s: want %s\n%s%s", c.label, c.flags, c.level, said, got)
		}
	}
}
