package linking_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/linking"
)

// TestGrowth: a hostile catalogue of thousands of names and hostile lines of fifty thousand words take no more than seconds: each
// of them takes hours where work grows with words times names.
func TestGrowth(t *testing.T) {
	const names, words = 5_000, 50_000
	catalogues := map[string]func(i int) []linking.Term{
		"one first word": func(i int) []linking.Term { return []linking.Term{term("Solution", fmt.Sprint("cloud-", i))} },
		"one name":       func(i int) []linking.Term { return []linking.Term{term("Solution", fmt.Sprint("k", i), "cloud nine")} },
		"nested": func(i int) []linking.Term {
			return []linking.Term{term("Solution", strings.TrimSuffix(strings.Repeat("nine-", i%200+1), "-"))}
		},
		"one title": func(i int) []linking.Term {
			return []linking.Term{practice(fmt.Sprint("p", i), "Upgrade the nine clusters")}
		},
		"titles of twos": func(i int) []linking.Term {
			return []linking.Term{practice(fmt.Sprintf("w%d-v%d", i%100, i/100), fmt.Sprintf("Upgrade w%d and v%d", i%100, i/100))}
		},
		"titles of words": func(i int) []linking.Term {
			return []linking.Term{practice(fmt.Sprint("upgrade-", i), "Upgrade nine clouds "+fmt.Sprint("x", i))}
		},
	}
	lines := map[string]string{
		"one word":  strings.Repeat("nine ", words),
		"two words": strings.Repeat("cloud nine ", words/2),
		"many words": func() string {
			var b strings.Builder
			for i := range words {
				fmt.Fprintf(&b, "w%d v%d ", i%100, i/100%100)
			}
			return b.String()
		}(),
		"one compound": strings.Repeat("cloud-", words) + "nine",
		"one path":     strings.Repeat("nine/", words),
		"titles":       strings.Repeat("upgrade x7 nine clouds, ", words/4),
		"handles":      strings.Repeat("@cloud", words),
		"one long":     strings.Repeat("betrieb", words),
	}
	for catalogue, makes := range catalogues {
		var terms []linking.Term
		for i := range names {
			terms = append(terms, makes(i)...)
		}
		begin := time.Now()
		v := linking.NewVocabulary(terms)
		for line, text := range lines {
			v.Find(text)
			if took := time.Since(begin); took > 60*time.Second {
				t.Fatalf("%s in %s took %v", catalogue, line, took)
			}
		}
		t.Logf("%s: %v", catalogue, time.Since(begin))
	}
}

// TestGrowthOfStories: ten thousand stories of one issue, all distilled into as many practices.
func TestGrowthOfStories(t *testing.T) {
	issue := linking.Issue{ID: record.ID{Type: "Topic", Key: "one"}, Title: "One"}
	var stories []linking.Story
	for i := range 10_000 {
		title := fmt.Sprint("Story ", i%5_000)
		stories = append(stories, linking.Story{
			ID: record.ID{Type: "Story", Key: fmt.Sprint("s", i)}, Title: title, Text: title, Issues: []record.ID{issue.ID},
			Distilled: []record.ID{{Type: "Practice", Key: fmt.Sprint("p", i%3)}},
		})
	}
	begin := time.Now()
	if got := len(linking.Distil(stories, []linking.Issue{issue}, nil)); got != 10_000 {
		t.Errorf("%d proposals", got)
	}
	t.Log(time.Since(begin))
}
