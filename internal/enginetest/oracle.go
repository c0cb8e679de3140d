package enginetest

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// levelType is the type of the records that are the ladder.
const levelType = "ConfidentialityLevel"

// oracle is a store and an evaluator of operations without any art: statements in
// a map, everything worked out from nothing after every changeset, every question
// answered by walking over everything.
type oracle struct {
	catalog *schema.Catalog
	// said are the statements; known the ids of the changesets.
	said     map[record.Retirement]utterance
	known    map[string]bool
	revision int64
	log      []record.Change
	// entries are the records that are there.
	entries map[record.ID]*entry
	ladder  map[string]int
	// named are the levels whose records name their audience.
	named map[string]bool
}

// utterance is a statement and the revision that it came with.
type utterance struct {
	record.Statement
	revision int64
}

// entry is a record that is there.
type entry struct {
	id   record.ID
	typ  *schema.Type
	said []utterance
	// own is what its statements say, class what guards it.
	own, class access.Class
	// values by name, system fields too.
	values map[string]any
	ties   []tie
	// blurred: the hour at which it was written down is not told.
	blurred bool
}

// tie is a link that an entry stores.
type tie struct {
	field string
	to    record.ID
	class access.Class
	// present are the groups of those who may know of it, where the Chatham House
	// Rule holds.
	present []string
}

// changes is the change log.
func (o *oracle) changes() []record.Change { return o.log }

func newOracle(c *schema.Catalog) *oracle {
	return &oracle{
		catalog: c, said: map[record.Retirement]utterance{}, known: map[string]bool{},
		entries: map[record.ID]*entry{}, ladder: map[string]int{},
	}
}

// apply does what an engine's Apply has to do.
func (o *oracle) apply(c *record.Changeset) (record.Outcome, error) {
	if o.known[c.ID] {
		return record.Outcome{Revision: o.revision, Known: true}, nil
	}
	if err := o.expected(c); err != nil {
		return record.Outcome{}, err
	}
	said, changed := o.resaid(c)
	ladder, named := o.ladderOf(said)
	if err := refuse(c, said, ladder, named); err != nil {
		return record.Outcome{}, err
	}
	o.known[c.ID] = true
	if !changed {
		return record.Outcome{Revision: o.revision}, nil
	}
	o.revision++
	before := o.entries
	o.said, o.ladder, o.named = said, ladder, named
	o.entries = o.standing()
	var lowered []record.ID
	for id, e := range o.entries {
		old := before[id]
		if old != nil && old.class.Key() != e.class.Key() && o.opened(old.class, e.class) {
			// Who sees it only now is not told that there was something before.
			old = nil
			lowered = append(lowered, id)
		}
		stamp(e, old, c.At)
	}
	outcome, touched := difference(before, o.entries)
	outcome.Revision, outcome.Lowered = o.revision, len(lowered)
	outcome.LoweredFrom = o.strictest(before, lowered, c.At)
	o.log = append(o.log, record.Change{Revision: o.revision, Changeset: c.ID, Actor: c.Actor, At: c.At.UTC(), Touched: touched})
	return outcome, nil
}

// strictest is the highest level that some entries had at a time, the first by id of
// those that are as high.
func (o *oracle) strictest(before map[record.ID]*entry, ids []record.ID, at time.Time) string {
	slices.SortFunc(ids, func(a, b record.ID) int { return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Key, b.Key)) })
	highest := ""
	for i, id := range ids {
		if level := o.levelOf(before[id].class, at); i == 0 || o.rank(level) > o.rank(highest) {
			highest = level
		}
	}
	return highest
}

func (o *oracle) expected(c *record.Changeset) error {
	for _, p := range c.Expect {
		e := o.entries[p.ID]
		if e == nil {
			return fault.New(fault.NotFound, "%s is not there", p.ID)
		}
		if p.Version != 0 && e.values["version"] != p.Version {
			return fault.New(fault.Conflict, "%s is at version %v", p.ID, e.values["version"])
		}
	}
	return nil
}

