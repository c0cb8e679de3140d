package enginetest

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
)

// Who writes in the suite, by a word.
var whoWrites = map[string]access.Viewer{
	"anonymous": {Role: access.Reader},
	"reader":    {Role: access.Reader, Token: "r", Person: "ada"},
	"ada":       {Role: access.Contributor, Token: "a", Person: "ada"},
	"bob":       {Role: access.Contributor, Token: "b", Person: "bob", Clearance: "green", Groups: []string{"ops"}},
	"nobody":    {Role: access.Contributor, Token: "n"},
	"stranger":  {Role: access.Contributor, Token: "s", Person: "eve"},
	"curator":   {Role: access.Curator, Token: "c", Person: "bob", Clearance: "amber", Groups: []string{"csirt", "ops"}},
	"planner":   {Role: access.Curator, Token: "p", Person: "ada"},
	"owner":     all,
}

// runWriting does the operations of the files of writing one after the other, those of a
// file on one map, and compares the answers with those written there.
func runWriting(t *testing.T, open Open) {
	t.Run("season", func(t *testing.T) { writeAll(t, openStore(t, open), "writing-season.txt") })
	s := openStore(t, open)
	writeAll(t, s, "writing.txt")
	concurrentVotes(t, s)
}

// writeAll does the operations of a file on the map of base.txt.
func writeAll(t *testing.T, s *store, file string) {
	t.Helper()
	base, err := testdata.ReadFile("testdata/base.txt")
	if err != nil {
		t.Fatal(err)
	}
	s.load(world(t, string(base)))
	for _, step := range writingSteps(t, file) {
		got := s.ask(question{query: step.query, viewer: whoWrites[step.viewer], now: noon})
		if shown := keyEnds.ReplaceAllString(got, "$1-…"); shown != step.want {
			t.Fatalf("%s as %s:\n%s\ngot\n%s\nwant\n%s", step.name, step.viewer, step.query, shown, step.want)
		}
		if step.again != "" {
			if again := s.ask(question{query: step.query, viewer: whoWrites[step.viewer], now: noon}); again != got {
				t.Fatalf("%s, once more:\n%s\nwant\n%s", step.name, again, got)
			}
		}
	}
}

// keyEnds are the ends of keys that a random request has made.
var keyEnds = regexp.MustCompile(`(\w)-[0-9a-f]{8}\b`)

// writingStep is an operation, who asks it, and the answer. again is not empty where
// asking it twice has the same answer.
type writingStep struct{ name, viewer, query, want, again string }

// writingSteps reads "# name", "viewer: operation", and the answer on a line of its own.
func writingSteps(t *testing.T, file string) []writingStep {
	t.Helper()
	text, err := testdata.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var steps []writingStep
	for block := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
		lines := strings.Split(block, "\n")
		if len(lines) < 3 {
			t.Fatalf("%s: a name, an operation and an answer are needed in\n%s", file, block)
		}
		viewer, query, _ := strings.Cut(strings.Join(lines[1:len(lines)-1], "\n"), ": ")
		step := writingStep{name: strings.TrimPrefix(lines[0], "# "), query: query, want: lines[len(lines)-1]}
		step.viewer, step.again, _ = strings.Cut(viewer, " ")
		if _, known := whoWrites[step.viewer]; !known {
			t.Fatalf("%s: nobody is called %q in\n%s", file, step.viewer, block)
		}
		steps = append(steps, step)
	}
	return steps
}

// concurrentVotes lets two persons vote for a topic eight times at once: each has one
// ballot.
func concurrentVotes(t *testing.T, s *store) {
	t.Helper()
	// The clock is set once, as asking sets it.
	votes := func() string {
		return s.ask(question{query: `{ topic(key: "idea") { votes } }`, viewer: all, now: noon})
	}
	if got := votes(); got != `{"data":{"topic":{"votes":0}}}` {
		t.Fatalf("before the votes: %s", got)
	}
	var wg sync.WaitGroup
	answers := make([]string, 8)
	for i := range answers {
		wg.Go(func() {
			who := []string{"ada", "bob"}[i%2]
			answers[i] = s.ask(question{query: `mutation { vote(input: {topic: "idea"}) { ballot { key } } }`, viewer: whoWrites[who], now: noon})
			if want := fmt.Sprintf(`{"data":{"vote":{"ballot":{"key":"idea--%s"}}}}`, who); answers[i] != want {
				answers[i] = fmt.Sprintf("got %s, want %s", answers[i], want)
				return
			}
			answers[i] = ""
		})
	}
	wg.Wait()
	if wrong := strings.Join(answers, ""); wrong != "" {
		t.Error(wrong)
	}
	if got := votes(); got != `{"data":{"topic":{"votes":2}}}` {
		t.Errorf("after the votes of two: %s", got)
	}
}
