package feed_test

import (
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/emersion/go-ical"

	"github.com/open-operations/opsmap/internal/feed"
)

// season is around the days on which clocks change, in zones that do so in spring, in autumn and never.
const season = `{"meetings": {"pageInfo": {"hasNextPage": false}, "nodes": [
  {"key": "one", "title": "Ceph; and, \"etcd\" \\ \nBEGIN:VEVENT", "zone": "Europe/Berlin", "startsAt": "2027-03-28T16:00:00Z",
   "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-02-01T00:00:00Z", "version": 3, "rsvp": "https://example.org/come",
   "sessions": {"nodes": [
     {"title": "Recovery", "state": "CONFIRMED", "minutes": 30, "updatedAt": "2026-02-01T00:00:09Z", "version": 2, "speakers": {"nodes": [{"handle": "ada"}]}},
     {"title": "Coffee", "state": "IDEA", "minutes": 45, "updatedAt": "2026-01-01T00:00:00Z"}]}},
  {"key": "two", "title": "Überraschung ☕ with a title that is longer than seventy-five octets, so that it has to be folded", "date": "2027-05-01",
   "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "sessions": {"nodes": [{"title": "x", "state": "CANCELLED"}]}},
  {"key": "three", "title": "no day yet", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-02-01T00:00:00Z"},
  {"key": "night", "title": "over the change", "zone": "Europe/Berlin", "startsAt": "2027-10-30T23:30:00Z", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z",
   "sessions": {"nodes": [{"title": "long", "state": "IDEA", "minutes": 180}]}},
  {"key": "south", "title": "Sydney", "zone": "Australia/Sydney", "startsAt": "2027-01-20T07:00:00Z", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"},
  {"key": "never", "title": "Kolkata", "zone": "Asia/Kolkata", "startsAt": "2027-01-20T12:30:00Z", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"},
  {"key": "lost", "title": "no such zone", "zone": "Europe/Nowhere", "startsAt": "2027-01-20T12:30:00Z", "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}]}}`

// entry is what a parser found of an event.
type entry struct {
	uid, summary, status, sequence string
	start, end                     time.Time
}

var entries = []entry{
	// 18:00 in Berlin on the day on which summer time begins.
	{"meeting-one@opsmap", "Ceph; and, \"etcd\" \\ \nBEGIN:VEVENT", "CONFIRMED", "2678414", instant("2027-03-28T16:00:00Z"), instant("2027-03-28T17:15:00Z")},
	{"meeting-two@opsmap", "Überraschung ☕ with a title that is longer than seventy-five octets, so that it has to be folded", "CANCELLED", "0", instant("2027-05-01T00:00:00Z"), instant("2027-05-02T00:00:00Z")},
	{"meeting-night@opsmap", "over the change", "TENTATIVE", "0", instant("2027-10-30T23:30:00Z"), instant("2027-10-31T02:30:00Z")},
	{"meeting-south@opsmap", "Sydney", "TENTATIVE", "0", instant("2027-01-20T07:00:00Z"), instant("2027-01-20T08:30:00Z")},
	{"meeting-never@opsmap", "Kolkata", "TENTATIVE", "0", instant("2027-01-20T12:30:00Z"), instant("2027-01-20T14:00:00Z")},
	{"meeting-lost@opsmap", "no such zone", "TENTATIVE", "0", instant("2027-01-20T12:30:00Z"), instant("2027-01-20T14:00:00Z")},
}

func instant(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func calendar(t *testing.T) string {
	t.Helper()
	text, err := feed.Calendar(t.Context(), said(season), "https://map.example.org", "")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestCalendarLines holds every line to RFC 5545: CRLF, at most 75 octets, no character cut in two.
func TestCalendarLines(t *testing.T) {
	text := calendar(t)
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || strings.ContainsRune(line, '\ufffd') {
			t.Errorf("a line that RFC 5545 does not allow: %q", line)
		}
	}
	if !strings.Contains(text, "DTSTART;VALUE=DATE:20270501\r\nDTEND;VALUE=DATE:20270502") {
		t.Error("a meeting without an hour takes the whole day")
	}
	for _, definition := range []string{
		// The clocks of Berlin at both ends of the summer, of Sydney in its summer, of Kolkata ever since.
		"BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n" +
			"BEGIN:STANDARD\r\nDTSTART:20271031T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
		"TZID:Australia/Sydney\r\nBEGIN:DAYLIGHT\r\nDTSTART:20261004T020000\r\nTZOFFSETFROM:+1000\r\nTZOFFSETTO:+1100\r\n",
		"TZID:Asia/Kolkata\r\nBEGIN:STANDARD\r\nDTSTART:19451015T000000\r\n",
	} {
		if !strings.Contains(text, definition) {
			t.Errorf("%q is not in\n%s", definition, text)
		}
	}
	if strings.Contains(text, "three") || strings.Contains(text, "Nowhere") {
		t.Error("a meeting without a day, or a zone that nobody knows, is in the calendar")
	}
}

// TestCalendarByItsWriter reads the calendar with the library that wrote it.
func TestCalendarByItsWriter(t *testing.T) {
	cal, err := ics.ParseCalendar(strings.NewReader(calendar(t)))
	if err != nil {
		t.Fatal(err)
	}
	var got []entry
	for _, e := range cal.Events() {
		value := func(p ics.ComponentProperty) string { return e.GetProperty(p).Value }
		start, err := e.GetStartAt()
		if err != nil {
			t.Fatal(err)
		}
		end, err := e.GetEndAt()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, entry{value(ics.ComponentPropertyUniqueId), value(ics.ComponentPropertySummary), value(ics.ComponentPropertyStatus), value(ics.ComponentPropertySequence), start, end})
	}
	compareEntries(t, got)
}

// TestCalendarByAnother reads it with a library that had no part in writing it.
func TestCalendarByAnother(t *testing.T) {
	cal, err := ical.NewDecoder(strings.NewReader(calendar(t))).Decode()
	if err != nil {
		t.Fatal(err)
	}
	var got []entry
	for _, e := range cal.Events() {
		text := func(name string) string {
			s, err := e.Props.Text(name)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		start, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		end, err := e.DateTimeEnd(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, entry{text(ical.PropUID), text(ical.PropSummary), text(ical.PropStatus), e.Props.Get(ical.PropSequence).Value, start, end})
	}
	compareEntries(t, got)
}

func compareEntries(t *testing.T, got []entry) {
	t.Helper()
	if len(got) != len(entries) {
		t.Fatalf("%d events, want %d", len(got), len(entries))
	}
	for i, want := range entries {
		g := got[i]
		if !g.start.Equal(want.start) || !g.end.Equal(want.end) {
			t.Errorf("%s is from %s to %s, want %s to %s", want.uid, g.start, g.end, want.start, want.end)
		}
		g.start, g.end = want.start, want.end
		if g != want {
			t.Errorf("got  %+v\nwant %+v", g, want)
		}
	}
}
