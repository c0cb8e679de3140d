package portability

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// maxName is how much of a name is looked at when something like it is sought, in
// code points: keys are shorter, and the work grows with it.
const maxName = 64

// Resolve finds the platform that a name means: the one with that key, else the one
// with that alias in its folded form. An alias of several gives their keys, in
// order, as choices; a name of none gives neither, and NearestPlatforms helps.
func (w *World) Resolve(name string) (key string, choices []string, ok bool) {
	if w.HasPlatform(name) {
		return name, nil, true
	}
	named := w.aliases[w.fold(name)]
	if len(named) == 1 {
		return w.platforms[named[0]].Key, nil, true
	}
	if len(named) > 1 {
		choices = w.keys(named)
	}
	return "", choices, false
}

// NearestPlatforms are the keys of the n platforms whose key or alias is the fewest
// edits away from a name, the nearest first, then by key.
func (w *World) NearestPlatforms(name string, n int) []string {
	candidates := make([]candidate, len(w.platforms))
	for i := range w.platforms {
		p := &w.platforms[i]
		candidates[i] = candidate{p.Key, append([]string{p.Key}, p.Aliases...)}
	}
	return w.nearest(name, candidates, n)
}

// NearestPractices are the keys of the n practices whose key is the fewest edits away
// from a name, the nearest first, then by key.
func (w *World) NearestPractices(name string, n int) []string {
	candidates := make([]candidate, len(w.practices))
	for i := range w.practices {
		candidates[i] = candidate{w.practices[i].Key, []string{w.practices[i].Key}}
	}
	return w.nearest(name, candidates, n)
}

// HasCapability reports whether there is a capability of that key.
func (w *World) HasCapability(key string) bool {
	_, ok := w.capabilityAt[key]
	return ok
}

// NearestCapabilities are the keys of the n capabilities whose key is the fewest edits
// away from a name, the nearest first, then by key.
func (w *World) NearestCapabilities(name string, n int) []string {
	candidates := make([]candidate, len(w.capabilities))
	for i := range w.capabilities {
		candidates[i] = candidate{w.capabilities[i].Key, []string{w.capabilities[i].Key}}
	}
	return w.nearest(name, candidates, n)
}

// candidate is something that may be meant, with all its names.
type candidate struct {
	key   string
	names []string
}

func (w *World) nearest(name string, candidates []candidate, n int) []string {
	type ranked struct {
		key   string
		edits int
	}
	meant := []rune(w.fold(shorten(name)))
	found := make([]ranked, len(candidates))
	for i, c := range candidates {
		found[i] = ranked{c.key, int(^uint(0) >> 1)}
		for _, known := range c.names {
			found[i].edits = min(found[i].edits, edits(meant, []rune(w.fold(shorten(known)))))
		}
	}
	slices.SortFunc(found, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(a.key, b.key)) })
	keys := make([]string, 0, max(0, min(n, len(found))))
	for _, f := range found[:max(0, min(n, len(found)))] {
		keys = append(keys, f.key)
	}
	return keys
}

// shorten cuts a name that is longer than maxName.
func shorten(name string) string {
	n := 0
	for i := range name {
		if n == maxName {
			return name[:i]
		}
		n++
	}
	return name
}

// edits is how many letters have to be put in, left out or exchanged to make one
// text the other.
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := before
			if x != y {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// foldCase maps every letter to the smallest of those that differ from it only in
// case.
func foldCase(s string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return unicode.ToLower(least)
	}, s)
}
