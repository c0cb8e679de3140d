package enginetest

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// sight is the map as one viewer may see it at one time: a copy from which
// everything else has been deleted. Whatever reads it cannot leak.
type sight struct {
	*oracle
	viewer  access.Viewer
	now     time.Time
	entries map[record.ID]*entry
}

// opens reports whether a class is open to the viewer.
func (s *sight) opens(c access.Class) bool { return s.open(c, s.viewer, s.now) }

// sightOf deletes what v may not see.
func (o *oracle) sightOf(v access.Viewer, now time.Time) *sight {
	s := &sight{oracle: o, viewer: v, now: now, entries: map[record.ID]*entry{}}
	for id, e := range o.entries {
		if s.opens(e.class) {
			kept := *e
			s.entries[id] = &kept
		}
	}
	for _, e := range s.entries {
		e.ties = slices.DeleteFunc(slices.Clone(e.ties), func(t tie) bool {
			return s.entries[t.to] == nil || !s.opens(t.class)
		})
	}
	return s
}

// open reports whether every requirement of a class is met: the level of the hour
// is not above the clearance, and a limited audience meets the viewer's groups.
func (o *oracle) open(c access.Class, v access.Viewer, now time.Time) bool {
	if v.AllSeeing {
		return true
	}
	clearance, known := o.ladder[v.Clearance]
	if !known {
		clearance = o.rank(o.lowest())
	}
	for _, a := range c.Atoms {
		level, audience := o.asks(a, now)
		if o.rank(level) > clearance {
			return false
		}
		in := func(group string) bool { return slices.Contains(v.Groups, group) }
		if len(audience) > 0 && !slices.ContainsFunc(audience, in) {
			return false
		}
	}
	return true
}

// asks is an atom's level and audience once the conditions whose time has come are
// met. Down to a level whose records need no names, or beside it, the audience
// ends; at one whose records do it is asked for again.
func (o *oracle) asks(a access.Atom, now time.Time) (string, []string) {
	level, audience, since := a.Level, a.Audience, time.Time{}
	if level == "*" {
		level = o.highest()
	}
	for _, c := range a.Conditions {
		if now.Before(c.Until) || c.Until.Before(since) {
			continue
		}
		if o.named[c.Then] {
			audience = a.Audience
		} else if o.rank(c.Then) <= o.rank(level) {
			audience = nil
		}
		level, since = c.Then, c.Until
	}
	return level, audience
}

// opened reports whether there is anybody who at some time may see a record of
// class is and could not when it was of class was: everybody is tried.
func (o *oracle) opened(was, is access.Class) bool {
	instants, groups := []time.Time{{}}, []string{}
	for _, a := range slices.Concat(was.Atoms, is.Atoms) {
		groups = append(groups, a.Audience...)
		for _, c := range a.Conditions {
			instants = append(instants, c.Until)
		}
	}
	slices.Sort(groups)
	groups = slices.Compact(groups)
	clearances := append(slices.Collect(maps.Keys(o.ladder)), "")
	for membership := range 1 << len(groups) {
		var member []string
		for i, g := range groups {
			if membership>>i&1 == 1 {
				member = append(member, g)
			}
		}
		for _, clearance := range clearances {
			v := access.Viewer{Clearance: clearance, Groups: member}
			for _, now := range instants {
				if o.open(is, v, now) && !o.open(was, v, now) {
					return true
				}
			}
		}
	}
	return false
}

// levelOf is the key of the level of a class at a time.
func (o *oracle) levelOf(c access.Class, now time.Time) string {
	key := o.lowest()
	for i, a := range c.Atoms {
		if at, _ := o.asks(a, now); i == 0 || o.rank(at) > o.rank(key) {
			key = at
		}
	}
	return key
}

// level is the record of an entry's level now, nil when that is not to be seen.
func (s *sight) level(e *entry) *entry {
	return s.entries[record.ID{Type: levelType, Key: s.levelOf(e.class, s.now)}]
}

// shown is the value of a field, those of the class among them.
func (s *sight) shown(e *entry, f *schema.Field) any {
	switch f.System {
	case schema.Conditions:
		return s.pending(e.class)
	case schema.Audience:
		return s.audienceOf(e.class)
	default:
		return e.values[f.Name]
	}
}

