package merge

import (
	"slices"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// many is the union of what all voices say of a link, clear or not: each link has
// the most open class among those that say it.
func many(l *schema.Link, voices []voice) []End {
	type saying struct {
		to record.ID
		by *voice
	}
	var all []saying
	for i := range voices {
		ends, _ := voices[i].leads(l)
		for _, to := range ends {
			all = append(all, saying{to, &voices[i]})
		}
	}
	slices.SortFunc(all, func(a, b saying) int {
		if c := compareIDs(a.to, b.to); c != 0 {
			return c
		}
		return a.by.rank.compare(b.by.rank)
	})
	out := make([]End, 0, len(all))
	for i, s := range all {
		if i == 0 || s.to != all[i-1].to {
			out = append(out, End{Relation: l.Relation, To: s.to, Class: s.by.number})
		}
	}
	return out
}

// mergeOne decides a link that leads to one record at most.
func (d *draft) mergeOne(l *schema.Link, voices []voice) {
	to := one(l, voices)
	if to == nil {
		if l.Required {
			d.complete = false
		}
		return
	}
	var by *voice
	for i := range voices {
		ends, _ := voices[i].leads(l)
		if slices.Contains(ends, *to) && (by == nil || voices[i].rank.compare(by.rank) < 0) {
			by = &voices[i]
		}
	}
	d.links = append(d.links, End{Relation: l.Relation, To: *to, Class: by.number})
}

// one is where the link leads, nil for nowhere. The first clear voice that speaks
// of it decides. Only where none does, the most open of the others, so that a
// meeting can keep who said something under a stricter class; never for a
// required link, on which the record's being there would hang.
func one(l *schema.Link, voices []voice) *record.ID {
	var decides *voice
	var ends []record.ID
	for i := range voices {
		v := &voices[i]
		to, speaks := v.leads(l)
		if !speaks {
			continue
		}
		if v.clear {
			ends = to
			break
		}
		if !l.Binding && (decides == nil || v.rank.compare(decides.rank) < 0) {
			decides, ends = v, to
		}
	}
	if len(ends) == 0 {
		return nil
	}
	return &ends[0]
}
