package merge

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// draft is a record while it is worked out.
type draft struct {
	id    record.ID
	shape *shape
	// old is what is stored of it, nil when it is not materialised.
	old *Record
	// said are its statements after the changeset; once merged, in rank order.
	said []Said

	// What the statements amount to; the values are worked out anew each time they are
	// needed.
	own access.ClassNumber
	// complete: every required value is there and every required link is said.
	complete bool
	// rules: it says that the Chatham House Rule holds there.
	rules bool
	links []End
	// ties is what else there is to know of each of links.
	ties []tie

	// What it comes to among the others.
	state state
	alive bool
	class access.ClassNumber
	// toldAlive, toldClass: those who refer to it are drafts too.
	toldAlive, toldClass bool
	// discreet: it was said under the Chatham House Rule.
	discreet bool
	// touched: its values, links or class change.
	touched bool
	// stood: what the changeset says of it was looked at.
	stood bool
	// toldRule: those whose attribution is decided here are drafts too.
	toldRule bool
}

// tie is what there is to know of a link of a draft beside where it leads.
type tie struct {
	// said is its class before a rule counts.
	said access.ClassNumber
	// lives: it is there afterwards; put: it is to be written; stored: it was there before.
	lives, put, stored bool
}

// voice is a statement in the merge of its record.
type voice struct {
	*Said
	fields []saidField
	links  []saidLink
	// number is the class that counts: that of the record for what was said in its
	// most open class, or in that of the record whatever it is.
	number access.ClassNumber
	rank   rank
	// clear: whoever may see the record may see this statement, so that it
	// contributes values.
	clear bool
}

// merge works out what the statements of d amount to. blind lets every statement
// contribute, whatever its class.
func (p *planner) merge(d *draft, blind bool) (values []any, err error) {
	d.links, d.ties, d.complete, d.rules = nil, nil, false, false
	if len(d.said) == 0 || d.shape == nil {
		return nil, nil
	}
	slices.SortFunc(d.said, byRank)
	voices, spoken, err := p.voices(d, blind)
	if err != nil {
		return nil, err
	}
	values = d.mergeValues(voices)
	d.complete = spoken && d.hasRequired(values)
	if rule := ruleOf(d.shape.t); rule != nil {
		d.rules = values[rule.Index] == true
	}
	for _, l := range d.shape.links {
		if l.Many {
			d.links = append(d.links, many(l, voices)...)
			continue
		}
		d.mergeOne(l, voices)
	}
	d.links = slices.Clip(d.links)
	d.ties = make([]tie, len(d.links))
	for i := range d.links {
		l := &d.links[i]
		d.ties[i].said = l.Class
		if to := p.drafts[l.To]; to != nil {
			l.To = to.id // whose text is in memory anyway
		}
	}
	return values, nil
}

// values of a draft that has been merged.
func (p *planner) values(d *draft) []any {
	voices, _, err := p.voices(d, false)
	if err != nil {
		panic("BUG: what was read cannot be read again: " + err.Error())
	}
	values := d.mergeValues(voices)
	if d.discreet {
		values[d.shape.sources] = unordered(values[d.shape.sources])
	}
	return values
}

// voices are the statements of d with the class under which each counts, and gives
// d its own class: the most open of theirs, or the one that was decided on. spoken is
// false when nobody says anything of d by itself.
func (p *planner) voices(d *draft, blind bool) (voices []voice, spoken bool, err error) {
	voices, err = p.hear(d)
	if err != nil {
		return nil, false, err
	}
	var top, decided *voice
	for i := range voices {
		v := &voices[i]
		switch {
		case v.Class.Inherits():
		case v.Decides():
			if decided == nil {
				decided = v
			}
		case top == nil || v.rank.compare(top.rank) < 0:
			top = v
		}
	}
	own := top
	if decided != nil {
		own = decided
	}
	if top == nil {
		// Nobody sees what nobody speaks of.
		own = &voices[0]
	}
	d.own = own.Number
	ownRank, topRank := own.rank, own.rank
	if top != nil {
		topRank = top.rank
	}
	for i := range voices {
		v := &voices[i]
		within := v.Class.Inherits() || v.rank.within(topRank)
		v.clear = blind || within || v.rank.within(ownRank)
		if decided != nil && within || v.Class.Inherits() {
			v.number, v.rank = d.own, ownRank
		}
	}
	return voices, top != nil, nil
}

