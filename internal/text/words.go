package text

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxWord is how many code points of a word count; what comes behind them is as if
// it were not there.
const MaxWord = 64

// Word is a word of a text, as a search looks for it.
type Word struct {
	// Text is the folded word: letters, marks and digits of any script, at most
	// MaxWord code points.
	Text string
	// Start and End are where it stands in the text it is of, in bytes.
	Start, End int
}

// Words splits a text into words. A word is a run of letters, marks and digits of
// the folded form (Fold), with at least one letter or digit; everything else parts
// words, but for code points that cannot be seen, such as the soft hyphen. A letter
// of Chinese or Japanese, where no blanks part words, is a word by itself.
func Words(s string) []Word {
	w := words{out: make([]Word, 0, len(s)/6+1)}
	for i := 0; i < len(s); {
		if w.points == 0 {
			if end := asciiWord(s, i); end > i {
				w.ascii(s, i, end)
				i = end
				continue
			}
		}
		if folded, size := alone(s[i:]); size > 0 {
			for _, r := range folded {
				w.rune(r, i, i+size)
			}
			i += size
			continue
		}
		i = w.segment(s, i)
	}
	w.end()
	return w.out
}

// words is a split that is under way.
type words struct {
	out []Word
	// word is what there is of one; solid: it has a letter or digit; points is how
	// many code points it has.
	word        []byte
	solid       bool
	points      int
	start, stop int
}

// asciiWord is the end of the word that begins at i, when it is of ASCII alone;
// i when there is none such.
func asciiWord(s string, i int) int {
	end := i
	for end < len(s) && isAlphanumeric(s[end]) {
		end++
	}
	if end < len(s) && s[end] >= utf8.RuneSelf {
		return i
	}
	return end
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z'
}

// ascii is a whole word of ASCII.
func (w *words) ascii(s string, start, end int) {
	w.out = append(w.out, Word{Text: strings.ToLower(s[start:min(end, start+MaxWord)]), Start: start, End: end})
}

// alone folds the code point that s begins with, when it is one that is often met
// and nothing behind it can become a part of it; size is 0 for others.
func alone(s string) (folded string, size int) {
	r, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[size:])
	switch {
	case next >= firstMark && !unicode.Is(unicode.Unified_Ideograph, next):
		return "", 0
	case r < firstMark, lastMark < r && int(r) < len(foldedRunes()) && !unicode.IsMark(r):
		return foldedRunes()[r], size
	case unicode.Is(unicode.Unified_Ideograph, r):
		return s[:size], size
	}
	return "", 0
}

// The first block of combining marks.
const (
	firstMark = '\u0300'
	lastMark  = '\u036f'
)

// grow counts one more code point, which stands at start.
func (w *words) grow(start, stop int) {
	if w.points == 0 {
		w.start = start
	}
	w.points++
	w.stop = stop
}

// segment folds the code point at i together with what it is composed of, and is
// where that ends.
func (w *words) segment(s string, i int) int {
	end := i + max(1, norm.NFKC.NextBoundaryInString(s[i:], true))
	for _, r := range Fold(s[i:end]) {
		w.rune(r, i, end)
	}
	return end
}

// rune is a code point of the folded form, and where it comes from.
func (w *words) rune(r rune, start, stop int) {
	switch {
	case invisible(r):
		return
	case unicode.IsMark(r):
	case unicode.IsLetter(r), unicode.IsNumber(r):
		if ideograph(r) {
			w.end()
		}
		w.solid = true
	default:
		w.end()
		return
	}
	w.grow(start, stop)
	if w.points <= MaxWord {
		w.word = utf8.AppendRune(w.word, r)
	}
	if ideograph(r) {
		w.end()
	}
}

func (w *words) end() {
	if w.solid {
		w.out = append(w.out, Word{Text: string(w.word), Start: w.start, End: w.stop})
	}
	w.word, w.solid, w.points = w.word[:0], false, 0
}

// invisible code points stand within words: soft hyphen, joiners, selectors of
// variants.
func invisible(r rune) bool {
	switch {
	case r == '\u00ad', r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', r == '\ufeff', '\ufe00' <= r && r <= '\ufe0f':
		return true
	}
	return false
}

func ideograph(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// foldedRunes are the folded forms of the scripts of Europe, worked out once: to
// fold a code point is dear.
var foldedRunes = sync.OnceValue(func() []string {
	out := make([]string, 0x530)
	for r := range out {
		out[r] = strings.Clone(Fold(string(rune(r))))
	}
	return out
})
