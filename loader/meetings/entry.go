package meetings

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader/identity"
	"github.com/open-operations/opsmap/loader/minutes"
)

// sayEntry says what one line says.
func (s *speaker) sayEntry(e *entry) {
	st := s.About(e.id(), e.line)
	switch {
	case e.topic != nil:
		s.sayTopic(e, st)
	case e.held != nil:
		s.sayHeld(e, st)
	case e.action != nil:
		if e.action.Done || !s.refers[st.ID] {
			st.Fields["done"] = e.action.Done
		}
		if !s.refers[st.ID] {
			st.Fields["text"] = e.text
			st.Links["meeting"] = []record.ID{s.meetingAt(e.line)}
		}
		for _, handle := range e.action.Assignees {
			s.Name(st, "assignees", s.Handle(handle, e.line))
		}
	case e.decision && !s.refers[st.ID]:
		st.Fields["text"] = e.text
		st.Links["meeting"] = []record.ID{s.meetingAt(e.line)}
		if e.parent >= 0 {
			st.Links["topics"] = []record.ID{s.entries[e.parent].id()}
		}
	case e.slot != nil:
		s.saySession(e, st)
	}
}

// leading is the handle that a line begins with.
var leading = regexp.MustCompile(`^@([A-Za-z0-9][\w-]*)`)

func (s *speaker) sayTopic(e *entry, st *record.Statement) {
	t := e.topic
	if t.Votes != 0 {
		st.Fields["votes"] = int64(t.Votes)
	}
	if s.refers[st.ID] {
		return
	}
	st.Fields["title"] = e.text
	if e.outcome {
		st.Fields["outcome"] = true
	}
	if t.Minutes > 0 {
		st.Fields["remark"] = "Timebox: " + strconv.Itoa(t.Minutes) + " minutes."
	}
	kind, status := s.kind(e)
	if kind != "" {
		s.Derive(st, "kind", kind)
	}
	switch {
	case status == "":
	case kind == offTopicKind:
		s.Derive(st, "status", status)
	default:
		st.Fields["status"] = status
	}
	st.Links["raisedIn"] = []record.ID{s.meetingAt(e.line)}
	if e.parent >= 0 {
		st.Links["parent"] = []record.ID{s.entries[e.parent].id()}
	}
	owners := t.Owners
	if m := leading.FindStringSubmatch(t.Title); m != nil && len(owners) == 0 {
		owners = m[1:]
	}
	if len(owners) > 0 {
		// The model has one who raised it; the first is named first for a reason.
		s.Name(st, "raisedBy", s.Handle(owners[0], e.line))
	}
}

const offTopicKind = "OFF_TOPIC"

var (
	offTopic  = regexp.MustCompile(`\boff[- ]?topic\b`)
	recurring = regexp.MustCompile(`\brecurring (?:issue|problem|task)s?\b`)
)

// kind of a topic and its status, as far as its own words or those of a topic
// around it say so; empty where they do not.
func (s *speaker) kind(e *entry) (kind, status string) {
	asked := strings.HasSuffix(strings.TrimRight(e.text, " )"), "?")
	for at := e; ; at = s.entries[at.parent] {
		folded := text.Fold(at.text)
		switch {
		case offTopic.MatchString(folded):
			return offTopicKind, "PARKED"
		case recurring.MatchString(folded):
			return "RECURRING_ISSUE", s.scheduled(e)
		}
		if at.parent < 0 {
			break
		}
	}
	if asked {
		return "QUESTION", s.scheduled(e)
	}
	return "", s.scheduled(e)
}

// scheduled is the status of a topic whose line plans a session.
func (s *speaker) scheduled(e *entry) string {
	if s.confirmed[e.line] {
		return "SCHEDULED"
	}
	return ""
}

// states of a session, by how sure its slot is.
var states = map[minutes.SlotStatus]string{
	minutes.Confirmed: "CONFIRMED", minutes.Tentative: "ASKED", minutes.Proposed: "IDEA",
}

func (s *speaker) saySession(e *entry, st *record.Statement) {
	slot := e.slot
	st.Fields["title"], st.Fields["state"] = e.text, states[slot.Status]
	s.Derive(st, "format", "DISCUSSION")
	var remarks []string
	if slot.Speaker != "" {
		s.Derive(st, "format", "TALK")
		s.Name(st, "speakers", s.Handle(slot.Speaker, e.line))
	}
	if slot.Org != "" {
		id := record.ID{Type: "Organisation", Key: identity.Slug(slot.Org)}
		s.sayOrganisation(id, slot.Org, st, e.line)
	}
	if s.File.Series != "" {
		st.Links["series"] = []record.ID{{Type: "Series", Key: s.File.Series}}
	}
	switch {
	case slot.Date != "" && slot.Status == minutes.Confirmed:
		st.Links["meeting"] = []record.ID{s.planned(slot, e.line)}
	case slot.Date != "":
		remarks = append(remarks, "Perhaps on "+slot.Date+".")
	}
	if slot.Time != "" {
		remarks = append(remarks, "At "+slot.Time+".")
	}
	if len(remarks) > 0 {
		st.Fields["remark"] = strings.Join(remarks, " ")
	}
	if topic := s.topicOn[e.line]; topic != nil {
		st.Links["topics"] = []record.ID{topic.id()}
	}
}

// sayOrganisation says for whom a speaker works; where it is told to fewer who spoke,
// that is so, too.
func (s *speaker) sayOrganisation(id record.ID, name string, session *record.Statement, line int) {
	if !s.File.Discreet() {
		s.About(id, line).Fields["name"] = name
		session.Links["organisation"] = []record.ID{id}
		return
	}
	s.Apart(id, line).Fields["name"] = name
	s.Name(session, "organisation", id)
}

// planned is the meeting on a day that is sure.
func (s *speaker) planned(slot *minutes.MeetupSlot, line int) record.ID {
	series := s.File.Series
	if series == "" {
		series = "meetup"
	}
	id := record.ID{Type: "Meeting", Key: series + "-" + slot.Date}
	st := s.About(id, line)
	st.Fields["date"] = slot.Date
	s.Derive(st, "title", titled(series, slot.Date))
	if slot.URL != "" {
		st.Fields["rsvp"] = slot.URL
	}
	if s.File.Series != "" {
		st.Links["series"] = []record.ID{{Type: "Series", Key: s.File.Series}}
	}
	return id
}
