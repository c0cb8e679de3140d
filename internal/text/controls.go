package text

import (
	"strings"
	"unicode"
)

// isStray reports whether a character has no place in a text: a control character that
// is neither a tab nor ends a line.
func isStray(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' }

// Printable is a text without control characters, but for tabs and line ends, and the
// first of them; 0 for none. What parts words, as a vertical tab does, becomes a blank.
func Printable(s string) (string, rune) {
	at := strings.IndexFunc(s, isStray)
	if at < 0 {
		return s, 0
	}
	var first rune
	printable := strings.Map(func(r rune) rune {
		switch {
		case !isStray(r):
			return r
		case first == 0:
			first = r
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return -1
	}, s)
	return printable, first
}
