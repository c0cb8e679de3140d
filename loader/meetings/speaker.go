package meetings

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/open-operations/opsmap/schema"
)

// speaker turns one document into statements.
type speaker struct {
	file *loader.File
	doc  *minutes.Document
	// key of the first meeting; it begins the keys of all other records.
	key string
	// discreet: names are left out of what was said. named is the first line of which
	// one was, 0 for none.
	discreet bool
	named    int
	sources  *schema.ObjectType
	people   *people
	// said are the statements in the making, by id; order keeps theirs.
	said  map[record.ID]*record.Statement
	order []record.ID
	// who are the links to people, where they have a class of their own.
	who     map[record.ID]*record.Statement
	entries []*entry
	// topicOn is the topic on a line; confirmed are the lines of slots that are sure.
	topicOn   map[int]*entry
	confirmed map[int]bool
	// meetings are the ids of the document's meetings, in their order.
	meetings []record.ID
}

func newSpeaker(in loader.Reader, f *loader.File, doc *minutes.Document, key string) *speaker {
	s := &speaker{
		file: f, doc: doc, key: key, sources: in.Catalog.Object("Source"),
		discreet: f.Discreet() || slices.Contains(in.Venues, record.ID{Type: "Meeting", Key: key}) ||
			slices.Contains(in.Venues, record.ID{Type: "Series", Key: f.Series}),
		said: map[record.ID]*record.Statement{}, who: map[record.ID]*record.Statement{},
		topicOn: map[int]*entry{}, confirmed: map[int]bool{},
	}
	s.people = &people{speaker: s, byKey: map[string]*record.Statement{}}
	return s
}

// statement is a new statement of the file about a record, with its line.
func (s *speaker) statement(id record.ID, line int) *record.Statement {
	return &record.Statement{
		Source: s.file.Source, ID: id, Class: s.file.Class, Links: map[string][]record.ID{},
		Fields: map[string]any{"sources": []any{sourceOf(s.sources, s.file.Collection, s.file.Path, line, "MINUTES")}},
	}
}

// about is the statement about a record; line is where it is named first.
func (s *speaker) about(id record.ID, line int) *record.Statement {
	if have := s.said[id]; have != nil {
		return have
	}
	st := s.statement(id, line)
	s.said[id], s.order = st, append(s.order, id)
	return st
}

// whoSource says who said or did something: the file itself, or a source beside it
// where that is told to fewer.
func (s *speaker) whoSource() string {
	if s.file.Discreet() {
		return s.file.Source + "#who"
	}
	return s.file.Source
}

// name links a record to people.
func (s *speaker) name(st *record.Statement, link string, persons ...record.ID) {
	if len(persons) == 0 {
		return
	}
	if s.file.Discreet() {
		in := s.who[st.ID]
		if in == nil {
			in = &record.Statement{Source: s.whoSource(), ID: st.ID, Class: s.file.Attribution, Links: map[string][]record.ID{}}
			s.who[st.ID] = in
		}
		st = in
	}
	for _, p := range persons {
		if !slices.Contains(st.Links[link], p) {
			st.Links[link] = append(st.Links[link], p)
		}
	}
}

// say is everything the document says: what is referred to first.
func (s *speaker) say() []record.Statement {
	s.entries = s.outline()
	for _, e := range s.entries {
		if e.topic != nil {
			s.topicOn[e.line] = e
		}
		if e.slot != nil && e.slot.Status == minutes.Confirmed {
			s.confirmed[e.line] = true
		}
	}
	s.sayMeetings()
	for _, e := range s.entries {
		s.sayEntry(e)
	}
	s.cite()
	out := s.people.all()
	for _, id := range s.order {
		out = append(out, *s.said[id])
		if who := s.who[id]; who != nil {
			out = append(out, *who)
		}
	}
	return out
}

func (s *speaker) sayMeetings() {
	used := map[string]bool{}
	name := nameOf(s.file.Place)
	for i, m := range s.doc.Meetings {
		key := s.key
		if i > 0 {
			key = s.key + "-" + strconv.Itoa(i+1)
			if dated := name.series + "-" + m.Date; m.Date != "" && !used[dated] {
				key = dated
			}
		}
		used[key] = true
		id := record.ID{Type: "Meeting", Key: key}
		st := s.about(id, m.Line)
		st.Fields["title"] = s.title(m, name)
		if m.Date != "" {
			st.Fields["date"] = m.Date
		}
		if s.file.Discreet() {
			st.Fields["chathamHouse"] = true
		}
		if s.file.Series != "" {
			st.Links["series"] = []record.ID{{Type: "Series", Key: s.file.Series}}
		}
		if i == 0 && s.doc.DateConflict {
			st.Fields["remark"] = "The name of the file says " + s.doc.FileNameDate + "."
		}
		s.meetings = append(s.meetings, id)
	}
	s.attend()
}

var aDate = regexp.MustCompile(`(?i)\d{4}[-–.]?\d{1,2}[-–.]?\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b\d{1,2},? \d{4}\b`)

// title of a meeting: its heading if that says more than a date, else the name of
// its file with the date.
func (s *speaker) title(m minutes.Meeting, name fileName) string {
	for _, section := range s.doc.Sections {
		if section.Line != m.Line {
			continue
		}
		if rest := aDate.ReplaceAllString(section.Title, ""); strings.ContainsFunc(rest, isLetter) && section.Title != "" {
			return s.unnamed(m.Line, section.Title)
		}
		break
	}
	date := m.Date
	if date == "" {
		date = name.date
	}
	series := name.series
	if s.file.Series != "" {
		series = s.file.Series
	}
	return titled(series, date)
}

// titled is the title of a meeting that has none of its own: "Openops, 12 June
// 2023".
func titled(series, date string) string {
	words := strings.ReplaceAll(series, "-", " ")
	title := strings.ToUpper(words[:1]) + words[1:]
	if day, err := time.Parse(time.DateOnly, date); err == nil {
		title += ", " + day.Format("2 January 2006")
	}
	return title
}

func isLetter(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// attend says who was there.
func (s *speaker) attend() {
	for _, p := range s.doc.Participants {
		person := s.people.person(p.Handle, p.Name, p.Line)
		if person.Key == "" {
			continue
		}
		meeting := s.meetingAt(p.Line)
		s.name(s.said[meeting], "participants", person)
		if p.Note == "" {
			continue
		}
		id := record.ID{Type: "Attendance", Key: meeting.Key + "--" + person.Key}
		st := s.about(id, p.Line)
		st.Source, st.Class = s.whoSource(), s.file.Attribution
		st.Fields["note"] = p.Note
		st.Links["meeting"], st.Links["person"] = []record.ID{meeting}, []record.ID{person}
	}
}

// meetingAt is the meeting that a line belongs to.
func (s *speaker) meetingAt(line int) record.ID {
	at := 0
	for i, m := range s.doc.Meetings {
		if m.Line <= line {
			at = i
		}
	}
	return s.meetings[at]
}
