package embedded_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/enginetest"
	"github.com/open-operations/opsmap/internal/record"
)

func TestSuite(t *testing.T) { enginetest.Run(t, openMemory) }

func TestRandom(t *testing.T) {
	o := enginetest.Options{
		Worlds: 80, Changesets: 5, Operations: 26, Reduced: 4, Shared: 65,
		Promised: enginetest.Promise{Cases: 10_000, Shares: 20_000, Shapes: 20_000, Graphs: 400},
	}
	switch {
	case testing.Short():
		o.Worlds, o.Promised = 4, enginetest.Promise{Cases: 500, Shares: 1_000}
	case enginetest.Nightly():
		o.Worlds = 5000
	}
	enginetest.Random(t, openMemory, o)
}

// TestWrites lets people write by chance.
func TestWrites(t *testing.T) {
	o := enginetest.Options{Worlds: 60, Changesets: 8, Operations: 6}
	switch {
	case testing.Short():
		o.Worlds = 4
	case enginetest.Nightly():
		o.Worlds = 1000
	}
	enginetest.Writes(t, openMemory, o)
}

// TestBites plants faults in front of an engine that has none.
func TestBites(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: thousands of cases")
	}
	enginetest.Bites(t, openMemory)
}

// TestReopened reads everything from the file again after every changeset.
func TestReopened(t *testing.T) {
	o := enginetest.Options{Worlds: 3, Operations: 10}
	if enginetest.Nightly() {
		o.Worlds = 100
	}
	enginetest.Differential(t, openReopening, openMemory, o)
}

// openMemory opens an empty store without a file.
func openMemory(t testing.TB) engine.Engine {
	t.Helper()
	return open(t, "")
}

func open(t testing.TB, path string) *embedded.Engine {
	t.Helper()
	e, err := embedded.Open(context.Background(), embedded.Config{Catalog: enginetest.Catalog(t), Path: path})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// reopening is an engine that is closed and opened again after every changeset.
type reopening struct {
	*embedded.Engine
	t    testing.TB
	path string
}

func openReopening(t testing.TB) engine.Engine {
	t.Helper()
	path := filepath.Join(t.TempDir(), "opsmap.db")
	return &reopening{Engine: open(t, path), t: t, path: path}
}

func (r *reopening) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	outcome, err := r.Engine.Apply(ctx, c)
	if err := r.Close(); err != nil {
		r.t.Error(err)
	}
	r.Engine = open(r.t, r.path)
	return outcome, err
}

// TestHouse lets others say what was said under the Chatham House Rule.
func TestHouse(t *testing.T) {
	o := enginetest.Options{Worlds: 30, Operations: 66}
	switch {
	case testing.Short():
		o.Worlds = 3
	case enginetest.Nightly():
		o.Worlds = 2000
	}
	enginetest.House(t, openMemory, o)
}

// TestHouseBites plants faults that tell who said something.
func TestHouseBites(t *testing.T) {
	enginetest.HouseBites(t, openMemory, enginetest.Options{Operations: 66})
}
