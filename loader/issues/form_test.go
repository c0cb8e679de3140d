package issues

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/naming"
	"github.com/open-operations/opsmap/loader/speech"
	"github.com/open-operations/opsmap/schema"
)

const filled = "### About\n\npractice=etcd-backup from=vsphere to=osism\n\n### Verdict\n\nADAPT (small changes)\n\n### Reason\n\nWORKFLOW\n\n### In one sentence\n\nCron jobs move.\n\n### Link\n\n_No response_\n"

// said reads issues on a map with a few records; every statement is a line.
func said(t *testing.T, issues ...*issue) (say, warnings string) {
	t.Helper()
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	l := &labels{catalog: catalog, known: map[record.ID]bool{}}
	for _, id := range []record.ID{{Type: "Practice", Key: "etcd-backup"}, {Type: "Solution", Key: "vsphere"}, {Type: "Solution", Key: "osism"}, {Type: "Capability", Key: "api"}} {
		l.known[id] = true
	}
	l.called = func() (*naming.Index, error) {
		return naming.New([]loader.Named{
			{ID: record.ID{Type: "Practice", Key: "etcd-backup"}, Names: []string{"Back up etcd"}}, {ID: record.ID{Type: "Solution", Key: "vsphere"}, Names: []string{"VMware vSphere", "VMware"}},
			{ID: record.ID{Type: "Solution", Key: "osism"}, Names: []string{"OSISM", "OpenStack"}}, {ID: record.ID{Type: "Provider", Key: "rackstack"}, Names: []string{"Rackstack Cloud (public)", "OpenStack"}},
		}), nil
	}
	for n, i := range issues {
		i.number, i.line = n+1, 1
		i.url = fmt.Sprintf("https://github.com/o/r/issues/%d", i.number)
	}
	r := l.say(loader.Reader{Catalog: catalog}, &loader.File{Name: "f.json", Path: "f.json"}, issues)
	var b strings.Builder
	for i := range r.Say {
		s := &r.Say[i]
		fmt.Fprintf(&b, "%s %v %v %v\n", s.ID, s.Fields["verdict"], s.Fields["reasons"], s.Fields["state"])
	}
	for _, w := range append(r.Warnings, r.Problems...) {
		warnings += w.String() + "\n"
	}
	return b.String(), warnings
}

