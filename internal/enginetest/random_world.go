package enginetest

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// maker makes random changesets that go on from the state of an oracle.
type maker struct {
	*rand.Rand
	*oracle
	// keys that records of a type may have.
	keys map[string][]string
	// dense: few practices and platforms, many facts about them.
	dense bool
	// strict: what is red names its audience, or is refused.
	strict bool
	// open is how many of twenty statements are open to everyone.
	open int
	// done is how many changesets were made; last is the latest.
	done int
	last *record.Changeset
}

// sources of statements; what the last one says is a person's edit, and what was made
// up of what minutes say is the weakest.
var sources = []string{"catalogue", "minutes:2026.md", "minutes:2026.md##derived", "issues", "a", "person:ada"}

var (
	firstEnd = time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	lastEnd  = time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)
	// clocks are before, at and after the ends of embargoes.
	clocks = []time.Time{noon, firstEnd.Add(-time.Second), firstEnd, lastEnd.Add(time.Hour)}
)

// keyPool has keys that differ in length, case and Unicode form only.
var keyPool = []string{"a", "aa", "aaa", "b", "b-1", "b--1", "A", "Z", "é", "e\u0301", "z", "~", "！", "😀", "a b", "a:b", "`"}

func newMaker(r *rand.Rand, o *oracle) *maker {
	m := &maker{Rand: r, oracle: o, keys: map[string][]string{}}
	taken := map[string]bool{}
	m.dense, m.strict = m.IntN(4) > 0, m.IntN(2) == 0
	m.open = 12
	if m.dense {
		// A fact asks for what its ends ask for: most would be hidden from most.
		m.open = 17
	}
	for _, t := range o.catalog.Types {
		if t.Interface {
			continue
		}
		pool := slices.Clone(keyPool)
		m.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		for n := range 4 {
			pool = append(pool, fmt.Sprintf("k%d", n))
		}
		for _, key := range pool[:m.size(t)] {
			// The types of a family share one space of keys.
			if id := t.Family.Name + ":" + key; !taken[id] {
				taken[id] = true
				m.keys[t.Name] = append(m.keys[t.Name], key)
			}
		}
		if t.Name == levelType {
			m.keys[t.Name] = []string{"clear", "green", "amber", "amber-strict", "red"}
		}
	}
	return m
}

// changeset makes the next one.
func (m *maker) changeset() *record.Changeset {
	m.done++
	c := &record.Changeset{ID: fmt.Sprintf("c%d", m.done), Actor: "tester", At: firstChangeset.Add(time.Duration(m.done) * 30 * time.Minute)}
	if m.done == 1 {
		c.Say = protocolLevels()
		c.Say[len(c.Say)-1].Fields["needsAudience"] = m.strict
		m.fill(c)
		m.last = c
		return c
	}
	for range 1 + m.IntN(6) {
		m.change(c)
	}
	if m.IntN(20) == 0 {
		c.ID = m.last.ID
	}
	m.last = c
	return c
}

// fill says something of nearly every key, links to all of them included.
func (m *maker) fill(c *record.Changeset) {
	spoken := []record.ID{}
	for _, t := range m.catalog.Types {
		for _, key := range m.keys[t.Name] {
			if !t.Interface && t.Name != levelType && m.IntN(10) > 0 {
				spoken = append(spoken, record.ID{Type: t.Name, Key: key})
			}
		}
	}
	for _, id := range spoken {
		c.Say = append(c.Say, m.statement(id, m.pick(sources), spoken, true))
		for m.IntN(3) == 0 {
			c.Say = append(c.Say, m.statement(id, m.pick(sources), spoken, false))
		}
	}
}

func (m *maker) pick(list []string) string { return list[m.IntN(len(list))] }

// spoken are the records of which there are statements, in order.
func (m *maker) spoken() []record.ID {
	all := map[record.ID]bool{}
	for at := range m.said {
		all[at.ID] = true
	}
	return slices.SortedFunc(maps.Keys(all), byID)
}

// change adds one thing to a changeset.
func (m *maker) change(c *record.Changeset) {
	spoken := m.spoken()
	if len(spoken) == 0 {
		return
	}
	some := spoken[m.IntN(len(spoken))]
	switch n := m.IntN(100); {
	case some.Type == levelType && n < 60:
		m.changeLevel(c, some)
	case some.Type == levelType:
	case n < 40:
		c.Say = append(c.Say, m.statement(some, m.pick(sources), m.left(c, spoken), m.IntN(2) == 0))
	case n < 55:
		if id, ok := m.anyID(); ok {
			c.Say = append(c.Say, m.statement(id, m.pick(sources), m.left(c, spoken), true))
		}
	case n < 80:
		at := m.anySaid()
		if at.ID.Type != levelType {
			c.Retire = append(c.Retire, at)
		}
	case n < 85:
		m.replace(c)
	case n < 92:
		// The same again.
		if at := m.anySaid(); at.ID.Type != levelType {
			c.Say = append(c.Say, m.said[at].Statement)
		}
	case n < 94:
		c.Say = append(c.Say, record.Statement{Source: "level", ID: some, Class: m.class(), Edit: true})
	case n < 97:
		c.Expect = append(c.Expect, record.Precondition{ID: some, Version: int64(m.IntN(3))})
	case n < 98:
		s := m.statement(some, m.pick(sources), spoken, false)
		s.Links = map[string][]record.ID{}
		for _, l := range m.catalog.Type(some.Type).Links {
			if !l.Inverse {
				s.Links[l.Name] = []record.ID{{Type: l.Target.Concrete[0].Name, Key: "nowhere"}}
			}
		}
		c.Say = append(c.Say, s)
	default:
		s := m.statement(some, m.pick(sources), m.left(c, spoken), false)
		s.Class = access.NewClass(access.Atom{Level: "ultraviolet"})
		c.Say = append(c.Say, s)
	}
}

