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
		delta:   &Delta{ID: p.c.ID, Revision: p.head.Revision, Table: p.head.Table, planner: p},
		touched: map[record.ID]bool{},
		made:    map[*schema.Relation]bool{},
		at:      p.c.At.UTC().Format(time.RFC3339),
	}
	e.first, e.firstDay = anew(e.at), anew(dayOf(e.at))
	if changed {
		e.statements()
		e.delta.drafts = p.inOrder()
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
	e.outcome.Links = e.delta.links + len(e.delta.DropLinks)
	return e.delta, e.outcome
}

type emitter struct {
	p       *planner
	delta   *Delta
	outcome record.Outcome
	// touched are those beside drafts.
	touched map[record.ID]bool
	at      string
	// first is the stamp of new records, firstDay that of those that were said under the
	// Chatham House Rule.
	first, firstDay *stamp
	// made are the relations that get links.
	made map[*schema.Relation]bool
}

// put is a record to be written, with what is not seen in its draft.
type put struct {
	*draft
	*stamp
}

// stamp is when a record was made and changed, and how often.
type stamp struct {
	created, updated string
	version          int64
}

// anew is the stamp of a record that nobody has seen before.
func anew(at string) *stamp { return &stamp{at, at, 1} }

func compareRelations(a, b *schema.Relation) int { return strings.Compare(a.Name, b.Name) }

func (e *emitter) statements() {
	e.delta.Changed = true
	e.delta.Revision++
	e.delta.Unsay = e.p.unsay
	slices.SortFunc(e.delta.Unsay, func(a, b record.Retirement) int {
		return cmp.Or(compareIDs(a.ID, b.ID), strings.Compare(a.Source, b.Source))
	})
}

func (e *emitter) record(d *draft) {
	d.discreet = d.alive && e.p.underRule(d)
	switch {
	case d.old == nil && !d.alive:
	case d.old == nil:
		e.create(d)
		e.outcome.Created++
		d.touched = true
	case !d.alive:
		e.delta.Delete = append(e.delta.Delete, d.id)
		e.outcome.Removed++
		d.touched = true
	default:
		e.change(d)
	}
}

func (e *emitter) change(d *draft) {
	sh, old, values := d.shape, d.old, e.p.values(d)
	edited := slices.ContainsFunc(sh.fields, func(f *schema.Field) bool {
		return !equalValue(values[f.Index], old.Values[f.Index])
	})
	e.delta.Moves = e.delta.Moves || d.class != old.Class
	now := stampOf(old, sh)
	dated := d.discreet && (dayOf(now.created) != now.created || dayOf(now.updated) != now.updated)
	if !edited && !dated && d.class == old.Class && d.own == old.Own {
		return
	}
	switch {
	case d.class != old.Class && e.p.opens(old.Class, d.class):
		// Those who see it from now on are not told that there was something before.
		e.create(d)
		e.lower(old.Class)
	case edited:
		e.put(d, stamp{now.created, e.at, now.version + 1})
	default:
		e.put(d, now)
	}
	if edited || dated || d.class != old.Class {
		e.outcome.Changed++
		d.touched = true
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

// create writes a record that nobody has seen before.
func (e *emitter) create(d *draft) {
	now := e.first
	if d.discreet {
		now = e.firstDay
	}
	e.delta.puts = append(e.delta.puts, put{d, now})
}

func (e *emitter) put(d *draft, now stamp) {
	if d.discreet {
		now.created, now.updated = dayOf(now.created), dayOf(now.updated)
	}
	e.delta.puts = append(e.delta.puts, put{d, &now})
}

func stampOf(r *Record, sh *shape) stamp {
	var now stamp
	now.created, _ = r.Values[sh.created].(string)
	now.updated, _ = r.Values[sh.updated].(string)
	now.version, _ = r.Values[sh.count].(int64)
	return now
}

// put is the record as it is to be written.
func (p *planner) put(w *put) *Put {
	values := p.values(w.draft)
	values[w.shape.created], values[w.shape.updated], values[w.shape.count] = w.created, w.updated, w.version
	return &Put{Record: Record{ID: w.id, Type: w.shape.t, Values: values, Own: w.own, Class: w.class}, Was: w.old}
}

// links compares the links of d that are alive with those that are stored.
func (e *emitter) links(d *draft) {
	type end struct {
		relation string
		to       record.ID
	}
	var old map[end]End
	if d.old != nil {
		old = make(map[end]End, len(d.old.Links))
		for _, l := range d.old.Links {
			old[end{l.Relation.Name, l.To}] = l
		}
	}
	for i, l := range d.links {
		if !d.alive || !e.p.placeOf(l.To).Alive {
			continue
		}
		d.ties[i].lives = true
		at := end{l.Relation.Name, l.To}
		was, stored := old[at]
		if !stored || was.Class != l.Class {
			d.ties[i].put, d.ties[i].stored = true, stored
			e.made[l.Relation] = true
			e.delta.links++
			e.delta.Moves = e.delta.Moves || stored
			e.touch(d, l.To)
		}
		delete(old, at)
	}
	for _, l := range old {
		e.delta.DropLinks = append(e.delta.DropLinks, Link{d.id, l})
		e.touch(d, l.To)
	}
}

// touch notes that a link of d changes.
func (e *emitter) touch(d *draft, other record.ID) {
	d.touched = true
	if to := e.p.drafts[other]; to != nil {
		to.touched = true
	} else {
		e.touched[other] = true
	}
}

func (e *emitter) finish() {
	e.delta.made = slices.SortedFunc(maps.Keys(e.made), compareRelations)
	slices.SortFunc(e.delta.DropLinks, func(a, b Link) int {
		return cmp.Or(compareRelations(a.Relation, b.Relation), compareIDs(a.From, b.From), compareIDs(a.To, b.To))
	})
	e.delta.Classes = e.p.classes.added()
	e.delta.LadderChanged = !slices.Equal(e.p.ladder, e.p.head.Table.Ladder())
	if len(e.delta.Classes) > 0 || e.delta.LadderChanged {
		e.delta.Table = access.NewTable(e.p.ladder, e.p.classes.all)
	}
	for _, d := range e.delta.drafts {
		if d.touched {
			e.delta.Touched = append(e.delta.Touched, d.id)
		}
	}
	e.delta.Touched = slices.AppendSeq(e.delta.Touched, maps.Keys(e.touched))
	slices.SortFunc(e.delta.Touched, compareIDs)
}
