package embedded_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/embedded"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

func TestReopenedIsTheSame(t *testing.T) {
	w := onDisk(t)
	group := access.NewClass(access.Atom{Level: "amber", Audience: []string{"ops"}})
	w.say(
		says("Topic:a", fields{"title": "Ünïcode \x00 \"<&>", "votes": int64(3), "sources": []any{record.Object{"u", nil, int64(1), nil, "ISSUE"}}}, links{"layers": ids("Layer:x", "Layer:y")}),
		says("Topic:b", nil, links{"parent": ids("Topic:a")}),
		says("Layer:x", nil, nil), classed(says("Layer:y", nil, nil), group),
		says("Practice:p", nil, nil), says("Solution:s", nil, nil), says("Provider:s", nil, links{"runs": ids("Solution:s")}),
		says("PortabilityNote:n", nil, links{"practice": ids("Practice:p"), "from": ids("Solution:s"), "to": ids("Provider:s")}),
		says("Confirmation:c", nil, links{"note": ids("PortabilityNote:n")}),
		record.Statement{Source: "s", ID: id("Topic:half"), Class: level("clear")},
	)
	w.say(classed(says("Practice:p", nil, nil), group))
	w.retire("s", "Layer:x")
	before := w.dump()
	changes, err := w.Changes(context.Background(), 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	w.reopen()
	if after := w.dump(); after != before {
		t.Errorf("it was\n%s\nand is\n%s", before, after)
	}
	again, err := w.Changes(context.Background(), 0, 100)
	if err != nil || fmt.Sprint(again) != fmt.Sprint(changes) || len(changes) != 4 {
		t.Errorf("changes were\n%v\nand are\n%v, %v", changes, again, err)
	}
	// What lay dormant wakes after a restart as before it.
	w.say(says("Layer:x", nil, nil), says("Topic:half", nil, nil))
	a := w.ask(owner)
	r := a.list("Layer", "key")
	r.Columns = append(r.Columns, w.column(a.along("Layer", "topics", "key")))
	w.want(a, r, "(x [(a)])(y [(a)])")
}

func TestChangesAndIdempotency(t *testing.T) {
	w := onDisk(t)
	first := record.Changeset{ID: "first", Say: []record.Statement{says("Topic:a", nil, links{"layers": ids("Layer:x")}), says("Layer:x", nil, nil)}}
	if got := w.do(first); got.Revision != 2 || got.Created != 2 || got.Links != 1 || got.Known {
		t.Errorf("outcome %+v", got)
	}
	if got := w.do(record.Changeset{ID: "idle", Say: first.Say}); got.Revision != 2 || got.Known {
		t.Errorf("outcome %+v of what says nothing new", got)
	}
	w.reopen()
	for _, id := range []string{"first", "idle"} {
		if got := w.do(record.Changeset{ID: id, Say: []record.Statement{says("Topic:other", nil, nil)}}); !got.Known || got.Revision != 2 {
			t.Errorf("outcome %+v, want it known", got)
		}
	}
	changes, err := w.Changes(context.Background(), 1, 10)
	if err != nil || len(changes) != 1 {
		t.Fatalf("changes %v, %v", changes, err)
	}
	if c := changes[0]; c.Revision != 2 || c.Changeset != "first" || c.Actor != "test" || !c.At.Equal(at(2)) || !slices.Equal(c.Touched, ids("Layer:x", "Topic:a")) {
		t.Errorf("change %+v", c)
	}
	if changes, err = w.Changes(context.Background(), 0, 1); err != nil || len(changes) != 1 || changes[0].Revision != 1 {
		t.Errorf("changes %v, %v, want the oldest", changes, err)
	}
}

func TestRefusedLeavesNothing(t *testing.T) {
	w := onDisk(t)
	before := w.dump()
	_, err := w.Apply(context.Background(), &record.Changeset{ID: "x", Say: []record.Statement{says("Topic:a", nil, nil), says("Topic:b", nil, links{"layers": ids("Layer:none")})}})
	if fault.CodeOf(err) != fault.BadInput {
		t.Fatalf("error %v", err)
	}
	w.say(says("Layer:x", nil, nil))
	w.retire("s", "Layer:x")
	if after := w.dump(); after != before {
		t.Errorf("it was\n%s\nand is\n%s", before, after)
	}
	w.reopen()
	if after := w.dump(); after != before {
		t.Errorf("it was\n%s\nand is\n%s", before, after)
	}
}

// TestAMovedLevel wants records of several voices to be merged anew, and numbers
// of records that are gone to be given again.
func TestAMovedLevel(t *testing.T) {
	w := onDisk(t)
	red := classed(says("Topic:a", fields{"title": "red"}, nil), level("red"))
	red.Source = "other"
	w.say(red, classed(says("Topic:a", fields{"title": "green"}, nil), level("green")), says("Topic:gone", nil, links{"layers": ids("Layer:gone")}), says("Layer:gone", nil, nil))
	title := func() string {
		a := w.ask(owner)
		return text(w.run(a, a.list("Topic", "title"))[0])
	}
	w.retire("s", "Topic:gone", "Layer:gone")
	if got := title(); got != "(green)" {
		t.Errorf("titles %s", got)
	}
	w.say(says("ConfidentialityLevel:green", fields{"rank": int64(9)}, nil), says("Topic:b", fields{"title": "new"}, nil), says("Topic:c", fields{"title": "newer"}, nil))
	if got := title(); got != "(red)(new)(newer)" {
		t.Errorf("titles %s", got)
	}
	w.reopen()
	if got := title(); got != "(red)(new)(newer)" {
		t.Errorf("titles %s after a restart", got)
	}
}

// TestAnyHistoryIsDurable applies random changesets to a store on disk and to one
// in memory; they must agree all along, and the first with itself when opened
// again.
func TestAnyHistoryIsDurable(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		disk := &world{t: t, catalog: catalogOnce, path: filepath.Join(dir, fmt.Sprint(n, ".db"))}
		disk.open()
		defer func() { _ = disk.Close() }() // checked where it is closed for good
		memory := &world{t: t, catalog: disk.catalog}
		memory.open()
		defer func() { _ = memory.Close() }()
		disk.say(base()...)
		memory.say(base()...)
		for range rapid.IntRange(1, 5).Draw(rt, "changesets") {
			c := anyChangeset(rt, fmt.Sprint(disk.n))
			one, errOne := disk.Apply(context.Background(), c)
			two, errTwo := memory.Apply(context.Background(), c)
			if one != two || fmt.Sprint(errOne) != fmt.Sprint(errTwo) {
				rt.Fatalf("%+v, %v on disk; %+v, %v in memory", one, errOne, two, errTwo)
			}
			disk.n++
			if rapid.IntRange(0, 4).Draw(rt, "reopen") == 0 {
				disk.reopen()
			}
		}
		before := disk.dump()
		if other := memory.dump(); other != before {
			rt.Fatalf("on disk\n%s\nin memory\n%s", before, other)
		}
		disk.reopen()
		if after := disk.dump(); after != before {
			rt.Fatalf("it was\n%s\nand is\n%s", before, after)
		}
	})
}

