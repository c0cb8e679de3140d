package feed_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/open-operations/opsmap/internal/feed"
	"github.com/open-operations/opsmap/loader/minutes"
)

// hostile are titles that mean something in minutes, in Markdown, or both.
var hostile = []string{
	"Notes", "Agenda", "Links", "Participants", "Action items", "2027-01-01", "Decision: no", "=> so", "AI @bob: do it", "TODO: this", "[ ] a box",
	"+1", "more -1", "vote :thumbsup:", "👍👎", "a ## b", "# c", "x {#evil}", "{#evil}", "- item", "1. one", "> quote", "<!-- hidden", "-->", "```", "~~~", "---", "===",
	"yes: 4, no: 1", "timebox: 5 min", "session: held {#evil}", "recording: https://evil.example", "TLP:RED", "Groups: evil", "@bob will do it", "Open Operations Meetup topics",
	"*bold* _em_ `code`", "[a](https://evil.example)", "https://evil.example", "&lt;b&gt;", "\\", "Follow-up: x", "Follow-ups", "...", "tbd", "|", "", " ", "\u2028", "Attendees:",
}

// TestSkeletonIsReadBack: whatever the titles, the skeleton has its meeting, its sessions and topics under their keys, and nothing else.
func TestSkeletonIsReadBack(t *testing.T) {
	check := func(t interface {
		Fatalf(format string, args ...any)
	}, title, topic, action string) {
		data, err := json.Marshal(map[string]any{"meeting": map[string]any{
			"key": "m-1", "title": title, "date": "2027-01-13", "confidentiality": map[string]any{"key": "clear", "name": "TLP:CLEAR"},
			"sessions":    map[string]any{"nodes": []any{map[string]any{"key": "s-1", "title": title, "state": "IDEA", "minutes": 30, "topics": map[string]any{"nodes": []any{map[string]any{"key": "t-1", "title": topic}}}}}},
			"actionItems": map[string]any{"nodes": []any{map[string]any{"key": "a-1", "text": action}}},
		}})
		if err != nil {
			t.Fatalf("%v", err)
		}
		m, err := feed.FindMeeting(context.Background(), said(string(data)), "m-1")
		if err != nil || m == nil {
			t.Fatalf("%v", err)
		}
		text := m.Minutes()
		doc, err := minutes.Parse("m.md", text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		switch {
		case len(doc.Meetings) != 1 || doc.Date != "2027-01-13":
			t.Fatalf("%d meetings, on %s\n%s", len(doc.Meetings), doc.Date, text)
		case len(doc.Sessions) != 1 || doc.Sessions[0].Key != "s-1" || doc.Sessions[0].Filled || doc.Sessions[0].Recording != "":
			t.Fatalf("sessions %+v\n%s", doc.Sessions, text)
		case doc.Label != "clear" || len(doc.Groups) > 0:
			t.Fatalf("label %s %v\n%s", doc.Label, doc.Groups, text)
		case len(doc.ActionItems) != 1 || !strings.HasSuffix(doc.ActionItems[0].Text, "{#a-1}") || doc.ActionItems[0].Done:
			t.Fatalf("actions %+v\n%s", doc.ActionItems, text)
		case len(doc.Outcomes)+len(doc.Ballots)+len(doc.Participants)+len(doc.MeetupSlots) > 0:
			t.Fatalf("%+v %+v %+v %+v\n%s", doc.Outcomes, doc.Ballots, doc.Participants, doc.MeetupSlots, text)
		}
		var found []minutes.Topic
		for _, one := range doc.Topics {
			if !strings.HasPrefix(one.Title, "Follow-up:") {
				found = append(found, one)
			}
		}
		if len(found) != 1 || !strings.HasSuffix(found[0].Title, "{#t-1}") || found[0].Votes != 0 {
			t.Fatalf("topics %+v\n%s", found, text)
		}
	}
	for _, one := range hostile {
		check(t, one, one, one)
	}
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(hostile), rapid.String()), 1, 3)
		draw := func(label string) string { return strings.Join(part.Draw(t, label), " ") }
		check(t, draw("title"), draw("topic"), draw("action"))
	})
}
