package minutes

import (
	"regexp"
	"strings"
)

// mdLink is a Markdown link or image in a line: [label](target).
type mdLink struct {
	// from and to are the borders of the whole, with the ! of an image.
	from, to int
	// The label is s[from+1:labelEnd], or one later in an image.
	labelEnd int
	image    bool
}

// maxTargetNesting is how deep parentheses may nest in a link's target, as in CommonMark.
const maxTargetNesting = 32

// mdLinks are the links of a line in the order of their ends; inner ones come before outer ones.
func mdLinks(s string, skip func(int) bool) []mdLink {
	var found []mdLink
	var open []int
	noTitle := len(s) + 1 // from here on no quote is closed
	for i := range len(s) {
		switch {
		case skip != nil && skip(i):
		case s[i] == '[':
			open = append(open, i)
		case s[i] == ']' && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			image := from > 0 && s[from-1] == '!'
			end := targetEnd(s, i+1, image, &noTitle)
			if end < 0 {
				continue
			}
			l := mdLink{from: from, to: end, labelEnd: i, image: image}
			if image {
				l.from--
			}
			found = append(found, l)
		}
	}
	return found
}

// targetEnd is where the (target "title") that begins at i ends, or -1 if there is none. That of an image may have a
// size, as HedgeDoc writes it: (target =50%x). The target of a wrapped line stands in the next one.
func targetEnd(s string, i int, image bool, noTitle *int) int {
	if i >= len(s) || s[i] != '(' {
		return -1
	}
	if strings.TrimLeft(s[i+1:], " \t") == "" {
		return len(s)
	}
	depth := 1
	for j := i + 1 + len(s[i+1:]) - len(strings.TrimLeft(s[i+1:], " \t")); j < len(s); j++ {
		switch s[j] {
		case '(':
			depth++
			if depth > maxTargetNesting {
				return -1
			}
		case ')':
			depth--
			if depth == 0 {
				return j + 1
			}
		case ' ', '\t':
			if size := imageSize.FindString(s[j:]); image && size != "" {
				j += len(size)
			}
			return titleEnd(s, j, noTitle)
		}
	}
	return -1
}

var imageSize = regexp.MustCompile(`^[ \t]+=[\d%]*x[\d%]*`)

// titleEnd is where a link ends whose target ended at i: after an optional title and the parenthesis.
func titleEnd(s string, i int, noTitle *int) int {
	rest := strings.TrimLeft(s[i:], " \t")
	at := len(s) - len(rest)
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		if at >= *noTitle {
			return -1
		}
		end := strings.IndexByte(rest[1:], rest[0])
		if end < 0 {
			*noTitle = min(*noTitle, at)
			return -1
		}
		rest = strings.TrimLeft(rest[end+2:], " \t")
	}
	if !strings.HasPrefix(rest, ")") {
		return -1
	}
	return len(s) - len(rest) + 1
}

// links leaves the labels of links and nothing of images, and protects bare URLs from being read as emphasis.
func (in *inline) links() {
	for _, l := range mdLinks(in.s, func(i int) bool { return !in.free(i) }) {
		if l.image {
			mark(in.gone, l.from, l.to)
			continue
		}
		in.gone[l.from] = true
		mark(in.gone, l.labelEnd, l.to)
	}
	for _, u := range bareURLs(in.s) {
		mark(in.fixed, u.from, u.to)
	}
}
