package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const routesOpen = `topics:
  - {key: zz-open, title: An open topic, layers: [iaas], votes: 3, unverified: true, confidentiality: clear}
series:
  - {key: zz-series, name: Seasons, unverified: true, confidentiality: clear}
meetings:
  - {key: spring, title: Spring, startsAt: "2027-03-28T16:00:00Z", zone: Europe/Berlin, series: zz-series, unverified: true, confidentiality: clear}
  - {key: winter, title: Winter, date: "2027-01-08", series: zz-series, unverified: true, confidentiality: clear}
sessions:
  - {key: zz-talk, title: The talk, format: TALK, meeting: spring, topics: [zz-open], minutes: 30, unverified: true, confidentiality: clear}
`

// routesHidden is all that a stranger may not see: a topic, a session and its speaker, an action item, a meeting, a note.
const routesHidden = `persons:
  - {key: grace, handle: grace-hidden, name: Grace Hidden, unverified: true, confidentiality: amber}
topics:
  - {key: hidden-subtopic, title: Hidden subtopic, parent: zz-open, unverified: true, confidentiality: amber}
  - {key: hidden-topic, title: Hidden topic, layers: [iaas], votes: 9, unverified: true, confidentiality: amber}
meetings:
  - {key: hidden-meeting, title: Hidden meeting, startsAt: "2027-01-10T16:00:00Z", zone: Europe/Berlin, unverified: true, confidentiality: amber}
sessions:
  - {key: hidden-session, title: Hidden session, format: TALK, meeting: spring, topics: [hidden-topic], speakers: [grace], minutes: 60, unverified: true, confidentiality: amber}
actionItems:
  - {key: hidden-action, text: Hidden action, meeting: spring, assignees: [grace], unverified: true, confidentiality: amber}
  - {key: hidden-carried, text: Hidden and carried over, meeting: winter, unverified: true, confidentiality: amber}
portabilityNotes:
  - {key: hidden-note, practice: live-migrate-before-maintenance, from: gardener, to: proxmox, verdict: BLOCKED, basis: JUDGED, unverified: true, confidentiality: amber,
     reasons: [{kind: PROVIDER, text: Hidden reason, verdict: BLOCKED}]}
`

// mapRoutes are the routes whose answer is read from the map.
var mapRoutes = []string{
	"/feeds/meetups.ics", "/feeds/meetups.ics?layer=iaas", "/feeds/topics.atom", "/feeds/topics.atom?layer=iaas",
	"/meetings/spring/announcement.md", "/meetings/spring/minutes.md",
	"/meetings/hidden-meeting/announcement.md", "/meetings/hidden-meeting/minutes.md",
	"/meetings/spring/agenda.md", "/meetings/hidden-meeting/agenda.md", "/sessions/zz-talk/invitation.md", "/sessions/hidden-session/invitation.md",
	"/portability/matrix.csv", "/portability/matrix.csv?rows=practices&from=gardener&to=proxmox", "/portability/matrix.md", "/portability/exit.md?from=gardener&to=proxmox",
}

func (s *server) get(path string, headers ...string) reply {
	s.t.Helper()
	base := strings.TrimSuffix(s.url, "/graphql")
	got := s.do(http.MethodGet, base+path, nil, headers...)
	// The server's own address is no part of what it tells.
	text := strings.ReplaceAll(strings.ReplaceAll(got.body, "\r\n ", ""), base, "http://server")
	return reply{got.status, got.header, text}
}

// TestRoutesTellNoMore holds every route that reads the map to what a stranger would be told were the hidden not there, byte for byte
// (rows 15, 16 and 18 of the table of leaks), and shows it to whoever has a token for it.
func TestRoutesTellNoMore(t *testing.T) {
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		open, hidden := write(t, "open.yaml", routesOpen), write(t, "hidden.yaml", routesHidden)
		must(t, env, "load", open, "--level", "clear")
		without := map[string]reply{}
		t.Run("without", func(t *testing.T) {
			s := serve(t, env)
			for _, path := range mapRoutes {
				without[path] = s.get(path)
			}
		})
		must(t, env, "load", hidden, "--level", "amber")
		token := first(must(t, env, "token", "create", "--clearance", "amber"))
		token = strings.TrimSpace(token)
		s := serve(t, env)
		for _, path := range mapRoutes {
			got := s.get(path)
			if got.status != without[path].status || got.body != without[path].body {
				t.Errorf("%s tells of what is hidden: %d\n%s\nwithout it: %d\n%s", path, got.status, got.body, without[path].status, without[path].body)
			}
			cleared := s.get(path, "Authorization", "Bearer "+token)
			if !strings.Contains(strings.ToLower(cleared.body), "hidden") && !strings.Contains(path, "matrix") {
				t.Errorf("%s shows nothing to whoever may see it: %d\n%s", path, cleared.status, cleared.body)
			}
			if asked := s.get(path+separator(path)+"as=anonymous", "Authorization", "Bearer "+token); documented(path) && (asked.status != got.status || asked.body != got.body) {
				t.Errorf("%s as a stranger is %d\n%s", path, asked.status, asked.body)
			}
			if documented(path) && cleared.status == http.StatusOK && strings.HasSuffix(path, ".md") && !strings.HasSuffix(cleared.body, "TLP:AMBER\n") {
				t.Errorf("%s holds what is amber and is labelled otherwise:\n%s", path, cleared.body)
			}
			if cleared.body == got.body {
				t.Errorf("%s is the same for a viewer with a token", path)
			}
		}
		feedsByToken(t, s, token)
	})
}

// documented are the routes that take the viewer from their address, too.
func documented(path string) bool { return !strings.HasPrefix(path, "/portability/") }

func separator(path string) string {
	if strings.Contains(path, "?") {
		return "&"
	}
	return "?"
}

// feedsByToken: programs that read feeds show their token in the address.
func feedsByToken(t *testing.T, s *server, token string) {
	t.Helper()
	shown := s.get("/feeds/meetups.ics?token=" + url.QueryEscape(token))
	if shown.status != http.StatusOK || !strings.Contains(shown.body, "Hidden meeting") {
		t.Errorf("a token in the address: %d\n%s", shown.status, shown.body)
	}
	if again := s.get("/feeds/meetups.ics?token="+url.QueryEscape(token), "If-None-Match", shown.header.Get("ETag")); again.status != http.StatusNotModified || again.body != "" {
		t.Errorf("what has not changed is sent again: %d", again.status)
	}
	if bad := s.get("/feeds/meetups.ics?token=opsmap_nothing"); bad.status != http.StatusUnauthorized {
		t.Errorf("a token that nobody gave: %d", bad.status)
	}
}
