package loader

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Problem is one thing to be mended, where it stands and what would be right.
type Problem struct { //nolint:errname // it is what a reader calls it, and more often a part of a list
	// File as it was named by whoever asked for it.
	File string
	// Line from 1; 0 when the whole file is meant. Column from 1, in characters; 0
	// when the whole line is.
	Line, Column int
	// Message says what is wrong, Hint what would be right; Hint may be empty.
	Message, Hint string
}

// String is "file:line:column: message; hint" on one line, safe for a terminal.
func (p Problem) String() string {
	s := Printable(p.File)
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			s += ":" + strconv.Itoa(p.Column)
		}
	}
	s += ": " + Printable(p.Message)
	if p.Hint != "" {
		s += "; " + Printable(p.Hint)
	}
	return s
}

// Error makes a single problem an error.
func (p Problem) Error() string { return p.String() }

// Printable escapes what could move the cursor or end the line: names of files
// come from archives and repositories of others.
func Printable(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return s
	}
	quoted := strconv.Quote(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// Problems is an error that holds all of them.
type Problems []Problem //nolint:errname // it is what a reader calls them, and a list before it is an error

// Error is one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// Sort orders by file, then line, then text.
func (p Problems) Sort() {
	slices.SortFunc(p, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Message, b.Message), strings.Compare(a.Hint, b.Hint))
	})
}
