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

// wokenRows delete what stands of the dormant links of records that have others now, and
// dormantRows write them anew.
func (t *transaction) wokenRows(d *merge.Delta) iter.Seq2[deed, any] {
	return func(yield func(deed, any) bool) {
		for s := range d.Standings() {
			before := t.dormantBefore(s.ID)
			if len(before) > 0 && !maps.Equal(before, t.dormantAfter(s)) && !yield(deed{kind: deleteDormant}, s.ID.String()) {
				return
			}
		}
	}
}

func (t *transaction) dormantRows(d *merge.Delta) iter.Seq2[deed, any] {
	return func(yield func(deed, any) bool) {
		for s := range d.Standings() {
			after := t.dormantAfter(s)
			if len(after) == 0 || maps.Equal(t.dormantBefore(s.ID), after) {
				continue
			}
			for to := range after {
				if !yield(deed{kind: createDormant}, map[string]any{"record": s.ID.String(), "to": to.to.String(), "required": to.required}) {
					return
				}
			}
		}
	}
}

// dormantBefore are the links of a record that were said without being there.
func (t *transaction) dormantBefore(id record.ID) map[said]bool {
	var out map[said]bool
	stored := t.loaded[id].Said
	for i := range stored {
		out = t.dormant(out, &stored[i], func(l linkEnds) bool { return t.stored[l] })
	}
	return out
}

// dormantAfter are those that will be.
func (t *transaction) dormantAfter(s merge.Standing) map[said]bool {
	var out map[said]bool
	there := amongLinks(s)
	for i := range s.Said {
		out = t.dormant(out, &s.Said[i], there)
	}
	return out
}

// scannedLinks is how many links are looked through for another.
const scannedLinks = 16

// amongLinks finds links of a record by their ends.
func amongLinks(s merge.Standing) func(linkEnds) bool {
	if len(s.Links) <= scannedLinks {
		return func(l linkEnds) bool {
			return slices.ContainsFunc(s.Links, func(other merge.End) bool { return other.To == l.to && other.Relation.Name == l.relation })
		}
	}
	ends := make(map[linkEnds]bool, len(s.Links))
	for _, l := range s.Links {
		ends[linkEnds{l.Relation.Name, s.ID, l.To}] = true
	}
	return func(l linkEnds) bool { return ends[l] }
}

// dormant adds the links of a statement that are no relationships.
func (t *transaction) dormant(out map[said]bool, s *merge.Said, there func(linkEnds) bool) map[said]bool {
	typ := t.engine.config.Catalog.Type(s.ID.Type)
	if typ == nil {
		return out
	}
	_ = t.decoder.EachLink(s.Links, func(name string, targets []record.ID) error { // merge has read it
		l := typ.Link(name)
		if l == nil {
			return nil
		}
		for _, to := range targets {
			if there(linkEnds{l.Relation.Name, s.ID, to}) {
				continue
			}
			if out == nil {
				out = map[said]bool{}
			}
			out[said{l.Name, to, l.Binding}] = true
		}
		return nil
	})
	return out
}
