package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/mapping"
	"github.com/open-operations/opsmap/schema"
)

// readFolder reads a folder as load does, without a store, and tells how much the
// process keeps in memory for what was read, beside what was said before.
func readFolder(t *testing.T, root string, said ...record.Packed) (*gather.Result, uint64) {
	t.Helper()
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	none := func(context.Context) ([]record.ID, error) { return nil, nil }
	before := heap()
	l := gather.Open(gather.Config{
		Catalog: catalog, Paths: []string{root}, Formats: formats(&mapping.Mapping{}), Known: none, Venues: none,
		Ladder: access.NewLadder([]access.Level{{Key: "clear"}}), Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	defer l.Close()
	result, err := l.Read(t.Context(), said)
	if err != nil || len(result.Problems) > 0 {
		t.Fatal(err, result.Problems)
	}
	l.Close()
	return result, heap() - min(before, heap())
}

// heap is what lives.
func heap() uint64 {
	// What is found by finalizers goes with the second.
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestReadFilesAreLetGo: of large files in which little is said no text and no syntax
// tree is kept, so that reading takes what the largest of them takes.
func TestReadFilesAreLetGo(t *testing.T) {
	const files, size = 24, 200 << 10
	all := map[string]string{}
	for i := range files {
		prose := strings.Repeat("Prose that nobody has to read, as it says nothing.\n", size/51)
		all[fmt.Sprintf("2026-01-%02d.md", i+1)] = fmt.Sprintf("# 2026-01-%02d\n\n## Agenda\n\n### Backup %d\n\n```\n%s```\n", i+1, i, prose)
	}
	result, kept := readFolder(t, folder(t, all))
	if len(result.Changeset.Packed) < files || result.Read["minutes"] != files {
		t.Fatalf("%d statements of %v", len(result.Changeset.Packed), result.Read)
	}
	if most := uint64(files * size / 4); kept > most {
		t.Errorf("of %d kB in %d files %d kB are kept, by %d statements", files*size>>10, files, kept>>10, len(result.Changeset.Packed))
	}
}

// TestMemoryOfStatements: what is kept of minutes grows with what they say, half a
// kilobyte a statement.
func TestMemoryOfStatements(t *testing.T) {
	result, kept := readFolder(t, folder(t, manyMinutes(60)))
	said := uint64(len(result.Changeset.Packed))
	if per := kept / said; per > 600 {
		t.Errorf("%d statements keep %d kB, %d bytes each", said, kept>>10, per)
	}
}

// TestFilesThatDidNotChangeAreKeptOnce: what they say shares its texts with what the store
// has of them.
func TestFilesThatDidNotChangeAreKeptOnce(t *testing.T) {
	root := folder(t, manyMinutes(60))
	first, once := readFolder(t, root)
	again, more := readFolder(t, root, first.Changeset.Packed...)
	if len(again.Changeset.Packed) != len(first.Changeset.Packed) || len(again.Dropped) > 0 {
		t.Fatalf("%d statements, then %d", len(first.Changeset.Packed), len(again.Changeset.Packed))
	}
	if more > once/2 {
		t.Errorf("what the files say takes %d kB, said again %d kB more", once>>10, more>>10)
	}
	runtime.KeepAlive(first)
}
