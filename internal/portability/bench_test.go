package portability_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/portability"
)

// full is a world of the size that has to be fast.
func full() portability.Input { return large(4000, 50, 40_000) }

// large is a world with so many practices, platforms and notes; half of the platforms
// are providers.
func large(practices, platforms, notes int) portability.Input {
	r := rand.New(rand.NewPCG(1, 2))
	var in portability.Input
	platform := func(i int) string { return fmt.Sprintf("platform-%02d", i) }
	for i := range platforms {
		p := portability.Platform{Key: platform(i), Kind: portability.Solution, OperatedBy: portability.OperatedBySelf}
		if i >= platforms/2 {
			p.Kind, p.OperatedBy, p.Runs = portability.Provider, portability.OperatedByProvider, []string{platform(i - platforms/2)}
		}
		in.Platforms = append(in.Platforms, p)
	}
	states := []portability.OfferState{portability.OfferYes, portability.OfferYes, portability.OfferYes, portability.OfferRestricted, portability.OfferNo}
	for c := range 30 {
		key := fmt.Sprintf("capability-%02d", c)
		in.Capabilities = append(in.Capabilities, portability.Capability{Key: key, Kind: portability.Service})
		for i := range platforms {
			if r.IntN(3) > 0 {
				in.Offers = append(in.Offers, portability.Offer{Key: platform(i) + key, Platform: platform(i), Capability: key, State: states[r.IntN(len(states))]})
			}
		}
	}
	for i := range practices {
		key := fmt.Sprintf("practice-%04d", i)
		p := portability.Practice{Key: key, Actor: portability.Operator}
		for range r.IntN(3) {
			p.Requires = append(p.Requires, in.Capabilities[r.IntN(30)].Key)
		}
		in.Practices = append(in.Practices, p)
		for range notes / practices {
			from, to := r.IntN(platforms), r.IntN(platforms)
			n := portability.Note{
				Key: fmt.Sprintf("note-%d", len(in.Notes)), Practice: key, From: platform(from), To: platform(to), Verdict: verdicts[2+r.IntN(4)],
				Sources: []portability.Source{{URI: "https://example.org", Path: fmt.Sprint(r.IntN(500))}},
			}
			n.Reasons = []portability.Reason{{Kind: portability.ReasonTechnology, Text: n.Key, Verdict: n.Verdict}}
			in.Notes = append(in.Notes, n)
			if r.IntN(2) == 0 {
				in.Implementations = append(in.Implementations, portability.Implementation{
					Key: n.Key, Practice: key, Platform: platform(from), Mechanism: fmt.Sprint(r.IntN(3)),
				})
			}
		}
	}
	return in
}

func BenchmarkNewWorld(b *testing.B) {
	in := full()
	for b.Loop() {
		build(in)
	}
}

// BenchmarkAnswer reports how many times longer the definition takes.
func BenchmarkAnswer(b *testing.B) {
	in := full()
	w := build(in)
	byHand := naiveTime(in)
	i := 0
	for b.Loop() {
		w.Answer(in.Practices[i%4000].Key, in.Platforms[i%49].Key, in.Platforms[i%47].Key)
		i++
	}
	b.ReportMetric(float64(byHand)/(float64(b.Elapsed())/float64(b.N)), "naive/ours")
}

// naiveTime is what the definition takes for one answer, over a few. It is given the
// facts of the practice only, which favours it: among all of them it takes minutes.
func naiveTime(in portability.Input) time.Duration {
	const questions = 5
	var spent time.Duration
	for i := range questions {
		p := in.Practices[i*397]
		of := in
		of.Practices = []portability.Practice{p}
		of.Notes = slices.DeleteFunc(slices.Clone(in.Notes), func(n portability.Note) bool { return n.Practice != p.Key })
		of.Implementations = slices.DeleteFunc(slices.Clone(in.Implementations), func(i portability.Implementation) bool { return i.Practice != p.Key })
		began := time.Now()
		naive{of, paperNow}.answer(p.Key, in.Platforms[i].Key, in.Platforms[i+11].Key)
		spent += time.Since(began)
	}
	return spent / questions
}

func BenchmarkPortable(b *testing.B) {
	w := build(full())
	all := w.Practices()
	for b.Loop() {
		if _, err := w.Portable(b.Context(), "platform-03", "platform-30", portability.Wanted{AtMost: portability.Blocked}, all); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExitPlan(b *testing.B) {
	w := build(full())
	all := w.Practices()
	for b.Loop() {
		if _, err := w.ExitPlan(b.Context(), "platform-03", []string{"platform-30", "platform-31", "platform-32"}, all); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMatrix counts every move between the 50 platforms: 9.8 million answers in
// short. What the definition would take for them is reckoned from a few.
func BenchmarkMatrix(b *testing.B) {
	in := full()
	w := build(in)
	moves, all := everyMove(in), w.Practices()
	byHand := float64(naiveTime(in)) * float64(len(moves)*len(all))
	for b.Loop() {
		if _, err := w.Moves(b.Context(), moves, all); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(byHand/(float64(b.Elapsed())/float64(b.N)), "naive/ours")
}

func everyMove(in portability.Input) []portability.Move {
	var moves []portability.Move
	for _, from := range in.Platforms {
		for _, to := range in.Platforms {
			if from.Key != to.Key {
				moves = append(moves, portability.Move{From: from.Key, To: to.Key})
			}
		}
	}
	return moves
}
