package minutes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordSet is the set of the words in a text.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// firstWord is the word that s begins with, in lower case, without an ending such as that of well-known.
func firstWord(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	return strings.ToLower(s[:end])
}

// lastWord is the word before the end of s, in lower case; blanks after it do not count.
func lastWord(s string) string {
	s = strings.TrimRight(s, " ")
	start := len(s)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.IsLetter(r) {
			break
		}
		start -= size
	}
	return strings.ToLower(s[start:])
}

// nextWords are the first n words of s with their punctuation.
func nextWords(s string, n int) []string {
	var out []string
	for len(out) < n {
		s = strings.TrimLeft(s, " ")
		end := strings.IndexByte(s, ' ')
		if end < 0 {
			end = len(s)
		}
		if end == 0 {
			break
		}
		out = append(out, s[:end])
		s = s[end:]
	}
	return out
}