// hear reads the statements of d. What it gives is good until it is called again.
func (p *planner) hear(d *draft) ([]voice, error) {
	p.voiced = p.voiced[:0]
	for i := range d.said {
		said := &d.said[i]
		var fields []saidField
		var links []saidLink
		if i < cap(p.voiced) {
			last := p.voiced[:i+1][i]
			fields, links = last.fields[:0], last.links[:0]
		}
		fields, links, err := p.decoder.read(d.shape, said.Packed, fields, links)
		if err != nil {
			return nil, fault.Wrap(fault.Unavailable, err, "the store is damaged: what %s says of %s cannot be read: %v", said.Source, d.id, err)
		}
		p.voiced = append(p.voiced, voice{Said: said, fields: fields, links: links, number: said.Number, rank: p.rank(d, said.Number)})
	}
	return p.voiced, nil
}

// says is what the voice says of a field.
func (v *voice) says(f *schema.Field) (value any, spoken bool) {
	for i := range v.fields {
		if v.fields[i].field == f {
			return v.fields[i].value, true
		}
	}
	return nil, false
}

// leads is where the voice says that a link leads.
func (v *voice) leads(l *schema.Link) (to []record.ID, spoken bool) {
	for i := range v.links {
		if v.links[i].link == l {
			return v.links[i].to, true
		}
	}
	return nil, false
}

// byRank puts a person's edit first and what was made up by a reader last; then the
// newest statement, then the source.
func byRank(a, b Said) int {
	switch {
	case a.Edit != b.Edit:
		return order(b.Edit)
	case record.IsDerived(a.Source) != record.IsDerived(b.Source):
		return order(record.IsDerived(a.Source))
	case a.Revision != b.Revision:
		return cmp.Compare(b.Revision, a.Revision)
	}
	return strings.Compare(a.Source, b.Source)
}

func (p *planner) rank(d *draft, n access.ClassNumber) rank {
	key := rankKey{number: n, base: d.id.Type == levelType}
	r, known := p.classes.ranks[key]
	if !known {
		ladder := p.ladder
		if key.base {
			ladder = p.base
		}
		r = rankOf(p.classes.all[n], ladder)
		p.classes.ranks[key] = r
	}
	return r
}

func (d *draft) mergeValues(voices []voice) []any {
	values := make([]any, len(d.shape.t.Fields))
	values[d.shape.id] = d.id.String()
	values[d.shape.key] = d.id.Key
	for _, f := range d.shape.fields {
		values[f.Index] = value(f, voices)
	}
	return values
}

func (d *draft) hasRequired(values []any) bool {
	return !slices.ContainsFunc(d.shape.fields, func(f *schema.Field) bool { return f.Required && values[f.Index] == nil })
}

// value is what the clear voices say of f; nil for nothing.
func value(f *schema.Field, voices []voice) any {
	var v any
	var spoken bool
	switch {
	case f.Name == sourcesField && f.List:
		v, spoken = union(f, voices), true
	case f.Sum:
		v, spoken = sum(f, voices)
	default:
		v, spoken = first(f, voices)
	}
	if v == nil && (!spoken || f.Required) {
		v = f.Default
	}
	if v == nil && f.List {
		v = emptyList
	}
	return v
}

func first(f *schema.Field, voices []voice) (any, bool) {
	for _, voice := range voices {
		if v, spoken := voice.says(f); spoken && voice.clear {
			return v, true
		}
	}
	return nil, false
}

func sum(f *schema.Field, voices []voice) (any, bool) {
	total, spoken := int64(0), false
	for _, voice := range voices {
		said, _ := voice.says(f)
		if n, ok := said.(int64); ok && voice.clear {
			total += n
			spoken = true
		}
	}
	if !spoken {
		return nil, false
	}
	return total, true
}

// scannedItems is how many items of a list are looked through for another; from then
// on they are found by their text.
const scannedItems = 16

func union(f *schema.Field, voices []voice) any {
	var out []any
	var texts map[string]bool
	have := func(item any) bool {
		if len(out) < scannedItems {
			return slices.ContainsFunc(out, func(other any) bool { return equalValue(other, item) })
		}
		if texts == nil {
			texts = map[string]bool{}
			for _, other := range out {
				texts[string(appendValue(nil, f, other))] = true
			}
		}
		text := string(appendValue(nil, f, item))
		known := texts[text]
		texts[text] = true
		return known
	}
	for _, voice := range voices {
		if !voice.clear {
			continue
		}
		said, _ := voice.says(f)
		items, _ := said.([]any)
		for _, item := range items {
			if !have(item) {
				out = append(out, item)
			}
		}
	}
	if out == nil {
		return nil
	}
	return out
}
