package merge_test

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// universe are the records that random changesets speak of, few enough that they
// meet.
var universe = map[string][]string{
	"ConfidentialityLevel": {"clear", "green", "amber", "red"},
	"Practice":             {"p", "q"},
	"Solution":             {"a", "b"},
	"Provider":             {"c"},
	"PortabilityNote":      {"n", "m"},
	"Confirmation":         {"k"},
	"Topic":                {"x", "y"},
	"Layer":                {"l", "k"},
	"Person":               {"j", "k"},
}

func anyClass(t *rapid.T) access.Class {
	until := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	return rapid.SampledFrom([]access.Class{
		{}, access.Inherited(), level("clear"), level("clear"), level("green"), level("amber"), level("red"),
		access.NewClass(access.Atom{Level: "amber", Audience: []string{"ops"}}),
		access.NewClass(access.Atom{Level: "amber", Conditions: []access.Condition{{Until: until, Then: "clear"}}}),
	}).Draw(t, "class")
}

func anyID(t *rapid.T, types ...string) record.ID {
	typ := rapid.SampledFrom(types).Draw(t, "type")
	return record.ID{Type: typ, Key: rapid.SampledFrom(universe[typ]).Draw(t, "key")}
}

func anyStatement(t *rapid.T) record.Statement {
	target := anyID(t, slices.Sorted(maps.Keys(universe))...)
	s := says(rapid.SampledFrom([]string{"s1", "s2", "s3", "s3##derived"}).Draw(t, "source"), target.String(), anyClass(t), nil, links{})
	s.Edit = rapid.IntRange(0, 5).Draw(t, "edit") == 0
	if rapid.IntRange(0, 3).Draw(t, "partial") == 0 {
		for _, name := range slices.Sorted(maps.Keys(s.Fields)) {
			if rapid.Bool().Draw(t, "leave out "+name) {
				delete(s.Fields, name)
			}
		}
	}
	if rapid.IntRange(0, 11).Draw(t, "decision") == 0 && target.Type != "ConfidentialityLevel" {
		s.Edit, s.Fields = true, map[string]any{}
		return s
	}
	if rapid.Bool().Draw(t, "remark") {
		s.Fields["remark"] = rapid.SampledFrom([]any{nil, "r", "q"}).Draw(t, "remark")
	}
	switch target.Type {
	case "ConfidentialityLevel":
		s.Fields["rank"] = rapid.Int64Range(0, 4).Draw(t, "rank")
		s.Class = level("clear")
	case "PortabilityNote":
		link(t, s, "practice", "Practice")
		link(t, s, "from", "Solution", "Provider")
		link(t, s, "to", "Solution", "Provider")
	case "Confirmation":
		link(t, s, "note", "PortabilityNote")
		link(t, s, "person", "Person")
	case "Topic":
		link(t, s, "parent", "Topic")
		link(t, s, "raisedBy", "Person")
		s.Links["layers"] = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) record.ID { return anyID(t, "Layer") }), 0, 3).Draw(t, "layers")
		s.Fields["votes"] = rapid.SampledFrom([]any{nil, int64(1), int64(2)}).Draw(t, "votes")
		source := record.Object{rapid.SampledFrom([]string{"u", "v"}).Draw(t, "uri"), nil, nil, nil, "ISSUE"}
		s.Fields["sources"] = []any{source}
	}
	return s
}

func link(t *rapid.T, s record.Statement, name string, types ...string) {
	switch rapid.IntRange(0, 7).Draw(t, name) {
	case 0:
	case 1:
		s.Links[name] = []record.ID{}
	default:
		s.Links[name] = []record.ID{anyID(t, types...)}
	}
}

func anyChangeset(t *rapid.T, n int) *record.Changeset {
	c := &record.Changeset{ID: fmt.Sprint(n), At: at(n)}
	c.Say = rapid.SliceOfN(rapid.Custom(anyStatement), 0, 5).Draw(t, "say")
	for range rapid.IntRange(0, 2).Draw(t, "retire") {
		c.Retire = append(c.Retire, record.Retirement{
			Source: rapid.SampledFrom([]string{"s1", "s2", "s3##derived", "base"}).Draw(t, "of"),
			ID:     anyID(t, slices.Sorted(maps.Keys(universe))...),
		})
	}
	if rapid.IntRange(0, 9).Draw(t, "replace") == 0 {
		c.Replace = []string{rapid.SampledFrom([]string{"s1", "s2"}).Draw(t, "replaced")}
	}
	return c
}

