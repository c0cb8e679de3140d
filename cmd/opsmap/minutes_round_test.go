package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// roundWorld is a series with a meeting that is over and one that is to come.
const roundWorld = `layers:
  - {key: iaas, name: IaaS, ordinal: 2, unverified: true}
persons:
  - {key: ada, handle: Ada, name: Ada, unverified: true}
series:
  - {key: guild, name: The guild, unverified: true}
topics:
  - {key: restore, title: "Restore *now*? [yes] #1 & more +1", votes: 4, layers: [iaas], unverified: true}
  - {key: notes, title: Notes, votes: 1, layers: [iaas], unverified: true}
  - {key: coffee, title: Links, layers: [iaas], unverified: true}
  - {key: late, title: What came too late, layers: [iaas], unverified: true}
meetings:
  - {key: guild-1, title: The first, date: "2027-01-13", series: guild, unverified: true}
  - {key: guild-2, title: The second of two, startsAt: "2027-02-10T23:30:00Z", zone: Europe/Berlin, series: guild, unverified: true}
sessions:
  - {key: talk, title: About restores, format: TALK, state: ANNOUNCED, minutes: 30, meeting: guild-2, topics: [restore], speakers: [ada], unverified: true}
  - {key: writing, title: Writing it down, format: WORKSHOP, state: CONFIRMED, meeting: guild-2, topics: [notes], unverified: true}
  - {key: last, title: The last, format: DISCUSSION, state: ASKED, meeting: guild-2, topics: [late], unverified: true}
agendaItems:
  - {session: writing, topic: coffee, dots: 4, minutes: 8, unverified: true}
  - {session: writing, topic: late, state: CARRIED_OVER, unverified: true}
actionItems:
  - {key: runbook, text: Write the runbook, meeting: guild-1, assignees: [ada], unverified: true}
  - {key: done-already, text: Book the room, done: true, meeting: guild-1, unverified: true}
  - {key: slides, text: Send the slides, meeting: guild-2, unverified: true}
`

// fillIn is what people write into the skeleton.
var fillIn = strings.NewReplacer(
	"## Participants\n\n- \n", "## Participants\n\n- @ada\n- @bob (Example Ltd)\n",
	"{#restore}\n", ":thumbsup: {#restore}\n",
	"session: {#talk}\nspeaker: Ada\nrecording:\nslides:\nwrite-up:\n\n- \n- Follow-up: \n",
	"session: {#talk}\nspeaker: Ada\nrecording: https://video.example.org/1\nslides: <https://example.org/s.pdf>\nwrite-up: [blog](https://example.org/blog)\n\n"+
		"- Ada showed it\n- Decision: test restores every month\n- Follow-up: Restores of a whole region\n- Follow-up: \n",
	"session: {#last}", "session: postponed {#last}",
	"- [ ] @Ada Write the runbook", "- [x] @Ada Write the runbook",
	"## Action items\n\n", "## Action items\n\n- [ ] @bob to measure how long it takes\n",
)

// TestMinutesRoundTrip fills in the skeleton of a meeting and loads it: the same meeting, topics, votes and action items change,
// nothing is there twice, and loading it again changes nothing.
func TestMinutesRoundTrip(t *testing.T) {
	world := write(t, "world.yaml", roundWorld)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		must(t, env, "load", "--level", "clear", world)
		skeleton, _ := must(t, env, "document", "minutes", "guild-2")
		for _, part := range []string{
			"# 2027-02-11 The second of two {#guild-2}", "timebox: 30 min\nsession: {#talk}\nspeaker: Ada\n",
			"## Open actions\n\n- [ ] @Ada Write the runbook {#runbook}\n\n## Action items\n\n- [ ] Send the slides {#slides}\n",
		} {
			if !strings.Contains(skeleton, part) {
				t.Fatalf("%q is not in\n%s", part, skeleton)
			}
		}
		file := filepath.Join(t.TempDir(), "filled.md")
		load := func(text, stored string) {
			t.Helper()
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, said := must(t, env, "load", file, "--propose=false"); !strings.Contains(said, stored) {
				t.Errorf("loading says %s, want %q", said, stored)
			}
		}
		// The agenda alone, as it lies in the pad before the meeting, says that nothing was held.
		load(skeleton, "0 created, 1 changed")
		const ask = `{ meetings { nodes { key title startsAt participants { nodes { key } } sessions { nodes { key title state recording slides writeUp } } actionItems { nodes { text done assignees { nodes { key } } } } decisions { nodes { text } } } }
			topics(where: {key: {in: ["restore", "notes", "late", "coffee"]}}) { nodes { key title votes status } } followUps: topics(where: {outcome: {eq: true}}) { nodes { title parent { key } status } } }`
		before := first(must(t, env, "query", ask))
		if strings.Contains(before, "HELD") || strings.Contains(before, "COVERED") {
			t.Errorf("an agenda is taken for minutes: %s", before)
		}
		load(fillIn.Replace(skeleton), "created")
		after := first(must(t, env, "query", ask))
		load(fillIn.Replace(skeleton), "nothing changes")
		flat := strings.Join(strings.Fields(after), "")
		for _, want := range []string{
			`{"key":"guild-2","title":"Thesecondoftwo","startsAt":"2027-02-10T23:30:00Z","participants":{"nodes":[{"key":"ada"},{"key":"bob"}]}`,
			`{"key":"talk","title":"Aboutrestores","state":"HELD","recording":"https://video.example.org/1","slides":"https://example.org/s.pdf","writeUp":"https://example.org/blog"}`,
			`{"key":"last","title":"Thelast","state":"ASKED"`, `{"key":"writing","title":"Writingitdown","state":"HELD"`,
			`{"text":"Writetherunbook","done":true,"assignees":{"nodes":[{"key":"ada"}]}}`, `{"text":"Sendtheslides","done":false`,
			`{"text":"@bobtomeasurehowlongittakes","done":false,"assignees":{"nodes":[{"key":"bob"}]}}`, `testrestoreseverymonth`,
			`{"key":"restore","title":"Restore*now*?[yes]#1\u0026more+1","votes":5,"status":"COVERED"}`, `{"key":"notes","title":"Notes","votes":1,"status":"COVERED"}`,
			`{"key":"coffee","title":"Links","votes":0,"status":"COVERED"}`,
			`{"key":"late","title":"Whatcametoolate","votes":0,"status":"PROPOSED"}`,
			`"followUps":{"nodes":[{"title":"Restoresofawholeregion","parent":{"key":"restore"},"status":"PROPOSED"}]}`,
		} {
			if !strings.Contains(flat, strings.ReplaceAll(want, `\u0026`, "&")) {
				t.Errorf("%s is not in\n%s", want, flat)
			}
		}
		if n := strings.Count(flat, `"startsAt"`); n != 2 {
			t.Errorf("%d meetings, there are two", n)
		}
		if agenda, _ := must(t, env, "document", "agenda", "guild-2"); !strings.Contains(agenda, "- Links (4 dots, 8 min)\n") || strings.Contains(agenda, "What came too late (0 dots") {
			t.Errorf("the agenda of a lean coffee is\n%s", agenda)
		}
		// What is done is no longer carried over, what came up is.
		if agenda, _ := must(t, env, "document", "agenda", "guild-2"); strings.Contains(agenda, "runbook") || !strings.Contains(agenda, "measure how long") {
			t.Errorf("the agenda is\n%s", agenda)
		}
	})
}
