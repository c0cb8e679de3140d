package feed

import (
	"context"
	"fmt"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// usual is how long a meeting takes whose sessions do not say.
const usual = 90 * time.Minute

// Calendar writes the meetings that have a day as an iCalendar object (RFC 5545, with
// CRLF). Instants are in UTC, so that every client shows them in its own zone, summer
// time included; a meeting without an hour is an event of the whole day. UIDs are made
// of the meeting's key, SEQUENCE of its version. base is the address of this server;
// layer limits it to meetings about one layer, empty for all.
func Calendar(ctx context.Context, ask Ask, base, layer string) ([]byte, error) {
	all, err := meetings(ctx, ask, layer)
	if err != nil {
		return nil, err
	}
	cal := ics.NewCalendar()
	cal.SetProductId("-//opsmap//meetups//EN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName("Open Operations meetups")
	cal.SetRefreshInterval("PT1H")
	for i := range all {
		if err := event(cal, &all[i], base); err != nil {
			return nil, err
		}
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows)), nil
}

func event(cal *ics.Calendar, m *Meeting, base string) error {
	if m.StartsAt == "" && m.Date == "" {
		return nil
	}
	updated, err := time.Parse(time.RFC3339, m.UpdatedAt)
	if err != nil {
		return fmt.Errorf("BUG: an instant: %w", err)
	}
	e := cal.AddEvent("meeting-" + m.Key + "@opsmap")
	e.SetDtStampTime(updated)
	e.SetModifiedAt(updated)
	e.SetSequence(m.Version - 1)
	e.SetSummary(clean(m.Title))
	e.SetDescription(clean(m.agenda()))
	e.SetURL(base + "/meetings/" + m.Key + "/announcement.md")
	e.SetStatus(m.status())
	if m.StartsAt == "" {
		day, err := time.Parse(time.DateOnly, m.Date)
		if err != nil {
			return fmt.Errorf("BUG: a day: %w", err)
		}
		e.SetAllDayStartAt(day)
		e.SetAllDayEndAt(day.AddDate(0, 0, 1))
		return nil
	}
	start, err := time.Parse(time.RFC3339, m.StartsAt)
	if err != nil {
		return fmt.Errorf("BUG: an instant: %w", err)
	}
	e.SetStartAt(start)
	e.SetEndAt(start.Add(m.length()))
	return nil
}

// length is what the sessions take together.
func (m *Meeting) length() time.Duration {
	total := 0
	for _, s := range m.Sessions.Nodes {
		if s.State != "CANCELLED" {
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
	cancelled, sure := len(m.Sessions.Nodes) > 0, false
	for _, s := range m.Sessions.Nodes {
		cancelled = cancelled && s.State == "CANCELLED"
		sure = sure || s.State == "CONFIRMED" || s.State == "ANNOUNCED" || s.State == "HELD"
	}
	switch {
	case cancelled:
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
		if s.State == "CANCELLED" {
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
