package access

import (
	"slices"
	"time"
)

// Ladder is a community's levels, lowest rank first.
type Ladder []Level

// NewLadder sorts levels by rank, then key.
func NewLadder(levels []Level) Ladder {
	l := slices.Clone(levels)
	slices.SortFunc(l, func(a, b Level) int {
		if a.Rank != b.Rank {
			return a.Rank - b.Rank
		}
		if a.Key < b.Key {
			return -1
		}
		return 1
	})
	return l
}

// Rank is the rank of the level with that key. An unknown level is above every
// known one, so that a mistake hides instead of showing.
func (l Ladder) Rank(key string) (rank int, known bool) {
	if key == Top {
		key = l.Highest()
	}
	for _, level := range l {
		if level.Key == key {
			return level.Rank, true
		}
	}
	if len(l) == 0 {
		return 1, false
	}
	return l[len(l)-1].Rank + 1, false
}

// Lowest is the key of the lowest level, empty for an empty ladder.
func (l Ladder) Lowest() string {
	if len(l) == 0 {
		return ""
	}
	return l[0].Key
}

// Level is the level with that key.
func (l Ladder) Level(key string) (level Level, known bool) {
	i := slices.IndexFunc(l, func(level Level) bool { return level.Key == key })
	if i < 0 {
		return Level{}, false
	}
	return l[i], true
}

// Highest is the key of the highest level, empty for an empty ladder.
func (l Ladder) Highest() string {
	if len(l) == 0 {
		return ""
	}
	return l[len(l)-1].Key
}

// Unlabelled is the level of what states none: the one that says so (the highest
// of them), else the highest of all, so that nothing is shown by mistake.
func (l Ladder) Unlabelled() string {
	for _, level := range slices.Backward(l) {
		if level.Unlabelled {
			return level.Key
		}
	}
	return l.Highest()
}

// Keys are the keys of the levels, lowest first.
func (l Ladder) Keys() []string {
	keys := make([]string, len(l))
	for i := range l {
		keys[i] = l[i].Key
	}
	return keys
}

// WithoutAudience is a level of the atom that needs an audience the atom does not
// name; empty when there is none.
func (l Ladder) WithoutAudience(a Atom) string {
	if len(a.Audience) > 0 {
		return ""
	}
	if level, _ := l.Level(a.Level); level.NeedsAudience {
		return level.Key
	}
	for _, c := range a.Conditions {
		if level, _ := l.Level(c.Then); level.NeedsAudience {
			return level.Key
		}
	}
	return ""
}

// ClassNumber is the number a store interned a class under, from 0. It never
// leaves the server.
type ClassNumber int

// Table is the classes of a store, by number, and its ladder. It is immutable;
// a store makes a new one when a class or a level comes.
type Table struct {
	ladder  Ladder
	classes []Class
}

// NewTable makes a table; the number of a class is its index.
func NewTable(ladder Ladder, classes []Class) *Table {
	return &Table{ladder: ladder, classes: classes}
}

// Ladder is the table's ladder.
func (t *Table) Ladder() Ladder { return t.ladder }

// Len is how many classes there are.
func (t *Table) Len() int { return len(t.classes) }

// Class is the class with that number.
func (t *Table) Class(n ClassNumber) Class { return t.classes[n] }

// Open marks the classes that are open to v at now, by number.
func (t *Table) Open(v Viewer, now time.Time) []bool {
	open := make([]bool, len(t.classes))
	rank := v.rank(t.ladder)
	for n, class := range t.classes {
		open[n] = v.AllSeeing || t.classOpen(class, rank, v.Groups, now)
	}
	return open
}

func (t *Table) classOpen(c Class, clearance int, groups []string, now time.Time) bool {
	for _, atom := range c.Atoms {
		level, audience := t.ladder.at(atom, now)
		if rank, _ := t.ladder.Rank(level); rank > clearance {
			return false
		}
		if len(audience) > 0 && !meets(audience, groups) {
			return false
		}
	}
	return true
}

func meets(audience, groups []string) bool {
	return slices.ContainsFunc(audience, func(g string) bool { return slices.Contains(groups, g) })
}

// LevelAt is the key of the level of class n at now: the highest of its atoms,
// the lowest of the ladder for a class without any.
func (t *Table) LevelAt(n ClassNumber, now time.Time) string {
	highest, top := t.ladder.Lowest(), -1
	for _, atom := range t.classes[n].Atoms {
		level, _ := t.ladder.at(atom, now)
		if rank, _ := t.ladder.Rank(level); rank > top {
			highest, top = level, rank
		}
	}
	return highest
}

// Conditions are those of class n that have not come yet at now, by time.
func (t *Table) Conditions(n ClassNumber, now time.Time) []Condition {
	var out []Condition
	for _, atom := range t.classes[n].Atoms {
		for _, c := range atom.Conditions {
			if c.Until.After(now) {
				out = append(out, c)
			}
		}
	}
	slices.SortFunc(out, func(x, y Condition) int { return x.Until.Compare(y.Until) })
	return out
}

// Audience is the groups class n is limited to at now: those that every limited
// atom names, sorted; empty when no atom is limited.
func (t *Table) Audience(n ClassNumber, now time.Time) []string {
	var out []string
	limited := false
	for _, atom := range t.classes[n].Atoms {
		_, audience := t.ladder.at(atom, now)
		switch {
		case len(audience) == 0:
		case !limited:
			out, limited = slices.Clone(audience), true
		default:
			out = slices.DeleteFunc(out, func(g string) bool { return !slices.Contains(audience, g) })
		}
	}
	return out
}

// NextChange is the next instant after now at which some class changes its level
// by the clock; ok is false when none does. What was computed at now holds until
// then.
func (t *Table) NextChange(now time.Time) (at time.Time, ok bool) {
	for _, class := range t.classes {
		for _, atom := range class.Atoms {
			for _, c := range atom.Conditions {
				if c.Until.After(now) && (!ok || c.Until.Before(at)) {
					at, ok = c.Until, true
				}
			}
		}
	}
	return at, ok
}
