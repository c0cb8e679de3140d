package linking

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/text"
	"golang.org/x/text/unicode/norm"
)

// word is a word of a text: as it stands there, and as it is compared.
type word struct {
	from, to int
	// stem is what it is compared by, folded the word without its case and accents.
	stem, folded string
	// part: it is a part of a compound that is written in one.
	part bool
}

// notMentioned is what holds the names of things without mentioning them: an URL, a host
// of a domain, a path, an address of mail, somebody's handle.
var notMentioned = regexp.MustCompile(`https?://\S+|[\pL\d_.+-]+@[\pL\d_-]+\.\S+|@[\pL\d][\pL\d_-]*|[\pL\d_-]+(?:\.[\pL\d_-]+){2,}(?:/\S*)?|[\pL\d_-]+\.\pL{2,}/\S+|[\pL\d_.-]+(?:/[\pL\d_.-]+){3,}`)

// wordsOf splits a text, addresses and handles left out, at everything that is neither
// letter nor digit; an ampersand is a word.
func wordsOf(s string) []word {
	if strings.ContainsAny(s, "./@") {
		s = notMentioned.ReplaceAllStringFunc(s, func(found string) string { return strings.Repeat(" ", len(found)) })
	}
	var out []word
	start := -1
	for i, r := range s {
		inside := r < utf8.RuneSelf && isAlphanumeric(byte(r)) || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Mn, r))
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			out = append(out, wordsAt(s, start, i)...)
			start = -1
		}
		if r == '&' {
			out = append(out, word{from: i, to: i + 1, stem: "and", folded: "and"})
		}
	}
	if start >= 0 {
		out = append(out, wordsAt(s, start, len(s))...)
	}
	return together(out)
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// wordsAt is the word that stands somewhere, or the parts of a compound.
func wordsAt(s string, from, to int) []word {
	folded := plain(s[from:to])
	parts := partsOf(folded)
	if parts == nil {
		return []word{{from: from, to: to, stem: stem(folded), folded: folded}}
	}
	out := make([]word, len(parts))
	for i, p := range parts {
		out[i] = word{from: from, to: to, stem: stem(p), folded: p, part: true}
	}
	return out
}

// plain is a text without its case and accents.
func plain(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	if ascii {
		return strings.ToLower(s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text.Fold(s)))
}

// apart are verbs that are nouns when they are written in one: to back up is to make a
// backup.
var apart = map[[2]string]string{
	{"back", "up"}: "backup", {"clean", "up"}: "cleanup", {"log", "in"}: "login", {"fail", "over"}: "failover", {"life", "cycle"}: "lifecycle",
}

// together joins verbs with their particles, in place.
func together(words []word) []word {
	out := words[:0]
	for _, w := range words {
		if n := len(out); n > 0 {
			if one, ok := apart[[2]string{out[n-1].stem, w.folded}]; ok {
				out[n-1] = word{from: out[n-1].from, to: w.to, stem: stem(one), folded: one}
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

// telling reports whether a word says what a title is about.
func telling(stem string) bool { return len(stem) > 1 && !stop[stem] }

// stop are words that say nothing of a title.
var stop = stemsIn(`a about after all alone an and another are as at be before behind but by can do does for from get has have how if in into is it its
	leave left lost more new no not of off on one or other our out over own part per so than that the their them then they this to under up use used
	using via was we what when where which while who why will with without you your
	aus bei das dem den der des die durch ein eine einem einen einer es fur im ist mit nach nicht noch nur oder sind und vom von was wie wir zum zur am zu auf fuer`)

func stemsIn(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[stem(w)] = true
	}
	return out
}
