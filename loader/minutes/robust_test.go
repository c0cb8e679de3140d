package minutes_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/loader/minutes"
)

func TestBadInput(t *testing.T) {
	for text, want := range map[string]string{
		"# A\n- b\n- c\xff\n":             "line 3: byte 0xff is no UTF-8; save the file as UTF-8",
		"\xff\xfe#\x00":                   "this is UTF-16; save the file as UTF-8",
		"#\x00 \x00A\x00\n\x00":           "mostly NUL bytes: this is UTF-16 or no text at all; save the file as UTF-8",
		"- f\xc3\xbcr\n- f\xfcr Latin-1.": "line 2: byte 0xfc is no UTF-8; save the file as UTF-8",
	} {
		doc, err := minutes.Parse("x.md", []byte(text))
		var bad *minutes.TextError
		if doc != nil || !errors.As(err, &bad) || err.Error() != want {
			t.Errorf("%q: %v, %v; want %s", text, doc, err, want)
		}
	}
}

// TestLineEnds reads the same from a file with a byte order mark, with carriage returns, with stray bytes.
func TestLineEnds(t *testing.T) {
	text := "---\na: b\n---\n# 2023-01-02\n## Participants\n- @a\n\n## Topic\n- b\n  - AI @c\n```\n- x\n```\n- d"
	want, err := minutes.Parse("x.md", []byte(text))
	if err != nil || len(want.Participants) != 1 || len(want.ActionItems) != 1 || len(want.Topics) != 3 {
		t.Fatalf("%+v, %v", want, err)
	}
	variants := []string{
		"\ufeff" + text, strings.ReplaceAll(text, "\n", "\r\n"), "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n",
		text + "\n", strings.ReplaceAll(text, "\n## Topic", " \t\r\n## Topic"),
	}
	for _, v := range variants {
		got, err := minutes.Parse("x.md", []byte(v))
		if err != nil || asJSON(t, got) != asJSON(t, want) {
			t.Errorf("%q:\n got %s, %v\nwant %s", v, asJSON(t, got), err, asJSON(t, want))
		}
	}
	got, err := minutes.Parse("x.md", []byte(text+" with \x00 in it, and a \r too"))
	if err != nil || got.Topics[2].Title != "d with \ufffd in it, and a too" {
		t.Errorf("%+v, %v", got, err)
	}
	for _, empty := range []string{"", "\n", "\ufeff", " \t\r\n\n"} {
		if doc, err := minutes.Parse("x.md", []byte(empty)); err != nil || doc.Meetings[0].Line != 1 {
			t.Errorf("%q: %+v, %v", empty, doc, err)
		}
	}
}

