package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
)

// realMinutes lie beside the tree where they may be read; their licence keeps them out of it.
const realMinutes = "../../../shared/data/minutes"

// seasonMinutes are minutes of the series where the real ones are not here.
const seasonMinutes = `# 2026-11-11

## Participants

- @ada
- @bob

## Agenda

### Quotas that nobody set :thumbsup:

- How do we find them?
- AI @bob: ask the other operators
`

func minutesFolder(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat(realMinutes); err == nil {
		return realMinutes
	}
	return filepath.Dir(write(t, "openops-20261111.md", seasonMinutes))
}

// TestASeasonComesRound is the whole of it: a season of four meetings is planned from the shipped catalogue and minutes, published,
// imported by a calendar, its first meeting held, its minutes loaded back, and the next plan differs as it should.
func TestASeasonComesRound(t *testing.T) {
	folder := minutesFolder(t)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		must(t, env, "load", "--level", "clear", "--propose=false", folder)
		dates := []string{"2027-01-13", "2027-02-10", "2027-03-10", "2027-04-14"}
		before := planned(t, env, dates, "--at", "18:00", "--zone", "Europe/Berlin", "--apply")
		for _, s := range before.Slots {
			if s.Pick == nil {
				t.Fatalf("no topic on %s", s.Date)
			}
		}
		uids := imported(t, env, dates)
		first, topic := before.Slots[0].Meeting, before.Slots[0].Pick.Topic.Key
		skeleton, _ := must(t, env, "document", "minutes", first)
		must(t, env, "load", "--propose=false", write(t, first+".md", strings.NewReplacer(
			"## Participants\n\n- \n", "## Participants\n\n- @ada\n- @bob\n",
			"recording:\n", "recording: https://video.example.org/1\n", "- Follow-up: \n", "- Follow-up: Leftovers nobody owns :thumbsup: :thumbsup:\n",
			"## Action items\n\n", "## Action items\n\n- [ ] @bob to write the runbook\n",
		).Replace(skeleton)))

		env["OPSMAP_NOW"] = "2027-01-14T12:00:00Z"
		after := planned(t, env, append(dates[1:], "2027-05-12"))
		var topics []string
		for _, s := range after.Slots {
			topics = append(topics, s.Pick.Topic.Key)
		}
		if slices.Contains(topics, topic) {
			t.Errorf("%s was held on 2027-01-13 and comes again: %s", topic, topics)
		}
		for i, s := range before.Slots[1:] {
			if s.Pick.Topic.Key != topics[i] {
				t.Errorf("what is published for %s changes from %s to %s", s.Date, s.Pick.Topic.Key, topics[i])
			}
		}
		heldAndCarried(t, env, first, before.Slots[1].Meeting, topic)
		if again := imported(t, env, dates); again[first] != uids[first] || len(again) != len(uids) {
			t.Errorf("the events were %v and are %v", uids, again)
		}
	})
}

func planned(t *testing.T, env map[string]string, dates []string, more ...string) plannedSeason {
	t.Helper()
	out, _ := must(t, env, append([]string{"plan", "season", "--json", "--series", "open-operations", "--dates", strings.Join(dates, ",")}, more...)...)
	var season plannedSeason
	if err := json.Unmarshal([]byte(out), &season); err != nil {
		t.Fatal(err)
	}
	return season
}

// heldAndCarried: what the minutes said is in the map, the follow-up in the pool where its topic lies, and what is open is carried over.
func heldAndCarried(t *testing.T, env map[string]string, meeting, next, topic string) {
	t.Helper()
	out, _ := must(t, env, "query", `query($meeting: String!, $topic: String!) {
		meeting(key: $meeting) { participants { totalCount } sessions { nodes { state recording } } }
		topic(key: $topic) { status subtopics(where: {outcome: {eq: true}}) { nodes { title votes status } } }
		coverage(of: SESSIONS, by: [TOPICS], sessions: {state: {eq: HELD}, meeting: {key: {eq: $meeting}}}, empty: false) { nodes { count values { value } } }
	}`, "--variables", `{"meeting": "`+meeting+`", "topic": "`+topic+`"}`)
	want := `{"data":{"meeting":{"participants":{"totalCount":2},"sessions":{"nodes":[{"state":"HELD","recording":"https://video.example.org/1"}]}},` +
		`"topic":{"status":"COVERED","subtopics":{"nodes":[{"title":"Leftoversnobodyowns","votes":2,"status":"PROPOSED"}]}},` +
		`"coverage":{"nodes":[{"count":1,"values":[{"value":"` + topic + `"}]}]}}}`
	if got := strings.Join(strings.Fields(out), ""); got != want {
		t.Errorf("held:\n%s\nwant\n%s", got, want)
	}
	if skeleton, _ := must(t, env, "document", "minutes", next); !strings.Contains(skeleton, "to write the runbook {#") {
		t.Errorf("the next minutes do not carry over what is open:\n%s", skeleton)
	}
}

// imported are the UIDs in the calendar of a season, by meeting, as a calendar library reads it for a stranger.
func imported(t *testing.T, env map[string]string, dates []string) map[string]string {
	t.Helper()
	text, _ := must(t, env, "feed", "meetups.ics", "--as", "anonymous")
	calendar, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	uids := map[string]string{}
	for _, event := range calendar.Events() {
		start, err := event.DateTimeStart(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		day := start.Format(time.DateOnly)
		if !slices.Contains(dates, day) {
			continue
		}
		if clock := start.Format("15:04 MST"); clock != "18:00 CET" && clock != "18:00 CEST" {
			t.Errorf("on %s the clock shows %s", day, clock)
		}
		uids["open-operations-"+day] = event.Props.Get(ical.PropUID).Value
	}
	if len(uids) != len(dates) {
		t.Fatalf("%d of the meetings are in the calendar:\n%s", len(uids), text)
	}
	return uids
}
