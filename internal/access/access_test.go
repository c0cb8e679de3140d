package access_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
)

var ladder = access.NewLadder([]access.Level{{Key: "red", Rank: 4, NeedsAudience: true}, {Key: "clear", Rank: 0}, {Key: "amber", Rank: 2}, {Key: "green", Rank: 1}})

var (
	before = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	ends   = before.Add(time.Hour)
	after  = ends
)

func class(level string, more ...any) access.Class {
	a := access.Atom{Level: level}
	for _, m := range more {
		switch m := m.(type) {
		case access.Condition:
			a.Conditions = append(a.Conditions, m)
		case string:
			a.Audience = append(a.Audience, m)
		}
	}
	return access.NewClass(a)
}

func TestOpen(t *testing.T) {
	embargo := access.Condition{Reason: "embargo", Until: ends, Then: "clear"}
	raise := access.Condition{Reason: "contract", Until: ends, Then: "red"}
	anonymous := access.Viewer{}
	amber := access.Viewer{Clearance: "amber"}
	member := access.Viewer{Clearance: "red", Groups: []string{"csirt", "ops"}}
	for _, c := range []struct {
		name   string
		class  access.Class
		viewer access.Viewer
		now    time.Time
		want   bool
	}{
		{"no requirement", access.Class{}, anonymous, before, true},
		{"clear to everyone", class("clear"), anonymous, before, true},
		{"green not to everyone", class("green"), anonymous, before, false},
		{"lower than the clearance", class("green"), amber, before, true},
		{"the clearance itself", class("amber"), amber, before, true},
		{"above the clearance", class("red"), amber, before, false},
		{"a level nobody knows", class("purple"), access.Viewer{Clearance: "red"}, before, false},
		{"a clearance nobody knows", class("green"), access.Viewer{Clearance: "purple"}, before, false},
		{"a clearance nobody knows, open to all", class("clear"), access.Viewer{Clearance: "purple"}, before, true},
		{"in the audience", class("red", "csirt"), member, before, true},
		{"one of the audience is enough", class("clear", "board", "ops"), member, before, true},
		{"not in the audience", class("clear", "board"), member, before, false},
		{"embargo runs", class("red", embargo), anonymous, before, false},
		{"embargo ended on the instant", class("red", embargo), anonymous, after, true},
		{"raised by the clock", class("clear", raise), anonymous, after, false},
		{"both needed", access.Join(class("clear"), class("amber")), anonymous, before, false},
		{"both held", access.Join(class("clear", "ops"), class("amber")), member, before, true},
		{"the owner", class("purple", "nobody"), access.Viewer{AllSeeing: true}, before, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			table := access.NewTable(ladder, []access.Class{c.class})
			if got := table.Open(c.viewer, c.now)[0]; got != c.want {
				t.Errorf("open is %v", got)
			}
		})
	}
}

func TestJoin(t *testing.T) {
	a, b := class("amber", "ops"), class("red")
	if access.Join(a, b).Key() != access.Join(b, a).Key() {
		t.Error("the order of two classes shows in their conjunction")
	}
	if access.Join(a, a).Key() != a.Key() {
		t.Error("a class with itself is another one")
	}
	if access.Join(access.Class{}, a).Key() != a.Key() {
		t.Error("no requirement adds one")
	}
	again, err := access.ParseClass(access.Join(a, b).Key())
	if err != nil || again.Key() != access.Join(a, b).Key() {
		t.Errorf("the key does not read back: %v", err)
	}
}

func TestWhatIsShownOfAClass(t *testing.T) {
	embargo := access.Condition{Reason: "embargo", Until: ends, Then: "clear"}
	joined := access.Join(class("amber", "ops", "csirt", embargo), class("green", "csirt", "board"))
	table := access.NewTable(ladder, []access.Class{joined, {}})
	if got := table.LevelAt(0, before); got != "amber" {
		t.Errorf("level before is %s", got)
	}
	if got := table.LevelAt(0, after); got != "green" {
		t.Errorf("level after is %s", got)
	}
	if got := table.LevelAt(1, before); got != "clear" {
		t.Errorf("level without a requirement is %s", got)
	}
	if got := table.Audience(0, before); !slices.Equal(got, []string{"csirt"}) {
		t.Errorf("audience is %v", got)
	}
	if got := fmt.Sprint(len(table.Conditions(0, before)), len(table.Conditions(0, after))); got != "1 0" {
		t.Errorf("conditions before and after: %s", got)
	}
	at, ok := table.NextChange(before)
	if !ok || !at.Equal(ends) {
		t.Errorf("next change at %v, %v", at, ok)
	}
	if _, ok := table.NextChange(after); ok {
		t.Error("a change that has come is still ahead")
	}
}
