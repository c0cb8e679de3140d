package enginetest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
)

// writers is how many write at once.
const writers = 8

// runConcurrent lets several write and read at once: every changeset is written
// once, under a revision of its own, and nobody reads half of one.
func runConcurrent(t *testing.T, open Open) {
	s := openStore(t, open)
	s.load(world(t, "levels"))
	outcomes := make([]record.Outcome, 2*writers)
	errs := make([]error, 2*writers)
	var wg sync.WaitGroup
	for i := range outcomes {
		wg.Go(func() {
			// Two writers race for each id.
			outcomes[i], errs[i] = s.apply(twoTopics(i / 2))
		})
	}
	for range 2 {
		wg.Go(func() {
			for range 10 {
				if n := readTotal(t, s); n%2 != 0 {
					t.Errorf("%d topics are seen, half of a changeset", n)
				}
			}
		})
	}
	wg.Wait()
	var revisions []int64
	for i := range outcomes {
		if errs[i] != nil {
			t.Fatal(errs[i])
		}
		if outcomes[i].Known == outcomes[i^1].Known {
			t.Errorf("changeset %d was written as %+v and as %+v", i/2, outcomes[i], outcomes[i^1])
		}
		if !outcomes[i].Known {
			revisions = append(revisions, outcomes[i].Revision)
		}
	}
	slices.Sort(revisions)
	for i, r := range revisions {
		if r != int64(i+2) {
			t.Errorf("the revisions are %v", revisions)
			break
		}
	}
	if n := readTotal(t, s); n != 2*writers {
		t.Errorf("there are %d topics", n)
	}
	if log := s.changes(); len(log) != writers+1 {
		t.Errorf("the log has %d rows", len(log))
	}
}

// twoTopics is a changeset of two topics.
func twoTopics(n int) *record.Changeset {
	c := &record.Changeset{ID: fmt.Sprintf("pair-%d", n), Actor: "tester", At: firstChangeset}
	for _, half := range []string{"a", "b"} {
		c.Say = append(c.Say, record.Statement{
			Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprintf("t%d-%s", n, half)},
			Fields: map[string]any{"title": half},
		})
	}
	return c
}

// readTotal counts the topics by one statement.
func readTotal(t *testing.T, s *store) int {
	p := countPlan(s.catalog, "Topic")
	view, err := s.engine.Read(context.Background())
	if err != nil {
		t.Error(err)
		return 0
	}
	defer view.Close()
	answer, err := view.Run(context.Background(), p)
	if err != nil {
		t.Error(err)
		return 0
	}
	return answer.Sets[0].Total
}

// runLog reads the change log in stretches, and the revision of a view.
func runLog(t *testing.T, open Open) {
	s := openStore(t, open)
	if err := s.engine.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.load(world(t, "levels"))
	for n := range 3 {
		outcome, err := s.apply(twoTopics(n))
		if err != nil {
			t.Fatal(err)
		}
		view, err := s.engine.Read(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if view.Revision() != outcome.Revision {
			t.Errorf("after revision %d a view is of %d", outcome.Revision, view.Revision())
		}
		if err := view.Close(); err != nil {
			t.Error(err)
		}
	}
	for _, c := range []struct {
		after int64
		limit int
		want  string
	}{{0, 100, "[1 2 3 4]"}, {0, 2, "[1 2]"}, {2, 1, "[3]"}, {3, 100, "[4]"}, {4, 100, "[]"}, {99, 1, "[]"}, {0, 0, "[]"}} {
		log, err := s.engine.Changes(t.Context(), c.after, c.limit)
		if err != nil {
			t.Fatal(err)
		}
		revisions := []int64{}
		for _, change := range log {
			revisions = append(revisions, change.Revision)
		}
		if got := fmt.Sprint(revisions); got != c.want {
			t.Errorf("%d changes after %d: got %s, want %s", c.limit, c.after, got, c.want)
		}
	}
}

// runCancelled asks with a context that is over: nothing is written.
func runCancelled(t *testing.T, open Open) {
	s := openStore(t, open)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.engine.Apply(ctx, twoTopics(0)); err == nil {
		t.Error("a changeset was written whose time was over")
	}
	if n := readTotal(t, s); n != 0 {
		t.Errorf("%d topics were written all the same", n)
	}
	if outcome, err := s.apply(twoTopics(0)); err != nil || outcome.Known || outcome.Created != 2 {
		t.Errorf("written later it is %+v, %v", outcome, err)
	}
}
