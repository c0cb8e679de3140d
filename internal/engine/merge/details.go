package merge

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// details is a delta for people: what changes, one by one.
func (p *planner) details(delta *Delta) *record.Details {
	v := &detailer{planner: p, out: &record.Details{}, puts: delta.puts, dropped: map[record.ID][]Link{}}
	for _, l := range delta.DropLinks {
		v.dropped[l.From] = append(v.dropped[l.From], l)
	}
	for _, d := range delta.drafts {
		v.record(d)
	}
	for _, r := range delta.Unsay {
		if d := p.drafts[r.ID]; d.alive || d.old == nil {
			v.out.Retired = append(v.out.Retired, r)
		}
	}
	v.standing(delta.Table)
	return v.out
}

type detailer struct {
	*planner
	out *record.Details
	// puts are those of the drafts that are still to come.
	puts    []put
	dropped map[record.ID][]Link
	// listed counts the records that are told one by one.
	listed struct{ created, changed, moved, removed int }
}

// record tells what becomes of a draft, if anything does.
func (v *detailer) record(d *draft) {
	r := record.ChangedRecord{ID: d.id, Fate: record.Changed}
	counted, listed := &v.out.Changed, &v.listed.changed
	if len(v.puts) > 0 && v.puts[0].draft == d {
		w := &v.puts[0]
		v.puts = v.puts[1:]
		if d.old == nil {
			r.Fate, counted, listed = record.Created, &v.out.Created, &v.listed.created
		}
		if d.old != nil || v.lists(*listed) {
			r.Fields = v.fields(v.put(w))
		}
	}
	if d.old != nil && !d.alive {
		r.Fate, counted, listed = record.Removed, &v.out.Removed, &v.listed.removed
	}
	linked, unlinked := v.links(d, &r)
	switch {
	case r.Fate == record.Changed && len(r.Fields)+linked+unlinked == 0:
		return
	case r.Moved():
		counted, listed = &v.out.Moved, &v.listed.moved
	}
	*counted++
	v.out.Linked += linked
	v.out.Unlinked += unlinked
	if v.lists(*listed) {
		*listed++
		v.out.Records = append(v.out.Records, r)
	}
}

// lists reports whether another record is told where so many were.
func (v *detailer) lists(listed int) bool { return v.c.Listed == 0 || listed < v.c.Listed }

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
	return text.AppendJSON(nil, strings.Join(words, " and "))
}

// links that come and go; one that only gets another class is none of them.
func (v *detailer) links(d *draft, r *record.ChangedRecord) (linked, unlinked int) {
	for i, l := range d.links {
		if d.ties[i].put && !d.ties[i].stored {
			r.Linked = append(r.Linked, endOf(l))
		}
	}
	for _, l := range v.dropped[d.id] {
		r.Unlinked = append(r.Unlinked, endOf(l.End))
	}
	slices.SortFunc(r.Linked, compareLinks)
	slices.SortFunc(r.Unlinked, compareLinks)
	return len(r.Linked), len(r.Unlinked)
}

func endOf(l End) record.LinkEnd {
	return record.LinkEnd{Field: l.Relation.Field, To: l.To}
}

func compareLinks(a, b record.LinkEnd) int {
	return cmp.Or(strings.Compare(a.Field, b.Field), compareIDs(a.To, b.To))
}

// standing says how the records that the changeset speaks of would stand.
func (v *detailer) standing(t *access.Table) {
	open := t.Open(access.Viewer{}, v.c.At)
	for _, s := range v.told {
		at := v.stand(s.ID)
		if at.Alive && s.Speaks() && !v.heard(s, at.own) {
			v.out.Unheard = append(v.out.Unheard, record.Retirement{Source: s.Source, ID: s.ID})
		}
		switch {
		case at.stood:
		case !at.Alive:
			v.out.Incomplete = append(v.out.Incomplete, s.ID)
		case !open[at.Class]:
			v.out.Hidden++
		}
	}
}

// stand is where a record stands that the changeset speaks of, and notes that it was
// asked for.
func (v *detailer) stand(id record.ID) place {
	if d := v.drafts[id]; d != nil {
		at := place{Place: Place{Alive: d.alive, Class: d.class}, own: d.own, stood: d.stood}
		d.stood = true
		return at
	}
	at := v.places[id]
	v.places[id] = place{Place: at.Place, own: at.own, stood: true}
	return at
}

// heard reports whether the fields of a statement count for a record of that class.
func (v *detailer) heard(s *record.Packed, own access.ClassNumber) bool {
	if s.Class.Inherits() {
		return true
	}
	d := &draft{id: s.ID}
	return v.rank(d, v.classes.number(canonical(s.Class))).within(v.rank(d, own))
}
