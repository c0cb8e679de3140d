package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine/embedded/embeddedtest"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// torn is a session to a store to which somebody else writes so many times while it is
// read: both titles, never one without the other.
type torn struct {
	session
	t      *testing.T
	writes int
}

func (s *torn) Query(ctx context.Context, request []byte) ([]byte, error) {
	answer, err := s.session.Query(ctx, request)
	if s.writes > 0 {
		s.write()
	}
	return answer, err
}

// write gives a layer and a practice one title.
func (s *torn) write() {
	s.writes--
	title := fmt.Sprint("after ", s.writes)
	c := &record.Changeset{Actor: "other", At: time.Now(), Say: []record.Statement{
		{Source: "other", ID: record.ID{Type: "Layer", Key: "torn"}, Fields: map[string]any{"name": title, "ordinal": int64(1)}},
		{Source: "other", ID: record.ID{Type: "Topic", Key: "torn"}, Fields: map[string]any{"title": title}},
	}}
	if _, err := s.Apply(s.t.Context(), c); err != nil {
		s.t.Fatal(err)
	}
}

// TestAnExportIsOfOneState reads a map that is written to meanwhile.
func TestAnExportIsOfOneState(t *testing.T) {
	for writes, fails := range map[int]bool{1: false, 3: false, 1000: true} {
		catalog, e := embeddedtest.Open(t)
		p := &program{catalog: catalog, config: config{Deadline: "1m"}, streams: streams{err: t.Output()}}
		if err := p.catalogue(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		local, err := p.local(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		s := &torn{session: local, t: t, writes: writes}
		read, err := p.readExport(t.Context(), s, []*schema.Type{catalog.Type("Layer"), catalog.Type("Topic")})
		if fails {
			if fault.CodeOf(err) != fault.Unavailable {
				t.Errorf("%d writes: %v", writes, err)
			}
			continue
		}
		if err != nil || len(read.Tables) != 2 {
			t.Fatalf("%d writes: %v, %v", writes, read, err)
		}
		var titles []any
		for _, table := range read.Tables {
			for _, r := range table.Records {
				if r.Key == "torn" {
					titles = append(titles, cmp.Or(r.Values["name"], r.Values["title"]))
				}
			}
		}
		if !slices.Equal(titles, []any{"after 0", "after 0"}) {
			t.Errorf("%d writes: %v", writes, titles)
		}
	}
}
