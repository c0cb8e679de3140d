package portability_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/portability"
)

// What a rule finds is said in words: who states what, and what it adds.
func TestReasonTexts(t *testing.T) {
	in := portability.Input{
		Practices: []portability.Practice{
			{Key: "p", Requires: []string{"c", "d"}}, {Key: "q", Requires: []string{"c"}}, {Key: "deep", Actor: portability.Operator, Requires: []string{"root", "c"}},
		},
		Platforms: []portability.Platform{
			{Key: "a", Kind: portability.Solution}, {Key: "b", Kind: portability.Solution}, {Key: "s", Kind: portability.Solution}, {Key: "t", Kind: portability.Solution},
			{Key: "x", Kind: portability.Provider, OperatedBy: portability.OperatedByProvider, Runs: []string{"t", "s"}},
		},
		Capabilities: []portability.Capability{{Key: "c", Name: "snapshots"}, {Key: "d"}, {Key: "root", Name: "log in to hosts", Kind: portability.OperatorAccess}},
		Offers: []portability.Offer{
			{Key: "bc", Platform: "b", Capability: "c", State: portability.OfferNo, Note: "planned for 2027"},
			{Key: "bd", Platform: "b", Capability: "d", State: portability.OfferRestricted},
			{Key: "sc", Platform: "s", Capability: "c", State: portability.OfferRestricted, Note: "slow"},
			{Key: "tc", Platform: "t", Capability: "c", State: portability.OfferRestricted, Note: "beta"},
			{Key: "ac", Platform: "a", Capability: "c", State: portability.OfferYes},
			{Key: "xr", Platform: "x", Capability: "root", State: portability.OfferNo},
		},
		Implementations: []portability.Implementation{
			{Key: "qa", Practice: "q", Platform: "a", Mechanism: "cron"}, {Key: "qb", Practice: "q", Platform: "b", Mechanism: "systemd"}, {Key: "qb2", Practice: "q", Platform: "b", Mechanism: "airflow"},
		},
	}
	w := build(in)
	for _, c := range []struct{ practice, from, to, want string }{
		{"p", "a", "b", "b does not offer: snapshots (planned for 2027)|b restricts: d"},
		{"q", "a", "x", "x runs s and t, which restricts: snapshots (slow; beta)"},
		{"q", "b", "a", "b does it by airflow or systemd; a does it by cron"},
		{"deep", "a", "x", "x is run by its provider, who does this and keeps to itself: log in to hosts"},
	} {
		var texts []string
		for _, r := range w.Answer(c.practice, c.from, c.to).Reasons {
			texts = append(texts, r.Text)
		}
		if got := strings.Join(texts, "|"); got != c.want {
			t.Errorf("%s %s>%s\ngot  %s\nwant %s", c.practice, c.from, c.to, got, c.want)
		}
	}
	compared := w.Compare("a", "b", []string{"q"})[0]
	if want := "a does it by cron; b does it by airflow or systemd"; compared.Difference != want || len(compared.B) != 2 {
		t.Errorf("the difference is %q, want %q", compared.Difference, want)
	}
}

// Of one source the proof keeps every statement, the sources name it once, with its
// least line.
func TestSourcesOnce(t *testing.T) {
	note := func(key string, line int) portability.Note {
		return portability.Note{
			Key: key, Practice: "p", From: "a", To: "b", Verdict: portability.Unchanged,
			Sources: []portability.Source{{URI: "u", Path: "x", Line: line, Revision: key}, {URI: "u", Path: "w"}},
		}
	}
	in := portability.Input{
		Practices: []portability.Practice{{Key: "p"}},
		Platforms: []portability.Platform{{Key: "a", Kind: portability.Solution}, {Key: "b", Kind: portability.Solution}},
		Notes:     []portability.Note{note("n", 0), note("m", 7), note("l", 9)},
	}
	got := build(in).Answer("p", "a", "b").Sources
	want := []portability.Source{{URI: "u", Path: "w"}, {URI: "u", Path: "x", Line: 7, Revision: "m"}}
	if !slices.Equal(got, want) {
		t.Errorf("sources are %v, want %v", got, want)
	}
}

