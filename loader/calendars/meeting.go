package calendars

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
	"github.com/open-operations/opsmap/loader/speech"
)

// sayer turns the events of one file into meetings.
type sayer struct {
	*speech.Speaker
	in loader.Reader
	// others are meetings that somebody else speaks of.
	others map[string]bool
	// former are the keys of the file's meetings by the source that said them; taken
	// are keys that another event has.
	former map[string]string
	taken  map[string]bool
	// last is the number that the last key with the same beginning got.
	last map[string]int
}

func newSayer(in loader.Reader, f *loader.File, known []record.ID) *sayer {
	s := &sayer{Speaker: speech.New(in, f, "OTHER"), in: in, others: map[string]bool{}, former: map[string]string{}, taken: map[string]bool{}, last: map[string]int{}}
	for _, id := range known {
		if id.Type == "Meeting" {
			s.others[id.Key] = true
		}
	}
	for _, p := range f.Prior.Of("Meeting") {
		s.former[p.Source], s.taken[p.ID.Key] = p.ID.Key, true
		delete(s.others, p.ID.Key)
	}
	return s
}

var escape = strings.NewReplacer("%", "%25", " ", "%20", "\n", "%0A")

// source is the name under which the file speaks of an event: what an event is
// called in there does not change.
func (s *sayer) source(e *event) string {
	source := s.File.Source + "#" + escape.Replace(e.uid)
	if e.occurrence != "" {
		source += "@" + e.occurrence
	}
	return source
}

// ours is how the calendar feed of this program names a meeting.
var ours = regexp.MustCompile(`^meeting-([a-z0-9-]+)@opsmap$`)

// untitled is the title of an event that has none.
const untitled = "Meeting"

// say says one event.
func (s *sayer) say(e *event) {
	source := s.source(e)
	key := s.former[source]
	if m := ours.FindStringSubmatch(e.uid); m != nil {
		if key = m[1]; s.others[key] {
			return // it was made of what the map knows
		}
		e.url = ""
	}
	if key == "" {
		key = s.newKey(e)
	}
	id := record.ID{Type: "Meeting", Key: key}
	if s.Said(id) != nil {
		return
	}
	s.taken[key] = true
	st := s.About(id, e.line)
	st.Source, st.Class = source, s.class(e)
	s.sayTitle(st, e)
	if e.start.day {
		st.Fields["date"] = e.start.at.Format(time.DateOnly)
	} else {
		st.Fields["startsAt"] = e.start.at.UTC().Format(time.RFC3339)
	}
	if e.start.zone != "" {
		st.Fields["zone"] = e.start.zone
	}
	if strings.HasPrefix(e.url, "https://") || strings.HasPrefix(e.url, "http://") {
		st.Fields["rsvp"] = e.url
	}
	if e.location != "" {
		st.Fields["remark"] = "Location: " + s.discreet(e.location)
	}
	if s.File.Discreet() {
		st.Fields["chathamHouse"] = true
	}
	if s.File.Series != "" {
		st.Links["series"] = []record.ID{{Type: "Series", Key: s.File.Series}}
	}
}

func (s *sayer) sayTitle(st *record.Statement, e *event) {
	if e.title == "" {
		s.Derive(st, "title", untitled)
		return
	}
	st.Fields["title"] = s.discreet(e.title)
}

func (s *sayer) discreet(text string) string {
	if s.File.Discreet() {
		return speech.WithoutHandles(text)
	}
	return text
}

// newKey is the series, or the words of the title, with the day: the meeting that
// minutes of that day have too.
func (s *sayer) newKey(e *event) string {
	base := s.File.Series
	if base == "" {
		base = identity.Slug(cmp.Or(e.title, untitled))
	}
	base += "-" + e.start.at.Format(time.DateOnly)
	key := base
	for n := max(s.last[base], 1) + 1; s.taken[key]; n++ {
		key, s.last[base] = base+"-"+strconv.Itoa(n), n
	}
	return key
}

// class of an event: what its calendar calls private is not more open than records
// that state no level.
func (s *sayer) class(e *event) access.Class {
	if e.class != "PRIVATE" && e.class != "CONFIDENTIAL" {
		return s.File.Class
	}
	level := s.in.Ladder.Unlabelled()
	if s.in.Ladder.WithoutAudience(access.Atom{Level: level}) != "" {
		return s.File.Class
	}
	return access.Join(s.File.Class, access.NewClass(access.Atom{Level: level}))
}