// TestCarelessForms are forms as people leave them behind.
func TestCarelessForms(t *testing.T) {
	const note = "PortabilityNote:o-r-1 ADAPT [[WORKFLOW Cron jobs move. ADAPT]] <nil>\n"
	edit := func(old, is string) string { return strings.Replace(filled, old, is, 1) }
	for _, c := range []struct{ name, body, want, warns string }{
		{"as it is", filled, note, ""},
		{"with the line ends of Windows", strings.ReplaceAll(filled, "\n", "\r\n"), note, ""},
		{"other headings", edit("### About", "## about:") + "", note, ""},
		{"bold in place of headings", edit("### Verdict", "**Verdict**"), note, ""},
		{"marks around the names", edit("practice=etcd-backup from=vsphere to=osism", "`practice=etcd-backup`, **from=vsphere** (to=osism)"), note, ""},
		{"blanks around the signs", edit("practice=etcd-backup from=vsphere to=osism", "practice = etcd-backup from= vsphere to =osism"), note, ""},
		{"colons, a line each", edit("practice=etcd-backup from=vsphere to=osism", "**practice**: etcd-backup\nfrom: vsphere\nto: osism"), note, ""},
		{"hints that GitHub does not show", edit("ADAPT", "<!-- ADAPT,\nor BLOCKED? -->\nADAPT"), note, ""},
		{"a hint in the sentence", edit("Cron jobs", "<!-- one only -->\nCron jobs"), note, ""},
		{"a verdict crossed out", edit("ADAPT", "~~REWORK (done anew)~~ ADAPT"), note, ""},
		{"names", edit("practice=etcd-backup from=vsphere to=osism", "practice=Back up etcd from=VMware vSphere, to = OSISM"), note, ""},
		{"quoted names", edit("practice=etcd-backup from=vsphere to=osism", "practice=“back up etcd” from=\"vmware\" (ours) to='osism', I think"), note, ""},
		{"words behind a key", edit("to=osism", "to=osism since May"), note, ""},
		{"a name of several", edit("to=osism", "to=OpenStack"), "", "issue #1 names to=OpenStack, and several are called so, so it is left out; right is one of the keys osism, rackstack"},
		{"a name that is mistyped", edit("to=osism", "to=Rackstak Cloud"), "", "issue #1 names to=Rackstak Cloud, which is not on the map, so it is left out; did you mean rackstack?"},
		{"the name of something else", edit("to=osism", "to=Back up etcd"), "", "names to=Back up etcd, which is not on the map, so it is left out; right is the key, or the name, of a solution or provider"},
		{"in lower case", edit("ADAPT (small changes)", "`adapt`"), note, ""},
		{"the verdict twice the same", edit("ADAPT (small changes)", "ADAPT\nADAPT (really)"), note, ""},
		{"several verdicts", edit("ADAPT (small changes)", "ADAPT (small changes), REWORK (done anew)"), "", "has the verdicts ADAPT and REWORK, so it is left out"},
		{"no verdict", edit("ADAPT (small changes)", "_No response_"), "", "issue #1 has no verdict, so it is left out"},
		{"another word", edit("ADAPT (small changes)", "easy"), "", `has the verdict "easy", so it is left out`},
		{"the form twice", filled + "\n" + edit("ADAPT", "BLOCKED"), "", "has Verdict twice, so it is left out; right is one form in an issue"},
		{"a heading within the sentence", edit("Cron jobs move.", "Cron jobs move.\n\n### Details\n\nmore"), strings.Replace(note, "move.", "move. ### Details more", 1), ""},
		{"no reason", edit("WORKFLOW", "_No response_"), "", "is ADAPT and says no reason"},
		{"no sentence", edit("Cron jobs move.", "_No response_"), "", "says nothing in one sentence"},
		{"no form", "It just works.", "Topic:o-r-1 <nil> <nil> <nil>\n", "calls itself a portability note, and holds no form that can be read: it is taken for a topic; right is a heading ### About"},
	} {
		if say, warns := said(t, &issue{title: "Portability note", body: c.body}); say != c.want || !strings.Contains(warns, c.warns) || (c.warns == "") != (warns == "") {
			t.Errorf("%s: says\n%swant\n%swarns %s", c.name, say, c.want, warns)
		}
	}
	// Of an issue that is about something else no heading is taken for the form's.
	if say, warns := said(t, &issue{title: "Our product", body: "## About\n\nus\n\n## Verdict\n\ngood"}); say != "Topic:o-r-1 <nil> <nil> <nil>\n" || warns != "" {
		t.Errorf("a topic: %s%s", say, warns)
	}
}

// TestFormLinks are links as people write them, and what is cited.
func TestFormLinks(t *testing.T) {
	for link, want := range map[string]string{
		"_No response_":                                "",
		"*no response*":                                "",
		"https://e.org/a":                              "https://e.org/a",
		"[the doc](https://e.org/a).":                  "https://e.org/a",
		"<https://e.org/a>.":                           "https://e.org/a",
		"https://e.org/a, (https://e.org/b) and e.org": "https://e.org/a https://e.org/b",
		"https://e.org/a_(b)":                          "https://e.org/a_(b)",
		"[b](https://e.org/a_(b))":                     "https://e.org/a_(b)",
		"https://e.org/a\nhttps://e.org/a":             "https://e.org/a",
		"javascript:alert(1)":                          "",
		"https://.":                                    "",
	} {
		catalog, err := schema.Load()
		if err != nil {
			t.Fatal(err)
		}
		s := &speaker{Speaker: speech.New(loader.Reader{Catalog: catalog}, &loader.File{}, "ISSUE")}
		st := &record.Statement{Fields: map[string]any{}}
		s.link(st, form{formLink: answer(link)})
		var got []string
		sources, _ := st.Fields["sources"].([]any)
		for _, source := range sources {
			got = append(got, fmt.Sprint(source.(record.Object)[catalog.Object("Source").Field("uri").Index]))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q cites %q, want %q", link, got, want)
		}
	}
}

// TestTheNewerOfferCounts says of one capability two things in one file.
func TestTheNewerOfferCounts(t *testing.T) {
	offer := func(verdict string, day int) *issue {
		body := strings.Replace(filled, "practice=etcd-backup from=vsphere to=osism", "platform=osism capability=api", 1)
		return &issue{title: "Portability note", body: strings.Replace(body, "ADAPT", verdict, 1), created: time.Date(2026, 5, day, 0, 0, 0, 0, time.UTC)}
	}
	for _, order := range [][]*issue{{offer("UNCHANGED", 1), offer("BLOCKED", 2)}, {offer("BLOCKED", 2), offer("UNCHANGED", 1)}} {
		if say, warns := said(t, order...); say != "Offer:osism--api <nil> <nil> NO\n" || warns != "" {
			t.Errorf("says %s%s", say, warns)
		}
	}
}
