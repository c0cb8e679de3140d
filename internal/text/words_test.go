package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/text"
)

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"Live-migrate the VMs":            "live migrate the vms",
		"HEALTH_WARN: 1 osds down":        "health warn 1 osds down",
		"I/O error, dev sdb":              "i o error dev sdb",
		"it's 5.15":                       "it s 5 15",
		"Größe GRÖSSE gro\u0308sse":       "grösse grösse grösse",
		"ＨＥＡＬＴＨ＿ＷＡＲＮ":                     "health warn",
		"ﬁle €5 ㎏ ½":                      "file 5 kg 1 2",
		"co\u00adoperate a\u200db":        "cooperate ab",
		"ΣΊΣΥΦΟΣ Σίσυφος":                 "σίσυφοσ σίσυφοσ",
		"備份 etcd":                         "備 份 etcd",
		"バックアップ":                          "バ ッ ク ア ッ プ",
		"\u0301 ❤\ufe0f 🔥":                "",
		"e\u0301tat":                      "état",
		"a\xffb":                          "a b",
		"İstanbul":                        "i\u0307stanbul",
		"x\x00y\u2028z":                   "x y z",
		"١٢٣ १२":                          "١٢٣ १२",
		strings.Repeat("a", 70) + " b":    strings.Repeat("a", 64) + " b",
		strings.Repeat("ä", 70):           strings.Repeat("ä", 64),
		"\u1100\u1161\u11a8 한국어":          "각 한국어",
		"AND OR NOT +a -b \"c\" d* (e)~2": "and or not a b c d e 2",
	} {
		var words []string
		for _, w := range text.Words(in) {
			words = append(words, w.Text)
		}
		if got := strings.Join(words, " "); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestWordsStand cuts words out of their text by where they stand.
func TestWordsStand(t *testing.T) {
	const in = "Die ＧＲＯ\u0308SSE, e\u0301 der ﬁ-备份!"
	want := []string{"Die", "ＧＲＯ\u0308SSE", "e\u0301", "der", "ﬁ", "备", "份"}
	words := text.Words(in)
	if len(words) != len(want) {
		t.Fatalf("%d words, want %d", len(words), len(want))
	}
	for i, w := range words {
		if got := in[w.Start:w.End]; got != want[i] {
			t.Errorf("word %d is %q, want %q", i, got, want[i])
		}
	}
}

// FuzzWords holds the split to what it promises of any text.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"Live-migrate", "gro\u0308sse ﬁ", "a\xff\u0301b", "備份", "\u1100\u1161\u11a8", "İ\u0345", "a\u0300\u0301\u0302b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		start, end := 0, 0
		for _, w := range text.Words(s) {
			if w.Start < 0 || w.End > len(s) || w.Start >= w.End || w.Start < start || w.End < end {
				t.Errorf("%q: %+v stands before %d to %d", s, w, start, end)
			}
			start, end = w.Start, w.End
			if n := utf8.RuneCountInString(w.Text); n == 0 || n > text.MaxWord || strings.ContainsAny(w.Text, " \t\n\u00a0\u2028\u3000") {
				t.Errorf("%q: %q is no word", s, w.Text)
			}
			again := text.Words(w.Text)
			if len(again) != 1 || again[0].Text != w.Text {
				t.Errorf("%q: %q is folded again to %v", s, w.Text, again)
			}
		}
	})
}

func BenchmarkWords(b *testing.B) {
	for name, s := range map[string]string{
		"English": strings.Repeat("Find the failed OSD and the physical disk behind it. ", 20),
		"German":  strings.Repeat("Für die Größe der Übergänge müssen Würfel genügen. ", 20),
		"Chinese": strings.Repeat("备份数据库并恢复节点", 50),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				text.Words(s)
			}
		})
	}
}
