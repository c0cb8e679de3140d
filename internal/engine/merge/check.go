package merge

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// shown is how many mistakes an error spells out.
const shown = 20

// mistakes collects what is wrong with a changeset, to be told at once.
type mistakes []string

func (m *mistakes) add(format string, args ...any) {
	*m = append(*m, fmt.Sprintf(format, args...))
}

// fault is nil when there are none.
func (m *mistakes) fault(what string) error {
	if len(*m) == 0 {
		return nil
	}
	text, more := *m, ""
	if len(text) > shown {
		text, more = text[:shown], fmt.Sprintf("; and %d more", len(text)-shown)
	}
	return fault.New(fault.BadInput, "%s: %s%s", what, strings.Join(text, "; "), more)
}

// checkForm refuses what the model cannot hold, before anything is read.
func (p *planner) checkForm() error {
	var m mistakes
	for i := range p.c.Packed {
		p.checkPacked(&m, &p.c.Packed[i])
	}
	for i := range p.c.Say {
		p.shapes.check(&m, &p.c.Say[i])
	}
	if err := m.fault("the changeset does not fit the model"); err != nil {
		return err
	}
	p.told = make([]*record.Packed, 0, len(p.c.Packed)+len(p.c.Say))
	for i := range p.c.Packed {
		p.told = append(p.told, &p.c.Packed[i])
	}
	said := p.packSaid()
	for i := range said {
		p.told = append(p.told, &said[i])
	}
	return nil
}

// packedTogether is how many statements are packed beside as many others.
const packedTogether = 1000

// packSaid packs what is said, side by side. The shapes of all types are known by then.
func (p *planner) packSaid() []record.Packed {
	out := make([]record.Packed, len(p.c.Say))
	var packing sync.WaitGroup
	for from := 0; from < len(out); from += packedTogether {
		packing.Go(func() {
			for i := from; i < min(from+packedTogether, len(out)); i++ {
				out[i] = Pack(p.shapes.of(p.c.Say[i].ID.Type).t, &p.c.Say[i])
			}
		})
	}
	packing.Wait()
	return out
}

// checkPacked checks what somebody else has packed.
func (p *planner) checkPacked(m *mistakes, s *record.Packed) {
	sh := p.shapes.of(s.ID.Type)
	if sh == nil {
		m.add("%s: there is no type %q", s.ID, s.ID.Type)
		return
	}
	open, err := p.decoder.everything(sh.t, s)
	if err != nil {
		m.add("%s: it cannot be read: %v", s.ID, err)
		return
	}
	p.shapes.check(m, &open)
}

