package portability_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
	"pgregory.net/rapid"
)

var verdicts = []portability.Verdict{
	portability.NotNeeded, portability.ProviderOperated, portability.Unchanged, portability.Adapt, portability.Rework, portability.Blocked,
}

var dates = []string{"", "", "2025-06-14", "2025-06-15", "2026-01-01", "2026-06-14", "2026-06-15", "2026-06-16"}

// draw builds a small world in which everything is likely to meet everything.
type draw struct {
	*rapid.T

	in portability.Input
}

func (d *draw) pick(what string, from []string) string {
	return rapid.SampledFrom(from).Draw(d.T, what)
}

func (d *draw) some(what string, from []string) []string {
	return slices.DeleteFunc(slices.Clone(from), func(string) bool { return !rapid.Bool().Draw(d.T, what) })
}

func (d *draw) sources() []portability.Source {
	var out []portability.Source
	for range rapid.IntRange(0, 2).Draw(d.T, "sources") {
		out = append(out, portability.Source{
			URI: d.pick("uri", []string{"u", "v"}), Path: d.pick("path", []string{"", "x"}), Line: rapid.IntRange(0, 3).Draw(d.T, "line"),
		})
	}
	return out
}

func world(t *rapid.T) portability.Input {
	d := &draw{T: t}
	keys := func(prefix string, n int) []string {
		var out []string
		for i := range n {
			out = append(out, fmt.Sprint(prefix, i))
		}
		return out
	}
	practices, capabilities := keys("p", 2), keys("c", 3)
	solutions := keys("s", rapid.IntRange(2, 4).Draw(t, "solutions"))
	providers := keys("v", rapid.IntRange(0, 3).Draw(t, "providers"))
	for _, key := range practices {
		d.in.Practices = append(d.in.Practices, portability.Practice{
			Key: key, Actor: portability.Actor(d.pick("actor", []string{"OPERATOR", "TENANT", "BOTH"})), Requires: d.some("requires", capabilities),
		})
	}
	for _, key := range capabilities {
		d.in.Capabilities = append(d.in.Capabilities, portability.Capability{
			Key: key, Kind: portability.CapabilityKind(d.pick("kind", []string{"SERVICE", "OPERATOR_ACCESS"})),
		})
	}
	for _, key := range solutions {
		d.in.Platforms = append(d.in.Platforms, portability.Platform{Key: key, Kind: portability.Solution, OperatedBy: portability.OperatedBySelf})
	}
	for _, key := range providers {
		d.in.Platforms = append(d.in.Platforms, portability.Platform{
			Key: key, Kind: portability.Provider, OperatedBy: portability.OperatedBy(d.pick("by", []string{"SELF", "PROVIDER"})), Runs: d.some("runs", solutions),
		})
	}
	d.facts(practices, capabilities, append(solutions, providers...))
	return d.in
}

func (d *draw) facts(practices, capabilities, platforms []string) {
	offers, notes, speaking := []string{"", "", "", "YES", "YES", "RESTRICTED", "NO"}, 14, verdicts
	if rapid.Bool().Draw(d.T, "sparse") {
		// Where little is stated and much is noted, answers go over other platforms.
		offers, notes, speaking = []string{"", "", "", "", "", "", "", "YES", "YES", "RESTRICTED"}, 24, verdicts[2:5]
	}
	for _, at := range platforms {
		for _, c := range capabilities {
			if state := d.pick("state", offers); state != "" {
				d.in.Offers = append(d.in.Offers, portability.Offer{Key: at + "--" + c, Platform: at, Capability: c, State: portability.OfferState(state), Sources: d.sources()})
			}
		}
		for _, p := range practices {
			for i := range rapid.IntRange(-2, 2).Draw(d.T, "implementations") {
				d.in.Implementations = append(d.in.Implementations, portability.Implementation{
					Key: fmt.Sprint(p, "--", at, i), Practice: p, Platform: at, Mechanism: d.pick("mechanism", []string{"m", "n", "o"}), Sources: d.sources(),
				})
			}
		}
	}
	for i := range rapid.IntRange(0, notes).Draw(d.T, "notes") {
		d.in.Notes = append(d.in.Notes, d.note(fmt.Sprint("n", i), d.pick("practice", practices), platforms, speaking))
	}
}

