package meetings

import (
	"regexp"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader/minutes"
)

var (
	followUp = regexp.MustCompile(`(?i)^follow-?ups?\s*:\s*(.*)$`)
	// number of a heading, as the skeleton writes it.
	number = regexp.MustCompile(`^\d+\. `)
	// followUps are the sections whose items are topics that came out of the meeting.
	followUps = map[string]bool{"follow-ups": true, "follow ups": true, "followups": true, "new topics": true}
)

// newTopics marks the topics that came out of a discussion, and leaves out lines that
// say something of a session, and headings over such topics.
func (s *speaker) newTopics(all []*entry) []*entry {
	ofSessions, headed := map[int]bool{}, map[int]bool{}
	for i := range s.doc.Sessions {
		headed[s.doc.Sessions[i].Line] = s.doc.Sessions[i].Key != ""
		for _, line := range s.doc.Sessions[i].Lines {
			ofSessions[line] = true
		}
	}
	under := map[int]bool{}
	for _, section := range s.doc.Sections {
		under[section.Line] = followUps[text.Fold(strings.Trim(section.Title, " :"))]
	}
	out := all[:0]
	for _, e := range all {
		if e.topic == nil {
			out = append(out, e)
			continue
		}
		if m := followUp.FindStringSubmatch(e.text); m != nil && e.topic.Kind == minutes.ItemTopic {
			e.text, e.outcome = m[1], true
		}
		if headed[e.line] {
			e.text = number.ReplaceAllString(e.text, "")
		}
		e.outcome = e.outcome || under[s.sectionAt(e.line)]
		if ofSessions[e.line] || strings.TrimSpace(stored(e.text)) == "" || under[e.line] && e.topic.Kind == minutes.HeadingTopic {
			continue
		}
		out = append(out, e)
	}
	return out
}

// heldEntries are the sessions that the lines below headings are about.
func (s *speaker) heldEntries() []*entry {
	titles := map[int]string{}
	for _, section := range s.doc.Sections {
		titles[section.Line] = section.Title
	}
	var out []*entry
	for i := range s.doc.Sessions {
		held := &s.doc.Sessions[i]
		out = append(out, &entry{typ: "Session", line: held.Line, text: number.ReplaceAllString(withoutKey(titles[held.Line]), ""), named: held.Key, held: held})
	}
	return out
}

// isHeld reports whether a session took place: its line says so, or says nothing else
// and the minutes were filled in.
func (s *speaker) isHeld(of *minutes.Session) bool {
	if of.State != "" {
		return of.State == "held"
	}
	return of.Filled || of.Recording != "" || of.Slides != "" || of.WriteUp != "" || len(s.doc.Participants) > 0
}

// sayHeld says what came of a session.
func (s *speaker) sayHeld(e *entry, st *record.Statement) {
	topic := s.topicOn[e.line]
	switch {
	case s.isHeld(e.held):
		st.Fields["state"] = "HELD"
	case e.held.State == "cancelled":
		st.Fields["state"] = "CANCELLED"
	}
	for name, url := range map[string]string{"recording": e.held.Recording, "slides": e.held.Slides, "writeUp": e.held.WriteUp} {
		if url != "" {
			st.Fields[name] = url
		}
	}
	if s.refers[st.ID] {
		return
	}
	st.Fields["title"] = e.text
	s.Derive(st, "format", "DISCUSSION")
	st.Links["meeting"] = []record.ID{s.meetingAt(e.line)}
	if topic != nil {
		st.Links["topics"] = []record.ID{topic.id()}
	}
}

// cover marks the topics of sessions that were held as covered, and what was noted
// below them, but not what is to follow.
func (s *speaker) cover() {
	covered := map[*entry]bool{}
	for _, e := range s.entries {
		if topic := s.topicOn[e.line]; e.held != nil && topic != nil && s.isHeld(e.held) {
			covered[topic] = true
		}
	}
	for _, e := range s.entries {
		if e.topic == nil || e.outcome {
			continue
		}
		if covered[e] || e.parent >= 0 && covered[s.entries[e.parent]] {
			covered[e] = true
			s.Said(e.id()).Fields["status"] = "COVERED"
		}
	}
}
