package merge

import (
	"slices"

	"github.com/open-operations/opsmap/internal/access"
)

// classes numbers classes: those of a store's table, and behind them the ones a
// changeset brings.
type classes struct {
	stored  int
	all     []access.Class
	lookups int
	byKey   map[string]access.ClassNumber
	joined  map[[2]access.ClassNumber]access.ClassNumber
	ranks   map[rankKey]rank
}

type rankKey struct {
	number access.ClassNumber
	// base tells the two ladders apart that levels are ranked by while the ladder is
	// being settled.
	base bool
}

func newClasses(t *access.Table) *classes {
	c := &classes{
		stored: t.Len(),
		all:    make([]access.Class, t.Len()),
		joined: map[[2]access.ClassNumber]access.ClassNumber{},
		ranks:  map[rankKey]rank{},
	}
	for n := range c.all {
		c.all[n] = t.Class(access.ClassNumber(n))
	}
	return c
}

// scanned is how many look-ups search the table before an index is worth its
// price: a person's edit brings one class, a loaded file thousands of statements.
const scanned = 16

// number of a canonical class, a new one if there is none yet.
func (c *classes) number(class access.Class) access.ClassNumber {
	if c.lookups++; c.lookups <= scanned {
		for n := range c.all {
			if equalClass(c.all[n], class) {
				return access.ClassNumber(n)
			}
		}
		c.all = append(c.all, class)
		return access.ClassNumber(len(c.all) - 1)
	}
	c.index()
	key := class.Key()
	n, known := c.byKey[key]
	if !known {
		n = access.ClassNumber(len(c.all))
		c.all = append(c.all, class)
		c.byKey[key] = n
	}
	return n
}

func (c *classes) index() {
	if c.byKey != nil {
		return
	}
	c.byKey = make(map[string]access.ClassNumber, len(c.all))
	for n, class := range c.all {
		c.byKey[class.Key()] = access.ClassNumber(n)
	}
}

// equalClass compares canonical classes.
func equalClass(a, b access.Class) bool {
	return slices.EqualFunc(a.Atoms, b.Atoms, equalAtom)
}

func equalAtom(x, y access.Atom) bool {
	return x.Level == y.Level && slices.Equal(x.Audience, y.Audience) &&
		slices.EqualFunc(x.Conditions, y.Conditions, func(p, q access.Condition) bool {
			return p.Reason == q.Reason && p.Then == q.Then && p.Until.Equal(q.Until)
		})
}

// join is the number of the class that requires both.
func (c *classes) join(a, b access.ClassNumber) access.ClassNumber {
	if a == b {
		return a
	}
	pair := [2]access.ClassNumber{min(a, b), max(a, b)}
	n, known := c.joined[pair]
	if !known {
		n = c.number(access.Join(c.all[a], c.all[b]))
		c.joined[pair] = n
	}
	return n
}

// opens reports whether the second class lets somebody see what the first does not.
func (p *planner) opens(from, to access.ClassNumber) bool {
	return p.ladder.Opens(p.classes.all[from], p.classes.all[to])
}

// added are the classes that are not in the store's table.
func (c *classes) added() []access.Class { return slices.Clone(c.all[c.stored:]) }

// canonical is class with its atoms as access makes them, so that equal classes
// have equal keys however they were put together.
func canonical(class access.Class) access.Class {
	var out access.Class
	for _, atom := range class.Atoms {
		one := access.NewClass(atom)
		if len(out.Atoms) == 0 {
			out = one
			continue
		}
		out = access.Join(out, one)
	}
	return out
}

// rank is how open a class is, as far as one number can say it.
type rank struct {
	level      int
	conditions bool
	audience   bool
	key        string
}

func rankOf(class access.Class, ladder access.Ladder) rank {
	r := rank{key: class.Key()}
	r.level, _ = ladder.Rank(ladder.Lowest())
	if len(ladder) == 0 {
		r.level = 0
	}
	for i, atom := range class.Atoms {
		level, _ := ladder.Rank(atom.Level)
		if i == 0 || level > r.level {
			r.level = level
		}
		r.conditions = r.conditions || len(atom.Conditions) > 0
		r.audience = r.audience || len(atom.Audience) > 0
	}
	return r
}

// compare puts the more open class first.
func (r rank) compare(other rank) int {
	switch {
	case r.level != other.level:
		return r.level - other.level
	case r.conditions != other.conditions:
		return order(r.conditions)
	case r.audience != other.audience:
		return order(r.audience)
	case r.key < other.key:
		return -1
	case r.key > other.key:
		return 1
	}
	return 0
}

func order(greater bool) int {
	if greater {
		return 1
	}
	return -1
}

// within reports whether a viewer who may see other may always see r: it is the
// same class, or needs no more than a level that other needs too.
func (r rank) within(other rank) bool {
	return r.key == other.key || (!r.conditions && !r.audience && r.level <= other.level)
}
