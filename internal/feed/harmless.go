package feed

import (
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/loader/minutes"
)

// What stands around a title or an action item in a skeleton: where it stands is %.
const (
	inMeeting = "# 2027-01-13 % {#k}\n\n## Participants\n\n- @a\n\n## Agenda\n\n### 1. x {#t}\n\n- item\n"
	inTopic   = "# 2027-01-13 x {#k}\n\n## Agenda\n\n### 1. % {#t}\n\ntimebox: 5 min\nsession: {#s}\n\n- item\n"
	inAction  = "# 2027-01-13 x {#k}\n\n## Action items\n\n- [ ] % {#a}\n- [ ] another {#b}\n"
)

// harmless is a text as it may stand in a skeleton: as it is, unless whoever reads
// minutes would take it for something else, such as a vote or an action item. Then
// only its letters and digits are left, or nothing. The record keeps its own words: the
// skeleton names it by its key.
func harmless(text, around string) string {
	bare := strings.Join(strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
	want := shapeOf(strings.Replace(around, "%", "x", 1))
	for _, candidate := range []string{oneLine(text), bare, "About " + bare} {
		if candidate != "" && shapeOf(strings.Replace(around, "%", candidate, 1)) == want {
			return candidate
		}
	}
	return "Item"
}

// shape is how much of what a reader finds in minutes, and where it begins.
type shape struct {
	meetings, participants, actions, outcomes, topics, ballots, slots, sessions, sections, votes, assigned, done, lines int
	date, label                                                                                                         string
	keyed                                                                                                               bool
}

func shapeOf(text string) shape {
	doc, err := minutes.Parse("minutes.md", []byte(text))
	if err != nil {
		return shape{lines: -1}
	}
	s := shape{
		meetings: len(doc.Meetings), participants: len(doc.Participants), actions: len(doc.ActionItems), outcomes: len(doc.Outcomes),
		topics: len(doc.Topics), ballots: len(doc.Ballots), slots: len(doc.MeetupSlots), sessions: len(doc.Sessions), sections: len(doc.Sections),
		date: doc.Date, label: doc.Label, keyed: true,
	}
	for _, t := range doc.Topics {
		s.votes += t.Votes
		s.lines += t.Line
		s.assigned += len(t.Owners)
	}
	for _, a := range doc.ActionItems {
		s.lines += a.Line
		s.keyed = s.keyed && strings.HasSuffix(a.Text, "}")
		if a.Done {
			s.done++
		}
	}
	for i := range doc.Sections {
		s.keyed = s.keyed && (strings.Contains(doc.Sections[i].Title, "{#") || doc.Sections[i].Level == 2)
	}
	return s
}
