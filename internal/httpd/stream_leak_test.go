package httpd_test

import (
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// TestAnAgendaTellsNothingHidden is rows 7 and 10 of the table of leaks for those who follow a meeting: a session that is hidden comes,
// changes and goes without an event, and none of it is in the next one.
func TestAnAgendaTellsNothingHidden(t *testing.T) {
	l := newLive(t)
	l.url = start(t, l.config)
	meeting := record.ID{Type: "Meeting", Key: "spring"}
	session := func(key, title string, class access.Class) record.Statement {
		return record.Statement{
			Source: key, ID: record.ID{Type: "Session", Key: key}, Class: class,
			Fields: map[string]any{"title": title, "format": "TALK"}, Links: map[string][]record.ID{"meeting": {meeting}},
		}
	}
	amber := access.NewClass(access.Atom{Level: "amber"})
	l.say(t, record.Statement{Source: "s", ID: meeting, Fields: map[string]any{"title": "Spring"}})
	events := l.events(t, `subscription { agenda(meeting: "spring") { title sessions { totalCount nodes { title } } } }`, "")
	expect(t, events, `next {"data":{"agenda":{"title":"Spring","sessions":{"totalCount":0,"nodes":[]}}}}`)
	l.say(t, session("hidden", "The breach", amber))
	l.say(t, session("hidden", "The second breach", amber))
	time.Sleep(100 * time.Millisecond)
	l.say(t, session("open", "Restores", access.Class{}))
	// Were the hidden ones sent, their events would come before this one.
	expect(t, events, `next {"data":{"agenda":{"title":"Spring","sessions":{"totalCount":1,"nodes":[{"title":"Restores"}]}}}}`)
}
