package mutation

import (
	"time"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/internal/zone"
)

// createSeries makes a row of meetings.
func createSeries(m *work) error {
	fields := map[string]any{"sources": m.here(), "name": m.title("name")}
	m.plain(fields, "curated", "chathamHouse")
	m.number(fields, "preparedMax", 100)
	m.lineOf(fields, "channel")
	if text.Unsafe(m.in.text("channel")) {
		m.wrong("input.channel", "it must not become a link; right is an address that begins with https://, or a plain name")
	}
	m.lineOf(fields, "language")
	series := record.ID{Type: "Series", Key: m.newKey(m.in.text("name"))}
	m.say(record.Statement{Source: m.actor(), ID: series, Fields: fields, Class: m.class()})
	m.result["series"] = series
	return nil
}

// createMeeting sets a date.
func createMeeting(m *work) error {
	fields, links := map[string]any{"sources": m.here(), "title": m.title("title")}, map[string][]record.ID{}
	day := m.begins(fields)
	m.plain(fields, "chathamHouse")
	if m.in.given("rsvp") {
		fields["rsvp"] = m.address("input.rsvp", m.in.text("rsvp"))
	}
	class := m.class()
	if err := m.link(links, "audienceLevel", "ConfidentialityLevel"); err != nil {
		return err
	}
	if levels := links["audienceLevel"]; len(levels) > 0 && levels[0].Key != nobody && !m.within(levels[0].Key) {
		m.problems = append(m.problems, m.notFound("input.audienceLevel"))
	}
	if err := m.link(links, "series", "Series"); err != nil {
		return err
	}
	if err := m.freeDay(links["series"], day); err != nil {
		return err
	}
	meeting := record.ID{Type: "Meeting", Key: m.newKey(m.in.text("title") + " " + day)}
	m.say(record.Statement{Source: m.actor(), ID: meeting, Fields: fields, Links: links, Class: class})
	m.result["meeting"] = meeting
	return nil
}

// begins is when a meeting is, and its day where it is held.
func (m *work) begins(fields map[string]any) string {
	if m.in.given("zone") {
		if _, ok := zone.Find(m.in.text("zone")); !ok {
			m.wrong("input.zone", "there is no such zone; right is a name such as Europe/Berlin")
		}
		m.plain(fields, "zone")
	}
	m.plain(fields, "startsAt", "date")
	day := m.in.text("date")
	if day != "" && day < m.today() {
		m.wrong("input.date", "%s has passed; today is %s", day, m.today())
	}
	starts, given := instant(m.in.text("startsAt"))
	if !given {
		if day == "" {
			m.wrong("input.startsAt", "it has no date; right is when it starts, or its date")
		}
		return day
	}
	if !starts.After(m.call.Now) {
		m.wrong("input.startsAt", "%s has passed; right is an instant to come", m.in.text("startsAt"))
	}
	held := starts.In(zone.OrUTC(m.in.text("zone"))).Format(time.DateOnly)
	if day != "" && day != held {
		m.wrong("input.date", "it is %s, and the meeting starts on %s; right is that, or no date", day, held)
	}
	return held
}

// instant reads a DateTime.
func instant(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339, s)
	return t, err == nil
}

// date of a meeting as it is read.
type date struct{ StartsAt, Date, Zone string }

func (d date) day() string {
	starts, given := instant(d.StartsAt)
	if !given {
		return d.Date
	}
	return starts.In(zone.OrUTC(d.Zone)).Format(time.DateOnly)
}

// freeDay refuses a second meeting of a series on one day, as far as the first may be
// seen.
func (m *work) freeDay(series []record.ID, day string) error {
	if len(series) == 0 || day == "" {
		return nil
	}
	var answer struct {
		Series *struct{ Meetings struct{ Nodes []date } }
	}
	if err := m.read("Dates", series[0].Key, &answer); err != nil || answer.Series == nil {
		return err
	}
	for _, other := range answer.Series.Meetings.Nodes {
		if other.day() == day {
			field := "input.startsAt"
			if !m.in.given("startsAt") {
				field = "input.date"
			}
			m.wrong(field, "the series has a meeting on %s already; right is another day", day)
			return nil
		}
	}
	return nil
}

// read asks one of the package's operations about the record with a key.
func (m *work) read(document, key string, into any) error {
	return m.call.Read(m.ctx, m.writer.documents[document], map[string]any{"key": key}, into)
}
