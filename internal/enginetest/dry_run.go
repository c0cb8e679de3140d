package enginetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// dryRun is what an engine says a changeset would do; its details have to say the same.
func (s *store) dryRun(c *record.Changeset) (record.Outcome, error) {
	s.t.Helper()
	dry := *c
	dry.DryRun, dry.Detailed = true, true
	told, err := s.engine.Apply(context.Background(), &dry)
	details := told.Details
	told.Details = nil
	if err != nil || told.Known {
		return told, err
	}
	counted := told
	counted.Created, counted.Changed, counted.Removed = 0, 0, 0
	links := 0
	for _, r := range details.Records {
		links += len(r.Linked) + len(r.Unlinked)
		switch {
		case r.Fate == record.Created:
			counted.Created++
		case r.Fate == record.Removed:
			counted.Removed++
		case len(r.Fields) > 0:
			counted.Changed++
		}
	}
	// A class that comes to the same, and a link of which only the class moves, are
	// counted and not shown.
	if counted.Changed <= told.Changed {
		counted.Changed = told.Changed
	}
	if counted != told || links > told.Links {
		s.t.Errorf("%s: a dry run shows %+v and %d links, and says %+v", c.ID, counted, links, told)
	}
	return told, nil
}

// runUnnamed writes changesets without an id: one that changes something is named by
// the store, any other leaves no trace, and neither does a dry run.
func runUnnamed(t *testing.T, open Open) {
	s := openStore(t, open)
	s.load(world(t, "levels"))
	apply := func(n int, dry bool) record.Outcome {
		t.Helper()
		c := twoTopics(n)
		c.ID, c.DryRun, c.Detailed = "", dry, true
		outcome, err := s.apply(c)
		if err != nil || outcome.Details == nil {
			t.Fatalf("%+v, %v", outcome, err)
		}
		return outcome
	}
	for i, step := range []struct {
		n        int
		dry      bool
		created  int
		revision int64
		log      string
	}{
		{0, true, 2, 1, "[world]"},
		{0, false, 2, 2, "[world tester@2]"},
		{0, false, 0, 2, "[world tester@2]"},
		{0, true, 0, 2, "[world tester@2]"},
		{1, false, 2, 3, "[world tester@2 tester@3]"},
	} {
		outcome := apply(step.n, step.dry)
		var log []string
		for _, c := range s.changes() {
			log = append(log, c.Changeset)
		}
		// The map's own changeset has a name that is not the test's business.
		log[0] = "world"
		if outcome.Created != step.created || outcome.Revision != step.revision || fmt.Sprint(log) != step.log {
			t.Errorf("step %d: %+v, and the log is %s; want %+v", i, outcome, log, step)
		}
		if got := len(outcome.Details.Records); got != step.created {
			t.Errorf("step %d: %d records in detail", i, got)
		}
	}
}

// foretold compares what a dry run said with what came.
func foretold(dry record.Outcome, dryErr error, got record.Outcome, gotErr error) string {
	if dryErr != nil || gotErr != nil {
		if (dryErr == nil) != (gotErr == nil) || fault.CodeOf(dryErr) != fault.CodeOf(gotErr) {
			return fmt.Sprintf("a dry run says %v, the store %v", dryErr, gotErr)
		}
		return ""
	}
	// A dry run does not raise the revision.
	got.Revision = dry.Revision
	if dry != got {
		return fmt.Sprintf("a dry run says %+v, the store does %+v", dry, got)
	}
	return ""
}

// statements are all that the sources with a prefix say, about some records if any are
// given, a line each.
func (s *store) statements(prefix string, about []record.ID) string {
	s.t.Helper()
	said, err := s.engine.Said(context.Background(), []string{prefix}, about...)
	if err != nil {
		s.t.Fatal(err)
	}
	if len(about) == 0 {
		s.sameSources(prefix, said)
	}
	open, err := merge.OpenAll(s.catalog, said)
	if err != nil {
		s.t.Fatal(err)
	}
	return shownStatements(s, open)
}

// sameSources holds the sources that a store tells against those of what they say.
func (s *store) sameSources(prefix string, said []record.Packed) {
	s.t.Helper()
	var want []string
	for i := range said {
		want = append(want, said[i].Source)
	}
	slices.Sort(want)
	got, err := s.engine.Sources(context.Background(), prefix)
	if want = slices.Compact(want); err != nil || !slices.Equal(got, want) {
		s.t.Errorf("the sources that begin with %q are %q, want %q; %v", prefix, got, want, err)
	}
}

func shownStatements(s *store, said []record.Statement) string {
	var b strings.Builder
	for _, st := range said {
		fmt.Fprintf(&b, "%s %s %t %s %s %s\n", st.Source, st.ID, st.Edit, st.Class.Key(),
			merge.EncodeFields(s.catalog.Type(st.ID.Type), st.Fields), merge.EncodeLinks(st.Links))
	}
	return b.String()
}

// statementsOf are the same of the oracle.
func (o *oracle) statementsOf(s *store, prefix string, about []record.ID) string {
	var said []record.Statement
	m := maker{oracle: o}
	for _, at := range m.sortedSaid() {
		if strings.HasPrefix(at.Source, prefix) && (len(about) == 0 || slices.Contains(about, at.ID)) {
			said = append(said, o.said[at].Statement)
		}
	}
	slices.SortStableFunc(said, func(a, b record.Statement) int { return cmp.Compare(a.Source, b.Source) })
	return shownStatements(s, said)
}

// sameStatements holds what some sources say, of all records or of some, against the
// oracle.
func (r *round) sameStatements(s *store) {
	prefix := []string{"", "catalogue", "minutes:", "p", "nobody"}[r.chance.IntN(5)]
	m := maker{Rand: r.chance, oracle: r.oracle}
	about := slices.DeleteFunc(m.spoken(), func(record.ID) bool { return m.IntN(8) > 0 })
	if m.IntN(2) == 0 {
		about = nil
	}
	if got, want := s.statements(prefix, about), r.oracle.statementsOf(s, prefix, about); got != want {
		r.t.Errorf("sources that begin with %q say of %v\n%s\nwant\n%s\n%s", prefix, about, got, want, formatWorld(r.oracle.catalog, r.world))
	}
}
