package issues

import (
	"regexp"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// saying is what is said of a record because of one issue.
type saying struct {
	id      record.ID
	address string
}

var anIssue = regexp.MustCompile(`^https?://[^/]+/[^/]+/[^/]+/issues/\d+$`)

// MadeBy reports whether what a source says may have been made of issues: by the API or
// by a file of JSON.
func MadeBy(source string) bool {
	source, _, _ = strings.Cut(source, "#")
	return strings.HasPrefix(source, "github:") || strings.HasSuffix(strings.ToLower(source), ".json")
}

// sayingOf is what a statement says of an issue, where it was made of one: by the API
// or by a file of JSON. What people write about the same issue stands beside it.
func sayingOf(s *record.Statement) (saying, bool) {
	if !MadeBy(s.Source) {
		return saying{}, false
	}
	address := loader.CitedBy(s).Address
	return saying{s.ID, strings.ToLower(address)}, anIssue.MatchString(address)
}

// Repeated are those of the stored statements (and who said them) that were made of an issue of which say
// speaks now, by another source: the new word takes their place. Of what say says itself
// of one issue, more than once, all but the last: its votes are counted once, whichever
// ways the issue came.
func Repeated(say, stored []record.Statement) []record.Retirement {
	now := map[saying]string{}
	for i := range say {
		if of, ok := sayingOf(&say[i]); ok {
			now[of] = say[i].Source
		}
	}
	gone := map[record.Retirement]bool{}
	for i := range stored {
		if of, ok := sayingOf(&stored[i]); ok && now[of] != "" && now[of] != stored[i].Source {
			gone[record.Retirement{Source: stored[i].Source, ID: stored[i].ID}] = true
		}
	}
	var out []record.Retirement
	for i := range stored {
		source, _, _ := strings.Cut(stored[i].Source, "#") // who said it goes with what was said
		if gone[record.Retirement{Source: source, ID: stored[i].ID}] {
			out = append(out, record.Retirement{Source: stored[i].Source, ID: stored[i].ID})
		}
	}
	return out
}

// Made are the records that were made of issues, each once.
func Made(say []record.Statement) []record.ID {
	var out []record.ID
	seen := map[record.ID]bool{}
	for i := range say {
		if of, ok := sayingOf(&say[i]); ok && !seen[of.id] {
			seen[of.id] = true
			out = append(out, of.id)
		}
	}
	return out
}
