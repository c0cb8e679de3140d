package yamlsource

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// changeset is what all files say, in their order, instead of what the source said
// before.
func (w *world) changeset() *record.Changeset {
	c := &record.Changeset{Say: make([]record.Statement, 0, len(w.records)), Replace: []string{w.in.Name}}
	class := w.classes()
	for _, r := range w.records {
		c.Say = append(c.Say, w.statement(r, class(r.typ)))
	}
	return c
}

// statement of a record; class is for one that states none.
func (w *world) statement(r *draft, class access.Class) record.Statement {
	s := record.Statement{
		Source: w.in.Name, ID: r.id, Class: r.access(class),
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