func asJSON(t *testing.T, doc *minutes.Document) string {
	t.Helper()
	var out bytes.Buffer
	if err := minutes.Write(&out, doc); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// hostile are texts that make parsers slow when they are repeated.
var hostile = []string{
	"> ", "- ", "> a\n", "- a\n", "  - a\n", "# a\n", "## 2023-01-01\n", " ## a", "\n", "\t", "1. ", "[", "](", "[a](", "[a](b \"", "![a](b",
	"*a ", "**a_b ", "_a_", "~~a", "`a", "` `` ``` ", "```\n", "````a\n", "   ```a\n", "<a ", "<div>\n", "<style>\n", "<!-- ", "a <!-- \n",
	"@a ", "@a, ", "@a and ", "/@-", "AI @", "(AI ", "TODO: ", "-> @a to ", "https://", "https://x)", "http://x,", "#1 ", ":a:", ":a", "+1 ",
	"((", "a, ", "| a ", "[a]: b\n[a] ", "[a][", "## a\nsponsor: @x\n", "sponsor: @x\n", "1 yes, 2 no ", "\\*", "&amp;", "2023-01-01 ",
	"March 1, 20 ", "a b a b ", "present: ", "## Present\n- @a (b\n", "Attendees:\n\n", "Excused:\n@a\n", "- a - 1.1.?\n", "<https://a", ".~~.~~",
	"## Present\n| a | b |\n", "| a ", "## Present\nA: b, c, d\n", "Present:\n- a, b\n\n", "Present\n: a, b\n", "![a](b =5x) ", "[a]( ", "https://a\\_b\\",
	"- > 1 ", "a und b and ", "\u00a0", "\u200b", "_AI a_ ", "AB: ", "<@a> ", "## Who joined\n", "## TAC members\n- [x] Ada B\n",
	"Attending: Ada B, Cy D, Emil F, Grete I, Jan K, Lena M, Nils O and\n", "Present:\n\nAda B\n\n", "Perl::",
}

// TestTimeIsLinear gives four times the text and wants about four times the time. What is quadratic takes sixteen.
func TestTimeIsLinear(t *testing.T) {
	size := 1 << 19
	if testing.Short() {
		size /= 16
	}
	var b strings.Builder
	for depth := range 200 {
		b.WriteString(strings.Repeat("  ", depth) + "- a\n")
	}
	deep := b.String()
	texts := map[string]func(int) string{
		"deep list, blank lines": func(n int) string { return deep + strings.Repeat("\n", n) },
		"deep list, lazy lines":  func(n int) string { return deep + strings.Repeat("x\n", n/2) },
		"deep quote":             func(n int) string { return strings.Repeat(">", n/2) + strings.Repeat("x\n", n/4) },
		"one heading":            func(n int) string { return "## Meetup topics\n" + strings.Repeat("- a - ?\n", n/8) },
	}
	for _, unit := range hostile {
		texts[fmt.Sprintf("%q", unit)] = func(n int) string { return strings.Repeat(unit, n/len(unit)) }
	}
	for name, text := range texts {
		for attempt := 1; ; attempt++ {
			small, large := took(t, text(size/4)), took(t, text(size))
			if large < 10*small || large < time.Second {
				break
			}
			if attempt == 3 {
				t.Errorf("%s: %v for %d bytes, %v for %d", name, small, size/4, large, size)
				break
			}
		}
	}
}

func took(t *testing.T, text string) time.Duration {
	t.Helper()
	start := time.Now()
	if _, err := minutes.Parse("20230101.md", []byte(text)); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// TestLargeFile reads 50 MB of minutes, and a line that is far too long.
func TestLargeFile(t *testing.T) {
	if testing.Short() {
		t.Skip("50 MB take their time")
	}
	unit := "## Topic\n- one @a, see #1 and https://example.org/x" + strings.Repeat(" and so on", 30) + "\n  - AI @b: *look* at it" +
		strings.Repeat(", whatever it is", 20) + "\n```\ncode\n```\n=> so\n\n"
	n := 50_000_000 / len(unit)
	doc, err := minutes.Parse("x.md", []byte(strings.Repeat(unit, n)))
	if err != nil || len(doc.ActionItems) != n || len(doc.Outcomes) != n || len(doc.Topics) != 2*n || len(doc.Links) != 1 {
		t.Fatalf("%d of %d action items, %v", len(doc.ActionItems), n, err)
	}
	long := "- " + strings.Repeat("ü", 20_000_000)
	doc, err = minutes.Parse("x.md", []byte(long+"\n- next"))
	if err != nil || len(doc.Topics) != 2 || doc.Topics[1].Title != "next" {
		t.Fatal(err)
	}
}

func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/*.md", filepath.Join(shared, "*.md")} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			if text, err := os.ReadFile(file); err == nil {
				f.Add(file, text)
			}
		}
	}
	for _, unit := range hostile {
		f.Add("2023-01-01.md", []byte("# 2023-01-02\n"+strings.Repeat(unit, 9)))
	}
	f.Fuzz(func(t *testing.T, path string, text []byte) {
		start := time.Now()
		doc, err := minutes.Parse(path, text)
		if err != nil {
			return
		}
		if spent := time.Since(start); spent > 5*time.Second && len(text) < 1<<16 {
			t.Errorf("%v for %d bytes", spent, len(text))
		}
		coherent(t, doc)
		var out bytes.Buffer
		if err := minutes.Write(&out, doc); err != nil {
			t.Fatal(err)
		}
		if err := minutes.Report(&out, doc, text); err != nil {
			t.Fatal(err)
		}
	})
}

// BenchmarkNineHundredFiles reads as many files as a community has after a few years.
func BenchmarkNineHundredFiles(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join(shared, "*.md"))
	if len(files) == 0 {
		files, _ = filepath.Glob("testdata/*.md")
	}
	var texts [][]byte
	size := 0
	for i := range 900 {
		text, err := os.ReadFile(files[i%len(files)])
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, text)
		size += len(text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, text := range texts {
			if _, err := minutes.Parse("x.md", text); err != nil {
				b.Fatal(err)
			}
		}
	}
}
