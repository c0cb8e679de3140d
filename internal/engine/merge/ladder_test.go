package merge_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

func TestAChangesetBringsItsOwnLevels(t *testing.T) {
	s := newStore(t)
	c := record.Changeset{ID: "1", Say: append(ladder(), says("s", "Topic:x", level("amber"), nil, nil))}
	delta, outcome, err := s.apply(&c)
	if err != nil || outcome.Created != 5 || !delta.LadderChanged || delta.Table.Ladder().Lowest() != "clear" {
		t.Fatalf("%+v, %v", outcome, err)
	}
	if len(delta.Classes) != 2 || delta.Table.Len() != 2 {
		t.Errorf("classes %v", delta.Classes)
	}
	empty := newStore(t)
	if _, _, err = empty.apply(&record.Changeset{ID: "1", Say: []record.Statement{says("s", "Topic:x", level("clear"), nil, nil)}}); fault.CodeOf(err) != fault.BadInput {
		t.Errorf("error %v, want BAD_USER_INPUT: there is no ladder", err)
	}
	if _, _, err = empty.apply(&record.Changeset{ID: "2", Say: []record.Statement{says("s", "Topic:x", access.Class{}, nil, nil)}}); err != nil {
		t.Errorf("what is open to everyone needs no ladder: %v", err)
	}
}

func TestAMovedLevelMergesAnew(t *testing.T) {
	w := newWorld(t)
	w.say(says("a", "Topic:x", level("green"), fields{"title": "green"}, nil), says("b", "Topic:x", level("amber"), fields{"title": "amber"}, nil))
	w.wantValue("Topic:x", "title", "green")
	delta, _ := w.say(says("ladder", "ConfidentialityLevel:green", level("clear"), fields{"rank": int64(9)}, nil))
	if !delta.LadderChanged {
		t.Error("the ladder has changed and nobody says so")
	}
	w.wantValue("Topic:x", "title", "amber")
	if got := w.class("Topic:x"); got != level("amber").Key() {
		t.Errorf("class %s, want amber", got)
	}
}

func TestARetiredLevelHides(t *testing.T) {
	w := newWorld(t)
	w.say(says("a", "Topic:x", level("green"), nil, nil))
	delta, _ := w.retire("ladder", "ConfidentialityLevel:green")
	if _, known := delta.Table.Ladder().Rank("green"); known {
		t.Error("the level is still on the ladder")
	}
	w.wantAlive(true, "Topic:x")
	open := delta.Table.Open(access.Viewer{Clearance: "red"}, at(0))
	if open[w.records[id("Topic:x")].Class] {
		t.Error("a record whose level is gone is open")
	}
}

func TestALevelOfSeveralVoices(t *testing.T) {
	w := newWorld(t)
	// A stricter voice about a level does not move it.
	strict := says("other", "ConfidentialityLevel:amber", level("red"), fields{"rank": int64(0)}, nil)
	delta, _ := w.say(strict)
	if delta.LadderChanged {
		t.Errorf("ladder %v", delta.Table.Ladder())
	}
	w.wantValue("ConfidentialityLevel:amber", "rank", int64(2))
	// An open one that is newer does.
	delta, _ = w.say(says("newer", "ConfidentialityLevel:amber", level("clear"), fields{"rank": int64(7)}, nil))
	if rank, _ := delta.Table.Ladder().Rank("amber"); rank != 7 {
		t.Errorf("ladder %v", delta.Table.Ladder())
	}
}