func (d *draw) note(key, practice string, platforms []string, speaking []portability.Verdict) portability.Note {
	n := portability.Note{
		Key: key, Practice: practice, From: d.pick("from", platforms), To: d.pick("to", platforms),
		Verdict: rapid.SampledFrom(speaking).Draw(d.T, "verdict"), ObservedOn: d.pick("on", dates), ExpiresOn: d.pick("until", dates),
		Conditions: d.some("conditions", []string{"x", "y"}), Basis: portability.Cited, Unverified: rapid.Bool().Draw(d.T, "unverified"), Sources: d.sources(),
	}
	if n.Verdict != portability.Unchanged {
		n.Reasons = []portability.Reason{{Kind: portability.ReasonTechnology, Text: "said:" + key, Verdict: n.Verdict}}
		lesser := rapid.SampledFrom(verdicts).Draw(d.T, "lesser")
		if bad(lesser) < bad(n.Verdict) && rapid.Bool().Draw(d.T, "second reason") {
			n.Reasons = append(n.Reasons, portability.Reason{Kind: portability.ReasonProvider, Text: "said:also " + key, Verdict: lesser})
		}
	}
	for i := range rapid.IntRange(-3, 2).Draw(d.T, "confirmations") {
		n.Confirmations = append(n.Confirmations, portability.Confirmation{Key: fmt.Sprint(key, "c", i), On: d.pick("confirmed", dates[2:]), Version: "1"})
	}
	if rapid.Bool().Draw(d.T, "estimated") {
		least := rapid.IntRange(0, 5).Draw(d.T, "min")
		n.EffortDays = &portability.EffortRange{Min: least, Max: least + rapid.IntRange(0, 5).Draw(d.T, "more")}
	}
	return n
}

func build(in portability.Input) *portability.World {
	return portability.NewWorld(in, portability.Config{Now: paperNow})
}

// everyAnswer asks everything there is to ask.
func everyAnswer(w *portability.World, in portability.Input) map[string]portability.Answer {
	answers := map[string]portability.Answer{}
	for _, p := range in.Practices {
		for _, from := range in.Platforms {
			for _, to := range in.Platforms {
				answers[p.Key+" "+from.Key+">"+to.Key] = w.Answer(p.Key, from.Key, to.Key)
			}
		}
	}
	return answers
}

func TestSameAsNaive(t *testing.T) {
	bases := map[portability.Basis]int{}
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		n := naive{in, paperNow}
		for question, got := range everyAnswer(build(in), in) {
			want := n.answer(got.Practice, got.From, got.To)
			if g, w := flat(normal(got)), flat(normal(want)); g != w {
				t.Fatalf("%s\ngot  %s\nwant %s", question, g, w)
			}
			bases[got.Basis]++
			if len(got.Path) > 2 {
				bases["over platforms"]++
			}
		}
	})
	t.Logf("answers by basis: %v", bases)
}

