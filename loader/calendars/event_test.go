package calendars

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"
)

// calendarOf wraps events; each is its properties without its UID.
func calendarOf(head string, events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + head)
	for i, e := range events {
		uid := ""
		if !strings.Contains(e, "UID:") {
			uid = fmt.Sprintf("UID:%c\r\n", 'a'+i)
		}
		b.WriteString("BEGIN:VEVENT\r\n" + uid + strings.ReplaceAll(e, "\n", "\r\n") + "\r\nEND:VEVENT\r\n")
	}
	return b.String() + "END:VCALENDAR\r\n"
}

// read reads a calendar in November 2026, one event a line; warnings behind it.
func read(text string) (events, warnings []string) {
	c := parse(text)
	r := &reader{zones: c.zonesOf(), now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), left: mostOfAll, days: mostDays, steps: mostSteps}
	r.warn = func(line int, message, hint string) {
		warnings = append(warnings, fmt.Sprintf("%d: %s; %s", line, message, hint))
	}
	for _, e := range r.events(c) {
		when := e.start.at.UTC().Format("2006-01-02T15:04Z")
		if e.start.day {
			when = e.start.at.Format(time.DateOnly)
		}
		events = append(events, strings.TrimSpace(fmt.Sprintf("%s@%s %s %s %s", e.uid, e.occurrence, when, e.start.zone, cmp.Or(e.title, untitled))))
	}
	return events, warnings
}

func TestEvents(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
		warns      string
	}{
		{"in UTC", calendarOf("", "SUMMARY:A\nDTSTART:20261201T170000Z"), []string{"a@ 2026-12-01T17:00Z  A"}, ""},
		{"in a zone, folded, escaped", calendarOf("", "SUMMARY:Ceph\\, a\n nd etcd\nDTSTART;TZID=Europe/Berlin:20260701T180000"), []string{"a@ 2026-07-01T16:00Z Europe/Berlin Ceph, and etcd"}, ""},
		{"in a zone of Microsoft", calendarOf("", "DTSTART;TZID=W. Europe Standard Time:20261201T180000"), []string{"a@ 2026-12-01T17:00Z Europe/Berlin Meeting"}, ""},
		{"in a zone as Outlook shows it", calendarOf("", "DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern\":20260701T180000"), []string{"a@ 2026-07-01T16:00Z Europe/Amsterdam Meeting"}, ""},
		{"in a zone with a path", calendarOf("", "DTSTART;TZID=/example.org/2026_1/Europe/Berlin:20261201T180000"), []string{"a@ 2026-12-01T17:00Z Europe/Berlin Meeting"}, ""},
		{"in a zone that the calendar describes", calendarOf("BEGIN:VTIMEZONE\r\nTZID:Ours\r\nX-LIC-LOCATION:Europe/Berlin\r\nEND:VTIMEZONE\r\n", "DTSTART;TZID=Ours:20261201T180000"), []string{"a@ 2026-12-01T17:00Z Europe/Berlin Meeting"}, ""},
		{"in the calendar's zone", calendarOf("X-WR-TIMEZONE:Europe/Berlin\r\n", "DTSTART:20261201T180000"), []string{"a@ 2026-12-01T17:00Z Europe/Berlin Meeting"}, ""},
		{"in a zone nobody knows", calendarOf("", "DTSTART;TZID=Middle Earth:20261201T180000"), nil, `5: DTSTART: the zone "Middle Earth" is not known`},
		{"a whole day", calendarOf("", "DTSTART;VALUE=DATE:20261201"), []string{"a@ 2026-12-01  Meeting"}, ""},
		{"no such day", calendarOf("", "DTSTART;VALUE=DATE:20260230"), nil, `5: DTSTART: "20260230" is no day`},
		{"cancelled", calendarOf("", "DTSTART:20261201T170000Z\nSTATUS:CANCELLED"), nil, ""},
		{"all cancelled", calendarOf("METHOD:CANCEL\r\n", "DTSTART:20261201T170000Z"), nil, ""},
		{"twice, the newer counts", calendarOf("", "UID:x\nSEQUENCE:2\nDTSTART:20261203T170000Z", "UID:x\nSEQUENCE:1\nDTSTART:20261201T170000Z"), []string{"x@ 2026-12-03T17:00Z  Meeting"}, ""},
		{"no UID", strings.Replace(calendarOf("", "DTSTART:20261201T170000Z"), "UID:a\r\n", "", 1), nil, "3: the event has no UID"},
		{
			"every month over the end of summer time, one left out, one moved, one cancelled",
			calendarOf("", "UID:x\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20260902T180000\nRRULE:FREQ=MONTHLY;BYDAY=1WE;COUNT=5\nEXDATE;TZID=Europe/Berlin:20261007T180000",
				"UID:x\nSUMMARY:Moved\nRECURRENCE-ID;TZID=Europe/Berlin:20261104T180000\nDTSTART;TZID=Europe/Berlin:20261105T190000",
				"UID:x\nSTATUS:CANCELLED\nRECURRENCE-ID;TZID=Europe/Berlin:20261202T180000\nDTSTART;TZID=Europe/Berlin:20261202T180000"),
			[]string{"x@20260902T160000Z 2026-09-02T16:00Z Europe/Berlin A", "x@20261104T170000Z 2026-11-05T18:00Z Europe/Berlin Moved", "x@20270106T170000Z 2027-01-06T17:00Z Europe/Berlin A"},
			"",
		},
		{
			"from one on later, and called otherwise",
			calendarOf("", "UID:x\nSUMMARY:A\nDTSTART:20261201T100000Z\nRRULE:FREQ=WEEKLY;COUNT=4",
				"UID:x\nSUMMARY:B\nRECURRENCE-ID;RANGE=THISANDFUTURE:20261208T100000Z\nDTSTART:20261208T120000Z",
				"UID:x\nSUMMARY:C\nRECURRENCE-ID:20261215T100000Z\nDTSTART:20261216T080000Z"),
			[]string{"x@20261201T100000Z 2026-12-01T10:00Z  A", "x@20261208T100000Z 2026-12-08T12:00Z  B", "x@20261215T100000Z 2026-12-16T08:00Z  C", "x@20261222T100000Z 2026-12-22T12:00Z  B"}, "",
		},
		{"a day left out of hours", calendarOf("", "DTSTART;TZID=Europe/Berlin:20261201T003000\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20261208\nSUMMARY:A"), []string{"a@20261130T233000Z 2026-11-30T23:30Z Europe/Berlin A"}, ""},
		{
			"two calendars, one of which takes back", calendarOf("METHOD:CANCEL\r\n", "DTSTART:20261201T170000Z") + calendarOf("", "DTSTART:20261202T170000Z\nSUMMARY:B"),
			[]string{"a@ 2026-12-02T17:00Z  B"}, "",
		},
		{"days that are added", calendarOf("", "DTSTART;VALUE=DATE:20261201\nRDATE;VALUE=DATE:20261208,20261201"), []string{"a@20261201 2026-12-01  Meeting", "a@20261208 2026-12-08  Meeting"}, ""},
		{"every second", calendarOf("", "DTSTART:20261201T170000Z\nRRULE:FREQ=SECONDLY"), []string{"a@20261201T170000Z 2026-12-01T17:00Z  Meeting"}, "SECONDLY is more often than people meet"},
		{"no rule", calendarOf("", "DTSTART:20261201T170000Z\nRRULE:FREQ=NEVER"), []string{"a@20261201T170000Z 2026-12-01T17:00Z  Meeting"}, "6: RRULE:"},
	} {
		got, warnings := read(c.text)
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
		if all := strings.Join(warnings, "\n"); (all == "") != (c.warns == "") || !strings.Contains(all, c.warns) {
			t.Errorf("%s: warnings %q, want %q", c.name, all, c.warns)
		}
	}
}