// What a fact names that the viewer may not see is not in the world, and such a fact
// is none.
func TestDanglingFactsSayNothing(t *testing.T) {
	in := portability.Input{
		Practices:       []portability.Practice{{Key: "p", Requires: []string{"hidden"}, DependsOn: []string{"hidden"}}},
		Platforms:       []portability.Platform{{Key: "a", Kind: portability.Solution}, {Key: "x", Kind: portability.Provider, Runs: []string{"hidden"}}},
		Offers:          []portability.Offer{{Key: "o", Platform: "a", Capability: "hidden", State: portability.OfferNo}, {Key: "o2", Platform: "hidden", Capability: "c"}},
		Implementations: []portability.Implementation{{Key: "i", Practice: "hidden", Platform: "a"}, {Key: "j", Practice: "p", Platform: "hidden"}},
		Notes: []portability.Note{
			{Key: "n", Practice: "hidden", From: "a", To: "x", Verdict: portability.Blocked}, {Key: "m", Practice: "p", From: "hidden", To: "x", Verdict: portability.Blocked},
			{Key: "l", Practice: "p", From: "a", To: "x"},
		},
		LockIns: []portability.LockIn{{Key: "l", Platform: "hidden"}},
	}
	w := build(in)
	if a := w.Answer("p", "a", "x"); a.Verdict.Known() || a.Basis != portability.BasisUnknown || len(a.Proof) > 0 {
		t.Errorf("the answer is %+v", a)
	}
	if g := w.Gaps("a"); len(g) != 1 || g[0].Key != "p" {
		t.Errorf("the gaps are %+v", g)
	}
	for _, q := range [][3]string{{"hidden", "a", "a"}, {"p", "hidden", "hidden"}, {"p", "a", "hidden"}} {
		if a := w.Answer(q[0], q[1], q[2]); a.Verdict.Known() {
			t.Errorf("%v is answered: %+v", q, a)
		}
	}
	if w.Gaps("hidden") != nil || w.HasPlatform("hidden") || w.HasPractice("hidden") || !w.HasPlatform("a") {
		t.Error("what is not there is found")
	}
}

// Days are those of UTC, whatever zone now is given in.
func TestDaysAreUTC(t *testing.T) {
	in := portability.Input{
		Practices: []portability.Practice{{Key: "p"}},
		Platforms: []portability.Platform{{Key: "a", Kind: portability.Solution}, {Key: "b", Kind: portability.Solution}},
		Notes:     []portability.Note{{Key: "n", Practice: "p", From: "a", To: "b", Verdict: portability.Unchanged, ExpiresOn: "2026-06-15"}},
	}
	for _, c := range []struct {
		now   string
		known bool
	}{
		{"2026-06-15T23:59:59Z", true},
		{"2026-06-16T00:00:00Z", false},
		{"2026-06-16T01:00:00+02:00", true},
		{"2026-06-15T23:00:00-02:00", false},
	} {
		now, err := time.Parse(time.RFC3339, c.now)
		if err != nil {
			t.Fatal(err)
		}
		if got := portability.NewWorld(in, portability.Config{Now: now}).Answer("p", "a", "b").Verdict.Known(); got != c.known {
			t.Errorf("at %s the note holds: %t", c.now, got)
		}
	}
}

// Names are compared with the caller's fold, or by case alone.
func TestFold(t *testing.T) {
	in := portability.Input{Platforms: []portability.Platform{{Key: "a", Aliases: []string{"Öl K", "ΣΊΣΥΦΟΣ"}}}}
	w := build(in)
	for _, name := range []string{"öl k", "ÖL \u212a", "σίσυφος"} {
		if key, _, ok := w.Resolve(name); !ok || key != "a" {
			t.Errorf("%q is not found", name)
		}
	}
	if _, choices, ok := w.Resolve("ol k"); ok || choices != nil {
		t.Error("an accent is folded away")
	}
	blank := portability.NewWorld(in, portability.Config{Fold: func(string) string { return "" }})
	if _, _, ok := blank.Resolve("whatever"); !ok {
		t.Error("the caller's fold is not used")
	}
	if got := w.NearestPlatforms(strings.Repeat("x", 1<<20), 5); len(got) != 1 {
		t.Errorf("nearest to a long name are %v", got)
	}
	if got := w.NearestPlatforms("x", -1); len(got) != 0 {
		t.Errorf("less than none is %v", got)
	}
}
