package minutes_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/loader/minutes"
)

// TestStyles reads invented minutes in the styles of many communities. What each line holds was written beside it by hand
// before the parser saw it:
//
//	⟦s2⟧ a section of level 2, ⟦th^3⟧ a heading that is a topic, its parent three lines above (^0: none)
//	⟦t1^1⟧ an item that is a topic of depth 1, ⟦t0^0 +2 5min @ada⟧ with votes, timebox and owner
//	⟦a⟧ an action item, ⟦a ada ben⟧ with assignees, ⟦a! ada⟧ a finished one; ⟦=>⟧ an outcome by arrow, ⟦D⟧ by decision
//	⟦p @ada Ada Lovelace (ACME)⟧ a participant, ⟦m 2024-05-07⟧ a meeting, ⟦b no:0 yes:4⟧ a ballot
//	⟦l https://a.b⟧ a link, ⟦r #12⟧ a reference
//
// A line without brackets holds nothing. Above the text stand its path and its date.
func TestStyles(t *testing.T) {
	files, err := filepath.Glob("testdata/styles/*.txt")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d styles, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			checkStyle(t, string(text))
		})
	}
}

func checkStyle(t *testing.T, fixture string) {
	t.Helper()
	head, body, ok := strings.Cut(fixture, "\n\n")
	if !ok {
		t.Fatal("no head")
	}
	path, date := "", ""
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "path":
			path = value
		case "date":
			date = value
		default:
			t.Fatalf("head: %q", line)
		}
	}
	text, want := annotations(body)
	doc, err := minutes.Parse(path, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	coherent(t, doc)
	if got := strings.TrimSpace(doc.Date + " " + string(doc.DateSource)); got != date {
		t.Errorf("date %q, want %q", got, date)
	}
	compareLines(t, strings.Split(text, "\n"), found(doc), want)
}

// annotations takes the brackets off a text.
func annotations(body string) (text string, want map[int][]string) {
	want = map[int][]string{}
	var lines []string
	for i, line := range strings.Split(body, "\n") {
		if before, notes, ok := strings.Cut(line, "⟦"); ok {
			line = strings.TrimSuffix(before, " ")
			notes, _, _ = strings.Cut(notes, "⟧")
			for note := range strings.SplitSeq(notes, " | ") {
				want[i+1] = append(want[i+1], strings.TrimSpace(note))
			}
			sort.Strings(want[i+1])
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n"), want
}

func compareLines(t *testing.T, text []string, got, want map[int][]string) {
	t.Helper()
	for i, line := range text {
		if !slices.Equal(got[i+1], want[i+1]) {
			t.Errorf("line %d: %s\n got %s\nwant %s", i+1, line, strings.Join(got[i+1], " | "), strings.Join(want[i+1], " | "))
		}
	}
}

// found is a document in the words of the annotations.
func found(doc *minutes.Document) map[int][]string {
	notes := map[int][]string{}
	add := func(line int, words ...string) {
		notes[line] = append(notes[line], strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " "))
	}
	for _, m := range doc.Meetings {
		if doc.DateSource == minutes.FromHeading {
			add(m.Line, "m", m.Date)
		}
	}
	for _, s := range doc.Sections {
		add(s.Line, fmt.Sprintf("s%d", s.Level))
	}
	for _, p := range doc.Participants {
		add(p.Line, "p", mention(p.Handle), p.Name, bracketed(p.Note))
	}
	for _, a := range doc.ActionItems {
		add(a.Line, map[bool]string{false: "a", true: "a!"}[a.Done], strings.Join(a.Assignees, " "))
	}
	for _, o := range doc.Outcomes {
		add(o.Line, map[minutes.Marker]string{minutes.ByArrow: "=>", minutes.ByDecision: "D"}[o.Marker])
	}
	for _, topic := range doc.Topics {
		add(topic.Line, topicWords(&topic)...)
	}
	for _, b := range doc.Ballots {
		var tally []string
		for choice, n := range b.Tally {
			tally = append(tally, fmt.Sprintf("%s:%d", choice, n))
		}
		sort.Strings(tally)
		add(b.Line, "b", strings.Join(tally, " "))
	}
	for _, l := range doc.Links {
		add(l.Line, "l", l.URL)
	}
	for _, r := range doc.Refs {
		add(r.Line, "r", r.Ref)
	}
	for line := range notes {
		sort.Strings(notes[line])
	}
	return notes
}

func topicWords(topic *minutes.Topic) []string {
	word := fmt.Sprintf("t%d", topic.Depth)
	if topic.Kind == minutes.HeadingTopic {
		word = "th"
	}
	above := 0
	if topic.ParentLine != nil {
		above = topic.Line - *topic.ParentLine
	}
	words := []string{fmt.Sprintf("%s^%d", word, above)}
	if topic.Votes != 0 {
		words = append(words, fmt.Sprintf("%+d", topic.Votes))
	}
	if topic.Minutes != 0 {
		words = append(words, fmt.Sprintf("%dmin", topic.Minutes))
	}
	for _, owner := range topic.Owners {
		words = append(words, mention(owner))
	}
	return words
}

func mention(handle string) string {
	if handle == "" {
		return ""
	}
	return "@" + handle
}

func bracketed(note string) string {
	if note == "" {
		return ""
	}
	return "(" + note + ")"
}
