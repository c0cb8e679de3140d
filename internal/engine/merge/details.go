package merge

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// details is a delta for people: what changes, one by one.
func (p *planner) details(delta *Delta) *record.Details {
	v := &detailer{planner: p, out: &record.Details{}, records: map[record.ID]*record.ChangedRecord{}}
	v.statements(delta)
	v.values(delta)
	v.links(delta)
	for _, id := range slices.SortedFunc(maps.Keys(v.records), compareIDs) {
		v.out.Records = append(v.out.Records, *v.records[id])
	}
	v.standing(delta.Table)
	return v.out
}

type detailer struct {
	*planner
	out     *record.Details
	records map[record.ID]*record.ChangedRecord
}

func (v *detailer) statements(d *Delta) {
	for i := range d.Say {
		v.out.Said = append(v.out.Said, record.Retirement{Source: d.Say[i].Source, ID: d.Say[i].ID})
	}
	v.out.Retired = slices.Clone(d.Unsay)
}

func (v *detailer) record(id record.ID) *record.ChangedRecord {
	r := v.records[id]
	if r == nil {
		r = &record.ChangedRecord{ID: id, Fate: record.Changed}
		v.records[id] = r
	}
	return r
}

func (v *detailer) values(d *Delta) {
	for i := range d.Put {
		p := &d.Put[i]
		fields := v.fields(p)
		switch {
		case p.Was == nil:
			v.record(p.ID).Fate = record.Created
		case len(fields) == 0:
			continue
		}
		v.record(p.ID).Fields = fields
	}
	for _, id := range d.Delete {
		v.record(id).Fate = record.Removed
	}
}

func (v *detailer) fields(p *Put) []record.FieldChange {
	var out []record.FieldChange
	for _, f := range v.shapes.of(p.ID.Type).fields {
		var before any
		if p.Was != nil {
			before = p.Was.Values[f.Index]
		}
		after := p.Values[f.Index]
		unsaid := p.Was == nil && (after == nil || equalValue(after, f.Default) || equalValue(after, emptyList))
		if !unsaid && !equalValue(before, after) {
			out = append(out, record.FieldChange{Name: f.Name, Before: appendValue(nil, f, before), After: appendValue(nil, f, after)})
		}
	}
	if p.Was == nil || p.Was.Class != p.Class {
		before := json.RawMessage("null")
		if p.Was != nil {
			before = v.classText(p.Was.Class)
		}
		// Two classes may come to the same words: that of the lowest level, and none.
		if after := v.classText(p.Class); !bytes.Equal(before, after) {
			out = append(out, record.FieldChange{Name: "confidentiality", Before: before, After: after})
		}
	}
	return out
}

// classText is a class in a few words: the levels of its atoms and their groups.
func (v *detailer) classText(n access.ClassNumber) json.RawMessage {
	var words []string
	for _, atom := range v.classes.all[n].Atoms {
		word := atom.Level
		if len(atom.Audience) > 0 {
			word += " for " + strings.Join(atom.Audience, ", ")
		}
		for _, c := range atom.Conditions {
			word += ", " + c.Then + " from " + c.Until.Format("2006-01-02")
		}
		words = append(words, word)
	}
	if len(words) == 0 {
		words = append(words, v.ladder.Lowest())
	}
	return appendText(nil, strings.Join(words, " and "))
}

// links that come and go; one that only gets another class is none of them.
func (v *detailer) links(d *Delta) {
	had := map[record.ID]map[record.LinkEnd]bool{}
	stored := func(l Link) bool {
		if had[l.From] == nil {
			had[l.From] = map[record.LinkEnd]bool{}
			if draft := v.drafts[l.From]; draft != nil && draft.old != nil {
				for _, old := range draft.old.Links {
					had[l.From][endOf(old)] = true
				}
			}
		}
		return had[l.From][endOf(l)]
	}
	for _, l := range d.PutLinks {
		if !stored(l) {
			r := v.record(l.From)
			r.Linked = append(r.Linked, endOf(l))
		}
	}
	for _, l := range d.DropLinks {
		r := v.record(l.From)
		r.Unlinked = append(r.Unlinked, endOf(l))
	}
	for _, r := range v.records {
		slices.SortFunc(r.Linked, compareLinks)
		slices.SortFunc(r.Unlinked, compareLinks)
	}
}

func endOf(l Link) record.LinkEnd {
	return record.LinkEnd{Field: l.Relation.Field, To: l.To}
}

func compareLinks(a, b record.LinkEnd) int {
	return cmp.Or(strings.Compare(a.Field, b.Field), compareIDs(a.To, b.To))
}

// standing says how the records that the changeset speaks of would stand.
func (v *detailer) standing(t *access.Table) {
	open := t.Open(access.Viewer{}, v.c.At)
	seen := map[record.ID]bool{}
	for i := range v.c.Say {
		s := &v.c.Say[i]
		d := v.staged[s.ID]
		alive, class, own := d.alive, d.class, d.own
		if v.drafts[s.ID] == nil {
			alive = d.old != nil
			if alive {
				class, own = d.old.Class, d.old.Own
			}
		}
		if alive && len(s.Fields) > 0 && !v.heard(s, own) {
			v.out.Unheard = append(v.out.Unheard, record.Retirement{Source: s.Source, ID: s.ID})
		}
		switch {
		case seen[s.ID]:
		case !alive:
			v.out.Incomplete = append(v.out.Incomplete, s.ID)
		case !open[class]:
			v.out.Hidden++
		}
		seen[s.ID] = true
	}
}

// heard reports whether the fields of a statement count for a record of that class.
func (v *detailer) heard(s *record.Statement, own access.ClassNumber) bool {
	if s.Class.Inherits() {
		return true
	}
	d := &draft{id: s.ID}
	return v.rank(d, v.classes.number(canonical(s.Class))).within(v.rank(d, own))
}