// pending are the conditions of a class whose time has not come.
func (s *sight) pending(c access.Class) any {
	var all []access.Condition
	for _, a := range c.Atoms {
		for _, condition := range a.Conditions {
			if s.now.Before(condition.Until) {
				all = append(all, condition)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b access.Condition) int { return a.Until.Compare(b.Until) })
	out := []any{}
	for _, c := range all {
		out = append(out, record.Object{c.Reason, c.Until.UTC().Format(time.RFC3339), c.Then})
	}
	return out
}

// audienceOf a class is the groups that every limited requirement names.
func (s *sight) audienceOf(c access.Class) any {
	var groups []string
	limited := false
	for _, a := range c.Atoms {
		_, audience := s.asks(a, s.now)
		if len(audience) == 0 {
			continue
		}
		if !limited {
			groups, limited = slices.Clone(audience), true
		}
		groups = slices.DeleteFunc(groups, func(g string) bool { return !slices.Contains(audience, g) })
	}
	out := []any{}
	for _, g := range groups {
		out = append(out, g)
	}
	return out
}

// all entries of a type, in no order.
func (s *sight) all(t *schema.Type) []*entry {
	var out []*entry
	for _, e := range s.entries {
		if isA(e.typ, t) {
			out = append(out, e)
		}
	}
	return out
}

func isA(t, other *schema.Type) bool {
	return slices.ContainsFunc(other.Concrete, func(c *schema.Type) bool { return c.Name == t.Name })
}

// linked are the entries that a link leads to, in no order.
func (s *sight) linked(e *entry, name string) []*entry {
	l := e.typ.Link(name)
	var out []*entry
	if !l.Inverse {
		for _, t := range e.ties {
			if t.field == l.Relation.Field {
				out = append(out, s.entries[t.to])
			}
		}
		return out
	}
	for _, other := range s.entries {
		if !isA(other.typ, l.Relation.From) {
			continue
		}
		for _, t := range other.ties {
			if t.field == l.Relation.Field && t.to == e.id {
				out = append(out, other)
			}
		}
	}
	return out
}

// place is a criterion of an order.
type place struct {
	// name of a field, or of a link whose records are counted.
	name    string
	counted bool
	// sought by whose score it goes; nil for other criteria.
	sought *sought
	down   bool
}

// value that an entry has under a criterion.
func (s *sight) value(e *entry, p place) any {
	switch {
	case p.counted:
		return int64(len(s.linked(e, p.name)))
	case p.sought != nil:
		return s.score(e, p.sought)
	case p.name == "type":
		return e.typ.Name
	}
	return s.shown(e, e.typ.Field(p.name))
}

// sorted puts entries in order; where even the keys are the same, by type.
func (s *sight) sorted(all []*entry, order []place) {
	slices.SortFunc(all, func(a, b *entry) int {
		for _, p := range order {
			if c := compareValues(s.value(a, p), s.value(b, p), a.typ.Field(p.name), p.down); c != 0 {
				return c
			}
		}
		return strings.Compare(a.typ.Name, b.typ.Name)
	})
}

// compareTo holds an entry against the values of a cursor.
func (s *sight) compareTo(e *entry, order []place, values []any) int {
	for i, p := range order {
		if c := compareValues(s.value(e, p), values[i], e.typ.Field(p.name), p.down); c != 0 {
			return c
		}
	}
	return 0
}

// compareValues of a field (nil for a count): no value is last both ways up and
// down, text goes by its bytes, words of an enum by their place in it.
func compareValues(a, b any, f *schema.Field, down bool) int {
	if a == nil || b == nil {
		return cmp.Compare(absent(a), absent(b))
	}
	c := 0
	switch a := a.(type) {
	case int64:
		c = cmp.Compare(a, b.(int64))
	case bool:
		c = cmp.Compare(truth(a), truth(b.(bool)))
	case string:
		if f != nil && f.Kind == schema.EnumKind {
			c = cmp.Compare(f.Enum.Rank(a), f.Enum.Rank(b.(string)))
		} else {
			c = strings.Compare(a, b.(string))
		}
	}
	if down {
		return -c
	}
	return c
}

func absent(v any) int { return truth(v == nil) }

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}
