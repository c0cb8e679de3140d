package incidents

import (
	"strings"
	"testing"
	"time"
)

// FuzzRead reads anything: what it finds stands in the text, on a line of it.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"TLP:GREEN\n\n# Root cause analysis: A\n\n| Field | Value |\n|---|---|\n| Happened on | 2026-01-02 |\n\n## Cause\n\n- Root cause: B\n\n## Lessons\n\n- C\n\n## Links\n\n- Practices: a, b\n- https://example.org\n",
		"# Root cause analysis\n## Impact\n| a\\|b | c |\n", "#", "> > > -\n", "## Cause\n|\n||\n| | | |", "## Lessons\n- [x] a\n  - b\n", "# Root cause analysis: … (what broke, in one line)",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := read([]byte(text))
		if lines := strings.Count(text, "\n") + 1; a.line > lines || a.markingLine > lines || a.practicesLine > lines {
			t.Errorf("%+v is beyond line %d", a, lines)
		}
	})
}

// TestNoBlowUp reads large texts of what parsers are slow with.
func TestNoBlowUp(t *testing.T) {
	for _, piece := range []string{"> ", "- ", "  - a\n", "|", "| a | b |\n", "*a", "# Root cause analysis: \n", "[x](", "`", "```\n", "https://a\n", "## Cause\n- Root cause: a\n"} {
		started := time.Now()
		read([]byte(strings.Repeat(piece, 400_000/len(piece))))
		if took := time.Since(started); took > 20*time.Second {
			t.Errorf("%q takes %s", piece, took)
		}
	}
}