// resaid are the statements after a changeset. One that is repeated word for word
// stays as old as it was.
func (o *oracle) resaid(c *record.Changeset) (map[record.Retirement]utterance, bool) {
	said, says := maps.Clone(o.said), map[record.Retirement]record.Statement{}
	for _, s := range c.Say {
		says[record.Retirement{Source: s.Source, ID: s.ID}] = s
	}
	changed := false
	remove := func(at record.Retirement) {
		if _, again := says[at]; again {
			return
		}
		if _, there := said[at]; there {
			delete(said, at)
			changed = true
		}
	}
	for _, at := range c.Retire {
		remove(at)
	}
	for at := range o.said {
		if slices.Contains(c.Replace, at.Source) {
			remove(at)
		}
	}
	for at, s := range says {
		if old, there := said[at]; !there || !sameWords(old.Statement, s) {
			said[at] = utterance{s, o.revision + 1}
			changed = true
		}
	}
	return said, changed
}

func sameWords(a, b record.Statement) bool {
	return a.Edit == b.Edit && a.Class.Key() == b.Class.Key() &&
		maps.EqualFunc(a.Fields, b.Fields, reflect.DeepEqual) &&
		maps.EqualFunc(a.Links, b.Links, slices.Equal)
}

// refuse finds links to nowhere, levels that nobody knows, and audiences that are
// needed and not named.
func refuse(c *record.Changeset, said map[record.Retirement]utterance, ladder map[string]int, named map[string]bool) error {
	spoken := map[record.ID]bool{}
	for at := range said {
		spoken[at.ID] = true
	}
	for _, s := range c.Say {
		if s.Class.Inherits() {
			continue
		}
		for _, a := range s.Class.Atoms {
			levels := []string{a.Level}
			for _, condition := range a.Conditions {
				levels = append(levels, condition.Then)
			}
			for _, level := range levels {
				if _, known := ladder[level]; !known {
					return fault.New(fault.BadInput, "no level %s", level)
				}
				if named[level] && len(a.Audience) == 0 {
					return fault.New(fault.BadInput, "%s for nobody", level)
				}
			}
		}
	}
	for _, s := range c.Say {
		for _, targets := range s.Links {
			for _, to := range targets {
				if !spoken[to] {
					return fault.New(fault.BadInput, "%s leads to %s", s.ID, to)
				}
			}
		}
	}
	return nil
}

// stamp sets the system fields that tell of time.
func stamp(e, old *entry, at time.Time) {
	now := at.UTC().Format(time.RFC3339)
	defer func() {
		if e.blurred {
			for _, name := range []string{"createdAt", "updatedAt"} {
				day, _, _ := strings.Cut(e.values[name].(string), "T")
				e.values[name] = day + "T00:00:00Z"
			}
		}
	}()
	if old == nil {
		e.values["createdAt"], e.values["updatedAt"], e.values["version"] = now, now, int64(1)
		return
	}
	for _, name := range []string{"createdAt", "updatedAt", "version"} {
		e.values[name] = old.values[name]
	}
	if !reflect.DeepEqual(e.values, old.values) {
		e.values["updatedAt"], e.values["version"] = now, old.values["version"].(int64)+1
	}
}

// difference counts what changed from one state to the next, and names it.
func difference(before, after map[record.ID]*entry) (out record.Outcome, touched []record.ID) {
	all := map[record.ID]bool{}
	note := func(id record.ID, count *int) {
		*count++
		all[id] = true
	}
	for id, e := range after {
		old := before[id]
		switch {
		case old == nil:
			note(id, &out.Created)
		case e.class.Key() != old.class.Key() || !reflect.DeepEqual(e.values, old.values):
			note(id, &out.Changed)
		}
	}
	for id := range before {
		if after[id] == nil {
			note(id, &out.Removed)
		}
	}
	type end struct {
		from record.ID
		tie
	}
	key := func(e end) string { return e.from.String() + "|" + e.field + "|" + e.to.String() }
	ends := func(entries map[record.ID]*entry) map[string]end {
		found := map[string]end{}
		for id, e := range entries {
			for _, t := range e.ties {
				found[key(end{id, t})] = end{id, t}
			}
		}
		return found
	}
	was, is := ends(before), ends(after)
	for k, e := range is {
		if old, there := was[k]; !there || old.class.Key() != e.class.Key() {
			note(e.from, &out.Links)
			all[e.to] = true
		}
	}
	for k, e := range was {
		if _, there := is[k]; !there {
			note(e.from, &out.Links)
			all[e.to] = true
		}
	}
	return out, slices.SortedFunc(maps.Keys(all), byID)
}

func byID(a, b record.ID) int {
	if c := strings.Compare(a.Type, b.Type); c != 0 {
		return c
	}
	return strings.Compare(a.Key, b.Key)
}
