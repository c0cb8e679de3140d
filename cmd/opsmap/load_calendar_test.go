package main

import (
	"path/filepath"
	"strings"
	"testing"
)

const calendarText = `BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1@example.org
SUMMARY:Ops
DTSTART;TZID=Europe/Berlin:20261201T180000
RRULE:FREQ=WEEKLY;COUNT=2
URL:https://example.org/come
LOCATION:Room 1
END:VEVENT
BEGIN:VEVENT
UID:2@example.org
SUMMARY:Board
DTSTART;VALUE=DATE:20261224
CLASS:CONFIDENTIAL
END:VEVENT
END:VCALENDAR
`

// TestCalendarBecomesMeetings: meetings keep their records by their UIDs, and the
// feed made of them leads back to them.
func TestCalendarBecomesMeetings(t *testing.T) {
	onEachStore(t, func(t *testing.T, env map[string]string) {
		root := folder(t, map[string]string{"cal/ops.ics": strings.ReplaceAll(calendarText, "\n", "\r\n")})
		file := filepath.Join(root, "cal", "ops.ics")
		const ask = `{ meetings { nodes { key title startsAt date zone rsvp remark confidentiality { key } sources { path line } } } }`
		load := func(path string) loadReport { return loadJSON(t, env, exitOK, "--level", "clear", path) }
		load(file)
		const want = `{ "data": { "meetings": { "nodes": [ ` +
			`{ "key": "board-2026-12-24", "title": "Board", "startsAt": null, "date": "2026-12-24", "zone": null, "rsvp": null, "remark": null, "confidentiality": { "key": "amber" }, "sources": [ { "path": "ops.ics", "line": 11 } ] }, ` +
			`{ "key": "ops-2026-12-01", "title": "Ops", "startsAt": "2026-12-01T17:00:00Z", "date": null, "zone": "Europe/Berlin", "rsvp": "https://example.org/come", "remark": "Location: Room 1", "confidentiality": { "key": "clear" }, "sources": [ { "path": "ops.ics", "line": 3 } ] }, ` +
			`{ "key": "ops-2026-12-08", "title": "Ops", "startsAt": "2026-12-08T17:00:00Z", "date": null, "zone": "Europe/Berlin", "rsvp": "https://example.org/come", "remark": "Location: Room 1", "confidentiality": { "key": "clear" }, "sources": [ { "path": "ops.ics", "line": 3 } ] } ] } } }`
		if got := mustQuery(t, env, ask); got != want {
			t.Errorf("the meetings are\n%s\nwant\n%s", got, want)
		}
		if again := load(file); again.changes() {
			t.Errorf("the second time changes %+v", again)
		}
		// Another title and another day are the same meeting.
		put(t, file, strings.NewReplacer("SUMMARY:Board", "SUMMARY:The board", "20261224", "20261223").Replace(calendarText))
		if moved := load(file); len(moved.Changed) != 1 || len(moved.Created)+len(moved.Removed) > 0 || len(moved.Changed[0].Fields) != 2 {
			t.Errorf("another day changes %+v", moved)
		}
		written := calendarOfStore(t, env)
		put(t, filepath.Join(root, "feed", "meetups.ics"), written)
		before := mustQuery(t, env, ask)
		if back := load(filepath.Join(root, "feed")); back.changes() || back.Files["calendars"] != 1 {
			t.Errorf("our own feed changes %+v", back)
		}
		if got := mustQuery(t, env, ask); got != before {
			t.Errorf("after our own feed the meetings are\n%s", got)
		}
		// What is cancelled is gone, and so is what its calendar no longer has.
		put(t, file, strings.Replace(calendarText, "SUMMARY:Board", "STATUS:CANCELLED", 1))
		if gone := load(file); len(gone.Removed) != 1 {
			t.Errorf("a cancelled meeting changes %+v", gone)
		}
		put(t, file, "BEGIN:VCALENDAR\nEND:VCALENDAR\n")
		load(file)
		// On a map without them the feed makes the same meetings, under the same keys.
		load(filepath.Join(root, "feed"))
		if got := mustQuery(t, env, `{ meetings { nodes { key startsAt date } } }`); got != `{ "data": { "meetings": { "nodes": [ { "key": "board-2026-12-24", "startsAt": null, "date": "2026-12-23" }, { "key": "ops-2026-12-01", "startsAt": "2026-12-01T17:00:00Z", "date": null }, { "key": "ops-2026-12-08", "startsAt": "2026-12-08T17:00:00Z", "date": null } ] } } }` {
			t.Errorf("from the feed come %s", got)
		}
		if again := load(filepath.Join(root, "feed")); again.changes() {
			t.Errorf("the feed changes %+v the second time", again)
		}
		put(t, file, strings.TrimSuffix(calendarText, "END:VCALENDAR\n"))
		if cut := loadJSON(t, env, exitFailed, file); len(cut.Problems) != 1 || !strings.Contains(cut.Problems[0], "ops.ics:1: what begins here does not end: the file is cut off") {
			t.Errorf("problems %q", cut.Problems)
		}
	})
}

// calendarOfStore is the calendar feed of a store.
func calendarOfStore(t *testing.T, env map[string]string) string {
	t.Helper()
	stdout, stderr, code := call(t.Context(), env, "feed", "meetups.ics", "--base", "https://map.example.org")
	if code != exitOK {
		t.Fatalf("exit %d: %s%s", code, stdout, stderr)
	}
	return stdout
}
