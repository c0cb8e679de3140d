package portability

import (
	"cmp"
	"slices"
	"time"
)

// World answers questions about an input at one instant.
type World struct {
	today           string
	fold            func(string) string
	practices       map[string]*Practice
	platforms       map[string]*Platform
	capabilities    map[string]*Capability
	offers          map[[2]string]*Offer
	implementations map[[2]string][]*Implementation
	notes           map[[3]string][]*Note
	practiceKeys    []string
	platformKeys    []string
}

// Config is what a World needs beside its input.
type Config struct {
	// Now decides which notes count.
	Now time.Time
	// Fold is the form in which aliases are compared.
	Fold func(string) string
}

// NewWorld indexes an input. Facts about platforms, practices or capabilities that
// are not in the input are left out.
func NewWorld(in Input, config Config) *World {
	w := &World{
		today: config.Now.UTC().Format(time.DateOnly), fold: config.Fold,
		practices: map[string]*Practice{}, platforms: map[string]*Platform{}, capabilities: map[string]*Capability{},
		offers: map[[2]string]*Offer{}, implementations: map[[2]string][]*Implementation{}, notes: map[[3]string][]*Note{},
	}
	for i := range in.Practices {
		w.practices[in.Practices[i].Key] = &in.Practices[i]
		w.practiceKeys = append(w.practiceKeys, in.Practices[i].Key)
	}
	for i := range in.Platforms {
		w.platforms[in.Platforms[i].Key] = &in.Platforms[i]
		w.platformKeys = append(w.platformKeys, in.Platforms[i].Key)
	}
	for i := range in.Capabilities {
		w.capabilities[in.Capabilities[i].Key] = &in.Capabilities[i]
	}
	slices.Sort(w.practiceKeys)
	slices.Sort(w.platformKeys)
	w.indexFacts(in)
	return w
}

func (w *World) indexFacts(in Input) {
	for i := range in.Offers {
		o := &in.Offers[i]
		w.offers[[2]string{o.Platform, o.Capability}] = o
	}
	for i := range in.Implementations {
		m := &in.Implementations[i]
		id := [2]string{m.Practice, m.Platform}
		w.implementations[id] = append(w.implementations[id], m)
	}
	for i := range in.Notes {
		n := &in.Notes[i]
		id := [3]string{n.Practice, n.From, n.To}
		w.notes[id] = append(w.notes[id], n)
	}
	for _, list := range w.implementations {
		slices.SortFunc(list, func(a, b *Implementation) int { return cmp.Compare(a.Key, b.Key) })
	}
	for _, list := range w.notes {
		slices.SortFunc(list, func(a, b *Note) int { return cmp.Compare(a.Key, b.Key) })
	}
}

// runs are the visible solutions a platform runs, none for a solution.
func (w *World) runs(platform string) []string {
	p := w.platforms[platform]
	if p == nil || !p.Provider {
		return nil
	}
	var out []string
	for _, key := range p.Runs {
		if w.platforms[key] != nil {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// required are the visible capabilities a practice needs.
func (w *World) required(practice string) []string {
	p := w.practices[practice]
	if p == nil {
		return nil
	}
	var out []string
	for _, key := range p.Requires {
		if w.capabilities[key] != nil {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Answer says whether a practice moves. The rules are asked in their order; the
// first that has an answer gives it.
func (w *World) Answer(practice, from, to string) Answer {
	a := w.decide(practice, from, to)
	a.Practice, a.From, a.To = practice, from, to
	if a.Path == nil {
		a.Path = []string{from, to}
	}
	a.tidy()
	return a
}

func (w *World) decide(practice, from, to string) Answer {
	if from == to {
		return Answer{Verdict: Unchanged, Basis: Derived}
	}
	for _, rule := range []func(practice, from, to string) (Answer, bool){w.recorded, w.generalised, w.derived, w.overPaths} {
		if a, ok := rule(practice, from, to); ok {
			return a
		}
	}
	return Answer{Verdict: Unknown, Basis: NoBasis}
}

// Portable are the answers for practices that are at most as bad as limit, the
// easiest first.
func (w *World) Portable(from, to string, limit Verdict, practices []string) []Answer {
	var out []Answer
	for _, key := range practices {
		if a := w.Answer(key, from, to); a.Verdict.Within(limit) {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, Easier)
	return out
}

// Practices are the keys of all practices, sorted.
func (w *World) Practices() []string { return w.practiceKeys }
