package text

import "testing"

func TestPrintable(t *testing.T) {
	for s, want := range map[string]struct {
		text  string
		first rune
	}{
		"":                      {"", 0},
		"a b\tc\r\nd ä 日本":      {"a b\tc\r\nd ä 日本", 0},
		"a\x1b[31mb\x07":        {"a[31mb", 0x1b},
		"a\vb\fc\u0085d\u2028e": {"a b c d\u2028e", '\v'},
		"\x7f\u009f":            {"", 0x7f},
		"a\x00b":                {"ab", 0},
	} {
		if got, first := Printable(s); got != want.text || first != want.first {
			t.Errorf("%q is %q, first %U; want %q, %U", s, got, first, want.text, want.first)
		}
	}
}
