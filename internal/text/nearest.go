package text

import (
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// maxName is how long a name can be that people mistype; comparing takes time in
// proportion to it for each candidate.
const maxName = 100

// Nearest are the candidates a person most likely meant by name, at most n, the
// closest first: those within a third of the name's length in edits, rounded up, after
// folding, or that begin with it.
func Nearest(name string, candidates []string, n int) []string {
	type near struct {
		word     string
		distance int
	}
	if len(name) > maxName {
		return nil
	}
	folded := Fold(name)
	limit := (len(folded) + 2) / 3
	var found []near
	for _, c := range candidates {
		f := Fold(c)
		d := levenshtein.ComputeDistance(folded, f)
		if d <= limit || (folded != "" && strings.HasPrefix(f, folded)) {
			found = append(found, near{c, d})
		}
	}
	slices.SortFunc(found, func(a, b near) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return strings.Compare(a.word, b.word)
	})
	found = slices.CompactFunc(found, func(a, b near) bool { return a.word == b.word })
	out := make([]string, 0, min(n, len(found)))
	for _, f := range found[:min(n, len(found))] {
		out = append(out, f.word)
	}
	return out
}

// DidYouMean is a clause for an error message, ` (did you mean "a" or "b"?)`, or
// nothing when no candidate is near.
func DidYouMean(name string, candidates []string) string {
	near := Nearest(name, candidates, 3)
	if len(near) == 0 {
		return ""
	}
	return ` (did you mean "` + strings.Join(near, `" or "`) + `"?)`
}