// TestRulesAreBounded: a rule without an end goes as far as a year ahead, and one
// that happens too often is cut, with a warning.
func TestRulesAreBounded(t *testing.T) {
	weekly, warnings := read(calendarOf("", "DTSTART:20261201T170000Z\nRRULE:FREQ=WEEKLY"))
	if len(weekly) != 52 || len(warnings) > 0 {
		t.Errorf("%d weeks, %q", len(weekly), warnings)
	}
	daily, warnings := read(calendarOf("", "DTSTART:20200101T170000Z\nRRULE:FREQ=DAILY"))
	if len(daily) != most || len(warnings) != 1 {
		t.Errorf("%d days, %q", len(daily), warnings)
	}
	if last := daily[len(daily)-1]; !strings.Contains(last, "2027-11-24T17:00Z") {
		t.Errorf("of too many events the last is %s, and not the one a year ahead", last)
	}
	often, warnings := read(calendarOf("", "DTSTART:19700101T000000Z\nRRULE:FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13"))
	if len(often) != most || len(warnings) != 1 {
		t.Errorf("%d events a day, %q", len(often), warnings)
	}
	var many []string
	for range 1000 {
		many = append(many, "DTSTART:19700101T170000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
	}
	for i := range many {
		many[i] = fmt.Sprintf("UID:%d\n%s", i, many[i])
	}
	if got, warnings := read(calendarOf("", many...)); len(got) != len(many) || len(warnings) < 800 {
		t.Errorf("%d events, %d warnings", len(got), len(warnings))
	}
}

// TestNoBlowUp reads large texts of what parsers are slow with.
func TestNoBlowUp(t *testing.T) {
	for _, piece := range []string{"BEGIN:VEVENT\n", "BEGIN:X\n", "END:VEVENT\n", " folded\n", "UID:a;b=c\n", ";a=b", "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260101T000000Z\nEND:VEVENT\n", "RDATE:20260101,"} {
		for _, head := range []string{"BEGIN:VCALENDAR\n", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20260101T000000Z\nSUMMARY"} {
			started := time.Now()
			read(head + strings.Repeat(piece, 1_000_000/len(piece)))
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("%q takes %s", piece, took)
			}
		}
	}
}

func FuzzEvents(f *testing.F) {
	f.Add(calendarOf("X-WR-TIMEZONE:Europe/Berlin\r\n", "SUMMARY:A\nDTSTART:20261201T180000\nRRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,-1TU\nEXDATE:20261208T180000\nRDATE:20261210T180000/PT1H"))
	f.Add(calendarOf("", "DTSTART;VALUE=DATE:20261201\nSTATUS:CANCELLED", "RECURRENCE-ID:20261201\nDTSTART:20261202"))
	f.Add(calendarOf("BEGIN:VTIMEZONE\r\nTZID:x\r\nX-LIC-LOCATION:Asia/Tokyo\r\nEND:VTIMEZONE\r\n", "DTSTART;TZID=x:20261201T180000\nRRULE:FREQ=YEARLY;BYWEEKNO=53;BYSETPOS=-1;INTERVAL=2"))
	f.Add("BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\nUID:x\nEND:VALARM\nUID;X=\"a;b:c\":y\nDTSTART:99991231T235959Z\nEND:VEVENT")
	f.Fuzz(func(t *testing.T, text string) {
		events, _ := read(text)
		if len(events) > mostOfAll+len(text) {
			t.Errorf("%d events in %d bytes", len(events), len(text))
		}
	})
}