// TestIncrementalIsFromZero applies random changesets one after the other and
// holds the store, after each, against one worked out from its statements alone.
func TestIncrementalIsFromZero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newStore(t)
		var base []record.Statement
		for _, name := range slices.Sorted(maps.Keys(universe)) {
			for _, key := range universe[name] {
				if name != "PortabilityNote" && name != "Confirmation" && name != "ConfidentialityLevel" {
					base = append(base, says("base", name+":"+key, level("clear"), nil, nil))
				}
			}
		}
		for _, key := range universe["PortabilityNote"] {
			base = append(base, says("base", "PortabilityNote:"+key, level("clear"), nil, links{"practice": ids("Practice:p"), "from": ids("Solution:a"), "to": ids("Provider:c")}))
		}
		base = append(base, says("base", "Confirmation:k", level("clear"), nil, links{"note": ids("PortabilityNote:n")}))
		mustApply(t, s, &record.Changeset{ID: "base", At: at(0), Say: append(ladder(), base...)})
		before := workOut(s)
		for n := range rapid.IntRange(1, 12).Draw(t, "changesets") {
			versions := versionsOf(s)
			delta, outcome, err := s.apply(anyChangeset(t, n+1))
			if err != nil && fault.CodeOf(err) != fault.BadInput {
				t.Fatal(err)
			}
			after := workOut(s)
			compareStores(t, s, after)
			compareHistory(t, s, before, after, versions, n+1)
			if err == nil && outcome.Created-outcome.Removed != len(after.records)-len(before.records) {
				t.Fatalf("outcome %+v: %d records became %d", outcome, len(before.records), len(after.records))
			}
			if err == nil && !delta.Changed && !reflect.DeepEqual(before, after) {
				t.Fatal("nothing changed and it is another store")
			}
			before = after
		}
		checkRefresh(t, s)
	})
}

// checkRefresh rebuilds the store from its statements and wants what it has.
func checkRefresh(t *rapid.T, s *store) {
	fresh := *s
	fresh.records, fresh.links = map[record.ID]merge.Record{}, map[linkEnds]merge.Link{}
	all := slices.Collect(maps.Keys(s.said))
	delta, _, err := merge.Refresh(context.Background(), s.catalog, &fresh, &record.Changeset{ID: "refresh", At: at(0)}, all)
	if err != nil {
		t.Fatal(err)
	}
	fresh.write("refresh", delta)
	compareStores(t, &fresh, workOut(s))
}

func mustApply(t *rapid.T, s *store, c *record.Changeset) {
	if _, _, err := s.apply(c); err != nil {
		t.Fatal(err)
	}
}

func versionsOf(s *store) map[record.ID]int64 {
	out := map[record.ID]int64{}
	for id, r := range s.records {
		out[id] = r.Values[r.Type.Field("version").Index].(int64)
	}
	return out
}

func compareStores(t *rapid.T, s *store, want *naive) {
	got := slices.SortedFunc(maps.Keys(s.records), byID)
	if wanted := slices.SortedFunc(maps.Keys(want.records), byID); !slices.Equal(got, wanted) {
		t.Fatalf("records %v, want %v", got, wanted)
	}
	links := map[linkEnds]string{}
	for id, r := range want.records {
		have := s.records[id]
		for name, v := range r.values {
			if h := have.Values[have.Type.Field(name).Index]; !reflect.DeepEqual(h, v) {
				t.Fatalf("%s.%s = %v, want %v", id, name, h, v)
			}
		}
		if own, class := s.table.Class(have.Own).Key(), s.table.Class(have.Class).Key(); own != r.own.Key() || class != r.class.Key() {
			t.Fatalf("%s has classes %s and %s, want %s and %s", id, own, class, r.own.Key(), r.class.Key())
		}
		for relation, ends := range r.links {
			for to, class := range ends {
				links[linkEnds{relation, id, to}] = class.Key()
			}
		}
	}
	stored := map[linkEnds]string{}
	for k, l := range s.links {
		stored[k] = s.table.Class(l.Class).Key()
	}
	if !maps.Equal(links, stored) {
		t.Fatalf("links %v, want %v", stored, links)
	}
}

// compareHistory holds versions and times against the rule.
func compareHistory(t *rapid.T, s *store, before, after *naive, versions map[record.ID]int64, n int) {
	for id, r := range after.records {
		old := before.records[id]
		want, moved := versions[id], true
		switch {
		case old == nil:
			want = 1
		case old.class.Key() != r.class.Key() && after.ladder.Opens(old.class, r.class):
			want = 1
		case !reflect.DeepEqual(old.values, r.values):
			want++
		default:
			moved = false
		}
		have := s.records[id]
		got := have.Values[have.Type.Field("version").Index]
		updated := have.Values[have.Type.Field("updatedAt").Index]
		if got != want || moved != (updated == at(n).Format(time.RFC3339)) && old != nil {
			t.Fatalf("%s is at version %v of %v, want %d", id, got, updated, want)
		}
	}
}

func byID(a, b record.ID) int {
	if a.String() < b.String() {
		return -1
	}
	return 1
}
