package embedded

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// TestWordsAfterLoads loads, changes and retires many records at once: the words that
// are searched are those of the file when it is opened again.
func TestWordsAfterLoads(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	config := Config{Path: filepath.Join(t.TempDir(), "map.db"), Catalog: catalog}
	e, err := Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	stems := strings.Fields("backup restore etcd ceph network upgrade certificates quota")
	load := func(round, from, to int) *record.Changeset {
		c := &record.Changeset{Actor: "tester"}
		for n := from; n < to; n++ {
			title := fmt.Sprint(stems[(n+round)%8], " before ", stems[n%3], " before ", n*round)
			c.Say = append(c.Say, record.Statement{Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprint("t", n)}, Fields: map[string]any{"title": title}})
		}
		return c
	}
	gone := &record.Changeset{Actor: "tester"}
	for n := 100; n < 1200; n += 3 {
		gone.Retire = append(gone.Retire, record.Retirement{Source: "s", ID: record.ID{Type: "Topic", Key: fmt.Sprint("t", n)}})
	}
	seen := ""
	for i, c := range []*record.Changeset{load(1, 0, 2000), load(2, 500, 1500), gone, load(3, 100, 110), load(3, 110, 111)} {
		if _, err := e.Apply(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		live := wordsOf(e)
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		if e, err = Open(t.Context(), config); err != nil {
			t.Fatal(err)
		}
		if again := wordsOf(e); again != live || live == seen {
			t.Fatalf("after load %d the words are\n%.400s\nand opened again\n%.400s", i, live, again)
		}
		seen = live
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// wordsOf are all words of an engine with the records that have them.
func wordsOf(e *Engine) string {
	var b strings.Builder
	s := e.current.Load()
	for _, p := range s.populations {
		p.words.Scan(func(word string, has posting) bool {
			b.WriteString(word + ":")
			has.each(func(n number) bool { b.WriteString(" " + s.node(n).key); return true })
			b.WriteByte('\n')
			return true
		})
	}
	return b.String()
}
