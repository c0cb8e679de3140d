package merge_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// note is the chain Confirmation:c -> PortabilityNote:n -> Practice:p, Solution:a
// and Solution:b, as one source says it.
func note(source string) (confirmation, note, practice, from, to record.Statement) {
	clear := level("clear")
	return says(source, "Confirmation:c", clear, nil, links{"note": ids("PortabilityNote:n")}),
		says(source, "PortabilityNote:n", clear, nil, links{"practice": ids("Practice:p"), "from": ids("Solution:a"), "to": ids("Solution:b")}),
		says(source, "Practice:p", clear, nil, nil),
		says(source, "Solution:a", clear, nil, nil),
		says(source, "Solution:b", clear, nil, nil)
}

func TestClassRunsDownAChain(t *testing.T) {
	w := newWorld(t)
	c, n, p, a, b := note("s")
	_, outcome := w.say(c, n, p, a, b)
	if outcome.Created != 5 || outcome.Links != 4 {
		t.Errorf("outcome %+v, want 5 created and 4 links", outcome)
	}
	p.Class = level("amber")
	delta, outcome := w.say(p)
	if outcome.Changed != 3 || outcome.Links != 0 {
		t.Errorf("outcome %+v, want 3 changed", outcome)
	}
	want := access.Join(level("clear"), level("amber")).Key()
	for _, name := range []string{"PortabilityNote:n", "Confirmation:c"} {
		if got := w.class(name); got != want {
			t.Errorf("%s has class %s, want %s", name, got, want)
		}
		w.wantValue(name, "version", int64(1))
	}
	if !slices.Equal(delta.Touched, ids("Confirmation:c", "PortabilityNote:n", "Practice:p")) {
		t.Errorf("touched %v", delta.Touched)
	}
	b.Class = access.NewClass(access.Atom{Level: "red", Audience: []string{"ops"}})
	w.say(b)
	if got := w.class("Confirmation:c"); got != access.Join(access.Join(level("clear"), level("amber")), b.Class).Key() {
		t.Errorf("Confirmation:c has class %s", got)
	}
	p.Class, b.Class = level("clear"), level("clear")
	w.say(p, b)
	if got := w.class("Confirmation:c"); got != level("clear").Key() {
		t.Errorf("Confirmation:c has class %s, want it lowered with its ends", got)
	}
}

func TestAFactGoesAndComesWithItsEnds(t *testing.T) {
	w := newWorld(t)
	c, n, p, a, b := note("s")
	w.say(c, n, p, a, b)
	_, outcome := w.retire("s", "Solution:a")
	w.wantAlive(false, "Solution:a", "PortabilityNote:n", "Confirmation:c")
	w.wantAlive(true, "Practice:p", "Solution:b")
	if outcome.Removed != 3 || outcome.Links != 4 || len(w.links) != 0 {
		t.Errorf("outcome %+v with %d links left, want 3 removed and 4 links", outcome, len(w.links))
	}
	_, outcome = w.say(a)
	w.wantAlive(true, "Solution:a", "PortabilityNote:n", "Confirmation:c")
	if outcome.Created != 3 || outcome.Links != 4 {
		t.Errorf("outcome %+v, want 3 created and 4 links", outcome)
	}
	w.wantValue("Confirmation:c", "version", int64(1))
}

func TestAStatementThatIsNotEnoughLiesDormant(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	half := record.Statement{Source: "s", ID: id("Solution:a"), Class: clear, Fields: fields{"family": "f"}}
	_, n, p, _, b := note("s")
	delta, outcome := w.say(half, n, p, b)
	w.wantAlive(false, "Solution:a", "PortabilityNote:n")
	if outcome.Created != 2 || count(delta.Say()) != 4 {
		t.Errorf("%+v with %d statements, want 2 created of 4", outcome, count(delta.Say()))
	}
	_, outcome = w.say(says("t", "Solution:a", clear, nil, nil))
	w.wantAlive(true, "Solution:a", "PortabilityNote:n")
	w.wantValue("Solution:a", "family", "f")
	if outcome.Created != 2 || outcome.Links != 3 {
		t.Errorf("outcome %+v, want 2 created and 3 links", outcome)
	}
	// What only a stricter source says does not complete a record.
	w.retire("t", "Solution:a")
	w.say(says("t", "Solution:a", level("red"), nil, nil))
	w.wantAlive(false, "Solution:a", "PortabilityNote:n")
}

func TestOnlyAClearVoiceMakesARequiredLink(t *testing.T) {
	w := newWorld(t)
	_, n, p, a, b := note("s")
	w.say(p, a, b)
	open := n
	open.Source, open.Links = "open", nil
	strict := n
	strict.Class = level("red")
	w.say(open, strict)
	w.wantAlive(false, "PortabilityNote:n")
	w.retire("open", "PortabilityNote:n")
	w.wantAlive(true, "PortabilityNote:n")
}

