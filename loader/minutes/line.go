package minutes

import (
	"regexp"
	"strings"
)

// line is a physical line taken apart.
type line struct {
	number int
	kind   kind
	// raw is the line as written, without comments and trailing blanks; source is raw with its reference links made inline.
	raw, source string
	// indent counts columns before the text or the list marker; a tab is four.
	indent int
	// item says that the line has a list marker.
	item bool
	// box is the state of a checkbox, with or without a list marker before it: ' ' or 'x', 0 without one.
	box byte
	// body is raw after indentation, list marker and checkbox; text is body without markup.
	body, text string
	// heads are the headings of the line, mostly one or none.
	heads []*heading
	// under is the last heading up to and including this line.
	under *heading
	// boilerplate lines hold no topics, actions or outcomes.
	boilerplate bool
	// enclosing is the item around this one, and depth the number of those around it.
	enclosing *line
	depth     int
}

// An item's number has at most three digits: a line that begins with `2023.` is a sentence that was wrapped.
var (
	itemMarker = regexp.MustCompile(`^([*+-]|\d{1,3}[.)])([ \t]+|$)`)
	checkbox   = regexp.MustCompile(`^\[([ xX])\]([ \t]+|$)`)
	// A heading in an item is no section; its hashes are dressing.
	itemHashes = regexp.MustCompile(`^#{1,6}[ \t]+`)
)

func readLine(number int, raw, source string, k kind) *line {
	l := &line{number: number, kind: k, raw: raw, source: strings.TrimRight(source, " \t")}
	rest := l.source
	for rest != "" {
		switch rest[0] {
		case ' ':
			l.indent++
		case '\t':
			l.indent += 4
		default:
			l.readBody(rest)
			return l
		}
		rest = rest[1:]
	}
	l.indent = 0
	return l
}

func (l *line) readBody(rest string) {
	l.body = rest
	if l.kind != prose && l.kind != comment {
		return
	}
	if m := marker(rest); m != "" {
		l.item = true
		l.body = strings.TrimLeft(rest[len(m):], " \t")
	} else if l.indent == 0 {
		l.heads = readHeadings(l.number, rest)
	}
	if strings.HasPrefix(l.body, "[") {
		if m := checkbox.FindStringSubmatch(l.body); m != nil {
			l.box = strings.ToLower(m[1])[0]
			l.body = l.body[len(m[0]):]
		}
	}
	if l.item && strings.HasPrefix(l.body, "#") {
		l.body = itemHashes.ReplaceAllString(l.body, "")
	}
	if len(l.heads) == 0 && !l.defines() {
		l.text = plain(l.body)
	}
}

// defines says whether the line gives a reference link its target, and so says nothing itself.
func (l *line) defines() bool {
	return !l.item && strings.HasPrefix(l.body, "[") && definition.MatchString(l.raw) && strings.Contains(l.raw, "://")
}

// marker is the list marker that a line begins with, blanks after it included.
func marker(rest string) string {
	if strings.IndexByte("*+-0123456789", rest[0]) < 0 {
		return ""
	}
	return itemMarker.FindString(rest)
}

// blank lines hold nothing that is shown.
func (l *line) blank() bool { return l.body == "" && !l.item }

// read says whether the line is one that annotations come from.
func (l *line) read() bool { return l.kind == prose || l.kind == comment }

// resets says whether the line ends every open list: a heading, or anything else that starts at the margin.
func (l *line) resets() bool {
	if len(l.heads) > 0 {
		return true
	}
	margin := l.indent == 0 && !l.item && !l.blank()
	return margin && (l.read() || l.kind == quote || l.kind == rule)
}
