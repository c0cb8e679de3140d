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
