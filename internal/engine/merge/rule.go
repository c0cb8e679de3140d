package merge

import (
	"cmp"
	"slices"
	"strings"

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
		l.Class = d.ties[i].said
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
// it can be a venue, and the ends of the ways it names.
func (p *planner) decidedAt(d *draft, r *schema.Relation) []record.ID {
	var ids []record.ID
	if ruleOf(d.shape.t) != nil {
		ids = append(ids, d.id)
	}
	for _, way := range r.Attribution.At {
		ids = append(ids, p.ends(d.links, way)...)
	}
	return ids
}

// ends are the records that a way leads to, as far as those on it are known.
func (p *planner) ends(links []End, way []*schema.Relation) []record.ID {
	var ids []record.ID
	for i, step := range way {
		ids = nil
		for _, l := range links {
			if l.Relation == step {
				ids = append(ids, l.To)
			}
		}
		if links = nil; i == len(way)-1 {
			break
		}
		for _, id := range ids {
			if on := p.venue(id); on != nil && on.shape != nil && on.there(p) {
				links = append(links, on.linksNow(p)...)
			}
		}
	}
	return ids
}

// saidAt are the records that might be venues of the rule and that d belongs to.
func (d *draft) saidAt() []record.ID {
	var ids []record.ID
	for _, l := range d.links {
		if !l.Relation.Many && ruleOf(l.Relation.To) != nil {
			ids = append(ids, l.To)
		}
	}
	return ids
}

// underRule reports whether d is something that was said at a venue of the rule. It
// is what everybody who sees d may know: one that is hidden from some of them moves
// nothing.
func (p *planner) underRule(d *draft) bool {
	return ruleOf(d.shape.t) == nil && slices.ContainsFunc(d.links, func(l End) bool {
		return !l.Relation.Many && p.ruleSeen(d.class, l)
	})
}

// ruleSeen reports whether a link leads to a venue of the rule, and whoever may see
// what has a class sees that.
func (p *planner) ruleSeen(by access.ClassNumber, l End) bool {
	at := p.venue(l.To)
	if ruleOf(l.Relation.To) == nil || at == nil || !at.there(p) || !p.asks(by, l.Class) || !p.asks(by, at.classNow(p)) {
		return false
	}
	return at.ruled(p) || slices.ContainsFunc(at.linksNow(p), func(next End) bool {
		return next.Relation.Field == ruleSeries && p.ruleSeen(by, next)
	})
}

// asks reports whether a class asks for all that another does, word for word; for the
// lowest level nothing has to ask.
func (p *planner) asks(class, other access.ClassNumber) bool {
	return !slices.ContainsFunc(p.classes.all[other].Atoms, func(a access.Atom) bool {
		if a.Level == p.ladder.Lowest() && len(a.Audience)+len(a.Conditions) == 0 {
			return false
		}
		return !slices.ContainsFunc(p.classes.all[class].Atoms, func(b access.Atom) bool { return equalAtom(a, b) })
	})
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
	for _, series := range seriesAmong(d.linksNow(p)) {
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
		return d.rules
	}
	return d.wasRuled()
}

func (d *draft) wasRuled() bool { return d.old != nil && d.old.Values[ruleOf(d.shape.t).Index] == true }

// linksNow are the links of d as they will be when it is a draft, else as they are
// stored.
func (d *draft) linksNow(p *planner) []End {
	if d.isDraft(p) {
		return d.links
	}
	return d.formerLinks()
}

func (d *draft) formerLinks() []End {
	if d.old == nil {
		return nil
	}
	return d.old.Links
}

// classNow is the class of d as it will be when it is a draft, else as it is stored.
func (d *draft) classNow(p *planner) access.ClassNumber {
	if d.isDraft(p) {
		return d.class
	}
	return d.old.Class
}

func seriesLinks(links []End) []End {
	return slices.DeleteFunc(slices.Clone(links), func(l End) bool { return l.Relation.Field != ruleSeries })
}

func seriesAmong(links []End) []record.ID {
	var ids []record.ID
	for _, l := range seriesLinks(links) {
		ids = append(ids, l.To)
	}
	return ids
}

// lookUpRules makes sure that rule knows the venues of all drafts, what lies on the
// way to them, and their series.
func (p *planner) lookUpRules() error {
	if err := p.lookUpVenues(p.onTheWay()); err != nil {
		return err
	}
	var ids []record.ID
	for _, d := range p.drafts {
		if d.shape == nil {
			continue
		}
		ids = append(ids, d.saidAt()...)
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
			series = append(series, seriesAmong(d.linksNow(p))...)
		}
	}
	return p.lookUpVenues(series)
}

