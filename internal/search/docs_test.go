package search_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/search"
)

// TestDocs works the examples of docs/search.md out.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/search.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(page), "```text\n")
	block, _, _ = strings.Cut(block, "```")
	said, table, found := strings.Cut(block, "score  text\n")
	if !found {
		t.Fatal("there are no examples")
	}
	texts := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(said), "\n") {
		name, text, _ := strings.Cut(line, " ")
		texts[name] = append(texts[name], strings.TrimSpace(text))
	}
	typ, values := practice(t, texts["title"][0], texts["summary"][0], texts["signal"], texts["step"])
	d := search.DocumentOf(typ, values)
	for line := range strings.SplitSeq(strings.TrimSpace(table), "\n") {
		want, text, _ := strings.Cut(line, " ")
		text = strings.ReplaceAll(strings.TrimSpace(text), "_", " ")
		q, err := search.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		got := "-"
		if score, ok := q.Score(d); ok {
			got = strconv.FormatInt(score, 10)
		}
		if got != want {
			t.Errorf("%q has %s, the page says %s", text, got, want)
		}
	}
}
