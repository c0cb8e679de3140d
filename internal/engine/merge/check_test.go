package merge_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

func TestRefusedChangesets(t *testing.T) {
	clear := level("clear")
	topic := func(f fields, l links) record.Changeset {
		return record.Changeset{Say: []record.Statement{says("s", "Topic:x", clear, f, l)}}
	}
	classed := func(c access.Class) record.Changeset {
		return record.Changeset{Say: []record.Statement{says("s", "Topic:x", c, nil, nil)}}
	}
	then := []access.Condition{{Until: time.Unix(0, 0), Then: "never"}}
	for _, c := range []struct {
		name  string
		c     record.Changeset
		code  fault.Code
		names []string
	}{
		{"no type", record.Changeset{Say: []record.Statement{{Source: "s", ID: id("Nothing:x")}}}, fault.BadInput, []string{"Nothing:x"}},
		{"an interface", record.Changeset{Say: []record.Statement{{Source: "s", ID: id("Platform:x")}}}, fault.BadInput, []string{"Platform"}},
		{"no key", record.Changeset{Say: []record.Statement{{Source: "s", ID: record.ID{Type: "Topic"}}}}, fault.BadInput, []string{"key"}},
		{"no source", record.Changeset{Say: []record.Statement{{ID: id("Topic:x")}}}, fault.BadInput, []string{"source"}},
		{"no field", topic(fields{"titel": "x"}, nil), fault.BadInput, []string{"Topic:x", "titel"}},
		{"a system field", topic(fields{"version": int64(3)}, nil), fault.BadInput, []string{"version"}},
		{"a wrong kind", topic(fields{"votes": "3"}, nil), fault.BadInput, []string{"votes"}},
		{"an int of another size", topic(fields{"votes": 3}, nil), fault.BadInput, []string{"votes"}},
		{"no word of the enum", topic(fields{"kind": "topic"}, nil), fault.BadInput, []string{"kind"}},
		{"a null in a list", topic(fields{"sources": []any{nil}}, nil), fault.BadInput, []string{"sources"}},
		{"half an object", topic(fields{"sources": []any{record.Object{"u"}}}, nil), fault.BadInput, []string{"sources"}},
		{"no UTF-8", topic(fields{"title": "\xff"}, nil), fault.BadInput, []string{"title"}},
		{"no link", topic(nil, links{"lairs": nil}), fault.BadInput, []string{"lairs"}},
		{"a link read backwards", topic(nil, links{"sessions": nil}), fault.BadInput, []string{"sessions"}},
		{"a link to another type", topic(nil, links{"layers": ids("Topic:x")}), fault.BadInput, []string{"layers", "Layer"}},
		{"two ends of one", topic(nil, links{"raisedBy": ids("Person:a", "Person:b")}), fault.BadInput, []string{"raisedBy"}},
		{"a link to nobody", topic(nil, links{"layers": ids("Layer:none")}), fault.BadInput, []string{"Topic:x", "layers", "Layer:none"}},
		{"no level", classed(level("secret")), fault.BadInput, []string{"Topic:x", "secret", "amber"}},
		{"no later level", classed(access.NewClass(access.Atom{Level: "red", Conditions: then})), fault.BadInput, []string{"never"}},
		{"expects a record", record.Changeset{Expect: []record.Precondition{{ID: id("Topic:none")}}}, fault.NotFound, []string{"Topic:none"}},
		{"expects no type", record.Changeset{Expect: []record.Precondition{{ID: id("None:x")}}}, fault.NotFound, []string{"None:x"}},
		{"expects a version", record.Changeset{Expect: []record.Precondition{{ID: id("Layer:a"), Version: 7}}}, fault.Conflict, []string{"Layer:a", "7"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.say(says("s", "Layer:a", clear, nil, nil))
			c.c.ID = "refused"
			_, _, err := w.apply(&c.c)
			if fault.CodeOf(err) != c.code || err == nil {
				t.Fatalf("error %v, want %s", err, c.code)
			}
			for _, n := range c.names {
				if !strings.Contains(fault.Message(err), n) {
					t.Errorf("message %q does not name %q", fault.Message(err), n)
				}
			}
			if w.revision != 2 || w.alive("Topic:x") {
				t.Errorf("a refused changeset left something behind")
			}
		})
	}
}

