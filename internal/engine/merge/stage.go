package merge

import (
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/record"
)

// stage finds out which statements change, and starts a draft of every record
// that has one.
func (p *planner) stage() error {
	replaced, err := p.replaced()
	if err != nil {
		return err
	}
	said := map[record.ID]map[string]*record.Statement{}
	for i := range p.c.Say {
		s := &p.c.Say[i]
		if said[s.ID] == nil {
			said[s.ID] = map[string]*record.Statement{}
		}
		said[s.ID][s.Source] = s
		// Numbered here, in the order given, and not where maps are walked.
		p.classes.number(canonical(s.Class))
	}
	retired := map[record.Retirement]bool{}
	for _, r := range slices.Concat(p.c.Retire, replaced) {
		if said[r.ID][r.Source] == nil && p.shapes.of(r.ID.Type) != nil {
			retired[r] = true
		}
	}
	ids := slices.Collect(maps.Keys(said))
	for r := range retired {
		ids = append(ids, r.ID)
	}
	p.staged = map[record.ID]*draft{}
	if p.staged, err = p.load(distinct(ids)); err != nil {
		return err
	}
	for id, d := range p.staged {
		if p.restate(d, said[id], retired) {
			p.drafts[id] = d
		}
	}
	return nil
}

// replaced is what the sources that are replaced have said so far.
func (p *planner) replaced() ([]record.Retirement, error) {
	if len(p.c.Replace) == 0 {
		return nil, nil
	}
	sources := slices.Clone(p.c.Replace)
	slices.Sort(sources)
	spoken, err := p.tx.SpokenBy(p.ctx, slices.Compact(sources))
	if err != nil {
		return nil, err
	}
	var out []record.Retirement
	for source, ids := range spoken {
		for _, id := range ids {
			out = append(out, record.Retirement{Source: source, ID: id})
		}
	}
	return out, nil
}

// load starts drafts of ids that have none, as they are stored.
func (p *planner) load(ids []record.ID) (map[record.ID]*draft, error) {
	out := make(map[record.ID]*draft, len(ids))
	var missing []record.ID
	for _, id := range ids {
		if d := p.staged[id]; d != nil {
			out[id] = d
		} else {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	stored, err := p.tx.Load(p.ctx, missing)
	if err != nil {
		return nil, err
	}
	for _, id := range missing {
		s := stored[id]
		out[id] = &draft{id: id, shape: p.shapes.of(id.Type), old: s.Record, said: slices.Clone(s.Said)}
	}
	return out, nil
}

// restate brings the statements about one record up to date and reports whether
// any changed.
func (p *planner) restate(d *draft, say map[string]*record.Statement, retired map[record.Retirement]bool) bool {
	changed := false
	kept := d.said[:0]
	var heard map[string]bool
	for _, old := range d.said {
		if heard == nil {
			heard = map[string]bool{}
		}
		heard[old.Source] = true
		at := record.Retirement{Source: old.Source, ID: d.id}
		switch s := say[old.Source]; {
		case s != nil:
			now := p.said(s)
			if sameStatement(&old, &now) {
				now = old
			} else {
				p.say, changed = append(p.say, now), true
			}
			kept = append(kept, now)
		case retired[at]:
			p.unsay, changed = append(p.unsay, at), true
		default:
			kept = append(kept, old)
		}
	}
	for source, s := range say {
		if !heard[source] {
			now := p.said(s)
			kept, p.say, changed = append(kept, now), append(p.say, now), true
		}
	}
	d.said = kept
	return changed
}

// said is s as it is stored. It shares nothing with the changeset, which the
// caller may go on writing to.
func (p *planner) said(s *record.Statement) Said {
	out := Said{Statement: *s, Revision: p.head.Revision + 1}
	out.Class = canonical(s.Class)
	out.Number = p.classes.number(out.Class)
	out.Fields = make(map[string]any, len(s.Fields))
	for name, v := range s.Fields {
		out.Fields[name] = cloneValue(v)
	}
	out.Links = make(map[string][]record.ID, len(s.Links))
	for name, targets := range s.Links {
		out.Links[name] = slices.Clone(targets)
	}
	return out
}

func sameStatement(a, b *Said) bool {
	return a.Number == b.Number && a.Edit == b.Edit &&
		maps.EqualFunc(a.Fields, b.Fields, equalValue) &&
		maps.EqualFunc(a.Links, b.Links, slices.Equal[[]record.ID])
}
