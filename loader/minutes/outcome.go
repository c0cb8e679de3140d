package minutes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	arrowStart = regexp.MustCompile(`^(?:={1,2}>|-{1,2}>|→|⇒)[ \t]*`)
	decided    = regexp.MustCompile(`^(?:(?i:general consensus|decision|decided|agreed|agreement|consensus|resolution|beschluss|beschlossen|entscheidung)|RESOLVED)(?:$|[^\pL\d_-])`)
	// How decisions are made is none.
	aboutDeciding = regexp.MustCompile(`(?i)^decision (?:making|makers?)(?:$|[^\pL])`)
)

// decides says whether a text begins with a word of decision.
func decides(text string) bool { return decided.MatchString(text) && !aboutDeciding.MatchString(text) }

// arrow is the arrow that a text begins with, blanks after it included.
func arrow(text string) string {
	if text == "" || strings.IndexByte("=-\xe2", text[0]) < 0 {
		return ""
	}
	return arrowStart.FindString(text)
}

// outcome reads a line as a conclusion or a decision.
func (l *line) outcome() (Outcome, bool) {
	for _, h := range l.heads {
		if decides(h.title) {
			return Outcome{Text: h.title, Line: l.number, Marker: ByDecision}, true
		}
	}
	if m := arrow(l.text); m != "" {
		return Outcome{Text: l.text, Line: l.number, Marker: ByArrow}, strings.TrimSpace(l.text[len(m):]) != ""
	}
	return Outcome{Text: l.text, Line: l.number, Marker: ByDecision}, l.decides()
}

// decides says whether the line begins with a word of decision. In a wrapped sentence such a word begins a line by
// chance, so there it has to be a capital one.
func (l *line) decides() bool {
	if !decides(l.text) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(l.text)
	return l.item || unicode.IsUpper(first)
}
