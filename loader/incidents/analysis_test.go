package incidents

import (
	"fmt"
	"strings"
	"testing"
)

// TestCarelessAnalyses are analyses as people and their formatters leave them behind.
func TestCarelessAnalyses(t *testing.T) {
	const filled = "# Root cause analysis: A\n\n## Impact\n\n*Who noticed what.*\n\nSlow writes.\n\n- API gateway: down\n\n## Cause\n\n" +
		"- Trigger: *what set it off on this day*\n- Root cause: *what has to change so that it does no harm*\n\n## Lessons\n\n*One sentence each.*\n\n- One.\n- Two.\n"
	for _, c := range []struct{ name, old, new, want string }{
		{"as it is", "", "", "[Slow writes. API gateway: down] [One. Two.] root  trigger "},
		{"filled in", "*what has to change so that it does no harm*", "No alarm.", "[Slow writes. API gateway: down] [One. Two.] root No alarm. trigger "},
		{"below the hint", "does no harm*", "does no harm*\n  No alarm.\n  None.", "[Slow writes. API gateway: down] [One. Two.] root No alarm.\nNone. trigger "},
		{"behind the hint", "does no harm*", "does no harm* No alarm.", "[Slow writes. API gateway: down] [One. Two.] root No alarm. trigger "},
		{"emphasis of one's own", "*what has to change so that it does no harm*", "*Ceph* had no alarm.", "[Slow writes. API gateway: down] [One. Two.] root *Ceph* had no alarm. trigger "},
		{"a bold label", "- Root cause: *what has to change so that it does no harm*", "- **Root cause:** No alarm.", "[Slow writes. API gateway: down] [One. Two.] root No alarm. trigger "},
		{"another bold label", "- Trigger: *what set it off on this day*", "- **Trigger**: A job.", "[Slow writes. API gateway: down] [One. Two.] root A job. trigger A job."},
		{"a label without an item", "- Root cause: *what has to change so that it does no harm*", "\nRoot cause: No alarm.", "[Slow writes. API gateway: down] [One. Two.] root No alarm. trigger "},
		{"numbers before the headings", "## Lessons", "## 3.1. Lessons", "[Slow writes. API gateway: down] [One. Two.] root  trigger "},
		{"deeper headings", "## ", "### ", "[Slow writes. API gateway: down] [One. Two.] root  trigger "},
		{"italics as formatters write them", "*", "_", "[Slow writes. API gateway: down] [One. Two.] root  trigger "},
		{"letters of other languages", "API gateway", "Übertragung", "[Slow writes. Übertragung: down] [One. Two.] root  trigger "},
	} {
		a := read([]byte(strings.ReplaceAll(filled, c.old, c.new)))
		if c.old == "" {
			a = read([]byte(filled))
		}
		if got := fmt.Sprintf("%v %v root %s trigger %s", a.impact, a.lessons, a.root, a.trigger); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