func TestPreconditionsThatHold(t *testing.T) {
	w := newWorld(t)
	w.say(says("s", "Layer:a", level("clear"), nil, nil))
	w.do(record.Changeset{Expect: []record.Precondition{{ID: id("Layer:a"), Version: 1}, {ID: id("Layer:a")}}})
}

func TestKnownChangeset(t *testing.T) {
	w := newWorld(t)
	first := record.Changeset{ID: "same", Say: []record.Statement{says("s", "Topic:x", level("clear"), nil, nil)}}
	w.do(first)
	first.Say[0].Fields["title"] = "changed"
	delta, outcome := w.do(first)
	if delta != nil || !outcome.Known || outcome.Revision != 2 {
		t.Errorf("%+v, %+v, want nothing and Known", delta, outcome)
	}
	w.wantValue("Topic:x", "title", "t")
	// One that changed nothing is known as well.
	w.do(record.Changeset{ID: "idle"})
	if _, outcome = w.do(record.Changeset{ID: "idle"}); !outcome.Known {
		t.Error("a changeset that changed nothing is not known")
	}
}

func TestMissingTargetsAreToldTogether(t *testing.T) {
	w := newWorld(t)
	var targets []record.ID
	for i := range 25 {
		targets = append(targets, record.ID{Type: "Layer", Key: fmt.Sprintf("l%02d", i)})
	}
	c := record.Changeset{ID: "m", Say: []record.Statement{says("s", "Topic:x", level("clear"), nil, links{"layers": targets})}}
	_, _, err := w.apply(&c)
	message := fault.Message(err)
	if strings.Count(message, "layers leads to") != 20 || !strings.Contains(message, "and 5 more") {
		t.Errorf("message %q", message)
	}
}

func TestWhoseLastWordIsRetiredIsNoTarget(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	w.say(says("l", "Layer:a", clear, nil, nil), record.Statement{Source: "l", ID: id("Layer:half"), Class: clear})
	// A record that lies dormant is one that somebody speaks of.
	w.say(says("s", "Topic:x", clear, nil, links{"layers": ids("Layer:half")}))
	_, _, err := w.apply(&record.Changeset{
		ID: "r", Retire: []record.Retirement{{Source: "l", ID: id("Layer:a")}},
		Say: []record.Statement{says("s", "Topic:x", clear, nil, links{"layers": ids("Layer:a")})},
	})
	if fault.CodeOf(err) != fault.BadInput {
		t.Errorf("error %v, want BAD_USER_INPUT", err)
	}
}

func TestRecordsShareNothingWithTheChangeset(t *testing.T) {
	w := newWorld(t)
	sources := []any{record.Object{"u", nil, nil, nil, "ISSUE"}}
	s := says("s", "Topic:x", level("clear"), fields{"sources": sources}, nil)
	w.say(s)
	sources[0].(record.Object)[0] = "written over"
	s.Fields["title"] = "written over"
	got := w.value("Topic:x", "sources").([]any)[0].(record.Object)[0]
	if got != "u" || w.value("Topic:x", "title") != "t" {
		t.Errorf("a record shares memory with the changeset: %v", got)
	}
}

// TestPackedElsewhere: what somebody else has packed is checked like what is said here.
func TestPackedElsewhere(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ fields, links, want string }{
		{`{"title":"t","colour":"red"}`, `{}`, `no field "colour"`},
		{`{"title":["t"]}`, `{}`, "title cannot be"},
		{`{"title":"t"`, `{}`, "cannot be read"},
		{`{"title":"t"}`, `{"layers":["nobody"]}`, "cannot be read"},
		{`{"title":"t"}`, `{"owner":["Person:a"]}`, `no link "owner"`},
		{`{"title":"t"}`, `{"layers":["Person:a"]}`, "leads to a Layer, not to Person:a"},
		{`{"title":"t"}`, `{"parent":["Topic:a","Topic:b"]}`, "leads to one record, not to 2"},
		{`{"title":"t"}`, `{"layers":["Layer:none"]}`, "layers leads to Layer:none"},
	} {
		packed := record.Packed{Source: "s", ID: id("Topic:x"), Fields: c.fields, Links: c.links}
		_, _, err := w.apply(&record.Changeset{ID: "bad", At: at(9), Packed: []record.Packed{packed}})
		if fault.CodeOf(err) != fault.BadInput || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %s: %v, want %s", c.fields, c.links, err, c.want)
		}
	}
}
