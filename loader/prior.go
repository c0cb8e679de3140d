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
