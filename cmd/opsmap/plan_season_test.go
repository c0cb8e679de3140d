package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// seasonWorld has three topics that anybody may hear of, one under an embargo and one that is for few.
const seasonWorld = `layers:
  - {key: iaas, name: IaaS, ordinal: 2, unverified: true}
  - {key: apps, name: Applications, ordinal: 4, unverified: true}
persons:
  - {key: ada, handle: ada, name: Ada, unverified: true}
topics:
  - {key: restore, title: "Restore | or not", votes: 9, layers: [iaas], unverified: true}
  - {key: quota, title: Quotas, votes: 5, layers: [apps], unverified: true}
  - {key: dns, title: Names, votes: 1, layers: [iaas], unverified: true}
  - key: breach
    title: The breach
    votes: 8
    layers: [apps]
    unverified: true
    confidentiality: amber
    confidentialityConditions: [{reason: embargo, until: "2027-03-01T00:00:00Z", then: clear}]
  - {key: secret, title: The secret, votes: 10, layers: [apps], unverified: true, confidentiality: amber}
volunteers:
  - {topic: restore, person: ada, dates: ["2027-02-10"], unverified: true}
`

// seasonMoved confirms one session and proposes a topic that everybody votes for.
const seasonMoved = `sessions:
  - {key: meetup-2027-01-13-quota, title: Quotas, format: TALK, state: CONFIRMED, unverified: true}
topics:
  - {key: ceph, title: Ceph, votes: 10, layers: [apps], unverified: true}
stories:
  - {key: crush, title: Crushed, outcome: FAILURE, topics: [ceph], unverified: true}
`

type plannedSeason struct {
	Slots []struct {
		Date, Meeting, Session string
		Pick                   *struct {
			Topic, Layer, Speaker struct{ Key string }
			Locked                bool
		}
	}
}

// TestPlanSeason plans, publishes, publishes again, and plans anew beside what was confirmed.
func TestPlanSeason(t *testing.T) {
	world, moved := write(t, "world.yaml", seasonWorld), write(t, "moved.yaml", seasonMoved)
	onBothEngines(t, func(t *testing.T, env map[string]string) {
		env["OPSMAP_CATALOGUE"] = "none"
		must(t, env, "load", "--level", "clear", world)
		plan := []string{"plan", "season", "--dates", "2027-01-13,2027-02-10,2027-03-10", "--layers", "iaas,apps", "--at", "18:00", "--zone", "Europe/Berlin", "--apply"}
		table, said := must(t, env, plan...)
		for _, row := range []string{
			"| 2027-01-13 | Applications | Quotas `quota` |", "| 2027-02-10 | IaaS | Restore \\| or not `restore` |", "| Ada |",
			// The embargo has ended by then.
			"| 2027-03-10 | Applications | The breach `breach` |",
		} {
			if !strings.Contains(table, row) {
				t.Fatalf("%q is not in\n%s%s", row, table, said)
			}
		}
		if again, said := must(t, env, plan...); again != table || !strings.HasPrefix(said, "0 created, 0 changed, 0 removed, 0 links") {
			t.Errorf("planning the same again: %s\n%s", said, again)
		}
		const ask = `{ meetings(where: {key: {startsWith: "meetup-"}}) { nodes { key startsAt sessions { nodes { key state topics { nodes { status } } speakers { nodes { key } } } } } } }`
		stranger := strings.Join(strings.Fields(first(must(t, env, "query", "--as", "anonymous", ask))), "")
		want := `{"key":"meetup-2027-02-10","startsAt":"2027-02-10T17:00:00Z","sessions":{"nodes":[{"key":"meetup-2027-02-10-restore","state":"ASKED","topics":{"nodes":[{"status":"SCHEDULED"}]},"speakers":{"nodes":[{"key":"ada"}]}}]}},` +
			`{"key":"meetup-2027-03-10","startsAt":"2027-03-10T17:00:00Z","sessions":{"nodes":[]}}`
		if !strings.Contains(stranger, want) {
			t.Errorf("a stranger is shown\n%s\nand not\n%s", stranger, want)
		}
		must(t, env, "load", "--level", "clear", moved)
		var season plannedSeason
		out, _ := must(t, env, append(plan, "--json")...)
		if err := json.Unmarshal([]byte(out), &season); err != nil {
			t.Fatal(err)
		}
		// What was confirmed stays, and Ceph takes the place of less.
		if one := season.Slots[0]; one.Pick.Topic.Key != "quota" || !one.Pick.Locked || one.Session != "meetup-2027-01-13-quota" {
			t.Errorf("a confirmed session: %s", out)
		}
		left, _ := must(t, env, "query", `{ sessions { nodes { key state } } topics(where: {status: {eq: SCHEDULED}}) { nodes { key } } }`)
		got := strings.Join(strings.Fields(left), "")
		if want := `{"data":{"sessions":{"nodes":[{"key":"meetup-2027-01-13-quota","state":"CONFIRMED"},{"key":"meetup-2027-02-10-restore","state":"ASKED"},{"key":"meetup-2027-03-10-ceph","state":"IDEA"}]},` +
			`"topics":{"nodes":[{"key":"ceph"},{"key":"quota"},{"key":"restore"}]}}}`; !strings.Contains(got, want[:len(want)-1]) {
			t.Errorf("what is planned now:\n%s\n%s", got, want)
		}
	})
}

