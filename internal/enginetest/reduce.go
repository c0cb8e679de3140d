package enginetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// share is what one viewer sees of a map at one time, as a map of its own, with
// what the viewer was told by the whole map.
type share struct {
	world    []*record.Changeset
	viewer   access.Viewer
	now      time.Time
	asked    []question
	answered []string
	whole    string
}

// share cuts a random viewer's share out of the map, after asking the whole map as
// that viewer.
func (r *round) share(on subject) share {
	by := r.asker()
	s := share{viewer: by.viewer, now: by.now}
	s.world = r.oracle.without(by)
	s.whole = formatWorld(r.oracle.catalog, r.world)
	for range r.options.Shared {
		kind := r.kind(on)
		kind.timeless = true
		q, op := r.invent(kind, by)
		answer := on.ask(q)
		r.remember(op, answer)
		s.asked = append(s.asked, q)
		s.answered = append(s.answered, answer)
		r.tally.did.Shares++
	}
	return s
}

// check asks a store of the share alone, seeing all of it.
func (s *share) check(t testing.TB, on subject) {
	t.Helper()
	for _, c := range s.world {
		if _, err := on.apply(c); err != nil {
			t.Fatalf("%s: %v in the share\n%s", c.ID, err, formatWorld(Catalog(t), s.world))
		}
	}
	for i, q := range s.asked {
		q.viewer = all
		if got := on.ask(q); got != s.answered[i] {
			t.Fatalf("a leak, or a loss: %+v at %s is told by the whole map\n%s\nand their share of it tells\n%s\nwhen asked\n%s%s\nthe whole map\n%s\nthe share\n%s",
				s.viewer, s.now.Format(time.RFC3339), s.answered[i], got, q.query, q.variables, s.whole, formatWorld(Catalog(t), s.world))
		}
	}
}

// without is the statements that are left when everything is taken away that is
// not in s: records, links, and what is said in a class that is not open. They
// come in changesets as they did, so that they rank as they did.
func (o *oracle) without(s *sight) []*record.Changeset {
	changesets := map[int64]*record.Changeset{}
	for _, at := range slices.SortedFunc(maps.Keys(o.said), func(a, b record.Retirement) int {
		return cmp.Or(byID(a.ID, b.ID), cmp.Compare(a.Source, b.Source))
	}) {
		u, e := o.said[at], s.entries[at.ID]
		if e == nil || !slices.ContainsFunc(e.said, func(as utterance) bool { return as.Source == u.Source && s.opens(as.Class) }) {
			continue
		}
		left := u.Statement
		left.Links = map[string][]record.ID{}
		for name, targets := range u.Links {
			left.Links[name] = slices.DeleteFunc(slices.Clone(targets), func(to record.ID) bool {
				return !slices.ContainsFunc(e.ties, func(t tie) bool { return t.field == name && t.to == to })
			})
		}
		c := changesets[u.revision]
		if c == nil {
			c = &record.Changeset{ID: fmt.Sprintf("r%d", u.revision), Actor: "tester", At: firstChangeset}
			changesets[u.revision] = c
		}
		c.Say = append(c.Say, left)
	}
	var out []*record.Changeset
	for _, revision := range slices.Sorted(maps.Keys(changesets)) {
		out = append(out, changesets[revision])
	}
	return inOneGo(out)
}

// inOneGo lets the first changeset name every record and bring the whole ladder, as
// what comes earlier may lead to what comes later.
func inOneGo(world []*record.Changeset) []*record.Changeset {
	if len(world) == 0 {
		return nil
	}
	names := &record.Changeset{ID: "names", Actor: "tester", At: firstChangeset}
	forget := &record.Changeset{ID: "forget", Actor: "tester", At: firstChangeset, Replace: []string{"names"}}
	seen := map[record.ID]bool{}
	for _, c := range world {
		for _, s := range c.Say {
			if s.ID.Type == levelType {
				names.Say = append(names.Say, s)
			} else if !seen[s.ID] {
				seen[s.ID] = true
				names.Say = append(names.Say, record.Statement{Source: "names", ID: s.ID, Fields: map[string]any{}, Links: map[string][]record.ID{}})
			}
		}
	}
	return append(append([]*record.Changeset{names}, world...), forget)
}
