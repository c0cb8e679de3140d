package enginetest

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// keepSecret finds the ties of an entry that tell who said something at a meeting
// under the Chatham House Rule, and shows them to those who were there only.
func keepSecret(e *entry, all map[record.ID]*entry) {
	for i := range e.ties {
		t := &e.ties[i]
		about := e.typ.Link(t.field).Relation.Attribution
		if about == nil {
			continue
		}
		said := []record.ID{e.id}
		for _, way := range about.At {
			at := []*entry{e}
			for _, step := range way {
				at = across(at, step.Field, all)
			}
			for _, place := range at {
				said = append(said, place.id)
			}
		}
		var groups []string
		ruled := false
		for _, id := range said {
			for _, place := range append([]record.ID{id}, seriesOf(all[id])...) {
				if rule, ok := all[place].values["chathamHouse"].(bool); ok {
					groups, ruled = append(groups, place.Key), ruled || rule
				}
			}
		}
		if ruled {
			t.present = groups
			t.class = access.Join(t.class, secret(groups))
		}
	}
}

// across are the entries that a link of others leads to.
func across(from []*entry, field string, all map[record.ID]*entry) []*entry {
	var out []*entry
	for _, e := range from {
		for _, t := range e.ties {
			if t.field == field {
				out = append(out, all[t.to])
			}
		}
	}
	return out
}

// blurred reports whether an entry was said at a meeting or in a series under the
// rule, and everybody who sees the one sees the other: then the hour at which it was
// written down is not told, nor which of its sources spoke last.
func (o *oracle) blurred(e *entry, all map[record.ID]*entry) bool {
	if _, venue := e.values["chathamHouse"]; venue {
		return false
	}
	for _, t := range e.ties {
		if e.typ.Link(t.field).Many {
			continue
		}
		at := all[t.to]
		known := o.implied(e.class, t.class) && o.implied(e.class, at.class)
		if known && at.values["chathamHouse"] == true {
			return true
		}
		if _, venue := at.values["chathamHouse"]; !venue {
			continue
		}
		for _, next := range at.ties {
			if next.field == "series" && known && all[next.to].values["chathamHouse"] == true &&
				o.implied(e.class, next.class) && o.implied(e.class, all[next.to].class) {
				return true
			}
		}
	}
	return false
}

// implied reports whether adding what a class asks for to another changes nothing.
func (o *oracle) implied(class, more access.Class) bool {
	var asking access.Class
	for _, a := range more.Atoms {
		if a.Level != o.lowest() || len(a.Audience) > 0 || len(a.Conditions) > 0 {
			asking = access.Join(asking, access.Class{Atoms: []access.Atom{a}})
		}
	}
	return access.Join(class, asking).Key() == access.Join(class, access.Class{}).Key()
}

// blur gives the sources of an entry an order that tells nothing.
func blur(e *entry) {
	list := slices.Clone(e.values["sources"].([]any))
	slices.SortFunc(list, func(a, b any) int {
		for i := range a.(record.Object) {
			switch x, y := a.(record.Object)[i], b.(record.Object)[i]; {
			case x == y:
			case x == nil || y == nil:
				return map[bool]int{true: -1, false: 1}[x == nil]
			default:
				if n, isNumber := x.(int64); isNumber {
					return int(n - y.(int64))
				}
				return strings.Compare(x.(string), y.(string))
			}
		}
		return 0
	})
	e.values["sources"] = list
}

// seriesOf is the series a meeting or a session belongs to. Only meetings and
// series can be under the rule, so that of a session is named by the session.
func seriesOf(e *entry) []record.ID {
	if _, ok := e.values["chathamHouse"]; !ok {
		return nil
	}
	var out []record.ID
	for _, t := range e.ties {
		if t.field == "series" {
			out = append(out, t.to)
		}
	}
	return out
}

// secret is the class of what only those who were there may know.
func secret(groups []string) access.Class {
	return access.NewClass(access.Atom{Level: "*", Audience: groups})
}
