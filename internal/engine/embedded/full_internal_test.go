package embedded

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// topic is a changeset that says one topic, open to everyone.
func topic(n int, title string) *record.Changeset {
	return &record.Changeset{ID: fmt.Sprint(n, len(title)), Say: []record.Statement{{
		Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprint("t", n)}, Fields: map[string]any{"title": title},
	}}}
}

// TestFullDisk gives SQLite no more pages, which it reports as a full disk.
func TestFullDisk(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx, config := context.Background(), Config{Path: filepath.Join(t.TempDir(), "map.db"), Catalog: catalog}
	e, err := Open(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Apply(ctx, topic(1, "before")); err != nil {
		t.Fatal(err)
	}
	var pages int64
	if _, err := e.store.one(ctx, []any{&pages}, "PRAGMA page_count"); err != nil {
		t.Fatal(err)
	}
	if err := e.store.exec(ctx, fmt.Sprint("PRAGMA max_page_count = ", pages)); err != nil {
		t.Fatal(err)
	}
	_, err = e.Apply(ctx, topic(2, strings.Repeat("long ", 10000)))
	if fault.CodeOf(err) != fault.Unavailable || !strings.Contains(fault.Message(err), "disk is full") {
		t.Errorf("error %v, want UNAVAILABLE and that the disk is full", err)
	}
	check := func() {
		t.Helper()
		s := e.current.Load()
		if _, there := s.find(record.ID{Type: "Topic", Key: "t2"}); there || s.revision != 1 {
			t.Errorf("revision %d after a change that failed", s.revision)
		}
	}
	check()
	if err := e.store.exec(ctx, "PRAGMA max_page_count = 1000000"); err != nil {
		t.Fatal(err)
	}
	// What failed leaves nothing that stands in the way of the next.
	if outcome, err := e.Apply(ctx, topic(1, "after")); err != nil || outcome.Revision != 2 {
		t.Errorf("%+v, %v", outcome, err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if e, err = Open(ctx, config); err != nil {
		t.Fatal(err)
	}
	if n, there := e.current.Load().find(record.ID{Type: "Topic", Key: "t1"}); !there || e.current.Load().node(n).of(e.model.byName["Topic"].Field("title").Index) != "after" {
		t.Error("what was written after the disk was full is gone")
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAPanicEndsItsTransaction wants a store that can be written to after a bug in
// a change.
func TestAPanicEndsItsTransaction(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	e, err := Open(ctx, Config{Catalog: catalog})
	if err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() { _ = recover() }()
		broken := topic(1, "x")
		broken.Say[0].Fields["title"] = panics{}
		_, _ = e.Apply(ctx, broken)
	}()
	if outcome, err := e.Apply(ctx, topic(2, "x")); err != nil || outcome.Revision != 1 {
		t.Errorf("%+v, %v", outcome, err)
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// panics is a value that panics when it is shown in an error.
type panics struct{}

func (panics) GoString() string { panic("a bug") }
