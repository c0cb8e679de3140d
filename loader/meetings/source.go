package meetings

import (
	"regexp"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// sourceOf makes the value of a Source.
func sourceOf(o *schema.ObjectType, uri, path string, line int, kind string) record.Object {
	out := make(record.Object, len(o.Fields))
	set := func(name string, v any) { out[o.Field(name).Index] = v }
	set("uri", uri)
	set("kind", kind)
	if path != "" {
		set("path", path)
		set("line", int64(line))
	}
	return out
}

// lineIndex is where the line stands in a Source, as the SDL declares it.
const lineIndex = 2

// lineOf is the line that a statement says it comes from; 0 for none.
func lineOf(s *record.Statement) int64 {
	sources, _ := s.Fields["sources"].([]any)
	if len(sources) == 0 {
		return 0
	}
	first, _ := sources[0].(record.Object)
	if len(first) <= lineIndex {
		return 0
	}
	line, _ := first[lineIndex].(int64)
	return line
}

var (
	anIssue   = regexp.MustCompile(`^https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:issues|pull|merge_requests)/\d+`)
	aFile     = regexp.MustCompile(`^https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw)/`)
	reference = regexp.MustCompile(`^(?:([\w.-]+)/)?([\w.-]+)?#(\d+)$`)
	aProject  = regexp.MustCompile(`^(https?://[^/]+)/([^/]+)/([^/]+?)/?$`)
)

// kindOf is what an address seems to lead to.
func kindOf(url string) string {
	switch {
	case anIssue.MatchString(url):
		return "ISSUE"
	case aFile.MatchString(url):
		return "CODE"
	default:
		return "OTHER"
	}
}

// issueAddress is the address of what owner/repo#12, repo#12 or #12 refers to. The
// first needs nothing, the others the repository whose issues are meant: its owner
// and its host. Without that it is empty.
func issueAddress(ref, repository string) string {
	m := reference.FindStringSubmatch(ref)
	if m == nil {
		return ""
	}
	host, owner, repo := "https://github.com", m[1], m[2]
	if project := aProject.FindStringSubmatch(strings.TrimSpace(repository)); project != nil {
		host = project[1]
		if owner == "" {
			owner = project[2]
			if repo == "" {
				repo = project[3]
			}
		}
	}
	if owner == "" || repo == "" {
		return ""
	}
	return host + "/" + owner + "/" + repo + "/issues/" + m[3]
}
