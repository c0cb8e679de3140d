package mutation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// The states of a session that ends.
const (
	held      = "HELD"
	cancelled = "CANCELLED"
)

// usualLength is how long a session is taken to last that does not say.
const usualLength = 60 * time.Minute

// slot is a session as others see when it is.
type slot struct {
	ID       string
	Key      string
	State    string
	StartsAt string
	Minutes  int
	Meeting  *struct{ Key, StartsAt string }
	Topics   struct{ Nodes []struct{ ID string } }
}

func (s slot) gone() bool { return s.State == cancelled }

// span is when a session is; ok is false where nobody knows. A session without a
// time of its own is at that of its meeting.
func (s slot) span() (from, to time.Time, ok bool) {
	from, ok = instant(s.StartsAt)
	if !ok && s.Meeting != nil {
		from, ok = instant(s.Meeting.StartsAt)
	}
	length := usualLength
	if s.Minutes > 0 {
		length = time.Duration(s.Minutes) * time.Minute
	}
	return from, from.Add(length), ok
}

// meets reports whether two sessions are at one time.
func (s slot) meets(other slot) bool {
	from, to, ok := s.span()
	otherFrom, otherTo, otherOK := other.span()
	return ok && otherOK && from.Before(otherTo) && otherFrom.Before(to)
}

// createSession makes a slot of a meeting.
func createSession(m *work) error {
	fields, links := map[string]any{"sources": m.here(), "title": m.title("title")}, map[string][]record.ID{}
	m.plain(fields, "format", "startsAt")
	m.number(fields, "minutes", 480)
	m.number(fields, "dots", 20)
	m.prose(fields, "announcement")
	class := m.class()
	for _, end := range [][2]string{{"meeting", "Meeting"}, {"series", "Series"}, {"story", "Story"}} {
		if err := m.link(links, end[0], end[1]); err != nil {
			return err
		}
	}
	for _, end := range [][2]string{{"topics", "Topic"}, {"speakers", "Person"}} {
		if err := m.links(links, end[0], end[1]); err != nil {
			return err
		}
	}
	if err := m.placed(links); err != nil {
		return err
	}
	session := record.ID{Type: "Session", Key: m.newKey(m.in.text("title"))}
	m.say(record.Statement{Source: m.actor(), ID: session, Fields: fields, Links: links, Class: class})
	m.result["session"] = session
	return nil
}

// placed refuses a session that is at the same time as another of its meeting, or
// whose speaker is elsewhere then, as far as that may be seen.
func (m *work) placed(links map[string][]record.ID) error {
	minutes, _ := m.in["minutes"].(int64)
	session := slot{StartsAt: m.in.text("startsAt"), Minutes: int(minutes)}
	if meeting := links["meeting"]; len(meeting) > 0 {
		at, err := m.meeting(meeting[0].Key)
		if err != nil {
			return err
		}
		session.Meeting = &struct{ Key, StartsAt string }{meeting[0].Key, at.StartsAt}
		m.fits(session, at)
	}
	list := m.in.list("speakers")
	if len(links["speakers"]) < len(list) {
		m.wrong("input.speakers", "a speaker stands twice; each stands once")
		return nil
	}
	for i, speaker := range links["speakers"] {
		if err := m.elsewhere("input.speakers."+strconv.Itoa(i), speaker, session); err != nil {
			return err
		}
	}
	return nil
}

// agenda is a meeting with its sessions.
type agenda struct {
	date
	Sessions struct{ Nodes []slot }
}

// meeting reads one; a zero agenda when it is not there.
func (m *work) meeting(key string) (agenda, error) {
	var answer struct{ Meeting *agenda }
	err := m.read("Agenda", key, &answer)
	if answer.Meeting == nil {
		return agenda{}, err
	}
	return *answer.Meeting, err
}

// fits holds a session with a time against those of its meeting.
func (m *work) fits(s slot, at agenda) {
	starts, timed := instant(s.StartsAt)
	if !timed {
		return
	}
	if begins, known := instant(at.StartsAt); known && starts.Before(begins) {
		m.wrong("input.startsAt", "%s is before the meeting starts, at %s", s.StartsAt, at.StartsAt)
	}
	for _, other := range at.Sessions.Nodes {
		if other.StartsAt != "" && !other.gone() && s.meets(other) {
			m.wrong("input.startsAt", "the session %s of that meeting is at the same time; right is a time when none is", other.Key)
			return
		}
	}
}

// elsewhere refuses a speaker who speaks in another session at that time. Of two
// sessions of one meeting without times nobody knows.
func (m *work) elsewhere(field string, speaker record.ID, s slot) error {
	var answer struct {
		Person *struct{ SpeaksIn struct{ Nodes []slot } }
	}
	if err := m.read("Speaker", speaker.Key, &answer); err != nil || answer.Person == nil {
		return err
	}
	for _, other := range answer.Person.SpeaksIn.Nodes {
		one := s.Meeting != nil && other.Meeting != nil && s.Meeting.Key == other.Meeting.Key
		if one && (s.StartsAt == "" || other.StartsAt == "") || other.gone() || !s.meets(other) {
			continue
		}
		m.wrong(field, "the session %s has the same speaker at that time; right is another time, or somebody else", other.Key)
		return nil
	}
	return nil
}

// moves are the states that a session may move to.
var moves = map[string][]string{
	"IDEA": {"IDEA", "ASKED", "CONFIRMED", "ANNOUNCED", held, cancelled}, "ASKED": {"IDEA", "ASKED", "CONFIRMED", "ANNOUNCED", held, cancelled},
	"CONFIRMED": {"IDEA", "ASKED", "CONFIRMED", "ANNOUNCED", held, cancelled}, "ANNOUNCED": {"CONFIRMED", "ANNOUNCED", held, cancelled},
	held: {held}, cancelled: {cancelled, "IDEA", "ASKED"},
}

// moveSession moves a session on.
func moveSession(m *work) error {
	session, err := m.subject("session", "Session")
	if err != nil {
		return err
	}
	var answer struct{ Session *slot }
	if err := m.read("AgendaSession", session.Key, &answer); err != nil {
		return err
	}
	if answer.Session != nil {
		m.mayMove("input.state", *answer.Session, m.in.text("state"))
	}
	m.outcome("input", session, m.in)
	m.result["session"] = session
	return nil
}

func (m *work) mayMove(field string, s slot, to string) {
	if slices.Contains(moves[s.State], to) {
		return
	}
	m.wrong(field, "a session that is %s does not become %s; right is one of %s", s.State, to, strings.Join(moves[s.State], ", "))
}

// outcome says what a session came to: each field by a source of its own, so that
// what was said of the others stands.
func (m *work) outcome(field string, session record.ID, in input) {
	m.set(session, "state", in["state"])
	for _, name := range []string{"recording", "slides", "writeUp"} {
		if in.given(name) {
			m.set(session, name, m.address(field+"."+name, in.text(name)))
		}
	}
}

// set says a field of a record that is there: it counts for everybody who may see the
// record, until somebody says something else.
func (m *work) set(id record.ID, field string, value any) {
	m.say(record.Statement{Source: "set:" + field, ID: id, Fields: map[string]any{field: value}, Class: access.Inherited()})
}