// changeLevel gives a level another rank.
func (m *maker) changeLevel(c *record.Changeset, id record.ID) {
	s := m.said[record.Retirement{Source: "levels", ID: id}].Statement
	s.Fields = maps.Clone(s.Fields)
	if id.Key != "clear" {
		s.Fields["rank"] = int64(1 + m.IntN(5))
	}
	c.Say = append(c.Say, s)
}

// replace says a part of what a source has said, and lets the rest go.
func (m *maker) replace(c *record.Changeset) {
	source := m.pick(sources)
	c.Replace = append(c.Replace, source)
	for _, at := range m.sortedSaid() {
		if at.Source == source && m.IntN(3) > 0 && m.linksStay(c, m.said[at].Statement) {
			c.Say = append(c.Say, m.said[at].Statement)
		}
	}
}

func (m *maker) sortedSaid() []record.Retirement {
	return slices.SortedFunc(maps.Keys(m.said), func(a, b record.Retirement) int {
		return cmp.Or(byID(a.ID, b.ID), cmp.Compare(a.Source, b.Source))
	})
}

func (m *maker) anySaid() record.Retirement {
	all := m.sortedSaid()
	return all[m.IntN(len(all))]
}

// left are the records that somebody surely speaks of after the changeset.
func (m *maker) left(c *record.Changeset, spoken []record.ID) []record.ID {
	voices := map[record.ID]int{}
	for at := range m.said {
		if !slices.Contains(c.Replace, at.Source) && !slices.Contains(c.Retire, at) {
			voices[at.ID]++
		}
	}
	return slices.DeleteFunc(slices.Clone(spoken), func(id record.ID) bool { return voices[id] == 0 })
}

func (m *maker) linksStay(c *record.Changeset, s record.Statement) bool {
	left := m.left(c, m.spoken())
	for _, targets := range s.Links {
		for _, to := range targets {
			if !slices.Contains(left, to) {
				return false
			}
		}
	}
	return true
}

func (m *maker) anyID() (record.ID, bool) {
	t := m.catalog.Types[m.IntN(len(m.catalog.Types))]
	if t.Interface || t.Name == levelType || len(m.keys[t.Name]) == 0 {
		return record.ID{}, false
	}
	return record.ID{Type: t.Name, Key: m.pick(m.keys[t.Name])}, true
}

// statement says something of a record; whole says all that it needs, mostly.
func (m *maker) statement(id record.ID, source string, targets []record.ID, whole bool) record.Statement {
	t := m.catalog.Type(id.Type)
	s := record.Statement{
		Source: source, ID: id, Fields: map[string]any{}, Links: map[string][]record.ID{},
		Class: m.class(), Edit: source == sources[len(sources)-1],
	}
	if !whole && m.IntN(5) == 0 {
		s.Class = access.Inherited()
	}
	for _, f := range t.Fields {
		needed := whole && f.Required && f.Default == nil && !f.List
		if f.System != schema.NotSystem || (!needed && m.IntN(2) == 0) {
			continue
		}
		if m.IntN(40) == 0 {
			s.Fields[f.Name] = nil
			continue
		}
		s.Fields[f.Name] = randomValue(m.Rand, f)
	}
	m.fitted(&s)
	for _, l := range t.Links {
		needed := whole && l.Required
		if l.Inverse || (!needed && (m.IntN(2) == 0 && (!m.dense || m.IntN(2) == 0))) {
			continue
		}
		s.Links[l.Name] = m.targets(l, targets)
	}
	return s
}

func (m *maker) targets(l *schema.Link, all []record.ID) []record.ID {
	var fit []record.ID
	for _, id := range all {
		if isA(m.catalog.Type(id.Type), l.Target) {
			fit = append(fit, id)
		}
	}
	out := []record.ID{}
	n := 1
	if l.Many {
		n = m.IntN(4)
	}
	for range n {
		if len(fit) > 0 && (l.Required || m.IntN(12) > 0) {
			out = append(out, fit[m.IntN(len(fit))])
		}
	}
	return out
}

// class is open to everyone more often than not.
func (m *maker) class() access.Class {
	level := func() string { return m.pick([]string{"clear", "green", "amber", "amber-strict", "red"}) }
	if m.IntN(20) < m.open {
		return access.Class{}
	}
	a := access.Atom{Level: level()}
	if m.IntN(4) == 0 {
		a.Audience = [][]string{{"csirt"}, {"ops"}, {"csirt", "ops"}, {"board"}}[m.IntN(4)]
	}
	if m.IntN(4) == 0 {
		a.Conditions = append(a.Conditions, access.Condition{Reason: "embargo", Until: firstEnd, Then: level()})
	}
	if m.IntN(8) == 0 {
		a.Conditions = append(a.Conditions, access.Condition{Reason: "release", Until: lastEnd, Then: level()})
	}
	if m.strict && len(a.Audience) == 0 && atSomeTime(a, "red") && (m.done == 1 || m.IntN(20) > 0) {
		a.Audience = []string{m.pick(groups)}
	}
	class := access.NewClass(a)
	if m.IntN(20) == 0 {
		class = access.Join(class, access.NewClass(access.Atom{Level: level(), Audience: []string{"ops"}}))
	}
	return class
}

// atSomeTime reports whether an atom has a level, now or by the clock.
func atSomeTime(a access.Atom, level string) bool {
	return a.Level == level || slices.ContainsFunc(a.Conditions, func(c access.Condition) bool { return c.Then == level })
}
