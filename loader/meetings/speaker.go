package meetings

import (
	"context"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/open-operations/opsmap/loader/speech"
)

// speaker turns one document into statements.
type speaker struct {
	*speech.Speaker
	doc *minutes.Document
	// part is what the document is of its file; of speaks for the rest of the file,
	// which has the meetings, where this is a stricter part of it.
	part document
	of   *speaker
	// key of the first meeting; it begins the keys of all other records.
	key string
	// nameless: nobody is named in what was said. named is the first line of which a
	// name was left out, 0 for none; problems are the lines that name somebody.
	nameless bool
	// ruled: the map holds the meeting under the rule, the file does not.
	ruled    bool
	named    int
	problems loader.Problems
	entries  []*entry
	// topicOn is the topic on a line; confirmed are the lines of slots that are sure.
	topicOn   map[int]*entry
	confirmed map[int]bool
	// meetings are the ids of the document's meetings, in their order.
	meetings []record.ID
	// refers are the records that the file names and others have described.
	refers map[record.ID]bool
}

func newSpeaker(in loader.Reader, d document, doc *minutes.Document, key string) *speaker {
	f := d.file
	at := venues(in, f, doc, key)
	discreet := f.Discreet() || len(at) > 0
	ruled := len(at) > 0 && !f.Discreet() && len(in.Ladder) > 0
	if ruled {
		// Who was there is known to those who were there only, as it will be of the links.
		named := *f
		named.Attribution = access.Join(f.Attribution, access.NewClass(access.Atom{Level: in.Ladder.Highest(), Audience: at}))
		f = &named
	}
	return &speaker{
		Speaker: speech.New(in, f, "MINUTES"), doc: doc, part: d, key: key, nameless: discreet && !in.AllowHandles, ruled: ruled,
		topicOn: map[int]*entry{}, confirmed: map[int]bool{},
	}
}

// venues are the keys of what the map knows to be under the Chatham House Rule and
// the document belongs to: groups are named like them.
func venues(in loader.Reader, f *loader.File, doc *minutes.Document, key string) []string {
	ids := []record.ID{{Type: "Meeting", Key: key}, {Type: "Series", Key: f.Series}}
	for _, section := range doc.Sections {
		if m := ownKey.FindStringSubmatch(section.Title); m != nil {
			ids = append(ids, record.ID{Type: "Meeting", Key: m[1]})
		}
	}
	ruled := slices.ContainsFunc(ids, func(id record.ID) bool { return slices.Contains(in.Venues, id) })
	if !ruled {
		return nil
	}
	at := []string{key}
	if f.Series != "" {
		at = append(at, f.Series)
	}
	return at
}

// say is everything the document says: what is referred to first.
func (s *speaker) say(ctx context.Context, in loader.Reader) ([]record.Statement, error) {
	s.entries = s.outline()
	if s.of == nil {
		s.meetingIDs()
	} else {
		s.meetings = s.of.meetings
	}
	if err := s.refer(ctx, in); err != nil {
		return nil, err
	}
	for _, e := range s.entries {
		if e.topic != nil {
			s.topicOn[e.line] = e
		}
		if e.slot != nil && e.slot.Status == minutes.Confirmed {
			s.confirmed[e.line] = true
		}
	}
	if s.of == nil {
		s.sayMeetings()
	}
	s.attend()
	for _, e := range s.entries {
		s.sayEntry(e)
	}
	s.cover()
	s.cite()
	return s.All(), nil
}

// meetingIDs names the meetings: as their headings do, else by the file and the day.
func (s *speaker) meetingIDs() {
	used := map[string]bool{}
	name := nameOf(s.File.Place)
	for i, m := range s.doc.Meetings {
		key := namedMeeting(s.doc, m.Line)
		switch dated := name.series + "-" + m.Date; {
		case key != "":
		case i == 0:
			key = s.key
		case m.Date != "" && !used[dated]:
			key = dated
		default:
			key = s.key + "-" + strconv.Itoa(i+1)
		}
		used[key] = true
		s.meetings = append(s.meetings, record.ID{Type: "Meeting", Key: key})
	}
}

func (s *speaker) sayMeetings() {
	name := nameOf(s.File.Place)
	for i, m := range s.doc.Meetings {
		id := s.meetings[i]
		st := s.About(id, m.Line)
		if !s.refers[id] {
			s.sayTitle(st, m, name)
		}
		if m.Date != "" {
			st.Fields["date"] = m.Date
		}
		if s.File.Discreet() && !s.ruled {
			st.Fields["chathamHouse"] = true
		}
		if s.File.Series != "" {
			st.Links["series"] = []record.ID{{Type: "Series", Key: s.File.Series}}
		}
		if i == 0 && s.doc.DateConflict && !s.refers[id] {
			st.Fields["remark"] = "The name of the file says " + s.doc.FileNameDate + "."
		}
	}
}

var aDate = regexp.MustCompile(`(?i)\d{4}[-–.]?\d{1,2}[-–.]?\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b\d{1,2},? \d{4}\b`)

// sayTitle says the title of a meeting: its heading if that says more than a date,
// else one made of the name of its file and the date.
func (s *speaker) sayTitle(st *record.Statement, m minutes.Meeting, name fileName) {
	if title := withoutKey(titleOn(s.doc, m.Line)); strings.ContainsFunc(aDate.ReplaceAllString(title, ""), isLetter) {
		st.Fields["title"] = s.unnamed(m.Line, title)
		return
	}
	date := m.Date
	if date == "" {
		date = name.date
	}
	series := name.series
	if s.File.Series != "" {
		series = s.File.Series
	}
	s.Derive(st, "title", titled(series, date))
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
		name, affiliation := p.Affiliated()
		person := s.Person(p.Handle, name, p.Line)
		if person.Key == "" {
			continue
		}
		meeting := s.meetingAt(p.Line)
		s.Name(s.About(meeting, p.Line), "participants", person)
		note := strings.Trim(affiliation+", "+p.Note, ", ")
		if note == "" {
			continue
		}
		id := record.Joining("Attendance", meeting, person)
		st := s.About(id, p.Line)
		st.Source, st.Class = s.WhoSource(), s.File.Attribution
		st.Fields["note"] = note
		st.Links["meeting"], st.Links["person"] = []record.ID{meeting}, []record.ID{person}
	}
}

// meetingAt is the meeting that a line belongs to.
func (s *speaker) meetingAt(line int) record.ID {
	of := s
	if s.of != nil {
		of = s.of
	}
	meetings, here := of.doc.Meetings, s.part.at(line)
	after := sort.Search(len(meetings), func(i int) bool { return of.part.at(meetings[i].Line) > here })
	return s.meetings[max(after-1, 0)]
}
