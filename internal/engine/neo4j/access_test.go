package neo4j_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine/neo4j/neo4jtest"
	"github.com/open-operations/opsmap/internal/record"
)

// TestAnotherProcessWrites reads through an engine whose table of classes is
// older than the store.
func TestAnotherProcessWrites(t *testing.T) {
	w := newWorld(t)
	w.say(says("a", "Topic:x", "clear", fields{"title": "open"}, nil))
	other := neo4jtest.Reopen(t, neo4jtest.Config(t, w.catalog))
	want := func(step, want string) {
		t.Helper()
		if got, err := readTopics(t.Context(), w, other); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", step, got, err, want)
		}
	}
	want("at first", "[x open]")
	w.say(says("a", "Topic:x", "red", fields{"title": "secret"}, nil))
	want("a record is raised to a class that is new", "")
	w.say(says("a", "Topic:x", "green", fields{"title": "told to some"}, nil))
	want("and lowered", "")
	w.say(says("ladder", "ConfidentialityLevel:green", "clear", fields{"name": "g", "rank": int64(0), "meaning": "m"}, nil))
	want("its level comes down to everybody", "[x told to some]")
	w.apply(record.Changeset{Say: []record.Statement{
		says("ladder", "ConfidentialityLevel:green", "clear", fields{"name": "g", "rank": int64(1), "meaning": "m"}, nil),
		says("a", "Topic:x", "green", fields{"title": "secret again"}, nil),
	}})
	want("and up again", "")
	w.say(says("a", "Topic:y", "amber", fields{"title": "amber"}, nil), says("a", "Topic:z", "clear", fields{"title": "z"}, nil))
	want("a new class that is closed", "[z z]")
}

// TestAChangesetThatWasBegun dies after the first part of a changeset that moves
// classes. Whoever comes next, to read or to write, finishes it.
func TestAChangesetThatWasBegun(t *testing.T) {
	finishers := map[string]func(*world){
		"a reader": func(*world) {},
		"a writer": func(w *world) { w.say(says("b", "Topic:z", "clear", fields{"title": "Z"}, nil)) },
		"a start":  func(w *world) { w.reopen(w.catalog) },
	}
	for name, finish := range finishers {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.say(says("a", "Topic:x", "clear", fields{"title": "open"}, nil), says("a", "Topic:y", "red", fields{"title": "was secret"}, nil))
			dead := neo4jtest.Reopen(t, neo4jtest.Config(t, w.catalog))
			c := &record.Changeset{ID: "begun", Actor: "test", At: at(50), Say: []record.Statement{
				says("a", "Topic:x", "red", fields{"title": "secret"}, nil), says("a", "Topic:y", "clear", fields{"title": "told"}, nil),
			}}
			if begun, err := dead.Begin(t.Context(), c); err != nil || !begun {
				t.Fatal(begun, err)
			}
			finish(w)
			start := time.Now()
			got, err := readTopics(t.Context(), w, dead)
			if want := "[y told]"; err != nil || !strings.HasPrefix(got, want) || time.Since(start) > 5*time.Second {
				t.Errorf("%s, %v after %s; want %s", got, err, time.Since(start), want)
			}
			if out, err := w.Apply(t.Context(), c); err != nil || !out.Known {
				t.Errorf("said again: %+v, %v", out, err)
			}
		})
	}
}

// topics says something of many topics, so that they take a while to read.
func topics(class, title string) []record.Statement {
	out := make([]record.Statement, 400)
	for i := range out {
		out[i] = says("a", fmt.Sprintf("Topic:t%03d", i), class, fields{"title": title}, nil)
	}
	return out
}

// TestNobodySeesASecretBetweenTwoStates raises and lowers records with their text,
// and a level, while others read.
func TestNobodySeesASecretBetweenTwoStates(t *testing.T) {
	w := newWorld(t)
	w.say(topics("clear", "open")...)
	other := neo4jtest.Reopen(t, neo4jtest.Config(t, w.catalog))
	ctx, stop := context.WithCancel(t.Context())
	var readers sync.WaitGroup
	var reads [3]int
	for i := range reads {
		readers.Go(func() {
			for ctx.Err() == nil {
				got, err := readTopics(context.WithoutCancel(ctx), w, other)
				if err != nil || strings.Contains(got, "secret") {
					t.Errorf("read %.300s, %v", got, err)
					return
				}
				reads[i]++
			}
		})
	}
	for i := range 12 {
		green := says("ladder", "ConfidentialityLevel:green", "clear", fields{"name": "g", "rank": int64(i % 2), "meaning": "m"}, nil)
		title := []string{"open", "secret"}[i%2]
		w.say(append(topics("green", title), green)...)
		w.say(topics("red", "secret")...)
		w.say(topics("clear", "open")...)
	}
	stop()
	readers.Wait()
	t.Logf("%v reads", reads)
	for _, n := range reads {
		if n == 0 {
			t.Error("a reader never came through")
		}
	}
}

// TestWritersQueue applies changesets from two engines at once: every one takes
// effect, one after the other.
func TestWritersQueue(t *testing.T) {
	w := newWorld(t)
	other := neo4jtest.Reopen(t, neo4jtest.Config(t, w.catalog))
	var writers sync.WaitGroup
	for i := range 4 {
		writers.Go(func() {
			e := []interface {
				Apply(context.Context, *record.Changeset) (record.Outcome, error)
			}{w, other}[i%2]
			for n := range 10 {
				class := []string{"clear", "red"}[n%2]
				c := &record.Changeset{ID: fmt.Sprint(i, "/", n), Actor: "test", At: at(n), Say: []record.Statement{
					says(fmt.Sprint("s", i), "Topic:x", class, fields{"title": "t", "votes": int64(n)}, nil),
				}}
				if _, err := e.Apply(t.Context(), c); err != nil {
					t.Errorf("%s: %v", c.ID, err)
				}
			}
		})
	}
	writers.Wait()
	log, err := other.Changes(t.Context(), 1, 1000)
	if err != nil || len(log) != 40 {
		t.Fatalf("%d rows in the log, %v", len(log), err)
	}
	for i, row := range log {
		if row.Revision != int64(i+2) {
			t.Errorf("row %d has revision %d", i, row.Revision)
		}
	}
	// The sum over four sources that all ended with 9.
	if got := w.values("Topic", "key", "votes"); got != "[x 36]" {
		t.Errorf("in the end: %s", got)
	}
}
