package text

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugLength is the length in bytes that a slug is cut to, at a word.
const slugLength = 48

// Slug is a text as part of a key: lower-case ASCII words joined with a hyphen,
// letters without their accents. A text without any such letter becomes eight
// hexadecimal digits of its hash, an empty one stays empty.
func Slug(s string) string {
	if s == "" {
		return ""
	}
	var words []string
	length := 0
	for _, word := range strings.FieldsFunc(plainLetters(s), func(r rune) bool { return !isKeyLetter(r) }) {
		if length += len(word) + 1; length > slugLength+1 {
			if len(words) == 0 {
				words = append(words, word[:slugLength])
			}
			break
		}
		words = append(words, word)
	}
	if len(words) == 0 {
		sum := sha256.Sum256([]byte(s))
		return hex.EncodeToString(sum[:4])
	}
	return strings.Join(words, "-")
}

// plainLetters drops accents and the apostrophes within words.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, norm.NFKD.String(Fold(s)))
}

// Unaccented is a folded word without accents and apostrophes, as slugs have it.
func Unaccented(word string) string {
	if isLowerASCII(word) {
		return word
	}
	return plainLetters(word)
}

func isKeyLetter(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }
