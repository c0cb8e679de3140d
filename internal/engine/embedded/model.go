package embedded

import (
	"github.com/open-operations/opsmap/schema"
)

// model is what the graph in memory has to know of the catalog.
type model struct {
	catalog *schema.Catalog
	// kinds are the concrete types, sorted by name; a kind's number is its index.
	kinds     []*kind
	byName    map[string]*kind
	relations map[string]*schema.Relation
}

// kind is a concrete type.
type kind struct {
	*schema.Type
	number int
	// out and in are the slots of a record's adjacency, by what is linked: the links
	// it stores and those it reads backwards.
	out, in map[*schema.Relation]int
	// slots are the links behind the slots.
	slots []*schema.Link
	// words are the boxed words of enum fields, by field index; nil elsewhere.
	words []map[string]any
	forms forms

	id, key, created, updated, version int
}

func newModel(catalog *schema.Catalog) *model {
	m := &model{catalog: catalog, byName: map[string]*kind{}, relations: map[string]*schema.Relation{}}
	for _, t := range catalog.Types {
		if t.Interface {
			continue
		}
		k := newKind(t, len(m.kinds))
		m.kinds = append(m.kinds, k)
		m.byName[t.Name] = k
	}
	for _, r := range catalog.Relations {
		m.relations[r.Name] = r
	}
	return m
}

func newKind(t *schema.Type, number int) *kind {
	k := &kind{
		Type: t, number: number,
		out: map[*schema.Relation]int{}, in: map[*schema.Relation]int{},
		words: make([]map[string]any, len(t.Fields)), forms: forms{},
	}
	for _, l := range t.Links {
		side := k.side(l.Inverse)
		if _, there := side[l.Relation]; !there {
			side[l.Relation] = len(k.slots)
			k.slots = append(k.slots, l)
		}
	}
	for _, f := range t.Fields {
		k.field(f)
	}
	return k
}

func (k *kind) field(f *schema.Field) {
	switch f.System {
	case schema.SysID:
		k.id = f.Index
	case schema.SysKey:
		k.key = f.Index
	case schema.CreatedAt:
		k.created = f.Index
	case schema.UpdatedAt:
		k.updated = f.Index
	case schema.Version:
		k.version = f.Index
	}
	if f.Kind == schema.EnumKind && !f.List {
		k.words[f.Index] = map[string]any{}
		for _, w := range f.Enum.Values {
			k.words[f.Index][w] = w
		}
	}
}

func (k *kind) side(inverse bool) map[*schema.Relation]int {
	if inverse {
		return k.in
	}
	return k.out
}

// slot is where records of k keep the link; -1 when they have none such.
func (k *kind) slot(l *schema.Link) int {
	if s, ok := k.side(l.Inverse)[l.Relation]; ok {
		return s
	}
	return -1
}

// is marks the kinds that are of type t, by number.
func (m *model) is(t *schema.Type) []bool {
	out := make([]bool, len(m.kinds))
	for _, c := range t.Concrete {
		out[m.byName[c.Name].number] = true
	}
	return out
}

// share replaces words of enums by the one copy of each that all records use.
func (k *kind) share(values []any) {
	for i, words := range k.words {
		if w, ok := values[i].(string); ok && words != nil {
			if shared, known := words[w]; known {
				values[i] = shared
			}
		}
	}
}