func TestLinksSleepAndWake(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	layer := says("l", "Layer:a", clear, nil, nil)
	w.say(layer, says("s", "Topic:x", clear, nil, links{"layers": ids("Layer:a")}))
	_, outcome := w.retire("l", "Layer:a")
	if outcome.Links != 1 || outcome.Removed != 1 || len(w.links) != 0 {
		t.Errorf("outcome %+v, want the link to go with its end", outcome)
	}
	w.wantValue("Topic:x", "version", int64(1))
	delta, outcome := w.say(layer)
	if outcome.Links != 1 || len(w.links) != 1 {
		t.Errorf("outcome %+v, want the link to wake", outcome)
	}
	if !slices.Equal(delta.Touched, ids("Layer:a", "Topic:x")) {
		t.Errorf("touched %v, want both ends of the link", delta.Touched)
	}
	w.wantValue("Topic:x", "version", int64(1))
	w.retire("s", "Topic:x")
	if len(w.links) != 0 {
		t.Error("the link outlived the record that stores it")
	}
}

func TestReplaceRetiresWhatIsNotSaid(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	x, y := says("file", "Topic:x", clear, nil, nil), says("file", "Topic:y", clear, nil, nil)
	w.say(x, y, says("other", "Topic:z", clear, nil, nil))
	delta, outcome := w.do(record.Changeset{Say: []record.Statement{x}, Replace: []string{"file"}})
	if outcome.Removed != 1 || len(delta.Unsay) != 1 || count(delta.Say()) != 0 {
		t.Errorf("%+v, unsaid %v, said %v", outcome, delta.Unsay, slices.Collect(delta.Say()))
	}
	w.wantAlive(true, "Topic:x", "Topic:z")
	w.wantAlive(false, "Topic:y")
	if delta, _ = w.do(record.Changeset{Say: []record.Statement{x}, Replace: []string{"file"}}); delta.Changed {
		t.Errorf("replacing by the same changed %+v", delta)
	}
	w.do(record.Changeset{Replace: []string{"file", "file", "nobody"}})
	w.wantAlive(false, "Topic:x")
}

func TestSayGoesBeforeRetire(t *testing.T) {
	w := newWorld(t)
	x := says("file", "Topic:x", level("clear"), nil, nil)
	gone := []record.Retirement{{Source: "file", ID: x.ID}, {Source: "file", ID: id("Topic:never")}, {Source: "file", ID: record.ID{Type: "Nothing", Key: "x"}}}
	w.do(record.Changeset{Say: []record.Statement{x}, Retire: gone})
	w.wantAlive(true, "Topic:x")
	if delta, outcome := w.do(record.Changeset{Retire: gone[1:]}); delta.Changed || outcome.Revision != 2 {
		t.Errorf("retiring what was never said changed %+v", delta)
	}
	again := x
	again.Fields = fields{"title": "later"}
	w.do(record.Changeset{Say: []record.Statement{x, again}})
	w.wantValue("Topic:x", "title", "later")
}

func TestUnchangedReloadTouchesNothing(t *testing.T) {
	w := newWorld(t)
	c, n, p, a, b := note("s")
	all := []record.Statement{c, n, p, a, b}
	w.do(record.Changeset{Say: all, Replace: []string{"s"}})
	delta, outcome := w.do(record.Changeset{Say: all, Replace: []string{"s"}})
	if delta.Changed || count(delta.Puts())+count(delta.PutLinks())+count(delta.Say())+len(delta.Unsay) > 0 || outcome.Revision != 2 {
		t.Errorf("a reload wrote %+v", delta)
	}
}

func TestAnEditLooksOnlyAtWhatItTouches(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	all := []record.Statement{says("s", "Layer:a", clear, nil, nil)}
	for _, k := range []string{"x", "y", "z"} {
		all = append(all, says("s", "Topic:"+k, clear, nil, links{"layers": ids("Layer:a")}))
	}
	w.say(all...)
	w.loads = 0
	w.say(says("s", "Layer:a", clear, fields{"name": "new"}, nil))
	if w.loads != 1 {
		t.Errorf("an edit of a layer loaded %d records, want 1", w.loads)
	}
	w.loads = 0
	w.say(says("s", "Layer:a", level("red"), fields{"name": "new"}, nil))
	if w.loads != 1 {
		t.Errorf("raising a layer without facts loaded %d records, want 1", w.loads)
	}
}

// TestWhatIsSaidAlreadyIsLetGo: of a folder that is loaded again nothing is held but the
// record that changes, however many there are.
func TestWhatIsSaidAlreadyIsLetGo(t *testing.T) {
	w := newWorld(t)
	const records = 12_000
	say := make([]record.Statement, records)
	for i := range say {
		say[i] = says("minutes", fmt.Sprintf("Topic:t%05d", i), level("clear"), fields{"title": "T"}, nil)
	}
	w.say(say...)
	for changed, title := range []string{"T", "another"} {
		say[records-1].Fields["title"] = title
		clear(w.held)
		_, outcome := w.do(record.Changeset{Say: say, Detailed: true})
		if outcome.Changed != changed || len(w.held) != changed || len(outcome.Details.Incomplete)+outcome.Details.Hidden > 0 {
			t.Errorf("%s: %+v with %d records held", title, outcome, len(w.held))
		}
	}
	w.wantValue("Topic:t11999", "title", "another")
}
