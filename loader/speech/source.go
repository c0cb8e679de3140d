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

// addressIndex, pathIndex and lineIndex are where the address, the path and the line stand in a Source, as
// the SDL declares it.
const (
	addressIndex = 0
	pathIndex    = 1
	lineIndex    = 2
)

// AddressOf is the first address that a statement says it comes from; empty for none.
func AddressOf(s *record.Statement) string {
	sources, _ := s.Fields["sources"].([]any)
	if len(sources) == 0 {
		return ""
	}
	first, _ := sources[0].(record.Object)
	if len(first) <= addressIndex {
		return ""
	}
	address, _ := first[addressIndex].(string)
	return address
}

// PathOf is the path, in what its first address leads to, that a statement says it comes
// from; empty for none.
func PathOf(s *record.Statement) string {
	sources, _ := s.Fields["sources"].([]any)
	if len(sources) == 0 {
		return ""
	}
	first, _ := sources[0].(record.Object)
	if len(first) <= pathIndex {
		return ""
	}
	path, _ := first[pathIndex].(string)
	return path
}

// LineOf is the line that a statement says it comes from; 0 for none.
func LineOf(s *record.Statement) int64 {
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
