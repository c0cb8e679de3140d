package mapping_test

import (
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader/mapping"
)

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"**", "a/b.md", true}, {"*.md", "a.md", true}, {"*.md", "b/a.md", false}, {"**/*.md", "a.md", true}, {"**/*.md", "a/b/c.md", true},
		{"a/**", "a", true}, {"a/**/c", "a/c", true}, {"a/**/c", "a/b/b/c", true}, {"a/**/c", "a/b/b/d", false}, {"**/b/**/d", "a/b/c/b/d", true}, {"a", "a/b", false}, {"", "a", false},
		{strings.Repeat("**/", 40) + "z", strings.Repeat("a/", 400) + "y", false},
	} {
		if got := mapping.Matches(c.pattern, c.name); got != c.want {
			t.Errorf("%.40q matches %.40q: %v", c.pattern, c.name, got)
		}
	}
}

func TestMistakes(t *testing.T) {
	const right = "right is files: and below it - match: …, or issues: and below it labels: and reactions:, as docs/loading.md shows"
	for _, c := range []struct{ text, want string }{
		{"", "m.yml: is empty; " + right},
		{"\xff\xfef\x00", "m.yml:1:1: is UTF-16; right is text in UTF-8"},
		{"files:\n  - {match: '**', level: red, audience: [\"core\\0\"]}\n", "m.yml:2:42: holds the control character U+0000; right is text without it"},
		{"fils: []\n", "m.yml:1:1: there is no fils; right is one of files, issues"},
		{"files:\n  - {match: a, grade: green}\n", "m.yml:2:16: there is no grade; right is one of match, level, audience, attribution, attributionAudience, series, repository"},
		{"files: {match: a}\n", "m.yml:1:8: a mapping stands where a list belongs; " + right},
		{"issues:\n  reactions: {heart: many}\n", "m.yml:2:22: text stands where a whole number belongs: many; " + right},
		{"files:\n  - {level: green}\n", `m.yml: rule 1: has no match; right is match: with a pattern such as "openops/*.md"`},
		{"files:\n  - {match: a, audience: [core]}\n", "m.yml: rule 1: names an audience and no level; right is the level too: groups limit who may see what has a level"},
		{"files:\n  - {match: a, level: green, attributionAudience: [core]}\n", "m.yml: rule 1: names an attributionAudience and no attribution; right is the level too: groups limit who may see what has a level"},
		{"issues:\n  labels:\n    - {label: a, audience: [core]}\n", "m.yml: label 1: names an audience and no level; right is the level too: groups limit who may see what has a level"},
		{"files:\n  - {match: a, repository: \"javascript:x\"}\n", `m.yml: rule 1: the repository "javascript:x" is no address; right is https://github.com/owner/name`},
		{"files:\n  - {match: a, repository: owner/name}\n", `m.yml: rule 1: the repository "owner/name" is no address; right is https://github.com/owner/name`},
	} {
		if _, err := mapping.Parse("m.yml", []byte(c.text)); err == nil || err.Error() != c.want {
			t.Errorf("%q: %v\nwant %s", c.text, err, c.want)
		}
	}
}

// TestRulesThatMatchNothing are told, as a level that no file gets is believed to be
// given.
func TestRulesThatMatchNothing(t *testing.T) {
	m, err := mapping.Parse("m.yml", []byte("\ufefffiles:\n  - {match: \"**\", series: ops}\n  - {match: openops/*.md, level: red, audience: [core], series: open}\n"))
	if err != nil {
		t.Fatal(err)
	}
	got := m.Idle([]string{"a.md", "b/c.md"})
	if len(got) != 1 || got[0].String() != "m.yml: rule 2: the pattern openops/*.md matches no file of this load; paths begin below the folder that is loaded, such as a.md" {
		t.Errorf("%v", got)
	}
	if got := m.Idle([]string{"openops/a.md"}); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if got := m.Series([]string{"a.md"}); len(got) != 1 || got["ops"].Message != `rule 1: there is no series "ops"` {
		t.Errorf("%v", got)
	}
}

// FuzzParse: a mapping is refused with its file, or its rules can be asked.
func FuzzParse(f *testing.F) {
	f.Add("files:\n  - {match: \"**\", level: green}\n  - match: \"a/*.md\"\n    series: ops\n", "a/b.md")
	f.Add("issues:\n  labels:\n    - {label: \"a*\", layer: iaas, level: amber, audience: [x]}\n  reactions: {\"+1\": 1}\n", "x")
	f.Add("files: [{match: \"[\"}]", "[")
	f.Add("files: &a [*a]\n", "a")
	f.Fuzz(func(t *testing.T, text, name string) {
		m, err := mapping.Parse("mapping.yml", []byte(text))
		if err != nil {
			if m != nil || !strings.HasPrefix(err.Error(), "mapping.yml") {
				t.Errorf("%v, %v", m, err)
			}
			return
		}
		m.Atoms()
		for _, r := range m.Files {
			mapping.Matches(r.Match, name)
		}
		for i := range m.Issues.Labels {
			m.Issues.Labels[i].Fits(name)
		}
	})
}
