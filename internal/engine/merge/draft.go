package merge

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
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

	// What the statements amount to.
	own    access.ClassNumber
	values []any
	// complete: every required value is there and every required link is said;
	// needs are the ends of those links.
	complete bool
	needs    []record.ID
	links    []Link
	// saidUnder is the class of each of links before a rule counts.
	saidUnder []access.ClassNumber

	// What it comes to among the others.
	state state
	alive bool
	class access.ClassNumber
	// toldAlive, toldClass: those who refer to it are drafts too.
	toldAlive, toldClass bool
	// discreet: it was said under the Chatham House Rule.
	discreet bool
	// toldRule: those whose attribution is decided here are drafts too.
	toldRule bool
}

// voice is a statement in the merge of its record.
type voice struct {
	*Said
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
func (p *planner) merge(d *draft, blind bool) {
	d.values, d.needs, d.links, d.saidUnder, d.complete = nil, nil, nil, nil, false
	if len(d.said) == 0 || d.shape == nil {
		return
	}
	slices.SortFunc(d.said, byRank)
	voices, spoken := p.voices(d, blind)
	d.complete = spoken
	d.mergeValues(voices)
	for _, l := range d.shape.links {
		if l.Many {
			d.links = append(d.links, many(d.id, l, voices)...)
			continue
		}
		d.mergeOne(l, voices)
	}
	for _, l := range d.links {
		d.saidUnder = append(d.saidUnder, l.Class)
	}
}

// voices are the statements of d with the class under which each counts, and gives
// d its own class: the most open of theirs, or the one that was decided on. spoken is
// false when nobody says anything of d by itself.
func (p *planner) voices(d *draft, blind bool) (voices []voice, spoken bool) {
	voices = make([]voice, len(d.said))
	var top, decided *voice
	for i := range voices {
		v := &voices[i]
		*v = voice{Said: &d.said[i], number: d.said[i].Number, rank: p.rank(d, d.said[i].Number)}
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
	return voices, top != nil
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

func (d *draft) mergeValues(voices []voice) {
	d.values = make([]any, len(d.shape.t.Fields))
	d.values[d.shape.id] = d.id.String()
	d.values[d.shape.key] = d.id.Key
	for _, f := range d.shape.fields {
		v := value(f, voices)
		if v == nil && f.Required {
			d.complete = false
		}
		d.values[f.Index] = v
	}
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
		v = []any{}
	}
	return v
}

func first(f *schema.Field, voices []voice) (any, bool) {
	for _, voice := range voices {
		if v, spoken := voice.Fields[f.Name]; spoken && voice.clear {
			return v, true
		}
	}
	return nil, false
}

func sum(f *schema.Field, voices []voice) (any, bool) {
	total, spoken := int64(0), false
	for _, voice := range voices {
		if n, ok := voice.Fields[f.Name].(int64); ok && voice.clear {
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
		items, _ := voice.Fields[f.Name].([]any)
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
