package minutes

import (
	"regexp"
	"strings"
)

// keyLine is what YAML begins with; a slide deck's opening `---` is not followed by it.
var keyLine = regexp.MustCompile(`^[\w-]+\s*:(\s|$)`)

// frontMatter is the number of lines of YAML at the top of the file, with both fences.
func frontMatter(lines []string) int {
	if strings.TrimRight(lines[0], " \t") != "---" {
		return 0
	}
	seen := false
	for i, l := range lines[1:] {
		l = strings.TrimRight(l, " \t")
		switch {
		case l == "---" || l == "...":
			if !seen {
				return 0
			}
			return i + 2
		case l != "" && !seen:
			if !keyLine.MatchString(l) {
				return 0
			}
			seen = true
		}
	}
	return 0
}

// fence is a line that looks like the border of fenced code.
type fence struct {
	line, length int
	char         byte
	// bare fences can close, the others carry an info string and only open.
	bare bool
}

func readFence(n int, l string) (fence, bool) {
	l = strings.TrimSpace(l)
	if !strings.HasPrefix(l, "```") && !strings.HasPrefix(l, "~~~") {
		return fence{}, false
	}
	rest := strings.TrimLeft(l, l[:1])
	f := fence{line: n, length: len(l) - len(rest), char: l[0], bare: rest == ""}
	return f, !strings.Contains(rest, "`")
}

// looseFences also takes as code what stands between fences that CommonMark does not accept because of their
// indentation. Whoever typed them meant code, and the pad showed it so.
func looseFences(lines []string, kinds []kind) {
	var fences []fence
	for i, l := range lines {
		if kinds[i] != prose {
			continue
		}
		if f, ok := readFence(i, l); ok {
			fences = append(fences, f)
		}
	}
	hopeless := map[byte]int{} // the shortest fence of a character that nothing closes
	for i := 0; i < len(fences); i++ {
		open := fences[i]
		if short, ok := hopeless[open.char]; ok && open.length >= short {
			continue
		}
		end := closing(fences, i)
		if end < 0 {
			hopeless[open.char] = open.length
			continue
		}
		for n := open.line; n <= fences[end].line; n++ {
			kinds[n] = code
		}
		i = end
	}
}

// closing is the index of the fence that closes fence i, or -1.
func closing(fences []fence, i int) int {
	for j := i + 1; j < len(fences); j++ {
		f := fences[j]
		if f.bare && f.char == fences[i].char && f.length >= fences[i].length {
			return j
		}
	}
	return -1
}

const (
	commentOpen  = "<!--"
	commentClose = "-->"
)

// stripComments takes the comments out of the lines. In a comment block the parser says how far it reaches; elsewhere
// one may run to the end of its paragraph.
func stripComments(lines []string, kinds []kind) {
	inside := false
	neverBefore := 0 // up to this line no comment is closed
	for i, l := range lines {
		if kinds[i] == matter || kinds[i] == code || kinds[i] == markup {
			inside = false
			continue
		}
		if !inside && !strings.Contains(l, commentOpen) {
			continue
		}
		lines[i], inside = stripped(l, inside)
		if !inside || kinds[i] == comment {
			continue
		}
		if end, ok := closedBy(lines, kinds, i+1, neverBefore); !ok {
			lines[i], inside, neverBefore = l, false, end
		}
	}
}

// stripped is the line without its comments, and whether it ends inside of one.
func stripped(l string, inside bool) (string, bool) {
	var shown strings.Builder
	for l != "" {
		if inside {
			_, after, found := strings.Cut(l, commentClose)
			if !found {
				return shown.String(), true
			}
			l, inside = after, false
			continue
		}
		before, after, found := strings.Cut(l, commentOpen)
		shown.WriteString(before)
		l, inside = after, found
	}
	return shown.String(), inside
}

// closedBy says whether a comment that is open before line i ends in the same paragraph, and where that was decided.
func closedBy(lines []string, kinds []kind, i, neverBefore int) (int, bool) {
	if i < neverBefore {
		return neverBefore, false
	}
	for ; i < len(lines) && strings.TrimSpace(lines[i]) != "" && kinds[i] == prose; i++ {
		if strings.Contains(lines[i], commentClose) {
			return i, true
		}
	}
	return i, false
}
