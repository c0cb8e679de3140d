package merge

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Preview is Plan for people: what c would change in the store behind tx. Whoever
// calls it ends the transaction without writing.
func Preview(ctx context.Context, catalog *schema.Catalog, tx Tx, c *record.Changeset) (*record.Preview, error) {
	head, err := tx.Head(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	if known, err := head.knows(c.ID); err != nil {
		return nil, err
	} else if known {
		return &record.Preview{Outcome: record.Outcome{Revision: head.Revision, Known: true}}, nil
	}
	p := newPlanner(ctx, catalog, tx, c, head)
	delta, outcome, err := p.plan()
	if err != nil {
		return nil, err
	}
	outcome.Revision = head.Revision
	v := &previewer{planner: p, out: &record.Preview{Outcome: outcome}, records: map[record.ID]*record.PreviewedRecord{}}
	v.statements(delta)
	v.values(delta)
	v.links(delta)
	for _, id := range slices.SortedFunc(maps.Keys(v.records), compareIDs) {
		v.out.Records = append(v.out.Records, *v.records[id])
	}
	v.lowered(delta)
	v.standing(delta.Table)
	return v.out, nil
}

// lowered counts the records that more people would see.
func (v *previewer) lowered(d *Delta) {
	highest := -1
	table := access.NewTable(v.ladder, v.classes.all)
	for i := range d.Put {
		p := &d.Put[i]
		if p.Was == nil || p.Was.Class == p.Class || !v.opens(p.Was.Class, p.Class) {
			continue
		}
		v.out.Lowered++
		level := table.LevelAt(p.Was.Class, v.c.At)
		if rank, _ := v.ladder.Rank(level); rank > highest {
			highest, v.out.LoweredFrom = rank, level
		}
	}
}

type previewer struct {
	*planner
	out     *record.Preview
	records map[record.ID]*record.PreviewedRecord
}

func (v *previewer) statements(d *Delta) {
	for i := range d.Say {
		v.out.Said = append(v.out.Said, record.Retirement{Source: d.Say[i].Source, ID: d.Say[i].ID})
	}
	v.out.Retired = slices.Clone(d.Unsay)
}

func (v *previewer) record(id record.ID) *record.PreviewedRecord {
	r := v.records[id]
	if r == nil {
		r = &record.PreviewedRecord{ID: id, Fate: record.Changed}
		v.records[id] = r
	}
	return r
}

func (v *previewer) values(d *Delta) {
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

func (v *previewer) fields(p *Put) []record.FieldPreview {
	var out []record.FieldPreview
	for _, f := range v.shapes.of(p.ID.Type).fields {
		var before any
		if p.Was != nil {
			before = p.Was.Values[f.Index]
		}
		after := p.Values[f.Index]
		unsaid := p.Was == nil && (after == nil || equalValue(after, f.Default) || equalValue(after, emptyList))
		if !unsaid && !equalValue(before, after) {
			out = append(out, record.FieldPreview{Name: f.Name, Before: appendValue(nil, f, before), After: appendValue(nil, f, after)})
		}
	}
	if p.Was == nil || p.Was.Class != p.Class {
		before := json.RawMessage("null")
		if p.Was != nil {
			before = v.classText(p.Was.Class)
		}
		// Two classes may come to the same words: that of the lowest level, and none.
		if after := v.classText(p.Class); !bytes.Equal(before, after) {
			out = append(out, record.FieldPreview{Name: "confidentiality", Before: before, After: after})
		}
	}
	return out
}

// classText is a class in a few words: the levels of its atoms and their groups.
func (v *previewer) classText(n access.ClassNumber) json.RawMessage {
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
func (v *previewer) links(d *Delta) {
	had := map[record.ID]map[record.LinkPreview]bool{}
	stored := func(l Link) bool {
		if had[l.From] == nil {
			had[l.From] = map[record.LinkPreview]bool{}
			if draft := v.drafts[l.From]; draft != nil && draft.old != nil {
				for _, old := range draft.old.Links {
					had[l.From][previewOf(old)] = true
				}
			}
		}
		return had[l.From][previewOf(l)]
	}
	for _, l := range d.PutLinks {
		if !stored(l) {
			r := v.record(l.From)
			r.Linked = append(r.Linked, previewOf(l))
		}
	}
	for _, l := range d.DropLinks {
		r := v.record(l.From)
		r.Unlinked = append(r.Unlinked, previewOf(l))
	}
	for _, r := range v.records {
		slices.SortFunc(r.Linked, compareLinks)
		slices.SortFunc(r.Unlinked, compareLinks)
	}
}

func previewOf(l Link) record.LinkPreview {
	return record.LinkPreview{Field: l.Relation.Field, To: l.To}
}

func compareLinks(a, b record.LinkPreview) int {
	return cmp.Or(strings.Compare(a.Field, b.Field), compareIDs(a.To, b.To))
}

// standing says how the records that the changeset speaks of would stand.
func (v *previewer) standing(t *access.Table) {
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
func (v *previewer) heard(s *record.Statement, own access.ClassNumber) bool {
	if s.Class.Inherits() {
		return true
	}
	d := &draft{id: s.ID}
	return v.rank(d, v.classes.number(canonical(s.Class))).within(v.rank(d, own))
}