// check collects what does not fit the model.
func (s *shapes) check(m *mistakes, st *record.Statement) {
	sh := s.of(st.ID.Type)
	switch {
	case sh == nil:
		m.add("%s: there is no type %q", st.ID, st.ID.Type)
		return
	case st.ID.Key == "" || !utf8.ValidString(st.ID.Key):
		m.add("%s: %q is no key", st.ID, st.ID.Key)
	case st.Source == "" || !utf8.ValidString(st.Source):
		m.add("%s: %q is no source", st.ID, st.Source)
	}
	for _, name := range slices.Sorted(maps.Keys(st.Fields)) {
		f := sh.t.Field(name)
		switch {
		case f == nil || !f.Stored():
			m.add("%s has no field %q that could be written", st.ID, name)
		case !fits(f, st.Fields[name]):
			m.add("%s: %s cannot be %#v", st.ID, name, st.Fields[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(st.Links)) {
		s.checkLink(m, st, sh.link(name), name)
	}
}

func (s *shapes) checkLink(m *mistakes, st *record.Statement, l *schema.Link, name string) {
	if l == nil {
		m.add("%s has no link %q that could be written", st.ID, name)
		return
	}
	targets := st.Links[name]
	if !l.Many && len(targets) > 1 {
		m.add("%s: %s leads to one record, not to %d", st.ID, name, len(targets))
	}
	for _, target := range targets {
		if sh := s.of(target.Type); sh == nil || !sh.t.Is(l.Target) {
			m.add("%s: %s leads to a %s, not to %s", st.ID, name, l.Target.Name, target)
		}
	}
}

// checkLevels refuses classes that name a level the ladder does not have.
func (p *planner) checkLevels() error {
	var m mistakes
	seen := map[string]bool{}
	check := func(s *record.Packed, level string) {
		if _, known := p.ladder.Rank(level); known {
			return
		}
		if mistake := fmt.Sprintf("%s: there is no level %q", s.ID, level); !seen[mistake] {
			seen[mistake] = true
			m = append(m, mistake)
		}
	}
	for _, s := range p.told {
		if s.Class.Inherits() {
			continue
		}
		for _, atom := range s.Class.Atoms {
			check(s, atom.Level)
			for _, c := range atom.Conditions {
				check(s, c.Then)
			}
			if level := p.ladder.WithoutAudience(atom); level != "" {
				m.add("%s: the level %s needs an audience and there is none", s.ID, level)
			}
		}
	}
	return m.fault("the changeset names levels that do not exist" + ladderHint(p.ladder))
}

func ladderHint(l access.Ladder) string {
	if len(l) == 0 {
		return " (there are none)"
	}
	keys := make([]string, len(l))
	for i, level := range l {
		keys[i] = level.Key
	}
	return " (there are " + strings.Join(keys, ", ") + ")"
}

// checkTargets refuses links to records that nobody speaks of after the
// changeset.
func (p *planner) checkTargets() error {
	if err := p.lookUpTargets(); err != nil {
		return err
	}
	var m mistakes
	unspoken := func(id record.ID) bool { return !p.spoken(id) }
	for _, s := range p.told {
		p.eachLink(s, func(name string, to []record.ID) {
			for _, target := range to {
				if unspoken(target) {
					m.add("%s: %s leads to %s", s.ID, name, target)
				}
			}
		})
	}
	return m.fault("the changeset links to records that do not exist")
}

func (p *planner) lookUpTargets() error {
	ids := map[record.ID]bool{}
	for _, s := range p.told {
		p.eachLink(s, func(_ string, to []record.ID) {
			for _, id := range to {
				if p.drafts[id] == nil {
					ids[id] = true
				}
			}
		})
	}
	return p.lookUp(slices.Collect(maps.Keys(ids)))
}

// eachLink goes through the links of a statement of the changeset, by their names.
func (p *planner) eachLink(s *record.Packed, use func(name string, to []record.ID)) {
	err := p.decoder.EachLink(s.Links, func(name string, to []record.ID) error {
		use(name, to)
		return nil
	})
	if err != nil {
		panic("BUG: links that were checked cannot be read: " + err.Error())
	}
}

func (p *planner) spoken(id record.ID) bool {
	if d := p.drafts[id]; d != nil {
		return len(d.said) > 0
	}
	return p.places[id].Spoken
}

// checkExpected holds the changeset against its preconditions.
func (p *planner) checkExpected() error {
	if len(p.c.Expect) == 0 {
		return nil
	}
	var ids []record.ID
	for _, e := range p.c.Expect {
		if p.shapes.of(e.ID.Type) != nil {
			ids = append(ids, e.ID)
		}
	}
	stored, err := p.tx.Load(p.ctx, distinct(ids))
	if err != nil {
		return err
	}
	for _, e := range p.c.Expect {
		r := stored[e.ID].Record
		if r == nil || !p.seen(r, e.Viewer) {
			return fault.New(fault.NotFound, "there is no %s", e.ID)
		}
		version, _ := r.Values[p.shapes.of(e.ID.Type).count].(int64)
		if e.Version != 0 && e.Version != version {
			return fault.New(fault.Conflict, "%s has changed: it is at version %d, not at %d; read it again and repeat the change", e.ID, version, e.Version)
		}
	}
	return nil
}

// seen reports whether a viewer may see a stored record; nil sees everything.
func (p *planner) seen(r *Record, viewer *access.Viewer) bool {
	return viewer == nil || p.head.Table.Open(*viewer, p.c.At)[r.Class]
}

// distinct gives ids in order, each once.
func distinct(ids []record.ID) []record.ID {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, compareIDs)
	return slices.Compact(ids)
}

func compareIDs(a, b record.ID) int {
	if c := strings.Compare(a.Type, b.Type); c != 0 {
		return c
	}
	return strings.Compare(a.Key, b.Key)
}
