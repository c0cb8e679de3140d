package merge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// emit compares the drafts with what is stored, unless nothing changed.
func (p *planner) emit(changed bool) (*Delta, record.Outcome) {
	e := &emitter{
		p:       p,
		delta:   &Delta{ID: p.c.ID, Revision: p.head.Revision, Table: p.head.Table},
		touched: make(map[record.ID]bool, len(p.drafts)),
		made:    map[*schema.Relation][]Link{},
		at:      p.c.At.UTC().Format(time.RFC3339),
	}
	if changed {
		e.statements()
		for _, d := range p.inOrder() {
			e.record(d)
			e.links(d)
		}
		e.finish()
	}
	if e.delta.ID == "" {
		// No other changeset of this actor comes to this revision.
		e.delta.ID = fmt.Sprintf("%s@%d", p.c.Actor, e.delta.Revision)
	}
	e.outcome.Revision = e.delta.Revision
	e.outcome.Links = len(e.delta.PutLinks) + len(e.delta.DropLinks)
	return e.delta, e.outcome
}

type emitter struct {
	p       *planner
	delta   *Delta
	outcome record.Outcome
	touched map[record.ID]bool
	at      string
	// made are PutLinks by relation.
	made map[*schema.Relation][]Link
}

func compareRelations(a, b *schema.Relation) int { return strings.Compare(a.Name, b.Name) }

func (e *emitter) statements() {
	e.delta.Changed = true
	e.delta.Revision++
	e.delta.Say, e.delta.Unsay = e.p.say, e.p.unsay
	slices.SortFunc(e.delta.Say, func(a, b Said) int {
		return cmp.Or(compareIDs(a.ID, b.ID), strings.Compare(a.Source, b.Source))
	})
	slices.SortFunc(e.delta.Unsay, func(a, b record.Retirement) int {
		return cmp.Or(compareIDs(a.ID, b.ID), strings.Compare(a.Source, b.Source))
	})
}

func (e *emitter) record(d *draft) {
	d.discreet = d.alive && e.p.underRule(d)
	if d.discreet {
		d.values[d.shape.sources] = unordered(d.values[d.shape.sources])
	}
	switch {
	case d.old == nil && !d.alive:
	case d.old == nil:
		e.put(d, e.at, e.at, 1)
		e.outcome.Created++
		e.touched[d.id] = true
	case !d.alive:
		e.delta.Delete = append(e.delta.Delete, d.id)
		e.outcome.Removed++
		e.touched[d.id] = true
	default:
		e.change(d)
	}
}

func (e *emitter) change(d *draft) {
	sh, old := d.shape, d.old
	edited := slices.ContainsFunc(sh.fields, func(f *schema.Field) bool {
		return !equalValue(d.values[f.Index], old.Values[f.Index])
	})
	created, _ := old.Values[sh.created].(string)
	updated, _ := old.Values[sh.updated].(string)
	version, _ := old.Values[sh.count].(int64)
	dated := d.discreet && (dayOf(created) != created || dayOf(updated) != updated)
	if !edited && !dated && d.class == old.Class && d.own == old.Own {
		return
	}
	switch {
	case d.class != old.Class && e.p.opens(old.Class, d.class):
		// Those who see it from now on are not told that there was something before.
		created, updated, version = e.at, e.at, 1
		e.lower(old.Class)
	case edited:
		updated, version = e.at, version+1
	}
	e.put(d, created, updated, version)
	if edited || dated || d.class != old.Class {
		e.outcome.Changed++
		e.touched[d.id] = true
	}
}

// lower counts a record that more people see than had seen it in a class.
func (e *emitter) lower(from access.ClassNumber) {
	p := e.p
	level := access.NewTable(p.ladder, p.classes.all[from:from+1]).LevelAt(0, p.c.At)
	rank, _ := p.ladder.Rank(level)
	if highest, _ := p.ladder.Rank(e.outcome.LoweredFrom); e.outcome.Lowered == 0 || rank > highest {
		e.outcome.LoweredFrom = level
	}
	e.outcome.Lowered++
}

func (e *emitter) put(d *draft, created, updated string, version int64) {
	if d.discreet {
		created, updated = dayOf(created), dayOf(updated)
	}
	for i, v := range d.values {
		// A record stays for long: it shares nothing with whoever said it.
		d.values[i] = cloneValue(v)
	}
	d.values[d.shape.created], d.values[d.shape.updated], d.values[d.shape.count] = created, updated, version
	e.delta.Put = append(e.delta.Put, Put{
		Record: Record{ID: d.id, Type: d.shape.t, Values: d.values, Own: d.own, Class: d.class},
		Was:    d.old,
	})
}

// links compares the links of d that are alive with those that are stored.
func (e *emitter) links(d *draft) {
	type end struct {
		relation string
		to       record.ID
	}
	var old map[end]Link
	if d.old != nil {
		old = make(map[end]Link, len(d.old.Links))
		for _, l := range d.old.Links {
			old[end{l.Relation.Name, l.To}] = l
		}
	}
	for _, l := range d.links {
		if !d.alive || !e.p.placeOf(l.To).Alive {
			continue
		}
		at := end{l.Relation.Name, l.To}
		if was, stored := old[at]; !stored || was.Class != l.Class {
			e.made[l.Relation] = append(e.made[l.Relation], l)
			e.touched[l.From], e.touched[l.To] = true, true
		}
		delete(old, at)
	}
	for _, l := range old {
		e.delta.DropLinks = append(e.delta.DropLinks, l)
		e.touched[l.From], e.touched[l.To] = true, true
	}
}

func (e *emitter) finish() {
	for _, relation := range slices.SortedFunc(maps.Keys(e.made), compareRelations) {
		// In the order of the drafts and of their links already.
		e.delta.PutLinks = append(e.delta.PutLinks, e.made[relation]...)
	}
	slices.SortFunc(e.delta.DropLinks, func(a, b Link) int {
		return cmp.Or(compareRelations(a.Relation, b.Relation), compareIDs(a.From, b.From), compareIDs(a.To, b.To))
	})
	e.delta.Classes = e.p.classes.added()
	e.delta.LadderChanged = !slices.Equal(e.p.ladder, e.p.head.Table.Ladder())
	if len(e.delta.Classes) > 0 || e.delta.LadderChanged {
		e.delta.Table = access.NewTable(e.p.ladder, e.p.classes.all)
	}
	e.delta.Touched = slices.SortedFunc(maps.Keys(e.touched), compareIDs)
}