// TestPlanSeasonMistakes: what is wrong with the question ends with 2, a season that cannot be with 1.
func TestPlanSeasonMistakes(t *testing.T) {
	world := write(t, "world.yaml", seasonWorld)
	env := map[string]string{"OPSMAP_NOW": "2026-11-24T12:00:00Z", "OPSMAP_STORE": "file:" + t.TempDir() + "/m.db"}
	must(t, env, "load", "--level", "clear", world)
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", exitUsage, "--dates is needed"},
		{"--dates 2026-11-23", exitUsage, "2026-11-23 has passed; today is 2026-11-24"},
		{"--dates 2027-01-13,2027-01-13", exitUsage, "stands twice"},
		{"--dates 13.1.2027", exitUsage, "YYYY-MM-DD"},
		{"--dates 2027-01-13 --at 18:00 --zone Europe/Berln", exitUsage, `no zone "Europe/Berln"`},
		{"--dates 2027-01-13 --zone Europe/Berlin", exitUsage, "--at"},
		{"--dates 2027-01-13 --at noon", exitUsage, "right is one such as 18:00"},
		{"--dates 2027-03-28 --at 02:30 --zone Europe/Berlin", exitUsage, "there is no 02:30 on 2027-03-28"},
		{"--dates 2027-01-13 --layers ias", exitUsage, `no layer "ias"`},
		{"--dates 2027-01-13 --audience ambr", exitUsage, `did you mean "amber"?`},
		{"--dates 2027-01-13 --series none", exitUsage, `no series "none"`},
		{"--dates 2027-01-13 --spacing -1", exitUsage, "right is 0 to 1000"},
		{"--dates 2027-01-13 --locked 2027-01-14=dns", exitUsage, "with one of the dates"},
		{"--dates 2027-01-13 --locked 2027-01-13=secret", exitUsage, "secret is amber on 2027-01-13"},
		{"--dates 2027-01-13 --locked 2027-01-13=dns:eve", exitUsage, `no person "eve"`},
		{"--dates 2027-01-13,2027-01-14 --locked 2027-01-13=dns --locked 2027-01-14=dns", exitUsage, "each topic stands once"},
		{"--dates 2027-01-13 --apply --level ambr", exitUsage, `no level "ambr"`},
		{"--dates 2027-01-13 --apply --level red", exitUsage, "--groups"},
		{"--dates 2027-01-13 --apply --as anonymous", exitUsage, "--apply and --as"},
		{"--dates 2027-01-13,2027-02-10 --layers iaas", exitFailed, "relax LAYER_SPACING: --spacing 0"},
		{"--dates 2027-01-13,2027-02-10 --layers iaas --apply", exitFailed, "2 of 2 dates have a topic"},
		{"--dates 2027-01-13,2027-01-14,2027-01-15,2027-01-16 --layers apps --spacing 0", exitFailed, "relax LAYERS"},
		{"--dates 2027-01-13,2027-01-14 --layers apps --spacing 0", exitFailed, "no topic meets the rules on 2027-01-14"},
	} {
		_, stderr, code := call(t.Context(), with(env, "OPSMAP_CATALOGUE", "none"), append([]string{"plan", "season"}, strings.Fields(c.args)...)...)
		if code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("opsmap plan season %s: exit %d, want %d with %q\n%s", c.args, code, c.code, c.says, stderr)
		}
	}
	// Ada speaks in a session of another series on that day.
	other := write(t, "other.yaml", `meetings:
  - {key: other, title: Another, date: "2027-01-13", unverified: true}
sessions:
  - {key: keynote, title: Keynote, format: TALK, state: CONFIRMED, meeting: other, speakers: [ada], unverified: true}
`)
	must(t, env, "load", "--level", "clear", other)
	_, stderr, code := call(t.Context(), env, "plan", "season", "--dates", "2027-01-13", "--locked", "2027-01-13=dns:ada")
	if code != exitUsage || !strings.Contains(stderr, "ada speaks in the session keynote on 2027-01-13; nobody speaks twice at one time") {
		t.Errorf("a speaker twice at one time: exit %d: %s", code, stderr)
	}
}
