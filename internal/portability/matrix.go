package portability

import (
	"context"
	"runtime"
	"sync"
)

// Tally counts answers.
type Tally struct {
	// Total is how many were asked for.
	Total int
	// Contested is how many rest on notes that contradict each other.
	Contested int
	// Verdicts has how many came to each verdict, by its number.
	Verdicts [Blocked + 1]int
}

// Known is how many have an answer.
func (t *Tally) Known() int { return t.Total - t.Verdicts[Unknown] }

// Add counts one more.
func (t *Tally) Add(m Mark) {
	t.Total++
	t.Verdicts[m.Verdict]++
	if m.Contested {
		t.Contested++
	}
}

func (t *Tally) plus(other *Tally) {
	t.Total += other.Total
	t.Contested += other.Contested
	for v := range t.Verdicts {
		t.Verdicts[v] += other.Verdicts[v]
	}
}

// Move is a pair of platforms by key.
type Move struct{ From, To string }

// Moves counts, for each move, the answers for all of the practices. Keys that are
// not in the world are left out. The error is that of ctx, whose end stops it.
func (w *World) Moves(ctx context.Context, moves []Move, practices []string) ([]Tally, error) {
	asked := make([]query, 0, len(moves))
	places := make([]int, 0, len(moves))
	for i, m := range moves {
		from, okFrom := w.platformAt[m.From]
		to, okTo := w.platformAt[m.To]
		if okFrom && okTo {
			asked, places = append(asked, query{from: from, to: to}), append(places, i)
		}
	}
	out := make([]Tally, len(moves))
	var adding sync.Mutex
	err := w.eachSheet(ctx, w.numbered(practices), func() (each func(int, *sheet), done func()) {
		tallies := make([]Tally, len(asked))
		each = func(_ int, s *sheet) {
			for i, q := range asked {
				tallies[i].Add(s.mark(q.from, q.to))
			}
		}
		return each, func() {
			adding.Lock()
			defer adding.Unlock()
			for i := range tallies {
				out[places[i]].plus(&tallies[i])
			}
		}
	})
	return out, err
}

// Arrivals has, for each of the practices, a mark for each move, in the order of
// both. Practices and platforms that are not in the world are Unknown.
func (w *World) Arrivals(ctx context.Context, moves []Move, practices []string) ([][]Mark, error) {
	asked := make([]query, len(moves))
	for i, m := range moves {
		asked[i] = query{from: w.platformNumber(m.From), to: w.platformNumber(m.To)}
	}
	out := make([][]Mark, len(practices))
	numbers := make([]int32, 0, len(practices))
	places := make([]int, 0, len(practices))
	for i, key := range practices {
		out[i] = make([]Mark, len(moves))
		if n, ok := w.practiceAt[key]; ok {
			numbers, places = append(numbers, n), append(places, i)
		}
	}
	err := w.eachSheet(ctx, numbers, func() (each func(int, *sheet), done func()) {
		each = func(at int, s *sheet) {
			for i, q := range asked {
				if q.from >= 0 && q.to >= 0 {
					out[places[at]][i] = s.mark(q.from, q.to)
				}
			}
		}
		return each, func() {}
	})
	return out, err
}

func (w *World) platformNumber(key string) int32 {
	if at, ok := w.platformAt[key]; ok {
		return at
	}
	return -1
}

// numbered are the numbers of those of the practices that are there, each once.
func (w *World) numbered(practices []string) []int32 {
	return numbers(w.practiceAt, practices)
}

// practicesPerLook is how many practices are worked out between two looks at a
// context.
const practicesPerLook = 64

// eachSheet works out the sheets of practices on all processors. Every worker calls
// begin once, each for every practice it takes, with its place in the list, and done
// at its end.
func (w *World) eachSheet(ctx context.Context, practices []int32, begin func() (each func(int, *sheet), done func())) error {
	chunks := make(chan int)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(practices)/practicesPerLook+1) {
		workers.Go(func() {
			s := w.newSheet()
			defer s.free()
			each, done := begin()
			defer done()
			for from := range chunks {
				for at := from; at < min(from+practicesPerLook, len(practices)); at++ {
					each(at, s.of(practices[at]))
				}
			}
		})
	}
	var err error
	for from := 0; from < len(practices) && err == nil; from += practicesPerLook {
		select {
		case chunks <- from:
		case <-ctx.Done():
			err = ctx.Err()
		}
	}
	close(chunks)
	workers.Wait()
	return err
}
