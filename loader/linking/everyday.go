package linking

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// everyday are words of English that are names too. In lower case, or where every
// sentence has a capital letter, they are words.
var everyday = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`ant apex arc atlas base bolt box bridge chef cloud compose core crane dash deck dock edge ember expo flow focus forge fuse gate ghost
		go heat hive horizon ion iron kind lens light link mesh mist orbit pike pod salt scale shield ship shoot snap spark spin stack tide trove
		unity wave zone`) {
		out[stem(w)] = true
	}
	return out
}()

// stressed reports whether the word that begins at i is written as a name: with a
// capital letter, and not because a sentence begins.
func stressed(s string, i int) bool {
	first, size := utf8.DecodeRuneInString(s[i:])
	if !unicode.IsUpper(first) {
		return false
	}
	if second, _ := utf8.DecodeRuneInString(s[i+size:]); unicode.IsUpper(second) {
		return true // all in capitals
	}
	before := strings.TrimRightFunc(s[:i], unicode.IsSpace)
	return before != "" && !strings.ContainsAny(before[len(before)-1:], ".!?:")
}

// compoundAt is the word around a mention with all that hyphens and underscores join
// to it.
func compoundAt(s string, from, to int) string {
	joined := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '-' || r == '_' }
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:from])
		if !joined(r) {
			break
		}
		from -= size
	}
	for to < len(s) {
		r, size := utf8.DecodeRuneInString(s[to:])
		if !joined(r) {
			break
		}
		to += size
	}
	return strings.Trim(s[from:to], "-_")
}
