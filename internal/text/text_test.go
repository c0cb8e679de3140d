package text_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/text"
	"pgregory.net/rapid"
)

// compareUTF16 is how Java, and so Neo4j, compares strings.
func compareUTF16(a, b string) int {
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

func TestOrderKeyOrdersLikeUTF8Everywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// Around the places where the orders of UTF-8 and UTF-16 part: the surrogates
		// and what stands above them.
		letters := rapid.SliceOfN(rapid.OneOf(
			rapid.RuneFrom([]rune{0x01, 'a', 'Z', '~', 0x7f, 0x80, 0xd7ff, 0xe000, 0xff01, 0xffff, 0x1f600, 0x10ffff}),
			rapid.Rune(),
		), 0, 5)
		a, b := string(letters.Draw(t, "a")), string(letters.Draw(t, "b"))
		if !utf8.ValidString(a) || !utf8.ValidString(b) {
			t.Skip("not text")
		}
		want := cmp.Compare(a, b)
		ka, kb := text.OrderKey(a), text.OrderKey(b)
		if got := cmp.Compare(ka, kb); got != want {
			t.Errorf("bytes of the keys compare as %d, the texts as %d", got, want)
		}
		if got := compareUTF16(ka, kb); got != want {
			t.Errorf("UTF-16 of the keys compares as %d, the texts as %d", got, want)
		}
	})
}

func TestOrderKeyDiffersFromUTF16WhereItMatters(t *testing.T) {
	// The near miss: without the key the two orders disagree.
	a, b := "\uff01", "\U0001f600"
	if compareUTF16(a, b) == cmp.Compare(a, b) {
		t.Fatal("these two do not show the difference")
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"Straße", "STRASSE"}, {"É", "e\u0301"}, {"ﬁx", "FIX"}, {"ＡＢＣ", "abc"}, {"Σίσυφος", "ΣΊΣΥΦΟΣ"}, {"İ", "i\u0307"}, {"K", "k"}, {"Ꭰ", "ꭰ"},
	} {
		if text.Fold(c.a) != text.Fold(c.b) {
			t.Errorf("%q folds to %q, %q to %q", c.a, text.Fold(c.a), c.b, text.Fold(c.b))
		}
	}
	if text.Fold("a b ") == text.Fold("ab") || text.Fold("o") == text.Fold("ö") {
		t.Error("folding drops blanks or accents")
	}
}

func TestFoldIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := text.Fold(s); text.Fold(once) != once {
			t.Errorf("%q folds to %q and that to %q", s, once, text.Fold(once))
		}
	})
}

func TestNearest(t *testing.T) {
	keys := []string{"osism", "openstack-other", "ovh", "otc", "vsphere", "k8s"}
	for _, c := range []struct {
		name string
		want string
	}{
		{"osim", "osism"}, {"VSphere", "vsphere"}, {"openstack", "openstack-other"}, {"zzzzzz", ""}, {"", ""},
	} {
		if got := strings.Join(text.Nearest(c.name, keys, 1), ","); got != c.want {
			t.Errorf("nearest to %q is %q, want %q", c.name, got, c.want)
		}
	}
}
