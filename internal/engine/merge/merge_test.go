package merge_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

func TestRankOrderOfStatements(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	w.say(says("b", "Topic:x", clear, fields{"title": "b"}, nil), says("a", "Topic:x", clear, fields{"title": "a"}, nil))
	w.wantValue("Topic:x", "title", "a") // one changeset: the source key decides
	w.say(says("c", "Topic:x", clear, fields{"title": "c"}, nil))
	w.wantValue("Topic:x", "title", "c") // the newest
	w.say(says("b", "Topic:x", clear, fields{"title": "b2"}, nil))
	w.wantValue("Topic:x", "title", "b2")
	edit := says("person:x", "Topic:x", clear, fields{"title": "edited"}, nil)
	edit.Edit = true
	w.say(edit)
	w.say(says("c", "Topic:x", clear, fields{"title": "c2"}, nil))
	w.wantValue("Topic:x", "title", "edited") // an edit goes before what is newer
	w.retire("person:x", "Topic:x")
	w.wantValue("Topic:x", "title", "c2")
}

func TestStatementSaidAgainKeepsItsAge(t *testing.T) {
	w := newWorld(t)
	a := says("a", "Topic:x", level("clear"), fields{"title": "a"}, nil)
	w.say(a)
	w.say(says("b", "Topic:x", level("clear"), fields{"title": "b"}, nil))
	delta, outcome := w.say(a)
	w.wantValue("Topic:x", "title", "b")
	if delta.Changed || outcome.Revision != 3 || count(delta.Say()) != 0 {
		t.Errorf("saying the same again wrote %+v, %+v", delta, outcome)
	}
}

func TestFieldsOfSeveralSources(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	src := func(uri string) record.Object { return record.Object{uri, nil, nil, nil, "ISSUE"} }
	w.say(says("a", "Topic:x", clear, fields{"votes": int64(2), "summary": "a", "sources": []any{src("u1"), src("u2")}}, nil))
	w.say(says("b", "Topic:x", clear, fields{"votes": int64(3), "scopeTag": "b", "sources": []any{src("u3"), src("u1")}}, nil))
	w.wantValue("Topic:x", "votes", int64(5))
	w.wantValue("Topic:x", "summary", "a")
	w.wantValue("Topic:x", "scopeTag", "b")
	w.wantValue("Topic:x", "kind", "TOPIC")
	w.wantValue("Topic:x", "cluster", false)
	var uris string
	for _, s := range w.value("Topic:x", "sources").([]any) {
		uris += s.(record.Object)[0].(string)
	}
	if uris != "u3u1u2" {
		t.Errorf("sources %s, want the union in rank order", uris)
	}
	w.say(says("b", "Topic:x", clear, fields{"summary": nil, "cluster": nil}, nil))
	w.wantValue("Topic:x", "summary", nil) // said to have none
	w.wantValue("Topic:x", "cluster", false)
	w.wantValue("Topic:x", "votes", int64(2))
}

func TestStricterSourceChangesNothingOpen(t *testing.T) {
	w := newWorld(t)
	w.say(says("a", "Topic:x", level("clear"), nil, nil), says("l", "Layer:a", level("clear"), nil, nil), says("l", "Layer:b", level("clear"), nil, nil))
	before := w.records[id("Topic:x")]
	edit := says("person:x", "Topic:x", level("amber"), fields{"title": "secret", "votes": int64(9)}, links{"layers": ids("Layer:a")})
	edit.Edit = true
	delta, outcome := w.say(edit)
	if got := w.records[id("Topic:x")]; got.Class != before.Class || got.Values[0] != before.Values[0] || outcome.Changed != 0 || outcome.Links != 1 {
		t.Errorf("a stricter statement changed the record: %+v, %+v", slices.Collect(delta.Puts()), outcome)
	}
	w.wantValue("Topic:x", "title", "t")
	w.wantValue("Topic:x", "version", int64(1))
	if got := w.ends("Topic:x", "layers"); !maps.Equal(got, map[string]string{"Layer:a": "amber"}) {
		t.Errorf("links %v, want Layer:a under amber", got)
	}
	w.say(says("a", "Topic:x", level("clear"), nil, links{"layers": ids("Layer:a", "Layer:b")}))
	if got := w.ends("Topic:x", "layers"); !maps.Equal(got, map[string]string{"Layer:a": "clear", "Layer:b": "clear"}) {
		t.Errorf("links %v, want both clear: the most open statement counts", got)
	}
	w.retire("a", "Topic:x")
	w.wantValue("Topic:x", "title", "secret") // now it is all there is
	w.wantValue("Topic:x", "version", int64(2))
	if got := w.class("Topic:x"); got != level("amber").Key() {
		t.Errorf("class %s, want amber", got)
	}
}

