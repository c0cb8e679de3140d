package minutes

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxLine is where a line is cut. Nobody writes that much into one line of minutes: it is pasted data, and the cut
// keeps one such line from costing more than the rest of the file.
const maxLine = 64 << 10

// TextError says why a file cannot be read as text.
type TextError struct {
	// Line is where the trouble is; 0 when it is the file as a whole.
	Line    int
	Problem string
}

// Error is the problem with its line.
func (e *TextError) Error() string {
	if e.Line == 0 {
		return e.Problem
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Problem)
}

// decode splits a file into lines: no byte order mark, no carriage returns, every line cut at maxLine.
func decode(text []byte) ([]string, error) {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return nil, &TextError{Problem: "this is UTF-16; save the file as UTF-8"}
	}
	if bad := invalidAt(text); bad >= 0 {
		line := 1 + bytes.Count(text[:bad], []byte("\n"))
		return nil, &TextError{Line: line, Problem: fmt.Sprintf("byte 0x%02x is no UTF-8; save the file as UTF-8", text[bad])}
	}
	if nul := bytes.Count(text, []byte{0}); nul > 0 && nul >= len(text)/8 {
		return nil, &TextError{Problem: "mostly NUL bytes: this is UTF-16 or no text at all; save the file as UTF-8"}
	}
	whole := strings.TrimPrefix(string(text), "\ufeff")
	lines := strings.Split(strings.TrimSuffix(whole, "\n"), "\n")
	for i, l := range lines {
		lines[i] = cleanLine(l)
	}
	return lines, nil
}

// invalidAt is the offset of the first byte that is no UTF-8, or -1.
func invalidAt(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// stray replaces what CommonMark replaces (NUL) and what a line can not hold (a lone carriage return); blanks that are
// pasted from elsewhere are blanks, and what has no width is nothing.
var stray = strings.NewReplacer("\x00", "\ufffd", "\r", " ",
	"\u00a0", " ", "\u2007", " ", "\u202f", " ", "\u2028", " ", "\u2029", " ", "\u0085", " ",
	"\u00ad", "", "\u200b", "", "\u200e", "", "\u200f", "", "\u2060", "", "\ufeff", "")

// strayStarts are the bytes that what is replaced begins with.
const strayStarts = "\x00\r\xc2\xe2\xef"

func cleanLine(l string) string {
	l = strings.TrimSuffix(l, "\r")
	if len(l) > maxLine {
		cut := maxLine
		for !utf8.RuneStart(l[cut]) {
			cut--
		}
		l = l[:cut]
	}
	for i := range len(l) {
		if strings.IndexByte(strayStarts, l[i]) >= 0 {
			return stray.Replace(l)
		}
	}
	return l
}
