package portability

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

// dayForm is how days are written; such texts compare like the days do.
const dayForm = "2006-01-02"

// Config is what a world needs beside its facts.
type Config struct {
	// Now decides which notes hold.
	Now time.Time
	// Fold is the form in which two names are the same. Defaults to the smallest
	// letter that differs only in case.
	Fold func(string) string
}

// World is everything one viewer may know about portability at one instant, indexed.
// It never changes and may be asked by many goroutines. Inside, everything is
// numbered in the order of its key, so that numbers compare like keys.
type World struct {
	today        string
	fold         func(string) string
	practices    []practice
	platforms    []platform
	capabilities []Capability
	practiceAt   map[string]int32
	platformAt   map[string]int32
	capabilityAt map[string]int32
	aliases      map[string][]int32
	// offers are by platform, then by capability; nil where nothing is stated.
	offers  [][]*offering
	lockIns []LockIn
	// ordinals of the layers, by key.
	ordinals map[string]int
	// sheets are those that nobody writes on; shared with worlds made from this one,
	// which have the same platforms.
	sheets *sync.Pool
}

// practice is a practice with what is known about it.
type practice struct {
	Practice

	requires  []int32
	dependsOn []int32
	// pairs are those with notes that hold, by their ends.
	pairs []pair
	// doings is how it is done where it is done, by platform.
	doings []doing
}

// platform is a platform with the solutions it runs.
type platform struct {
	Platform

	runs []int32
}

// query is a practice and the two ends of its move.
type query struct{ practice, from, to int32 }

// NewWorld indexes the facts. The world keeps pointers into the input, which must
// not change afterwards.
func NewWorld(in Input, c Config) *World {
	w := &World{
		today: c.Now.UTC().Format(dayForm), fold: c.Fold,
		practiceAt: map[string]int32{}, platformAt: map[string]int32{}, capabilityAt: map[string]int32{},
		aliases: map[string][]int32{}, ordinals: map[string]int{}, sheets: &sync.Pool{},
	}
	if w.fold == nil {
		w.fold = foldCase
	}
	for _, l := range in.Layers {
		w.ordinals[l.Key] = l.Ordinal
	}
	w.addCapabilities(in.Capabilities)
	w.addPlatforms(in.Platforms)
	w.addPractices(in.Practices)
	w.addOffers(in.Offers)
	w.addImplementations(in.Implementations)
	w.addNotes(in.Notes)
	w.lockIns = slices.SortedFunc(slices.Values(in.LockIns), func(a, b LockIn) int { return cmp.Compare(a.Key, b.Key) })
	return w
}

func (w *World) addCapabilities(in []Capability) {
	w.capabilities = slices.SortedFunc(slices.Values(in), func(a, b Capability) int { return cmp.Compare(a.Key, b.Key) })
	for i, c := range w.capabilities {
		w.capabilityAt[c.Key] = int32(i)
	}
}

func (w *World) addPlatforms(in []Platform) {
	for _, p := range slices.SortedFunc(slices.Values(in), func(a, b Platform) int { return cmp.Compare(a.Key, b.Key) }) {
		w.platformAt[p.Key] = int32(len(w.platforms))
		w.platforms = append(w.platforms, platform{Platform: p})
	}
	for i := range w.platforms {
		p := &w.platforms[i]
		if p.Kind == Provider {
			p.runs = slices.DeleteFunc(numbers(w.platformAt, p.Runs), func(r int32) bool { return w.platforms[r].Kind != Solution })
		}
		for _, alias := range p.Aliases {
			folded := w.fold(alias)
			if named := w.aliases[folded]; !slices.Contains(named, int32(i)) {
				w.aliases[folded] = append(named, int32(i))
			}
		}
	}
}

func (w *World) addPractices(in []Practice) {
	w.practices = make([]practice, 0, len(in))
	for _, p := range slices.SortedFunc(slices.Values(in), func(a, b Practice) int { return cmp.Compare(a.Key, b.Key) }) {
		w.practiceAt[p.Key] = int32(len(w.practices))
		w.practices = append(w.practices, practice{Practice: p})
	}
	for i := range w.practices {
		p := &w.practices[i]
		p.requires = numbers(w.capabilityAt, p.Requires)
		p.dependsOn = numbers(w.practiceAt, p.DependsOn)
		p.Layers = slices.DeleteFunc(slices.Clone(p.Layers), func(key string) bool { _, known := w.ordinals[key]; return !known })
	}
}

// numbers are those of the keys that are there, in order, each once.
func numbers(at map[string]int32, keys []string) []int32 {
	var out []int32
	for _, key := range keys {
		if n, ok := at[key]; ok {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ask numbers a question; false when something in it is not in the world.
func (w *World) ask(practice, from, to string) (query, bool) {
	p, okPractice := w.practiceAt[practice]
	f, okFrom := w.platformAt[from]
	t, okTo := w.platformAt[to]
	return query{p, f, t}, okPractice && okFrom && okTo
}

// solutions are those a platform stands for: itself, if it is one, and those it
// runs.
func (w *World) solutions(at int32) []int32 {
	if w.platforms[at].Kind == Solution {
		return []int32{at}
	}
	return w.platforms[at].runs
}

// Practices are the keys of all practices, in order.
func (w *World) Practices() []string {
	keys := make([]string, len(w.practices))
	for i := range w.practices {
		keys[i] = w.practices[i].Key
	}
	return keys
}

// HasPractice reports whether there is a practice of that key.
func (w *World) HasPractice(key string) bool {
	_, ok := w.practiceAt[key]
	return ok
}

// HasPlatform reports whether there is a platform of that key.
func (w *World) HasPlatform(key string) bool {
	_, ok := w.platformAt[key]
	return ok
}
