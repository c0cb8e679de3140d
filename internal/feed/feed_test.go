package feed_test

import (
	"context"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/feed"
)

// said answers every operation with the same data.
func said(data string) asking.By {
	return func(context.Context, []byte) ([]byte, error) {
		return []byte(`{"data": ` + data + `}`), nil
	}
}

func TestTopics(t *testing.T) {
	const data = `{"topics": {"nodes": [{"id": "Topic:x", "key": "x", "title": "a <b> & \u0007c", "summary": "<script>alert(1)</script>", "status": "PROPOSED",
	  "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-02-01T00:00:00Z", "votes": 2}]}}`
	text, err := feed.Topics(t.Context(), said(data), "https://map.example.org", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{"<updated>2026-02-01T00:00:00Z</updated>", "urn:opsmap:Topic:x", "a &lt;b&gt; &amp; c", "&amp;lt;script&amp;gt;"} {
		if !strings.Contains(string(text), wanted) {
			t.Errorf("%s is not in\n%s", wanted, text)
		}
	}
}

// TestFeedsOfALayer: one that cannot be seen is no feed, and one without topics is one
// like any other, with an id that no other layer has, wherever it is asked.
func TestFeedsOfALayer(t *testing.T) {
	const nothing = `{"layer": null, "topics": {"nodes": []}, "meetings": {"nodes": []}}`
	for name, write := range map[string]func(context.Context, asking.By, string, string) ([]byte, error){"topics": feed.Topics, "calendar": feed.Calendar} {
		if text, err := write(t.Context(), said(nothing), "https://map.example.org", "nowhere"); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s of a layer that is not there: %v\n%s", name, err, text)
		}
	}
	for _, base := range []string{"https://map.example.org", "http://localhost:8080"} {
		text, err := feed.Topics(t.Context(), said(`{"layer": {"key": "iaas"}, "topics": {"nodes": []}}`), base, "iaas")
		if err != nil {
			t.Fatal(err)
		}
		for _, wanted := range []string{"<id>urn:opsmap:topics:iaas</id>", "<updated>1970-01-01T00:00:00Z</updated>"} {
			if !strings.Contains(string(text), wanted) {
				t.Errorf("%s is not in\n%s", wanted, text)
			}
		}
	}
}

func TestDocuments(t *testing.T) {
	const data = `{"meeting": {"key": "one", "title": "Ceph <day>", "zone": "Europe/Berlin", "startsAt": "2027-03-29T16:00:00Z", "chathamHouse": true,
	  "confidentiality": {"key": "green", "name": "TLP:GREEN", "rank": 1}, "audienceLevel": {"name": "TLP:AMBER"},
	  "sessions": {"nodes": [{"title": "Recovery", "format": "TALK", "state": "ASKED", "minutes": 30, "key": "talk", "confidentiality": {"key": "amber", "name": "TLP:AMBER", "rank": 2}, "audience": ["ops", "csirt"],
	     "speakers": {"nodes": [{"name": "Ada"}]}, "topics": {"nodes": [{"key": "recovery", "title": "Notes", "votes": 3}]}},
	    {"title": "Gone", "state": "CANCELLED"}]},
	  "actionItems": {"nodes": [{"text": "write it down", "key": "write-it", "assignees": {"nodes": [{"handle": "ada"}]}}]}}}`
	m, err := feed.FindMeeting(t.Context(), said(data), "one")
	if err != nil || m == nil {
		t.Fatal(err)
	}
	announcement := string(m.Announcement("https://map.example.org"))
	for _, wanted := range []string{
		`# Ceph \<day\>`, "Monday, 29 March 2027, 18:00 (Europe/Berlin), 16:00 UTC", "TLP:AMBER at most", "Chatham House", "- **Recovery** (talk, 30 min)\n\n", "---\n\nTLP:AMBER\n\nGroups: ops, csirt\n",
	} {
		if !strings.Contains(announcement, wanted) {
			t.Errorf("%s is not in\n%s", wanted, announcement)
		}
	}
	if strings.Contains(announcement, "Gone") || strings.Contains(announcement, "With Ada") {
		t.Error("a cancelled session is announced, or somebody is named under the Chatham House Rule")
	}
	minutes := string(m.Minutes())
	for _, wanted := range []string{`# 2027-03-29 Ceph \<day\> {#one}`, "## Participants", "### 1. Notes {#recovery}\n\ntimebox: 30 min\nsession: {#talk}\nrecording:", "- [ ] write it down {#write-it}"} {
		if !strings.Contains(minutes, wanted) {
			t.Errorf("%s is not in\n%s", wanted, minutes)
		}
	}
}
