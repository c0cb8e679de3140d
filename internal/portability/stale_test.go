package portability_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
	"pgregory.net/rapid"
)

// What rests on a note are the answers that name it among their premises.
func TestRestingOnIsProof(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		w := build(in)
		answers := everyAnswer(w, in)
		stale := w.Stale("9999-12-31", true)
		for _, n := range stale {
			var want []portability.Move
			for _, f := range in.Platforms {
				for _, to := range in.Platforms {
					if premiseOf(answers[n.Practice+" "+f.Key+">"+to.Key], portability.NotePremise, n.Key) {
						want = append(want, portability.Move{From: f.Key, To: to.Key})
					}
				}
			}
			slices.SortFunc(want, func(a, b portability.Move) int {
				return slices.Compare([]string{a.From, a.To}, []string{b.From, b.To})
			})
			if got := w.RestingOn(n.Practice, n.From, n.To); !reflect.DeepEqual(got, want) {
				t.Fatalf("on %s rest %v, want %v", n.Key, got, want)
			}
		}
		// Nothing rests on a note that is not among them.
		for question, a := range answers {
			for _, p := range a.Proof {
				if p.Kind == portability.NotePremise && !slices.ContainsFunc(stale, func(n portability.StaleNote) bool { return n.Key == p.Key }) {
					t.Fatalf("%s rests on %s, which is not listed", question, p.Key)
				}
			}
		}
	})
}

func TestStale(t *testing.T) {
	in := portability.Input{
		Platforms: []portability.Platform{{Key: "a", Kind: portability.Solution}, {Key: "b", Kind: portability.Solution}},
		Practices: []portability.Practice{{Key: "p"}, {Key: "q"}, {Key: "r"}},
		Notes: []portability.Note{
			{Key: "old", Practice: "p", From: "a", To: "b", Verdict: portability.Unchanged, ObservedOn: "2024-06-15"},
			{Key: "confirmed", Practice: "q", From: "a", To: "b", Verdict: portability.Unchanged, ObservedOn: "2024-01-01", Confirmations: []portability.Confirmation{
				{Key: "c1", On: "2026-06-01", Version: "1.2"}, {Key: "later", On: "2026-06-16"}, {Key: "c0", On: "2025-01-01"},
			}},
			{Key: "undated", Practice: "r", From: "a", To: "b", Verdict: portability.Unchanged},
		},
	}
	w := build(in)
	sight := w.Answer("q", "a", "b").Proof[0].Sight
	if sight.AgeDays != 896 || sight.LastOn != "2026-06-01" || sight.UnseenDays != 14 || sight.Stale || len(sight.Confirmations) != 2 || sight.Confirmations[0].Version != "1.2" {
		t.Errorf("the confirmed note is seen as %+v", sight)
	}
	if s := w.Answer("p", "a", "b").Proof[0].Sight; s.UnseenDays != 730 || !s.Stale {
		t.Errorf("the old note is seen as %+v", s)
	}
	if s := w.Answer("r", "a", "b").Proof[0].Sight; s.AgeDays != -1 || s.UnseenDays != -1 || s.Stale {
		t.Errorf("the undated note is seen as %+v", s)
	}
	keys := func(list []portability.StaleNote) (out []string) {
		for _, n := range list {
			out = append(out, n.Key)
		}
		return out
	}
	if got := keys(w.Stale("2026-06-02", true)); !slices.Equal(got, []string{"undated", "old", "confirmed"}) {
		t.Errorf("stale before June: %v", got)
	}
	if got := keys(w.Stale("2026-06-01", false)); !slices.Equal(got, []string{"old"}) {
		t.Errorf("stale before the confirmation: %v", got)
	}
}
