package access_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
)

func TestAudienceIsLifted(t *testing.T) {
	until := func(then string) access.Condition { return access.Condition{Reason: "r", Until: ends, Then: then} }
	again := access.Condition{Reason: "r", Until: ends.Add(time.Hour), Then: "red"}
	member, other := access.Viewer{Clearance: "red", Groups: []string{"csirt"}}, access.Viewer{Clearance: "red"}
	for _, c := range []struct {
		name   string
		class  access.Class
		viewer access.Viewer
		now    time.Time
		want   bool
	}{
		{"before the release", class("red", "csirt", until("clear")), other, before, false},
		{"after it", class("red", "csirt", until("clear")), access.Viewer{}, after, true},
		{"to a level below", class("red", "csirt", until("amber")), access.Viewer{Clearance: "amber"}, after, true},
		{"to the same level", class("amber", "csirt", until("amber")), other, after, true},
		{"raised by the clock", class("green", "csirt", until("amber")), other, after, false},
		{"raised, and in the audience", class("green", "csirt", until("amber")), member, after, true},
		{"red stays red", class("red", "csirt", until("red")), other, after, false},
		{"red again", class("red", "csirt", until("clear"), again), other, again.Until, false},
		{"red again, for those named", class("red", "csirt", until("clear"), again), member, again.Until, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := access.NewTable(ladder, []access.Class{c.class}).Open(c.viewer, c.now)[0]; got != c.want {
				t.Errorf("open is %v", got)
			}
		})
	}
}

// TestOpens tries everybody: whether there is a viewer and a time at which the
// second class is open and the first is not.
func TestOpens(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	groups := []string{"a", "b", "c"}
	instants := []time.Time{before, ends, ends.Add(time.Hour)}
	opened := 0
	for range 20_000 {
		from, to := anyClass(r, groups, instants), anyClass(r, groups, instants)
		table := access.NewTable(ladder, []access.Class{from, to})
		want := false
		for _, level := range ladder {
			for membership := range 1 << len(groups) {
				v := access.Viewer{Clearance: level.Key}
				for i, g := range groups {
					if membership>>i&1 == 1 {
						v.Groups = append(v.Groups, g)
					}
				}
				want = want || slices.ContainsFunc(instants, func(now time.Time) bool {
					open := table.Open(v, now)
					return open[1] && !open[0]
				})
			}
		}
		if got := ladder.Opens(from, to); got != want {
			t.Fatalf("from %s to %s: %v, want %v", from.Key(), to.Key(), got, want)
		}
		if want {
			opened++
		}
	}
	if opened < 2_000 || opened > 18_000 {
		t.Errorf("%d of 20,000 open something: not much of a test", opened)
	}
}

func anyClass(r *rand.Rand, groups []string, instants []time.Time) access.Class {
	levels := []string{"clear", "green", "amber", "red"}
	var out access.Class
	for range r.IntN(3) {
		a := access.Atom{Level: levels[r.IntN(len(levels))]}
		for _, g := range groups {
			if r.IntN(3) == 0 {
				a.Audience = append(a.Audience, g)
			}
		}
		for _, at := range instants[1:] {
			if r.IntN(3) == 0 {
				a.Conditions = append(a.Conditions, access.Condition{Reason: "r", Until: at, Then: levels[r.IntN(len(levels))]})
			}
		}
		out = access.Join(out, access.NewClass(a))
	}
	return out
}
