package linking

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/text"
	"golang.org/x/text/unicode/norm"
)

// word is a word of a text: as it stands there, and as it is compared.
type word struct {
	from, to int
	stem     string
	// folded is the word without its case and its accents.
	folded string
}

// address is an URL, a host of a domain or a path: what it leads to is no mention.
var address = regexp.MustCompile(`https?://\S+|[\pL\d_-]+(?:\.[\pL\d_-]+){2,}(?:/\S*)?|[\pL\d_-]+\.\pL{2,}/\S+|[\pL\d_.-]+(?:/[\pL\d_.-]+){3,}`)

// wordsOf splits a text, addresses left out, at everything that is neither letter
// nor digit.
func wordsOf(s string) []word {
	if strings.ContainsAny(s, "./") {
		s = address.ReplaceAllStringFunc(s, func(url string) string { return strings.Repeat(" ", len(url)) })
	}
	var out []word
	start := -1
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r)
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			out = append(out, newWord(s, start, i))
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, newWord(s, start, len(s)))
	}
	return out
}

func newWord(s string, from, to int) word {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text.Fold(s[from:to])))
	return word{from, to, stem(folded), folded}
}

// stem drops an ending where enough of a word is left.
func stem(w string) string {
	for _, ending := range []string{"ing", "ed", "s"} {
		if cut, ok := strings.CutSuffix(w, ending); ok && len(cut) >= 4 && !strings.HasSuffix(cut, "s") {
			return strings.TrimSuffix(cut, "e")
		}
	}
	if len(w) > 4 {
		return strings.TrimSuffix(w, "e")
	}
	return w
}

// telling reports whether a word says what a title is about.
func telling(stem string) bool { return len(stem) > 1 && !stop[stem] }

// stop are words that say nothing of a title.
var stop = func() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`a about after all an and are as at be before but by can do does for from get has have how if in into is it its
		more new no not of off on one or other our out over own per so than that the their them then they this to under up use used using via was
		we what when where which while who why will with without you your der die das und oder mit von im am zu auf fuer ein eine ist`) {
		out[stem(w)] = true
	}
	return out
}()
