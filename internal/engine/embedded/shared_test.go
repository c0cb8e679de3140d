package embedded_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// TestReadersSeeWholeChangesets writes pairs of topics with the same votes while
// others read them.
func TestReadersSeeWholeChangesets(t *testing.T) {
	w := inMemory(t)
	pair := func(n int) record.Changeset {
		var c record.Changeset
		for _, key := range []string{"a", "b"} {
			c.Say = append(c.Say, says("Topic:"+key, fields{"votes": int64(n)}, links{"layers": ids(fmt.Sprint("Layer:l", n%2))}))
		}
		c.Say = append(c.Say, says(fmt.Sprint("Topic:x", n), nil, nil))
		return c
	}
	w.say(says("Layer:l0", nil, nil), says("Layer:l1", nil, nil))
	w.do(pair(0))
	const changesets = 150
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					readPair(t, w)
				}
			}
		})
	}
	var writers sync.WaitGroup
	for i := range 2 {
		writers.Go(func() {
			for n := range changesets {
				// Each makes a record of its own, so that each changes something, whoever comes first.
				c := pair(1 + i*changesets + n)
				c.ID, c.At = fmt.Sprint(i, "-", n), at(n)
				if _, err := w.Apply(context.Background(), &c); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if changes, err := w.Changes(context.Background(), 3, 1000); err != nil || len(changes) != 2*changesets {
		t.Errorf("%d changes of %d, %v", len(changes), 2*changesets, err)
	}
}

func readPair(t *testing.T, w *world) {
	a := w.ask(access.Viewer{})
	topics := a.byIDs("Topic", ids("Topic:a", "Topic:b"), "votes")
	topics.Columns = append(topics.Columns, w.column(a.along("Topic", "layers", "key")))
	hub := a.list("Layer")
	hub.Columns = []plan.Column{{LinkCount: w.catalog.Type("Layer").Link("topics")}}
	sets := w.run(a, topics, hub)
	one, two := fmt.Sprint(sets[0].Rows[0].Cells[0], text(sets[0].Rows[0].Cells[1].(*plan.Set))), fmt.Sprint(sets[0].Rows[1].Cells[0], text(sets[0].Rows[1].Cells[1].(*plan.Set)))
	if one != two || (text(sets[1]) != "(2)(0)" && text(sets[1]) != "(0)(2)") {
		t.Errorf("half a changeset: %s and %s, layers %s", one, two, text(sets[1]))
	}
}

// TestAnotherProcessIsToldWhoHoldsIt starts a second process on a store that this
// one holds.
func TestAnotherProcessIsToldWhoHoldsIt(t *testing.T) {
	w := onDisk(t)
	child := exec.Command(os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childStore+"="+w.path)
	out, err := child.CombinedOutput()
	if err != nil {
		t.Fatal(err, string(out))
	}
	for _, word := range []string{"in use", w.path, fmt.Sprint("process ", os.Getpid())} {
		if !strings.Contains(string(out), word) {
			t.Errorf("the second process says %q, without %q", out, word)
		}
	}
	w.say(says("Topic:x", nil, nil))
}

// model is the shipped one with its SDL edited.
func model(t *testing.T, edits ...string) *schema.Catalog {
	t.Helper()
	edit := strings.NewReplacer(edits...)
	var sources []schema.Source
	files, err := filepath.Glob("../../../schema/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no model: %v", err)
	}
	for _, file := range files {
		sdl, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, schema.Source{Name: filepath.Base(file), Text: edit.Replace(string(sdl))})
	}
	c, err := schema.Parse(sources...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestAnotherModel opens a store with another model than it was written with, and
// then with the first again.
func TestAnotherModel(t *testing.T) {
	w := onDisk(t)
	w.say(base()...)
	w.say(says("Topic:a", fields{"scopeTag": "x", "votes": int64(7)}, links{"layers": ids("Layer:a"), "parent": ids("Topic:b")}))
	before := w.dump()
	other := model(t,
		"  scopeTag: String @search\n", "  scopeTag: Int\n  mood: String! @default(value: \"good\")\n",
		"type ActionItem @node", "type Chore @node", "ActionItem", "Chore",
		"  parent: Topic @link\n", "", "  subtopics: [Topic!]! @inverse(of: \"parent\")\n", "",
		"  ordinal: Int!\n", "  ordinal: Int!\n  colour: String!\n")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.catalog = other
	w.open()
	a := w.ask(owner)
	r := a.list("Topic", "key", "scopeTag", "mood", "version")
	r.Columns = append(r.Columns, w.column(a.along("Topic", "layers", "key")))
	// A layer needs a colour now, so there is none.
	w.want(a, r, "(a <nil> good 3 [])(b <nil> good 2 [])")
	w.say(says("Layer:a", fields{"colour": "red"}, nil))
	a = w.ask(owner)
	r = a.byIDs("Topic", ids("Topic:a"))
	r.Columns = []plan.Column{w.column(a.along("Topic", "layers", "key", "colour"))}
	w.want(a, r, "([(a red)])")
	w.reopen()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w.catalog = catalogOnce
	w.open()
	// Versions have moved with the models; everything else is as it was.
	if before, after := untimed(before), untimed(w.dump()); after != before || !strings.Contains(after, "(ActionItem:a a ") {
		t.Errorf("it was\n%s\nand is\n%s", before, after)
	}
	if _, err := embedded.Open(context.Background(), embedded.Config{}); err == nil {
		t.Error("a store without a model was opened")
	}
}

// untimed is a dump without times and versions.
func untimed(dump string) string {
	return regexp.MustCompile(`\S+Z \S+Z \d+ `).ReplaceAllString(dump, "")
}
