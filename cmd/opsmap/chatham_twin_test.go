package main

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// twinRest is what a meeting under the rule and its twin have in common.
const twinRest = `series:
  - {key: table, name: Round table, chathamHouse: true, unverified: true, confidentiality: clear}
organisations:
  - {key: acme, name: Acme, unverified: true, confidentiality: clear}
  - {key: bolt, name: Bolt, unverified: true, confidentiality: clear}
persons:
  - {key: ada, handle: ada, name: Ada, memberOf: acme, unverified: true, confidentiality: clear}
  - {key: bob, handle: bob, name: Bob, memberOf: bolt, unverified: true, confidentiality: clear}
  - {key: cy, handle: cy, name: Cy, memberOf: bolt, unverified: true, confidentiality: clear}
providers:
  - {key: acme-cloud, name: Acme Cloud, operatedBy: PROVIDER, organisation: acme, unverified: true, confidentiality: clear}
`

// one and other are who said what, in two worlds.
const (
	oneSaid = `meetings:
  - {key: first, title: First, startsAt: "2027-01-10T16:00:00Z", zone: Europe/Berlin, series: table, participants: [ada, bob], unverified: true, confidentiality: clear}
topics:
  - {key: quota, title: Quota is guesswork, raisedIn: first, raisedBy: ada, votes: 2, unverified: true, confidentiality: clear}
  - {key: racks, title: Racks are full, raisedIn: first, raisedBy: bob, unverified: true, confidentiality: clear}
sessions:
  - {key: talk, title: The talk, format: TALK, meeting: first, topics: [quota], speakers: [ada], organisation: acme, state: CONFIRMED, unverified: true, confidentiality: clear}
  - {key: coffee, title: Coffee, format: LEAN_COFFEE, meeting: first, topics: [racks], unverified: true, confidentiality: clear}
attendances:
  - {meeting: first, person: ada, note: came late, unverified: true}
ballots:
  - {topic: quota, person: ada, unverified: true}
  - {topic: quota, person: bob, unverified: true}
agendaItems:
  - {session: coffee, topic: racks, unverified: true}
actionItems:
  - {key: write-up, text: Write it up, meeting: first, assignees: [bob], unverified: true, confidentiality: clear}
`
	otherSaid = `actionItems:
  - {key: write-up, text: Write it up, meeting: first, assignees: [cy, ada], unverified: true, confidentiality: clear}
sessions:
  - {key: coffee, title: Coffee, format: LEAN_COFFEE, meeting: first, topics: [racks], speakers: [cy], unverified: true, confidentiality: clear}
  - {key: talk, title: The talk, format: TALK, meeting: first, topics: [quota], speakers: [bob, cy], organisation: bolt, state: CONFIRMED, unverified: true, confidentiality: clear}
topics:
  - {key: racks, title: Racks are full, raisedIn: first, raisedBy: ada, unverified: true, confidentiality: clear}
  - {key: quota, title: Quota is guesswork, raisedIn: first, votes: 2, unverified: true, confidentiality: clear}
ballots:
  - {topic: racks, person: cy, unverified: true}
agendaItems:
  - {session: coffee, topic: racks, unverified: true}
meetings:
  - {key: first, title: First, startsAt: "2027-01-10T16:00:00Z", zone: Europe/Berlin, series: table, participants: [cy], unverified: true, confidentiality: clear}
`
)

// twinRoutes are the documents and feeds in which the meeting stands.
var twinRoutes = []string{
	"/feeds/meetups.ics", "/feeds/topics.atom", "/meetings/first/announcement.md", "/meetings/first/agenda.md", "/meetings/first/minutes.md",
	"/sessions/talk/invitation.md", "/sessions/coffee/invitation.md",
}

const twinQuestion = `{ topics { totalCount nodes { key version createdAt updatedAt votes raisedBy { key } ballots { totalCount } } facets { raisedBy { count } } }
 persons(orderBy: [{raised: {count: DESC}}]) { nodes { key version updatedAt raised { totalCount } attended { totalCount } ballots { totalCount } speaksIn { totalCount } actionItems { totalCount } } }
 meetings { nodes { key version updatedAt participants { totalCount } attendance { totalCount } } }
 ballots { totalCount } attendances { totalCount } search(text: "ada") { totalCount nodes { score node { id } } }
 nodes(ids: ["Ballot:quota--ada", "Attendance:first--ada", "Ballot:racks--cy", "Person:ada"]) { id }
 neighbourhood(id: "Person:ada", depth: 2) { nodes { node { id } } links { from to name } }
 proposals { nodes { topic { key } score speakers { person { key } because } } } nextMeeting { key participants { totalCount } } }`

// TestChathamTwins: when others said it all, whoever may not know is told the same,
// by every way out there is: answers with their cost and their explanation, documents,
// feeds, streams and exports. The second world is loaded over the first, so that no
// version, no hour and no count tells that something was said by somebody else before.
func TestChathamTwins(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		world := write(t, "round.yaml", twinRest+oneSaid)
		must(t, env, "load", world)
		curator := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "red", "--groups", "other", "--role", "curator")))
		present := strings.TrimSpace(first(must(t, env, "token", "create", "--clearance", "red", "--groups", "table")))
		s := serve(t, env)
		before, knows := toldOutside(t, s, curator), told(s, present)
		if err := os.WriteFile(world, []byte(twinRest+otherSaid), 0o600); err != nil {
			t.Fatal(err)
		}
		must(t, env, "load", world)
		for where, after := range toldOutside(t, s, curator) {
			if after != before[where] {
				t.Errorf("%s tells who said it:\n%s\nand when others did:\n%s", where, before[where], after)
			}
		}
		if told(s, present) == knows {
			t.Error("those who were there are told nothing else: nothing was asked")
		}
	})
}

// told is the answer to the one question.
func told(s *server, token string) string {
	return s.ask(twinQuestion, "Authorization", "Bearer "+token).body
}

// toldOutside is all that those who were not there are told, by where they are.
func toldOutside(t *testing.T, s *server, curator string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for as, headers := range map[string][]string{"anonymous": nil, "curator": {"Authorization", "Bearer " + curator}} {
		out["an answer to "+as] = s.ask(twinQuestion, append([]string{"Opsmap-Extensions", "cost, explain"}, headers...)...).body
		for _, path := range twinRoutes {
			got := s.get(path, headers...)
			out[path+" to "+as] = got.header.Get("ETag") + got.header.Get("Content-Length") + got.body
		}
		out["a stream to "+as] = s.event(`subscription { agenda(meeting: "first") { participants { totalCount } sessions { nodes { key updatedAt speakers { totalCount nodes { key } } organisation { key } agenda { nodes { id dots } } } } } }`, headers...)
	}
	for _, as := range []string{"anonymous", "red; groups=other"} {
		for _, format := range []string{"yaml", "jsonl", "markdown", "csv"} {
			out["an export as "+format+" to "+as] = first(must(t, s.env, "export", "--as", as, "--format", format))
		}
	}
	return out
}

// event is the first event of a subscription.
func (s *server) event(query string, headers ...string) string {
	s.t.Helper()
	resp := s.post(map[string]string{"query": query}, append([]string{"Accept", "text/event-stream"}, headers...)...)
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for lines.Scan() {
		if data, is := strings.CutPrefix(lines.Text(), "data:"); is {
			return data
		}
	}
	s.t.Fatalf("no event: %v", lines.Err())
	return ""
}
