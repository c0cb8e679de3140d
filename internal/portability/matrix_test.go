package portability_test

import (
	"context"
	"errors"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
	"pgregory.net/rapid"
)

// What is worked out for all pairs at once is what one gets by asking for each.
func TestMatrixIsAnswers(t *testing.T) {
	// Worlds are drawn until one has an answer over two platforms; few have.
	routes := 0
	for round := 0; round < 20 && routes == 0 && !t.Failed(); round++ {
		rapid.Check(t, func(t *rapid.T) { routes += matrixIsAnswers(t, world(t)) })
	}
	if routes == 0 && !t.Failed() {
		t.Error("no answer went over two platforms; the worlds are too plain")
	}
}

// matrixIsAnswers holds the matrix of a world to its answers, and counts those that
// go over two platforms.
func matrixIsAnswers(t *rapid.T, in portability.Input) (routes int) {
	w := build(in)
	var moves []portability.Move
	for _, from := range in.Platforms {
		for _, to := range in.Platforms {
			moves = append(moves, portability.Move{From: from.Key, To: to.Key})
		}
	}
	moves = append(moves, portability.Move{From: "nowhere", To: "s0"})
	tallies, err := w.Moves(t.Context(), moves, append(w.Practices(), "nobody", "p0"))
	if err != nil {
		t.Fatal(err)
	}
	marks, err := w.Arrivals(t.Context(), moves, w.Practices())
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range moves[:len(moves)-1] {
		var want portability.Tally
		for n, p := range w.Practices() {
			a := w.Answer(p, m.From, m.To)
			if got := marks[n][i]; got != (portability.Mark{Verdict: a.Verdict, Contested: a.Contested}) {
				t.Fatalf("%s %v is marked %v, the answer is %s %t", p, m, got, a.Verdict, a.Contested)
			}
			want.Total++
			want.Verdicts[a.Verdict]++
			if a.Contested {
				want.Contested++
			}
			if len(a.Path) > 3 {
				routes++
			}
		}
		if tallies[i] != want {
			t.Fatalf("%v counts %+v, want %+v", m, tallies[i], want)
		}
	}
	if last := tallies[len(tallies)-1]; last.Total != 0 {
		t.Fatalf("nowhere counts %+v", last)
	}
	return routes
}

// The same world as large as one machine word cannot number.
func TestMatrixOfManyPlatforms(t *testing.T) {
	in := large(60, 130, 2000)
	w := build(in)
	var moves []portability.Move
	for i, from := range in.Platforms {
		for j, to := range in.Platforms {
			if (i*len(in.Platforms)+j)%97 == 0 {
				moves = append(moves, portability.Move{From: from.Key, To: to.Key})
			}
		}
	}
	marks, err := w.Arrivals(t.Context(), moves, w.Practices())
	if err != nil {
		t.Fatal(err)
	}
	for n, p := range w.Practices() {
		for i, m := range moves {
			if a := w.Answer(p, m.From, m.To); marks[n][i] != (portability.Mark{Verdict: a.Verdict, Contested: a.Contested}) {
				t.Fatalf("%s %v is marked %v, the answer is %s", p, m, marks[n][i], a.Verdict)
			}
		}
	}
}

func TestMatrixEndsWithItsContext(t *testing.T) {
	w := build(large(2000, 10, 2000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Moves(ctx, []portability.Move{{From: "platform-00", To: "platform-01"}}, w.Practices()); !errors.Is(err, context.Canceled) {
		t.Errorf("it went on: %v", err)
	}
}
