package yamlsource

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// changeset is what all files say, in their order, instead of what the source said
// before.
func (w *world) changeset() *record.Changeset {
	c := &record.Changeset{Say: make([]record.Statement, 0, len(w.records)), Replace: []string{w.in.Name}}
	state := w.speaker()
	for _, r := range w.records {
		c.Say = append(c.Say, state(r))
	}
	return c
}

// speaker makes the statements of records, each under its own class or that of its
// file.
func (w *world) speaker() func(*draft) record.Statement {
	byClass := map[string]func(*schema.Type) access.Class{}
	return func(r *draft) record.Statement {
		key := r.in.class.Key()
		if byClass[key] == nil {
			byClass[key] = w.classes(r.in.class)
		}
		return w.statement(r, byClass[key](r.typ))
	}
}

// statement of a record; class is for one that states none.
func (w *world) statement(r *draft, class access.Class) record.Statement {
	s := record.Statement{
		Source: r.in.source, ID: r.id, Class: r.access(class),
		Fields: make(map[string]any, len(r.values)+1), Links: make(map[string][]record.ID, len(r.links)),
	}
	for _, v := range r.values {
		s.Fields[v.field.Name] = v.v
	}
	if r.gives(sourcesName) {
		sources := make([]any, 0, len(r.cited))
		for _, c := range r.cited {
			sources = append(sources, c.what)
		}
		s.Fields[sourcesName] = sources
	}
	for _, p := range r.links {
		ids := make([]record.ID, 0, len(p.targets))
		for _, t := range p.targets {
			ids = append(ids, t.id)
		}
		s.Links[p.link.Name] = ids
	}
	return s
}
