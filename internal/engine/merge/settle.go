package merge

import (
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/record"
)

type state uint8

const (
	unknown state = iota
	asking
	settled
)

// settle works out which drafts are materialised and under which class, and
// draws in the records that this changes: those a required link ties to them, and
// those whose links come alive or go dormant with them.
func (p *planner) settle() error {
	for _, d := range p.inOrder() {
		if _, err := p.merge(d, false); err != nil {
			return err
		}
	}
	for {
		if err := p.lookUpEnds(); err != nil {
			return err
		}
		if err := p.lookUpRules(); err != nil {
			return err
		}
		drafts := p.inOrder()
		for _, d := range drafts {
			d.state = unknown
		}
		for _, d := range drafts {
			if d.state == unknown {
				p.stand(d)
			}
		}
		grown, err := p.drawIn()
		if err != nil || !grown {
			return err
		}
	}
}

// inOrder is the drafts by id, so that classes are numbered the same every time.
func (p *planner) inOrder() []*draft {
	// Drafts only come, so that their number tells whether any did.
	if len(p.ordered) != len(p.drafts) {
		p.ordered = slices.AppendSeq(make([]*draft, 0, len(p.drafts)), maps.Values(p.drafts))
		slices.SortFunc(p.ordered, func(a, b *draft) int { return compareIDs(a.id, b.id) })
	}
	return p.ordered
}

// stand settles one draft, after those it needs. Records that need each other in
// a ring are not there: none of them could have been first.
func (p *planner) stand(d *draft) {
	d.state, d.alive, d.class = asking, d.complete, d.own
	for _, l := range d.links {
		if !l.Relation.Binding {
			continue
		}
		at := p.placeOf(l.To)
		if !at.Alive {
			d.alive = false
			break
		}
		d.class = p.classes.join(d.class, at.Class)
	}
	p.attribute(d)
	d.state = settled
}

func (p *planner) placeOf(id record.ID) Place {
	d := p.drafts[id]
	if d == nil {
		return p.places[id].Place
	}
	if d.state == unknown {
		p.stand(d)
	}
	return Place{Alive: d.alive && d.state == settled, Class: d.class}
}

// drawIn makes drafts of the records that refer to what has changed, and reports
// whether there were new ones.
func (p *planner) drawIn() (bool, error) {
	var came, moved []record.ID
	for id, d := range p.drafts {
		switch {
		case d.alive != (d.old != nil):
			if !d.toldAlive {
				d.toldAlive = true
				came = append(came, id)
			}
		case d.alive && d.class != d.old.Class && !d.toldClass && !d.toldAlive:
			d.toldClass = true
			moved = append(moved, id)
		}
	}
	before := len(p.drafts)
	came = append(came, p.ruleMoved()...)
	if err := p.drawInReferring(came, false); err != nil {
		return false, err
	}
	if err := p.drawInReferring(moved, true); err != nil {
		return false, err
	}
	return len(p.drafts) > before, nil
}

func (p *planner) drawInReferring(ids []record.ID, required bool) error {
	if len(ids) == 0 {
		return nil
	}
	slices.SortFunc(ids, compareIDs)
	referring, err := p.tx.Referring(p.ctx, ids, required)
	if err != nil {
		return err
	}
	return p.enlist(referring)
}

// enlist makes merged drafts of the records that are none yet.
func (p *planner) enlist(ids []record.ID) error {
	var missing []record.ID
	for _, id := range distinct(ids) {
		if p.drafts[id] == nil {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	loaded, err := p.load(missing)
	if err != nil {
		return err
	}
	for _, d := range loaded {
		if _, err := p.merge(d, false); err != nil {
			return err
		}
		p.drafts[d.id] = d
	}
	return nil
}

// lookUpEnds looks up the other ends of the drafts' links.
func (p *planner) lookUpEnds() error {
	var ids []record.ID
	for _, d := range p.drafts {
		for _, l := range d.links {
			ids = append(ids, l.To)
		}
	}
	return p.lookUp(ids)
}

// lookUp makes sure that placeOf knows the ids.
func (p *planner) lookUp(ids []record.ID) error {
	var missing []record.ID
	seen := map[record.ID]bool{}
	for _, id := range ids {
		if p.drafts[id] != nil || seen[id] {
			continue
		}
		if _, known := p.places[id]; known {
			continue
		}
		seen[id] = true
		missing = append(missing, id)
	}
	if len(missing) == 0 {
		return nil
	}
	slices.SortFunc(missing, compareIDs)
	found, err := p.tx.Places(p.ctx, missing)
	if err != nil {
		return err
	}
	for _, id := range missing {
		p.places[id] = place{Place: found[id]}
	}
	return nil
}

// storedPlace is the place of a record whose statements do not change.
func storedPlace(d *draft) place {
	if d.old == nil {
		return place{Place: Place{Spoken: len(d.said) > 0}}
	}
	return place{Place: Place{Spoken: true, Alive: true, Class: d.old.Class}, own: d.old.Own}
}