// flat takes the pointer out of an answer, so that it can be compared as text.
func flat(a portability.Answer) string {
	effort := days(a.EffortDays)
	a.EffortDays = nil
	return fmt.Sprintf("%+v%s", a, effort)
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		other := cloneInput(in)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		shuffle(r, other.Practices)
		shuffle(r, other.Platforms)
		shuffle(r, other.Capabilities)
		shuffle(r, other.Offers)
		shuffle(r, other.Implementations)
		shuffle(r, other.Notes)
		for i := range other.Platforms {
			other.Platforms[i].Runs = slices.Clone(other.Platforms[i].Runs)
			shuffle(r, other.Platforms[i].Runs)
		}
		for i := range other.Practices {
			other.Practices[i].Requires = slices.Clone(other.Practices[i].Requires)
			shuffle(r, other.Practices[i].Requires)
		}
		a, b := build(in), build(other)
		if x, y := everyAnswer(a, in), everyAnswer(b, in); !reflect.DeepEqual(x, y) {
			t.Fatalf("answers differ:\n%+v\n%+v", x, y)
		}
		for _, p := range in.Platforms {
			if x, y := a.Gaps(p.Key), b.Gaps(p.Key); !reflect.DeepEqual(x, y) {
				t.Fatalf("gaps differ:\n%+v\n%+v", x, y)
			}
			if x, y := a.Compare("s0", p.Key, a.Practices()), b.Compare("s0", p.Key, b.Practices()); !reflect.DeepEqual(x, y) {
				t.Fatalf("comparisons differ:\n%+v\n%+v", x, y)
			}
		}
	})
}

func shuffle[T any](r *rand.Rand, s []T) {
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// A note, an implementation or a required capability's offer that is not about a
// practice never changes what is said of it; taken back, everything is as it was.
func TestUnrelatedPremise(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		before := everyAnswer(build(in), in)
		more := cloneInput(in)
		d := &draw{T: t, in: more}
		var platforms []string
		for _, p := range in.Platforms {
			platforms = append(platforms, p.Key)
		}
		d.in.Notes = append(d.in.Notes, d.note("added", "p1", platforms, verdicts))
		d.in.Implementations = append(d.in.Implementations, portability.Implementation{Key: "added", Practice: "p1", Platform: d.pick("at", platforms), Mechanism: "m"})
		d.in.Capabilities = append(d.in.Capabilities, portability.Capability{Key: "extra"})
		d.in.Offers = append(d.in.Offers, portability.Offer{Key: "added", Platform: d.pick("at", platforms), Capability: "extra", State: portability.OfferNo})
		for question, answer := range everyAnswer(build(d.in), in) {
			if answer.Practice == "p0" && !reflect.DeepEqual(answer, before[question]) {
				t.Fatalf("%s was %+v, is %+v", question, before[question], answer)
			}
		}
		if after := everyAnswer(build(in), in); !reflect.DeepEqual(before, after) {
			t.Fatal("taken back, it is not as it was")
		}
	})
}

// The proof is enough: a world that knows nothing but the premises of an answer
// gives the same one. Of what is inferred that is not so: it also rests on nobody
// having said anything nearer.
func TestProofSuffices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		for question, a := range everyAnswer(build(in), in) {
			if a.Basis != portability.BasisRecorded && a.Basis != portability.BasisDerived {
				continue
			}
			less := portability.Input{Practices: in.Practices, Platforms: in.Platforms, Capabilities: in.Capabilities}
			in := cloneInput(in)
			for _, n := range in.Notes {
				if premiseOf(a, portability.NotePremise, n.Key) {
					less.Notes = append(less.Notes, n)
				}
			}
			for _, o := range in.Offers {
				if premiseOf(a, portability.OfferPremise, o.Key) {
					less.Offers = append(less.Offers, o)
				}
			}
			for _, i := range in.Implementations {
				if premiseOf(a, portability.ImplementationPremise, i.Key) {
					less.Implementations = append(less.Implementations, i)
				}
			}
			b := build(less).Answer(a.Practice, a.From, a.To)
			// What else is unchecked is about what is not there, and that has grown.
			a.Unchecked, b.Unchecked = nil, nil
			if !reflect.DeepEqual(a, b) {
				t.Fatalf("%s\nwas %+v\nis  %+v", question, a, b)
			}
		}
	})
}

func premiseOf(a portability.Answer, kind portability.PremiseKind, key string) bool {
	return slices.ContainsFunc(a.Proof, func(p portability.Premise) bool { return p.Kind == kind && p.Key == key })
}
