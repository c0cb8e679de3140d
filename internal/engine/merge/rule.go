package merge

import (
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// The Chatham House Rule: what is said at a meeting may be told, who said it may
// not. A record is a venue of the rule when its own field says so, or that of the
// series it belongs to. Links that tell who said something (schema.Attribution)
// at a venue get a class of their own here, and nowhere else: it asks for the
// highest level and for a group that is named like the meeting or its series.
const (
	ruleField  = "chathamHouse"
	ruleSeries = "series"
)

// ruleOf is the field of a type that says whether the rule holds; nil for types
// that are no venues.
func ruleOf(t *schema.Type) *schema.Field {
	if f := t.Field(ruleField); f != nil && f.Kind == schema.Boolean {
		return f
	}
	return nil
}

// attribute gives the links of d that tell who said something their class. Where
// such a link is required, d itself tells it and has that class too.
func (p *planner) attribute(d *draft) {
	for i := range d.links {
		l := &d.links[i]
		l.Class = d.saidUnder[i]
		groups := p.present(d, l.Relation)
		if len(groups) == 0 {
			continue
		}
		rule := p.classes.number(access.NewClass(access.Atom{Level: access.Top, Audience: groups}))
		l.Class = p.classes.join(l.Class, rule)
		if l.Relation.Binding {
			d.class = p.classes.join(d.class, rule)
		}
	}
}

// present are the groups of those who were where the link is said, when the rule
// holds there; none when it does not, or when the link tells nothing.
func (p *planner) present(d *draft, r *schema.Relation) []string {
	if r.Attribution == nil {
		return nil
	}
	var groups []string
	ruled := false
	for _, at := range p.decidedAt(d, r) {
		keys, holds := p.rule(at)
		groups, ruled = append(groups, keys...), ruled || holds
	}
	if !ruled {
		return nil
	}
	return groups
}

// decidedAt are the records at which the attribution of r is decided: d itself if
// it can be a venue, and the ends of the links it names.
func (p *planner) decidedAt(d *draft, r *schema.Relation) []record.ID {
	var ids []record.ID
	if ruleOf(d.shape.t) != nil {
		ids = append(ids, d.id)
	}
	for _, at := range r.Attribution.At {
		for _, l := range d.links {
			if l.Relation == at {
				ids = append(ids, l.To)
			}
		}
	}
	return ids
}

// venue is a record that may be one: as it will be when it is a draft, else as it
// is stored. Nil for one that is not there.
func (p *planner) venue(id record.ID) *draft {
	if d := p.drafts[id]; d != nil {
		return d
	}
	return p.venues[id]
}

// rule is the keys that name a venue's groups, and whether the rule holds there.
func (p *planner) rule(id record.ID) (keys []string, holds bool) {
	d := p.venue(id)
	if d == nil || !d.there(p) || ruleOf(d.shape.t) == nil {
		return nil, false
	}
	keys, holds = []string{id.Key}, d.ruled(p)
	for _, series := range d.seriesOf(p) {
		if s := p.venue(series); s != nil && s.there(p) && ruleOf(s.shape.t) != nil {
			keys, holds = append(keys, series.Key), holds || s.ruled(p)
		}
	}
	return keys, holds
}

func (d *draft) isDraft(p *planner) bool { return p.drafts[d.id] == d }

// there reports whether d is or will be materialised. Venues have no required
// links, so that what is complete is there.
func (d *draft) there(p *planner) bool {
	if d.isDraft(p) {
		return d.complete
	}
	return d.old != nil
}

func (d *draft) ruled(p *planner) bool {
	if d.isDraft(p) {
		return d.values[ruleOf(d.shape.t).Index] == true
	}
	return d.wasRuled()
}

func (d *draft) wasRuled() bool { return d.old != nil && d.old.Values[ruleOf(d.shape.t).Index] == true }

func (d *draft) seriesOf(p *planner) []record.ID {
	if d.isDraft(p) {
		return seriesAmong(d.links)
	}
	return d.formerSeries()
}

func (d *draft) formerSeries() []record.ID {
	if d.old == nil {
		return nil
	}
	return seriesAmong(d.old.Links)
}

func seriesAmong(links []Link) []record.ID {
	var ids []record.ID
	for _, l := range links {
		if l.Relation.Field == ruleSeries {
			ids = append(ids, l.To)
		}
	}
	return ids
}

// lookUpRules makes sure that rule knows the venues of all drafts, and their
// series.
func (p *planner) lookUpRules() error {
	var ids []record.ID
	for _, d := range p.drafts {
		if d.shape == nil {
			continue
		}
		for _, l := range d.shape.links {
			if l.Relation.Attribution != nil {
				ids = append(ids, p.decidedAt(d, l.Relation)...)
			}
		}
	}
	if err := p.lookUpVenues(ids); err != nil {
		return err
	}
	var series []record.ID
	for _, id := range ids {
		if d := p.venue(id); d != nil && d.shape != nil {
			series = append(series, d.seriesOf(p)...)
		}
	}
	return p.lookUpVenues(series)
}

func (p *planner) lookUpVenues(ids []record.ID) error {
	ids = slices.DeleteFunc(distinct(ids), func(id record.ID) bool { return p.venue(id) != nil || p.shapes.of(id.Type) == nil })
	if len(ids) == 0 {
		return nil
	}
	loaded, err := p.load(ids)
	if err != nil {
		return err
	}
	maps.Copy(p.venues, loaded)
	return nil
}

// ruleMoved are the venues at which the rule came, went or got other groups, each
// once: those who refer to them have to be worked out anew. A series moves the
// rule of its meetings.
func (p *planner) ruleMoved() []record.ID {
	var moved []record.ID
	for _, d := range p.inOrder() {
		if d.shape == nil || ruleOf(d.shape.t) == nil || d.toldRule {
			continue
		}
		if p.ruleChanged(d) {
			d.toldRule = true
			moved = append(moved, d.id)
		}
	}
	return moved
}

func (p *planner) ruleChanged(d *draft) bool {
	if (d.complete && d.ruled(p)) != d.wasRuled() {
		return true
	}
	now, before := seriesAmong(d.links), d.formerSeries()
	if !slices.Equal(now, before) {
		return true
	}
	return slices.ContainsFunc(now, func(id record.ID) bool {
		s := p.drafts[id]
		return s != nil && (s.toldRule || s.toldAlive)
	})
}
