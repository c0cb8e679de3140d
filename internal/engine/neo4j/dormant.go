package neo4j

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Who refers to a record is told by the relationships that lead to it and, for
// the links that are said without being one, by _Dormant nodes.

// Referring is the records with a statement that links to one of the ids.
func (t *transaction) Referring(ctx context.Context, ids []record.ID, required bool) ([]record.ID, error) {
	if t.empty() {
		return nil, nil
	}
	seen := map[record.ID]bool{}
	found := func(row []any) error {
		id, err := readID(row[0])
		seen[id] = true
		return err
	}
	dormant := "UNWIND $rows AS id MATCH (d:_Dormant {to: id}) RETURN DISTINCT d.record"
	if required {
		dormant = "UNWIND $rows AS id MATCH (d:_Dormant {to: id}) WHERE d.required RETURN DISTINCT d.record"
	}
	if err := batches(ctx, t.run, dormant, textsOf(ids), found); err != nil {
		return nil, err
	}
	for typ, keys := range t.byType(ids) {
		relations := t.relationsTo(typ, required)
		if len(relations) == 0 {
			continue
		}
		statement := "UNWIND $rows AS key " + nodeMatch("n", typ.Name, "key") +
			" MATCH (n)<-[:" + strings.Join(relations, "|") + "]-(m) RETURN DISTINCT m._type + ':' + m.key"
		if err := batches(ctx, t.run, statement, keys, found); err != nil {
			return nil, err
		}
	}
	return slices.Collect(maps.Keys(seen)), nil
}

func (t *transaction) relationsTo(typ *schema.Type, required bool) []string {
	var out []string
	for _, r := range t.engine.config.Catalog.Relations {
		if typ.Is(r.To) && (r.Binding || !required) {
			out = append(out, quoted(r.Name))
		}
	}
	return out
}

// said is a link in a statement.
type said struct {
	field    string
	to       record.ID
	required bool
}

// dormantOps bring the dormant links of the records up to date whose statements
// or links change.
func (t *transaction) dormantOps(d *merge.Delta) []op {
	put, dropped := endsSet(d.PutLinks()), endsSet(slices.Values(d.DropLinks))
	was := func(l linkEnds) bool { return t.stored[l] }
	is := func(l linkEnds) bool { return put[l] || t.stored[l] && !dropped[l] }
	changes := t.changes(d)
	gone, made := op{kind: deleteDormant}, op{kind: createDormant}
	for id, c := range changes {
		before, after := c.dormantBefore(t, was), c.dormantAfter(t, is)
		if maps.Equal(before, after) {
			continue
		}
		if len(before) > 0 {
			gone.rows = append(gone.rows, id.String())
		}
		for s := range after {
			made.rows = append(made.rows, map[string]any{"record": id.String(), "to": s.to.String(), "required": s.required})
		}
	}
	return []op{gone, made}
}

func endsSet(links iter.Seq[merge.Link]) map[linkEnds]bool {
	out := map[linkEnds]bool{}
	for l := range links {
		out[endsOf(l)] = true
	}
	return out
}

// change is what a delta does to the statements of a record.
type change struct {
	id  record.ID
	say []*merge.Said
	// unsaid are the sources that no longer say what is stored of them.
	unsaid []string
}

// changes are the records whose statements or links change.
func (t *transaction) changes(d *merge.Delta) map[record.ID]*change {
	out := map[record.ID]*change{}
	of := func(id record.ID) *change {
		c := out[id]
		if c == nil {
			c = &change{id: id}
			out[id] = c
		}
		return c
	}
	for s := range d.Say() {
		c := of(s.ID)
		c.say = append(c.say, s)
	}
	for _, r := range d.Unsay {
		c := of(r.ID)
		c.unsaid = append(c.unsaid, r.Source)
	}
	for l := range d.PutLinks() {
		of(l.From)
	}
	for _, l := range d.DropLinks {
		of(l.From)
	}
	return out
}

func (c *change) dormantBefore(t *transaction, there func(linkEnds) bool) map[said]bool {
	out := map[said]bool{}
	stored := t.loaded[c.id].Said
	for i := range stored {
		c.add(out, t, &stored[i], there)
	}
	return out
}

func (c *change) dormantAfter(t *transaction, there func(linkEnds) bool) map[said]bool {
	out := map[said]bool{}
	stored := t.loaded[c.id].Said
	if len(stored) > 0 {
		replaced := map[string]bool{}
		for _, source := range c.unsaid {
			replaced[source] = true
		}
		for _, s := range c.say {
			replaced[s.Source] = true
		}
		for i := range stored {
			if !replaced[stored[i].Source] {
				c.add(out, t, &stored[i], there)
			}
		}
	}
	for _, s := range c.say {
		c.add(out, t, s, there)
	}
	return out
}

// add adds the links of a statement that are no relationships.
func (c *change) add(out map[said]bool, t *transaction, s *merge.Said, there func(linkEnds) bool) {
	typ := t.engine.config.Catalog.Type(c.id.Type)
	if typ == nil {
		return
	}
	_ = t.decoder.EachLink(s.Links, func(name string, targets []record.ID) error { // merge has read it
		l := typ.Link(name)
		if l == nil {
			return nil
		}
		for _, to := range targets {
			if !there(linkEnds{l.Relation.Name, c.id, to}) {
				out[said{l.Name, to, l.Binding}] = true
			}
		}
		return nil
	})
}