func TestOwnClassIsTheMostOpen(t *testing.T) {
	soon := []access.Condition{{Reason: "embargo", Until: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Then: "clear"}}
	plain := level("amber")
	group := access.NewClass(access.Atom{Level: "amber", Audience: []string{"ops"}})
	embargo := access.NewClass(access.Atom{Level: "amber", Conditions: soon})
	for _, c := range []struct {
		name        string
		a, b        access.Class
		want        string
		bothCounted bool
	}{
		{"lower level", level("green"), plain, "a", false},
		{"no conditions", plain, embargo, "a", false},
		{"no audience", plain, group, "a", false},
		{"audience before conditions", group, embargo, "a", false},
		{"same", plain, plain, "b", true},
		{"same audience", group, group, "b", true},
		{"nothing required, lowest level", access.Class{}, level("clear"), "b", true},
		{"embargo below red", embargo, level("red"), "a", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.say(says("a", "Topic:x", c.a, fields{"title": "a", "votes": int64(1)}, nil))
			w.say(says("b", "Topic:x", c.b, fields{"title": "b", "votes": int64(1)}, nil))
			w.wantValue("Topic:x", "title", c.want)
			want := int64(1)
			if c.bothCounted {
				want = 2
			}
			w.wantValue("Topic:x", "votes", want)
		})
	}
}

func TestToOneLink(t *testing.T) {
	w := newWorld(t)
	clear, amber := level("clear"), level("amber")
	w.say(says("p", "Person:a", clear, nil, nil), says("p", "Person:b", clear, nil, nil), says("p", "Person:c", clear, nil, nil))
	w.say(says("one", "Topic:x", clear, nil, links{"raisedBy": ids("Person:a")}))
	w.say(says("two", "Topic:x", clear, nil, links{"raisedBy": ids("Person:b")}))
	want := func(target, level string) {
		t.Helper()
		got := w.ends("Topic:x", "raisedBy")
		if target == "" && len(got) != 0 || target != "" && !maps.Equal(got, map[string]string{target: level}) {
			t.Errorf("raisedBy %v, want %s under %s", got, target, level)
		}
	}
	want("Person:b", "clear")
	w.say(says("three", "Topic:x", amber, nil, links{"raisedBy": ids("Person:c")}))
	want("Person:b", "clear") // a stricter statement does not contribute
	w.say(says("two", "Topic:x", clear, nil, links{"raisedBy": {}}))
	want("", "") // the newest says there is nobody
	w.retire("two", "Topic:x")
	want("Person:a", "clear")
	w.say(says("one", "Topic:x", clear, nil, nil))
	want("Person:c", "amber") // nobody else speaks of it: Chatham House
}

func TestVersionAndTimes(t *testing.T) {
	w := newWorld(t)
	clear := level("clear")
	want := func(version int64, created, updated int) {
		t.Helper()
		w.wantValue("Topic:x", "version", version)
		w.wantValue("Topic:x", "createdAt", at(created).Format(time.RFC3339))
		w.wantValue("Topic:x", "updatedAt", at(updated).Format(time.RFC3339))
	}
	w.say(says("a", "Topic:x", clear, nil, nil), says("a", "Layer:a", clear, nil, nil)) // minute 2
	want(1, 2, 2)
	w.say(says("a", "Topic:x", clear, nil, links{"layers": ids("Layer:a")}))
	want(1, 2, 2) // a link does not count
	w.say(says("b", "Topic:x", clear, nil, nil))
	want(1, 2, 2)                                                                      // a second voice that says the same
	w.say(says("b", "Topic:x", clear, fields{"title": "new", "votes": int64(4)}, nil)) // minute 5
	want(2, 2, 5)
	w.say(says("a", "Topic:x", level("amber"), fields{"title": "new"}, nil), says("b", "Topic:x", level("amber"), fields{"title": "new", "votes": int64(4)}, nil))
	want(2, 2, 5) // a class does not count
	w.do(record.Changeset{Retire: []record.Retirement{{Source: "a", ID: id("Topic:x")}, {Source: "b", ID: id("Topic:x")}}})
	w.wantAlive(false, "Topic:x")
	w.say(says("a", "Topic:x", clear, nil, nil)) // minute 8
	want(1, 8, 8)
	w.do(record.Changeset{Retire: []record.Retirement{{Source: "a", ID: id("Topic:x")}}, Say: []record.Statement{says("c", "Topic:x", clear, fields{"title": "c"}, nil)}})
	want(2, 8, 9) // handed over within one changeset
	w.wantValue("Topic:x", "id", "Topic:x")
	w.wantValue("Topic:x", "key", "x")
}

func TestAtIsUTCWithSeconds(t *testing.T) {
	w := newWorld(t)
	zone := time.FixedZone("", 2*3600)
	c := record.Changeset{ID: "z", At: time.Date(2026, 5, 1, 1, 2, 3, 999, zone), Say: []record.Statement{says("a", "Layer:x", level("clear"), nil, nil)}}
	if _, _, err := w.apply(&c); err != nil {
		t.Fatal(err)
	}
	w.wantValue("Layer:x", "createdAt", "2026-04-30T23:02:03Z")
}

// TestManySources says a record by many sources, each line twice.
func TestManySources(t *testing.T) {
	w := newWorld(t)
	var say []record.Statement
	const many = 100
	for n := range 2 * many {
		sources := []any{record.Object{"u", fmt.Sprint("file ", n/2), nil, nil, "ISSUE"}}
		say = append(say, says(fmt.Sprint("s", n), "Topic:x", level("clear"), fields{"sources": sources}, nil))
	}
	w.say(say...)
	paths := map[any]bool{}
	got := w.value("Topic:x", "sources").([]any)
	for _, item := range got {
		paths[item.(record.Object)[1]] = true
	}
	if len(got) != many || len(paths) != many {
		t.Errorf("%d sources, %d of them distinct; want %d", len(got), len(paths), many)
	}
}
