package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"github.com/open-operations/opsmap/internal/text"
)

// Similar is the similarity from which on a line that was edited is the same.
const Similar = 0.6

// compared is how many runes of a text are compared letter by letter.
const compared = 200

// Similarity of two texts, from 0 to 1: the share of letters that need not be
// changed to make one of the other, or, where the shorter has at least three
// words, the share of its words that the longer has too; whichever is greater. A text
// to which a few words were added at its end is Similar.
func Similarity(a, b string) float64 {
	a, b = text.Fold(a), text.Fold(b)
	if a == b {
		return 1
	}
	return max(letters(a, b), words(a, b), goesOn(a, b))
}

// shortest is how many letters a text has that can go on: fewer are no words of its
// own.
const shortest = 4

// goesOn is Similar where one text is the beginning of the other, up to the end of a
// word, and what follows is at most twice as long.
func goesOn(a, b string) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, begins := strings.CutPrefix(b, a)
	next, _ := utf8.DecodeRuneInString(rest)
	if !begins || utf8.RuneCountInString(a) < shortest || isWord(next) || len(rest) > 2*len(a) {
		return 0
	}
	return Similar
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func letters(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), compared)], y[:min(len(y), compared)]
	longest := max(len(x), len(y))
	if longest == 0 {
		return 1
	}
	return 1 - float64(levenshtein.ComputeDistance(string(x), string(y)))/float64(longest)
}

func words(a, b string) float64 {
	x, y := wordSet(a), wordSet(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 3 {
		return 0
	}
	common := 0
	for w := range x {
		if y[w] {
			common++
		}
	}
	return float64(common) / float64(len(x))
}

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !isWord(r) }) {
		out[w] = true
	}
	return out
}