// onTheWay are the records over which ways of attribution lead on.
func (p *planner) onTheWay() []record.ID {
	var ids []record.ID
	for _, d := range p.drafts {
		if d.shape == nil {
			continue
		}
		for _, l := range d.shape.links {
			if l.Relation.Attribution == nil {
				continue
			}
			for _, way := range l.Relation.Attribution.At {
				if len(way) > 1 {
					ids = append(ids, p.ends(d.links, way[:1])...)
				}
			}
		}
	}
	return ids
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
	for _, d := range loaded {
		p.venues[d.id] = d
	}
	return nil
}

// ruleMoved are the records at which the rule came, went or got other groups, each
// once: those who refer to them have to be worked out anew. A series moves the rule
// of its meetings, and they that of what was raised there.
func (p *planner) ruleMoved() []record.ID {
	var moved []record.ID
	for grown := true; grown; {
		grown = false
		for _, d := range p.inOrder() {
			if d.shape != nil && !d.toldRule && (p.ruleChanged(d) || p.wayChanged(d)) {
				d.toldRule, grown = true, true
				moved = append(moved, d.id)
			}
		}
	}
	return moved
}

func (p *planner) ruleChanged(d *draft) bool {
	if ruleOf(d.shape.t) == nil {
		return false
	}
	if (d.complete && d.ruled(p)) != d.wasRuled() || p.endsMoved(seriesAmong(d.links), seriesAmong(d.formerLinks())) {
		return true
	}
	_, holds := p.rule(d.id)
	return holds && (d.class != d.old.Class || !slices.EqualFunc(seriesLinks(d.links), seriesLinks(d.old.Links), func(a, b End) bool { return a.Class == b.Class }))
}

// wayChanged reports whether a way of attribution leads over d to somewhere else, or
// the rule moved where it leads to.
func (p *planner) wayChanged(d *draft) bool {
	return slices.ContainsFunc(p.shapes.passing(d.shape.t), func(next *schema.Relation) bool {
		way := []*schema.Relation{next}
		return p.endsMoved(p.ends(d.links, way), p.ends(d.formerLinks(), way))
	})
}

func (p *planner) endsMoved(now, before []record.ID) bool {
	return !slices.Equal(now, before) || slices.ContainsFunc(now, func(id record.ID) bool {
		to := p.drafts[id]
		return to != nil && (to.toldRule || to.toldAlive)
	})
}

// unordered are sources in the order of their own words, so that nobody is told which
// of them spoke last.
func unordered(sources any) any {
	items, _ := sources.([]any)
	out := slices.Clone(items)
	slices.SortFunc(out, func(a, b any) int { return slices.CompareFunc(a.(record.Object), b.(record.Object), comparePart) })
	return out
}

// comparePart orders texts and numbers; what is absent comes first.
func comparePart(a, b any) int {
	switch x := a.(type) {
	case string:
		y, _ := b.(string)
		return strings.Compare(x, y)
	case int64:
		y, _ := b.(int64)
		return cmp.Compare(x, y)
	case nil:
		if b != nil {
			return -1
		}
	}
	return 0
}

// dayOf an instant is its beginning: that something was said on a day does not tell
// who said it, the hour may.
func dayOf(at string) string { return at[:len("2006-01-02")] + "T00:00:00Z" }
