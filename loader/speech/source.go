package speech

import (
	"regexp"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Source makes the value of a Source: an address, or a collection with a path in it
// and, above 0, a line.
func Source(o *schema.ObjectType, uri, path string, line int, kind string) record.Object {
	out := make(record.Object, len(o.Fields))
	set := func(name string, v any) { out[o.Field(name).Index] = v }
	set("uri", uri)
	set("kind", kind)
	if path != "" {
		set("path", path)
	}
	if line > 0 {
		set("line", int64(line))
	}
	return out
}

var (
	anIssue = regexp.MustCompile(`^https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:issues|pull|merge_requests)/\d+`)
	aFile   = regexp.MustCompile(`^https?://[^/]+/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw)/`)
)

// KindOf is what an address seems to lead to.
func KindOf(url string) string {
	switch {
	case anIssue.MatchString(url):
		return "ISSUE"
	case aFile.MatchString(url):
		return "CODE"
	default:
		return "OTHER"
	}
}
