package enginetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// preview is what an engine says a changeset would do, in the words of its outcome.
func (s *store) preview(c *record.Changeset) (record.Outcome, error) {
	s.t.Helper()
	p, err := s.engine.Preview(context.Background(), c)
	if err != nil {
		return record.Outcome{}, err
	}
	counted := record.Outcome{Revision: p.Outcome.Revision, Known: p.Outcome.Known, Links: p.Outcome.Links}
	links := 0
	for _, r := range p.Records {
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
	if p.Outcome.Known {
		counted = p.Outcome
	}
	// A class that comes to the same, and a link of which only the class moves, are
	// counted and not shown.
	if counted.Changed <= p.Outcome.Changed {
		counted.Changed = p.Outcome.Changed
	}
	if counted != p.Outcome || links > p.Outcome.Links {
		s.t.Errorf("%s: a preview shows %+v and %d links, and says %+v", c.ID, counted, links, p.Outcome)
	}
	return p.Outcome, nil
}

// foretold compares what a preview said with what came.
func foretold(preview record.Outcome, previewErr error, got record.Outcome, gotErr error) string {
	if previewErr != nil || gotErr != nil {
		if (previewErr == nil) != (gotErr == nil) || fault.CodeOf(previewErr) != fault.CodeOf(gotErr) {
			return fmt.Sprintf("a preview says %v, the store %v", previewErr, gotErr)
		}
		return ""
	}
	// A preview does not raise the revision.
	got.Revision = preview.Revision
	if preview != got {
		return fmt.Sprintf("a preview says %+v, the store does %+v", preview, got)
	}
	return ""
}

// statements are all that the sources with a prefix say, a line each.
func (s *store) statements(prefix string) string {
	s.t.Helper()
	said, err := s.engine.Said(context.Background(), []string{prefix})
	if err != nil {
		s.t.Fatal(err)
	}
	return shownStatements(s, said)
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
func (o *oracle) statementsOf(s *store, prefix string) string {
	var said []record.Statement
	m := maker{oracle: o}
	for _, at := range m.sortedSaid() {
		if strings.HasPrefix(at.Source, prefix) {
			said = append(said, o.said[at].Statement)
		}
	}
	slices.SortStableFunc(said, func(a, b record.Statement) int { return cmp.Compare(a.Source, b.Source) })
	return shownStatements(s, said)
}
