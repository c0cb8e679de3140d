package portability_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/portability"
	"pgregory.net/rapid"
)

// compare is comparePlatforms from its sentence.
func (n naive) compare(practice, a, b string) string {
	at, bt := n.implementations(practice, a), n.implementations(practice, b)
	shared := slices.ContainsFunc(at, func(x portability.Implementation) bool {
		return slices.ContainsFunc(bt, func(y portability.Implementation) bool { return x.Mechanism == y.Mechanism })
	})
	no := func(at string) []string {
		var out []string
		for _, c := range n.practice(practice).Requires {
			if o := n.offer(at, c); o != nil && o.State == "NO" {
				out = append(out, c)
			}
		}
		return out
	}
	switch {
	case at != nil && bt != nil && shared:
		return practice + " SAME"
	case at != nil && bt != nil:
		return practice + " DIFFERS"
	case at != nil && no(b) != nil:
		return practice + " ONLY_HERE " + a + " " + strings.Join(no(b), ",")
	case bt != nil && no(a) != nil:
		return practice + " ONLY_HERE " + b + " " + strings.Join(no(a), ",")
	}
	return practice + " UNKNOWN"
}

// gaps is gaps from its sentence: what, how many, which first.
func (n naive) gaps(at string) []string {
	type gap struct {
		kind, key string
		practices []string
	}
	var found []gap
	for _, c := range n.in.Capabilities {
		var concerned []string
		for _, p := range n.in.Practices {
			if slices.Contains(p.Requires, c.Key) {
				concerned = append(concerned, p.Key)
			}
		}
		if concerned != nil && n.offer(at, c.Key) == nil {
			found = append(found, gap{"CAPABILITY", c.Key, concerned})
		}
	}
	for _, p := range n.in.Practices {
		if n.implementations(p.Key, at) == nil {
			found = append(found, gap{"IMPLEMENTATION", p.Key, []string{p.Key}})
		}
	}
	slices.SortFunc(found, func(a, b gap) int {
		return cmp.Or(len(b.practices)-len(a.practices), strings.Compare(a.kind, b.kind), strings.Compare(a.key, b.key))
	})
	var out []string
	for _, g := range found {
		out = append(out, g.kind+" "+g.key+" "+strings.Join(g.practices, ","))
	}
	return out
}

func TestListsSameAsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := world(t)
		w, n := build(in), naive{in, paperNow}
		for _, a := range in.Platforms {
			var gaps []string
			for _, g := range w.Gaps(a.Key) {
				gaps = append(gaps, fmt.Sprint(g.Kind, " ", g.Key, " ", strings.Join(g.Practices, ",")))
			}
			if want := n.gaps(a.Key); !slices.Equal(gaps, want) {
				t.Fatalf("gaps of %s are %v, want %v", a.Key, gaps, want)
			}
			for _, b := range in.Platforms {
				var want []string
				for _, p := range in.Practices {
					want = append(want, n.compare(p.Key, a.Key, b.Key))
				}
				if got := answerCompare(w, a.Key, b.Key); !slices.Equal(got, want) {
					t.Fatalf("%s and %s compare as %v, want %v", a.Key, b.Key, got, want)
				}
			}
		}
	})
}
