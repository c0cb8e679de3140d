package merge

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
)

// stagedTogether is how many records are compared with what is stored of them at once.
const stagedTogether = 5000

// stage finds out which statements change, and starts a draft of every record
// that has one. Of the others hardly anything is kept: of a folder that is loaded again
// they are nearly all.
func (p *planner) stage() error {
	replaced, err := p.replaced()
	if err != nil {
		return err
	}
	said := p.bySubject()
	retired := map[record.Retirement]bool{}
	for _, r := range slices.Concat(p.c.Retire, replaced) {
		if p.shapes.of(r.ID.Type) != nil {
			retired[r] = true
		}
	}
	for ids := range slices.Chunk(subjects(said, retired), stagedTogether) {
		if said, err = p.stageSome(ids, said, retired); err != nil {
			return err
		}
	}
	return nil
}

// stageSome stages records, and gives what is said of others.
func (p *planner) stageSome(ids []record.ID, said []*record.Packed, retired map[record.Retirement]bool) ([]*record.Packed, error) {
	loaded, err := p.load(ids)
	if err != nil {
		return nil, err
	}
	var same []record.ID
	for i, id := range ids {
		about := 0
		for about < len(said) && said[about].ID == id {
			about++
		}
		if d := loaded[i]; p.restate(d, said[:about], retired) {
			p.drafts[id] = d
		} else {
			p.places[id] = storedPlace(d)
			same = append(same, id)
		}
		said = said[about:]
	}
	p.tx.Forget(same)
	return said, nil
}

// bySubject is what the changeset says, by record and source; of what a source says twice
// the later.
func (p *planner) bySubject() []*record.Packed {
	order := make([]int32, len(p.told))
	for i, s := range p.told {
		order[i] = int32(i)
		// Numbered here, in the order given.
		p.classes.number(canonical(s.Class))
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := p.told[i], p.told[j]
		return cmp.Or(compareIDs(a.ID, b.ID), strings.Compare(a.Source, b.Source), cmp.Compare(i, j))
	})
	out := make([]*record.Packed, 0, len(order))
	for _, i := range order {
		s := p.told[i]
		if last := len(out) - 1; last >= 0 && out[last].ID == s.ID && out[last].Source == s.Source {
			out[last] = s
		} else {
			out = append(out, s)
		}
	}
	return out
}

// subjects are the records of what is said and what is retired, in order, each once.
func subjects(said []*record.Packed, retired map[record.Retirement]bool) []record.ID {
	ids := make([]record.ID, 0, len(said)+len(retired))
	for _, s := range said {
		ids = append(ids, s.ID)
	}
	for r := range retired {
		ids = append(ids, r.ID)
	}
	return distinct(ids)
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

// load starts drafts of ids, as they are stored.
func (p *planner) load(ids []record.ID) ([]*draft, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	stored, err := p.tx.Load(p.ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]*draft, len(ids))
	for i, id := range ids {
		s := stored[id]
		out[i] = &draft{id: id, shape: p.shapes.of(id.Type), old: s.Record, said: slices.Clone(s.Said)}
	}
	return out, nil
}

// restate brings the statements about one record up to date and reports whether
// any changed. say is by source.
func (p *planner) restate(d *draft, say []*record.Packed, retired map[record.Retirement]bool) bool {
	changed := false
	write := func(now Said) {
		d.said, changed = append(d.said, now), true
		p.said++
	}
	stored := d.said
	slices.SortFunc(stored, func(a, b Said) int { return strings.Compare(a.Source, b.Source) })
	d.said = make([]Said, 0, max(len(stored), len(say)))
	for _, old := range stored {
		for len(say) > 0 && say[0].Source < old.Source {
			write(p.stored(say[0]))
			say = say[1:]
		}
		at := record.Retirement{Source: old.Source, ID: d.id}
		switch {
		case len(say) > 0 && say[0].Source == old.Source:
			now := p.stored(say[0])
			if say = say[1:]; p.same(d.shape, &old, &now) {
				d.said = append(d.said, old)
			} else {
				write(now)
			}
		case retired[at]:
			p.unsay, changed = append(p.unsay, at), true
		default:
			d.said = append(d.said, old)
		}
	}
	for _, s := range say {
		write(p.stored(s))
	}
	return changed
}

// stored is s as it will be.
func (p *planner) stored(s *record.Packed) Said {
	return Said{Packed: s, Number: p.classes.number(canonical(s.Class)), Revision: p.head.Revision + 1}
}

// same reports whether two statements of one source say the same. What is stored may
// say something that the model does not have any more.
func (p *planner) same(sh *shape, old, now *Said) bool {
	if old.Number != now.Number || old.Edit != now.Edit {
		return false
	}
	if old.Fields == now.Fields && old.Links == now.Links {
		return true
	}
	was, err := p.decoder.Open(sh.t, old.Packed)
	if err != nil {
		return false
	}
	again := Pack(sh.t, &was)
	return again.Fields == now.Fields && again.Links == now.Links
}