// base is a record for every id that a random changeset can speak of or link to,
// some of them not whole.
func base() []record.Statement {
	out := ladder()
	for _, t := range catalogOnce.Types {
		for _, key := range []string{"a", "b"} {
			if s := says(t.Name+":"+key, nil, facts[t.Name]); !t.Interface && t.Name != "ConfidentialityLevel" {
				s.Source = "base"
				out = append(out, s)
			}
		}
	}
	return out
}

var facts = map[string]links{
	"PortabilityNote": {"practice": ids("Practice:a"), "from": ids("Solution:a"), "to": ids("Provider:b")},
	"Confirmation":    {"note": ids("PortabilityNote:a")},
}

func anyChangeset(t *rapid.T, id string) *record.Changeset {
	c := &record.Changeset{ID: "any" + id, At: at(1)}
	for range rapid.IntRange(0, 5).Draw(t, "say") {
		typ := rapid.SampledFrom([]string{"Topic", "Layer", "Practice", "Solution", "Provider", "PortabilityNote", "Confirmation"}).Draw(t, "type")
		s := says(typ+":"+rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key"), nil, links{})
		s.Source = rapid.SampledFrom([]string{"s", "r"}).Draw(t, "source")
		s.Class = level(rapid.SampledFrom([]string{"clear", "green", "red"}).Draw(t, "class"))
		s.Fields["remark"] = rapid.SampledFrom([]any{nil, "x", "y"}).Draw(t, "remark")
		if rapid.IntRange(0, 4).Draw(t, "half") == 0 {
			s.Fields = fields{}
		}
		for _, l := range catalogOnce.Type(typ).Links {
			if !l.Inverse && rapid.Bool().Draw(t, l.Name) {
				to := rapid.SampledFrom(l.Target.Concrete).Draw(t, "to").Name
				s.Links[l.Name] = ids(to + ":" + rapid.SampledFrom([]string{"a", "b"}).Draw(t, "end"))
			}
		}
		c.Say = append(c.Say, s)
	}
	if rapid.Bool().Draw(t, "retire") {
		typ := rapid.SampledFrom([]string{"Topic", "Layer", "Practice", "Solution"}).Draw(t, "type")
		c.Retire = []record.Retirement{{Source: "s", ID: record.ID{Type: typ, Key: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "key")}}}
	}
	if rapid.IntRange(0, 9).Draw(t, "replace") == 0 {
		c.Replace = []string{"r"}
	}
	return c
}

func TestClosed(t *testing.T) {
	ctx := context.Background()
	e, err := embedded.Open(ctx, embedded.Config{Catalog: catalogOnce})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Check(ctx); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	}
	_, read := e.Read(ctx)
	_, apply := e.Apply(ctx, &record.Changeset{ID: "x"})
	_, changes := e.Changes(ctx, 0, 1)
	for _, err := range []error{read, apply, changes, e.Check(ctx)} {
		if fault.CodeOf(err) != fault.Unavailable {
			t.Errorf("error %v of a store that is closed", err)
		}
	}
}
