package portability_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
	"pgregory.net/rapid"
)

func TestVerdictOrder(t *testing.T) {
	all := append([]portability.Verdict{portability.Unknown}, verdicts...)
	for i, a := range all {
		if portability.ParseVerdict(a.String()) != a {
			t.Errorf("%s is read as something else", a)
		}
		for j, b := range all {
			if got, want := a.Worse(b), i > j && j > 0; got != want {
				t.Errorf("%s worse than %s: %t", a, b, got)
			}
			if got, want := a.Within(b), i == 1 || i == 2 || (i > 0 && i <= j); got != want {
				t.Errorf("%s within %s: %t", a, b, got)
			}
			place := func(n int) int { return (n + len(all) - 1) % len(all) }
			if got, want := cmp.Compare(a.Compare(b), 0), cmp.Compare(place(i), place(j)); got != want {
				t.Errorf("%s against %s: %d", a, b, got)
			}
		}
	}
	if portability.ParseVerdict("unchanged") != portability.Unknown || portability.Verdict(99).String() != "UNKNOWN" {
		t.Error("what is no verdict is taken for one")
	}
}

// Portable is what one gets by asking for each practice, leaving out what is not
// within the bound, and sorting.
func TestPortableIsAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		w := build(in)
		for _, from := range in.Platforms {
			to := rapid.SampledFrom(in.Platforms).Draw(t, "to")
			atMost := rapid.SampledFrom(verdicts).Draw(t, "atMost")
			wanted := portability.Wanted{AtMost: atMost}
			if rapid.Bool().Draw(t, "by kind") {
				wanted.ReasonKinds = []portability.ReasonKind{portability.ReasonProvider, portability.ReasonWorkflow}[:rapid.IntRange(0, 2).Draw(t, "kinds")]
			}
			got, err := w.Portable(t.Context(), from.Key, to.Key, wanted, append(w.Practices(), "nobody", "p0"))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, p := range w.Practices() {
				a := w.Answer(p, from.Key, to.Key)
				ofKind := wanted.ReasonKinds == nil
				for _, k := range wanted.ReasonKinds {
					ofKind = ofKind || slices.ContainsFunc(a.Reasons, func(r portability.Reason) bool { return r.Kind == k })
				}
				if a.Verdict.Within(atMost) && ofKind {
					want = append(want, p)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%d answers, want those for %v", len(got), want)
			}
			for i := 1; i < len(got); i++ {
				a, b := got[i-1], got[i]
				if c := cmp.Or(a.Verdict.Compare(b.Verdict), portability.CompareEffort(a.EffortDays, b.EffortDays), cmp.Compare(a.Practice, b.Practice)); c >= 0 {
					t.Fatalf("%s stands before %s", a.Practice, b.Practice)
				}
			}
		}
	})
}

func TestCompareEffortIsAnOrder(t *testing.T) {
	effort := rapid.Custom(func(t *rapid.T) *portability.EffortRange {
		if rapid.Bool().Draw(t, "none") {
			return nil
		}
		return &portability.EffortRange{Min: rapid.IntRange(0, 2).Draw(t, "min"), Max: rapid.IntRange(2, 4).Draw(t, "max")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := effort.Draw(t, "a"), effort.Draw(t, "b"), effort.Draw(t, "c")
		x, y, z := portability.CompareEffort(a, b), portability.CompareEffort(b, c), portability.CompareEffort(a, c)
		if x != -portability.CompareEffort(b, a) {
			t.Fatal("not the same both ways")
		}
		if x <= 0 && y <= 0 && z > 0 {
			t.Fatal("not transitive")
		}
		if (x == 0) != (days(a) == days(b)) {
			t.Fatal("different estimates in one place")
		}
	})
}

// A plan puts every practice asked for in one place, each move after those it waits
// for, and no easier one could have been next.
func TestExitPlanOrder(t *testing.T) {
	keys := []string{"p0", "p1", "p2", "p3", "p4", "p5", "p6"}
	rapid.Check(t, func(t *rapid.T) {
		d := &draw{T: t}
		d.in.Platforms = []portability.Platform{{Key: "a", Kind: portability.Solution}, {Key: "b", Kind: portability.Solution}}
		direct := map[string][]string{}
		for i, key := range keys {
			direct[key] = d.some("after", keys[:i])
			d.in.Practices = append(d.in.Practices, portability.Practice{Key: key, DependsOn: direct[key]})
			if rapid.IntRange(0, 5).Draw(t, "noted") > 0 {
				d.in.Notes = append(d.in.Notes, portability.Note{Key: key, Practice: key, From: "a", To: "b", Verdict: rapid.SampledFrom(verdicts).Draw(t, "verdict")})
			}
		}
		asked := d.some("asked", keys)
		plan, err := build(d.in).ExitPlan(t.Context(), "a", []string{"b"}, asked)
		if err != nil {
			t.Fatal(err)
		}
		var moves []string
		ease := map[string]portability.Answer{}
		for _, s := range plan.Steps {
			moves = append(moves, s.Answer.Practice)
			ease[s.Answer.Practice] = s.Answer
		}
		if len(moves)+len(plan.Covered)+len(plan.Blocked)+len(plan.Unknown) != len(asked) {
			t.Fatalf("asked for %v, got %+v", asked, plan)
		}
		// Naively: again and again the easiest of those with nothing left to wait for.
		var want, left []string
		for left = slices.Clone(moves); len(left) > 0; {
			best := ""
			for _, m := range left {
				free := !slices.ContainsFunc(left, func(o string) bool { return o != m && reaches(direct, m, o) })
				if free && (best == "" || cmp.Or(ease[m].Verdict.Compare(ease[best].Verdict), cmp.Compare(m, best)) < 0) {
					best = m
				}
			}
			want = append(want, best)
			left = slices.DeleteFunc(left, func(m string) bool { return m == best })
		}
		if !slices.Equal(moves, want) {
			t.Fatalf("order %v, want %v", moves, want)
		}
	})
}

func reaches(direct map[string][]string, from, to string) bool {
	return slices.ContainsFunc(direct[from], func(next string) bool { return next == to || reaches(direct, next, to) })
}

func TestNearestIsByEdits(t *testing.T) {
	letters := rapid.StringOfN(rapid.RuneFrom([]rune("abß")), 0, 5, -1)
	rapid.Check(t, func(t *rapid.T) {
		name, keys := letters.Draw(t, "name"), rapid.SliceOfNDistinct(letters, 1, 5, rapid.ID[string]).Draw(t, "keys")
		var in portability.Input
		for _, k := range keys {
			in.Practices = append(in.Practices, portability.Practice{Key: k})
		}
		got := build(in).NearestPractices(name, 2)
		slices.SortFunc(keys, func(a, b string) int {
			return cmp.Or(cmp.Compare(distance([]rune(name), []rune(a)), distance([]rune(name), []rune(b))), cmp.Compare(a, b))
		})
		if want := keys[:min(2, len(keys))]; !slices.Equal(got, want) {
			t.Fatalf("nearest to %q are %q, want %q", name, got, want)
		}
	})
}

// distance is the definition of edits, without remembering anything.
func distance(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	case a[0] == b[0]:
		return distance(a[1:], b[1:])
	}
	return 1 + min(distance(a[1:], b), distance(a, b[1:]), distance(a[1:], b[1:]))
}
