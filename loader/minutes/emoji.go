package minutes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pictures are the code points of emoji and of what modifies them.
var pictures = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x200d, 0x200d, 1}, {0x20e3, 0x20e3, 1}, {0x231a, 0x231b, 1}, {0x23e9, 0x23fa, 1}, {0x25aa, 0x25ab, 1},
		{0x25b6, 0x25b6, 1}, {0x25c0, 0x25c0, 1}, {0x25fb, 0x25fe, 1}, {0x2600, 0x27bf, 1}, {0x2934, 0x2935, 1},
		{0x2b05, 0x2b07, 1}, {0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b55, 1}, {0xfe0e, 0xfe0f, 1},
	},
	R32: []unicode.Range32{{0x1f000, 0x1faff, 1}, {0xe0020, 0xe007f, 1}},
}

// withoutEmoji removes emoji and their shortcodes.
func withoutEmoji(s string) string {
	s = withoutShortcodes(s)
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return strings.Map(func(r rune) rune {
				if unicode.Is(pictures, r) {
					return -1
				}
				return r
			}, s)
		}
	}
	return s
}

func withoutShortcodes(s string) string {
	if strings.Count(s, ":") < 2 {
		return s
	}
	var b strings.Builder
	gone := 0 // where the last one ended
	for i := 0; i < len(s); {
		if end := shortcodeEnd(s, i); end > 0 && (i == gone || s[i-1] != ':') { // Perl::Names::AreNone
			i, gone = end, end
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// shortcodeEnd is where the shortcode that begins at i ends, or 0. `12:30:45` and `a:b:c` hold none.
func shortcodeEnd(s string, i int) int {
	if s[i] != ':' || (i > 0 && wordByte(s[i-1])) {
		return 0
	}
	end := i + 1
	for end < len(s) && end-i < maxShortcode && (wordByte(s[end]) || s[end] == '+' || s[end] == '-') {
		end++
	}
	if end == len(s) || s[end] != ':' || (end+1 < len(s) && wordByte(s[end+1])) {
		return 0
	}
	if name := s[i+1 : end]; name != "+1" && name != "-1" && name != "100" && !startsWithLetter(name) {
		return 0
	}
	return end + 1
}

const maxShortcode = 48

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// checkMarks say that something is done.
var checkMarks = []string{
	"✅", "✔", "✓", "☑", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:", ":check_mark:", ":check:",
}

func hasCheckMark(s string) bool {
	for _, m := range checkMarks {
		if strings.Contains(s, m) {
			return true
		}
	}
	return false
}
