package embedded_test

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// TestMillion measures a store of a million nodes and three million links; it
// takes minutes and gigabytes for the data that it says, so it runs only when
// OPSMAP_MILLION names a directory (in which the store is kept for the next run).
func TestMillion(t *testing.T) {
	dir := os.Getenv("OPSMAP_MILLION")
	if dir == "" {
		t.Skip("OPSMAP_MILLION is not set")
	}
	path := filepath.Join(dir, "million.db")
	if _, err := os.Stat(path); err != nil {
		started := time.Now()
		w := openAt(t, path)
		all := community(22)
		// In pieces: one changeset of a million statements would need their memory
		// several times.
		const piece = 50000
		for i, pass := 0, bare(all); i < len(pass); i += piece {
			w.say(pass[i:min(i+piece, len(pass))]...)
		}
		for i := 0; i < len(all); i += piece {
			w.say(all[i:min(i+piece, len(all))]...)
		}
		t.Logf("written in %v", time.Since(started))
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	debug.FreeOSMemory()
	started := time.Now()
	w := openAt(t, path)
	t.Logf("opened in %v", time.Since(started))
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	t.Logf("%d MiB in use, %d MiB taken from the system", m.HeapAlloc>>20, m.Sys>>20)
	measureOne(t, w)
	measureReads(t, w)
}

// bare is the statements without their links, so that whatever is linked to later
// is there.
func bare(all []record.Statement) []record.Statement {
	var out []record.Statement
	for _, s := range all {
		if s.ID.Type != "PortabilityNote" {
			s.Links = nil
			out = append(out, s)
		}
	}
	return out
}

func measureOne(t *testing.T, w *world) {
	for _, c := range []struct {
		name string
		say  func(i int) record.Statement
	}{
		{"a title", func(i int) record.Statement {
			return says("Topic:t000500", fields{"votes": int64(i)}, links{"layers": {key("Layer", 1)}})
		}},
		{"a link to a hub", func(i int) record.Statement {
			return says("Topic:t000500", nil, links{"layers": {key("Layer", i%2)}})
		}},
	} {
		const times = 200
		started := time.Now()
		for i := range times {
			w.n += 1000
			w.say(c.say(i))
		}
		t.Logf("%s: %v a changeset, with its commit", c.name, time.Since(started)/times)
	}
}

func measureReads(t *testing.T, w *world) {
	for _, name := range []string{"A", "B", "C", "D", "by votes", "contains"} {
		a := w.ask(owner)
		r := shapes(a)[name]
		started, times := time.Now(), 0
		for ; time.Since(started) < 300*time.Millisecond; times++ {
			w.run(a, []*plan.Read{r}...)
		}
		t.Logf("%s: %v", name, time.Since(started)/time.Duration(times))
	}
}
