// Package text holds what opsmap means by the order and the likeness of text.
// Both engines store what these functions compute at write time, so neither has
// to agree with Go on collation or case.
package text

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which two texts that differ only in case, width or
// composition are the same: NFKC of the full Unicode case folding, in lower case.
// The folding of golang.org/x/text swaps the cases of Cherokee; lower case brings
// them together.
func Fold(s string) string {
	if isLowerASCII(s) {
		return s
	}
	return norm.NFKC.String(strings.ToLower(cases.Fold().String(norm.NFKC.String(s))))
}

func isLowerASCII(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || ('A' <= c && c <= 'Z') {
			return false
		}
	}
	return true
}

const hexDigits = "0123456789abcdef"

// OrderKey maps s to printable ASCII so that comparing two results byte by byte,
// by code point or in UTF-16 gives the order of the UTF-8 bytes of the originals.
// ASCII below DEL stands for itself; every other code point becomes DEL and six
// hexadecimal digits.
func OrderKey(s string) string {
	i := 0
	for i < len(s) && s[i] < 0x7f {
		i++
	}
	if i == len(s) {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:i])
	for _, r := range s[i:] {
		if r < 0x7f {
			b.WriteByte(byte(r))
			continue
		}
		b.WriteByte(0x7f)
		for shift := 20; shift >= 0; shift -= 4 {
			b.WriteByte(hexDigits[(r>>shift)&0xf])
		}
	}
	return b.String()
}
