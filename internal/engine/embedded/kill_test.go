package embedded_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/record"
)

// childStore names the store that the test binary writes to when it is started as
// the child that is to be killed.
const childStore = "OPSMAP_TEST_CHILD_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		writeUntilKilled(path)
		return
	}
	os.Exit(m.Run())
}

// atOnce is how many topics a changeset of the child says together.
const atOnce = 5

// together is the n-th changeset of the child: topics that come together, and a
// counter that moves with them.
func together(n int) *record.Changeset {
	c := &record.Changeset{ID: fmt.Sprint("kill", n), Actor: "child", At: at(n)}
	for i := range atOnce {
		c.Say = append(c.Say, says(fmt.Sprintf("Topic:n%05d-%d", n, i), nil, links{"layers": ids("Layer:a")}))
	}
	c.Say = append(c.Say, says("Topic:counter", fields{"votes": int64(n)}, nil))
	return c
}

// writeUntilKilled writes changesets and prints the number of each that is
// acknowledged.
func writeUntilKilled(path string) {
	e, err := embedded.Open(context.Background(), embedded.Config{Path: path, Catalog: catalogOnce})
	if err != nil {
		fmt.Println("error", err)
		return
	}
	first := &record.Changeset{ID: "first", At: at(0), Say: append(ladder(), says("Layer:a", nil, nil))}
	if _, err := e.Apply(context.Background(), first); err != nil {
		fmt.Println("error", err)
		return
	}
	for n := 1; ; n++ {
		if _, err := e.Apply(context.Background(), together(n)); err != nil {
			fmt.Println("error", err)
			return
		}
		fmt.Println(n)
	}
}

// TestKilledLosesNothing kills a process that writes, again and again, and wants
// every changeset that it acknowledged, and every changeset whole.
func TestKilledLosesNothing(t *testing.T) {
	rounds := 4
	if os.Getenv("OPSMAP_NIGHTLY") != "" {
		rounds = 100
	}
	path := filepath.Join(t.TempDir(), "map.db")
	for round := range rounds {
		acknowledged := killChild(t, path, time.Duration(30+round*17%200)*time.Millisecond)
		w := &world{t: t, catalog: catalogOnce, path: path}
		started := time.Now()
		w.open()
		if took := time.Since(started); took > 2*time.Second {
			t.Errorf("round %d: opening took %v", round, took)
		}
		checkWhole(t, w, acknowledged)
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killChild starts the child, kills it after a while, and gives the last number
// that it acknowledged.
func killChild(t *testing.T, path string, after time.Duration) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childStore+"="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	last, timer := 0, (*time.Timer)(nil)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Fatal(lines.Text())
		}
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if timer == nil {
			timer = time.AfterFunc(after, func() {
				if err := child.Process.Kill(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child was not killed")
	}
	return last
}

// checkWhole wants all changesets up to the counter, and none in part.
func checkWhole(t *testing.T, w *world, acknowledged int) {
	t.Helper()
	a := w.ask(owner)
	topics := a.list("Topic", "key")
	topics.Count = true
	sets := w.run(a, topics, a.byIDs("Topic", ids("Topic:counter"), "votes"))
	counter := int(sets[1].Rows[0].Cells[0].(int64))
	if counter < acknowledged {
		t.Errorf("%d changesets were acknowledged and %d are there", acknowledged, counter)
	}
	if want := counter*atOnce + 1; sets[0].Total != want {
		t.Errorf("%d topics of %d changesets, want %d", sets[0].Total, counter, want)
	}
	if outcome := w.do(*together(counter)); !outcome.Known {
		t.Error("the store has forgotten the last changeset")
	}
	if changes, err := w.Changes(context.Background(), int64(counter), 10); err != nil || len(changes) != 1 || changes[0].Changeset != fmt.Sprint("kill", counter) {
		t.Errorf("the change log ends with %v, %v", changes, err)
	}
}
