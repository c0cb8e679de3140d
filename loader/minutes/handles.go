package minutes

import (
	"regexp"
	"strings"
)

// crowd is a list of handles that stand together: `@a, @b and @c`.
type crowd struct {
	// handles are without their @.
	handles []string
	// from is where the first handle begins, to where the list ends.
	from, to int
}

// between is what may stand between two handles of one list.
var between = regexp.MustCompile(`^(?:[ \t]*[,&+/][ \t]*(?:(?:and|und|or|oder)[ \t]+)?|[ \t]+(?:and|und|or|oder)[ \t]+|[ \t]+)@`)

// others is what a list may end with.
var others = regexp.MustCompile(`^(?:[ \t]+(?:and|und|&)[ \t]+(?:others|team|co\.?)\b|,?[ \t]*(?:\.\.\.|…)|[ \t]+et al\.?)`)

// crowds are the lists of handles in a text.
func crowds(s string) []crowd {
	var out []crowd
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '@')
		if at < 0 {
			break
		}
		i += at
		handle, end := handleAt(s, i)
		if handle == "" {
			i = end
			continue
		}
		c := crowd{handles: []string{handle}, from: i, to: end}
		c.extend(s)
		out = append(out, c)
		i = c.to
	}
	return out
}

// extend takes in the handles that follow.
func (c *crowd) extend(s string) {
	for {
		m := between.FindString(s[c.to:])
		if m == "" {
			break
		}
		handle, end := handleAfter(s, c.to+len(m)-1)
		if handle == "" {
			break
		}
		c.handles = append(c.handles, handle)
		c.to = end
	}
	c.to += len(others.FindString(s[c.to:]))
}

// handleAt is the handle whose @ stands at i, and where it ends. An address such as a@b.c, a URL such as
// https://b.c/@a and a host such as @lists.example.org hold none.
func handleAt(s string, i int) (string, int) {
	if i > 0 && (wordByte(s[i-1]) || s[i-1] == '.' || s[i-1] == '@' || s[i-1] == '/' && inURL(s, i)) {
		return "", i + 1
	}
	return handleAfter(s, i)
}

// inURL says whether the word up to i is a URL. It looks back as far as a host and a name may reach.
func inURL(s string, i int) bool {
	near := s[max(0, i-256):i]
	return strings.Contains(near[strings.LastIndexAny(near, " \t(<")+1:], "://")
}

func handleAfter(s string, i int) (string, int) {
	end := i + 1
	for end < len(s) && (wordByte(s[end]) || s[end] == '-' || teamSlash(s, end)) {
		end++
	}
	handle := strings.TrimRight(s[i+1:end], "-_")
	end = i + 1 + len(handle)
	if handle == "" || !wordByte(handle[0]) || handle[0] == '_' {
		return "", i + 1
	}
	if end+1 < len(s) && s[end] == '.' && wordByte(s[end+1]) {
		return "", end + 1
	}
	return handle, end
}

// teamSlash says whether the slash at i is part of a team's handle, such as @nodejs/tsc.
func teamSlash(s string, i int) bool {
	return s[i] == '/' && i+1 < len(s) && wordByte(s[i+1])
}

// handlesOf are all handles in a text, once each.
func handlesOf(s string) []string {
	var out []string
	seen := map[string]bool{}
	for _, c := range crowds(s) {
		for _, h := range c.handles {
			if !seen[h] {
				seen[h] = true
				out = append(out, h)
			}
		}
	}
	return out
}
