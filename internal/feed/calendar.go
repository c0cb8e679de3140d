package feed

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/open-operations/opsmap/internal/asking"
)

// usual is how long a meeting takes whose sessions do not say.
const usual = 90 * time.Minute

// Calendar writes the meetings that have a day as an iCalendar object (RFC 5545, with
// CRLF). An hour is that on the clocks of the meeting's zone, which is defined beside
// the events, summer time included; in UTC where the zone is not known. A meeting
// without an hour is an event of the whole day. UIDs are made of the meeting's key,
// SEQUENCE of the seconds between its beginning and the last change of it or of a
// session, and how often they were changed: under the Chatham House Rule only the day
// of a change is told. base is the address of this server;
// layer limits it to meetings about one layer, empty for all, and is NOT_FOUND when it
// cannot be seen.
func Calendar(ctx context.Context, by asking.By, base, layer string) ([]byte, error) {
	if err := findLayer(ctx, by, layer); err != nil {
		return nil, err
	}
	all, err := meetings(ctx, by, layer)
	if err != nil {
		return nil, err
	}
	cal := ics.NewCalendar()
	cal.SetProductId("-//opsmap//meetups//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName("Open Operations meetups")
	cal.SetRefreshInterval("PT1H")
	zones := spans{}
	var events []*ics.VEvent
	for i := range all {
		e, err := event(&all[i], base, zones)
		if err != nil {
			return nil, err
		}
		if e != nil {
			events = append(events, e)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(zones)) {
		cal.AddVTimezone(zones[name].define(name))
	}
	for _, e := range events {
		cal.AddVEvent(e)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows)), nil
}

// event is a meeting in the calendar; nil for one without a day.
func event(m *Meeting, base string, zones spans) (*ics.VEvent, error) {
	if m.StartsAt == "" && m.Date == "" {
		return nil, nil
	}
	created, updated, err := m.changed()
	if err != nil {
		return nil, err
	}
	e := ics.NewEvent("meeting-" + m.Key + "@opsmap")
	e.SetDtStampTime(updated)
	e.SetModifiedAt(updated)
	e.SetSequence(int(updated.Sub(created)/time.Second) + m.versions())
	e.SetSummary(clean(m.Title))
	e.SetDescription(clean(m.agenda()))
	e.SetURL(base + "/meetings/" + m.Key + "/announcement.md")
	e.SetStatus(m.status())
	start := m.begins()
	if start.IsZero() {
		day, err := time.Parse(time.DateOnly, m.Date)
		if err != nil {
			return nil, fmt.Errorf("BUG: a day: %w", err)
		}
		e.SetAllDayStartAt(day)
		e.SetAllDayEndAt(day.AddDate(0, 0, 1))
		return e, nil
	}
	end := start.Add(m.length())
	if start.Location() == time.UTC {
		e.SetStartAt(start)
		e.SetEndAt(end)
		return e, nil
	}
	zones.add(start, end)
	zone := ics.WithTZID(start.Location().String())
	e.SetProperty(ics.ComponentPropertyDtStart, start.Format(onTheClock), zone)
	e.SetProperty(ics.ComponentPropertyDtEnd, end.Format(onTheClock), zone)
	return e, nil
}

// changed is when a meeting was there first, and when it or one of its sessions was
// changed last: a session that is called off changes the event.
func (m *Meeting) changed() (created, updated time.Time, err error) {
	if created, err = time.Parse(time.RFC3339, m.CreatedAt); err != nil {
		return created, updated, fmt.Errorf("BUG: an instant: %w", err)
	}
	last := m.UpdatedAt
	for i := range m.Sessions.Nodes {
		last = max(last, m.Sessions.Nodes[i].UpdatedAt)
	}
	if updated, err = time.Parse(time.RFC3339, last); err != nil {
		return created, updated, fmt.Errorf("BUG: an instant: %w", err)
	}
	return created, updated, nil
}

// length is what the sessions take together.
func (m *Meeting) length() time.Duration {
	total := 0
	for _, s := range m.Sessions.Nodes {
		if s.State != cancelled {
			total += s.Minutes
		}
	}
	if total == 0 {
		return usual
	}
	return time.Duration(total) * time.Minute
}

// status is cancelled when all sessions are, confirmed once one is announced.
func (m *Meeting) status() ics.ObjectStatus {
	off, sure := len(m.Sessions.Nodes) > 0, false
	for _, s := range m.Sessions.Nodes {
		off = off && s.State == cancelled
		sure = sure || s.State == "CONFIRMED" || s.State == "ANNOUNCED" || s.State == "HELD"
	}
	switch {
	case off:
		return ics.ObjectStatusCancelled
	case sure:
		return ics.ObjectStatusConfirmed
	default:
		return ics.ObjectStatusTentative
	}
}

// agenda is the sessions, one a line.
func (m *Meeting) agenda() string {
	var lines []string
	for _, s := range m.Sessions.Nodes {
		line := s.Title
		var speakers []string
		for _, p := range s.Speakers.Nodes {
			speakers = append(speakers, p.shown())
		}
		if len(speakers) > 0 {
			line += " (" + strings.Join(speakers, ", ") + ")"
		}
		if s.State == cancelled {
			line += ": cancelled"
		}
		lines = append(lines, line)
	}
	if m.Rsvp != "" {
		lines = append(lines, m.Rsvp)
	}
	return strings.Join(lines, "\n")
}

// clean leaves out what a feed may not hold: control characters but line ends.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if (r < ' ' && r != '\n') || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// versions counts the changes of a meeting and its sessions.
func (m *Meeting) versions() int {
	n := m.Version
	for i := range m.Sessions.Nodes {
		n += m.Sessions.Nodes[i].Version
	}
	return n
}
