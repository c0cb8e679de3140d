package loader

import (
	"slices"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Prior is what a file said before, by id, as the store keeps it: it is opened where
// it is looked at. The zero Prior is nothing.
type Prior struct {
	catalog *schema.Catalog
	said    []record.Packed
}

// NewPrior is what was said of records of the catalog's types.
func NewPrior(catalog *schema.Catalog, said []record.Packed) Prior { return Prior{catalog, said} }

// Of is what was said of records of some types; without any, of all. What cannot be
// read any more is as good as not said.
func (p Prior) Of(types ...string) []record.Statement {
	var out []record.Statement
	var decoder merge.Decoder
	for i := range p.said {
		t := p.catalog.Type(p.said[i].ID.Type)
		if t == nil || len(types) > 0 && !slices.Contains(types, t.Name) {
			continue
		}
		if s, err := decoder.Open(t, &p.said[i]); err == nil {
			out = append(out, s)
		}
	}
	return out
}

// share lets statements that were made before share their texts with those.
func (p Prior) share(now []record.Packed) {
	if len(p.said) == 0 {
		return
	}
	before := make(map[record.Retirement]*record.Packed, len(p.said))
	for i := range p.said {
		before[record.Retirement{Source: p.said[i].Source, ID: p.said[i].ID}] = &p.said[i]
	}
	for i := range now {
		s := &now[i]
		if old := before[record.Retirement{Source: s.Source, ID: s.ID}]; old != nil && old.Fields == s.Fields && old.Links == s.Links {
			s.Source, s.ID, s.Fields, s.Links = old.Source, old.ID, old.Fields, old.Links
		}
	}
}
