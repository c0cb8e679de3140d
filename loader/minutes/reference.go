package minutes

import (
	"regexp"
	"strings"
)

// definition is a line such as `[label]: https://example.org`.
var definition = regexp.MustCompile(`^ {0,3}\[([^\[\]^][^\[\]]*)\]:[ \t]*\S`)

// maxLabel is how long the label of a reference link may be; CommonMark allows 999.
const maxLabel = 200

// definitions are the labels that the file gives links for.
func definitions(lines []string, kinds []kind) map[string]bool {
	defined := map[string]bool{}
	for i, l := range lines {
		if kinds[i] == code || !strings.Contains(l, "]:") {
			continue
		}
		if m := definition.FindStringSubmatch(l); m != nil && len(m[1]) <= maxLabel {
			defined[linkLabel(m[1])] = true
		}
	}
	return defined
}

func linkLabel(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// inlineReferences turns the reference links of a line, `[text][label]` and `[label]`, into inline ones without a target.
// Whoever reads the line then sees a link; the URL counts where it is defined.
func inlineReferences(s string, defined map[string]bool) string {
	if len(defined) == 0 || !strings.Contains(s, "[") {
		return s
	}
	known := func(from, to int) bool { return to-from <= maxLabel && defined[linkLabel(s[from:to])] }
	var b strings.Builder
	var open []int
	written := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '[':
			open = append(open, i)
		case s[i] == ']' && len(open) > 0:
			from := open[len(open)-1] + 1
			open = open[:len(open)-1]
			if strings.HasPrefix(s[i+1:], "(") {
				continue
			}
			end := i + 1 // of the link
			if label := followingLabel(s[end:]); label != "" && known(end+1, end+len(label)-1) {
				end += len(label)
			} else if !known(from, i) {
				continue
			} else if label == "[]" {
				end += len(label)
			}
			b.WriteString(s[written:i+1] + "()")
			written, i = end, end-1
		}
	}
	return b.String() + s[written:]
}

// followingLabel is the `[label]` that s begins with.
func followingLabel(s string) string {
	if !strings.HasPrefix(s, "[") {
		return ""
	}
	near := s[:min(len(s), maxLabel+2)]
	end := strings.IndexByte(near, ']')
	return near[:end+1]
}
