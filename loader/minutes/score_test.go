package minutes_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/loader/minutes"
)

// score counts what was found, what was found in vain and what was missed.
type score struct{ right, extra, missed int }

func (s score) f1() float64 {
	if s.right+s.extra+s.missed == 0 {
		return 1
	}
	return 2 * float64(s.right) / float64(2*s.right+s.extra+s.missed)
}

// scores are by field, as the rules say under Scoring; "topics.parent" and the like are the second figures.
type scores map[string]score

// fieldKeys are a document's annotations as comparable strings, by field.
func fieldKeys(doc *minutes.Document) map[string][]string {
	keys := map[string][]string{}
	add := func(field, format string, args ...any) {
		keys[field] = append(keys[field], fmt.Sprintf(format, args...))
	}
	add("date", "%s", doc.Date)
	for _, m := range doc.Meetings {
		add("meetings", "%d %s", m.Line, m.Date)
	}
	for _, s := range doc.Sections {
		add("sections", "%d %d", s.Line, s.Level)
		add("sections.title", "%d %s", s.Line, likened(s.Title))
	}
	for _, p := range doc.Participants {
		add("participants", "%d %s", p.Line, strings.ToLower(who(p)))
	}
	for _, a := range doc.ActionItems {
		names := slices.Sorted(slices.Values(a.Assignees))
		add("actionItems", "%d", a.Line)
		add("actionItems.assignees", "%d %s", a.Line, strings.Join(names, " "))
		add("actionItems.done", "%d %t", a.Line, a.Done)
	}
	for _, o := range doc.Outcomes {
		add("outcomes", "%d", o.Line)
	}
	for _, t := range doc.Topics {
		add("topics", "%d", t.Line)
		add("topics.parent", "%d %s", t.Line, parentOf(t))
		add("topics.votes", "%d %d", t.Line, t.Votes)
		add("topics.title", "%d %s", t.Line, likened(t.Title))
		if t.Depth <= 1 {
			add("topics.shallow", "%d", t.Line)
		}
	}
	for _, b := range doc.Ballots {
		add("ballots", "%d %v", b.Line, b.Tally)
	}
	for _, l := range doc.Links {
		add("links", "%s", l.URL)
	}
	for _, r := range doc.Refs {
		add("refs", "%d %s", r.Line, r.Ref)
	}
	for _, s := range doc.MeetupSlots {
		add("meetupSlots", "%d %s", s.Line, s.Date)
	}
	return keys
}

func who(p minutes.Participant) string {
	if p.Handle != "" {
		return p.Handle
	}
	return p.Name
}

func parentOf(t minutes.Topic) string {
	if t.ParentLine == nil {
		return "-"
	}
	return strconv.Itoa(*t.ParentLine)
}

// likened is a text as texts are compared: no case, no punctuation around it.
func likened(s string) string {
	return strings.Trim(strings.ToLower(s), " .,:;!?()[]\"'")
}

// add compares a document with the wanted one and says where they differ.
func (s scores) add(got, want *minutes.Document) []string {
	var differences []string
	gotKeys, wantKeys := fieldKeys(got), fieldKeys(want)
	fields := maps.Clone(gotKeys)
	maps.Copy(fields, wantKeys)
	for _, field := range slices.Sorted(maps.Keys(fields)) {
		extra, missed := without(gotKeys[field], wantKeys[field]), without(wantKeys[field], gotKeys[field])
		sum := s[field]
		sum.right += len(gotKeys[field]) - len(extra)
		sum.extra += len(extra)
		sum.missed += len(missed)
		s[field] = sum
		if len(extra)+len(missed) > 0 {
			differences = append(differences, fmt.Sprintf("%s: %s: not wanted %q, missed %q", want.Path, field, extra, missed))
		}
	}
	return differences
}

// without is a minus b, each element once.
func without(a, b []string) []string {
	left := map[string]int{}
	for _, k := range b {
		left[k]++
	}
	var out []string
	for _, k := range a {
		if left[k] > 0 {
			left[k]--
			continue
		}
		out = append(out, k)
	}
	return out
}

func (s scores) String() string {
	var b strings.Builder
	for _, field := range slices.Sorted(maps.Keys(s)) {
		sum := s[field]
		fmt.Fprintf(&b, "%-22s F1 %.3f  right %d, extra %d, missed %d\n", field, sum.f1(), sum.right, sum.extra, sum.missed)
	}
	return b.String()
}
