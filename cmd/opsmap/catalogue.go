package main

import (
	"context"
	"slices"

	"github.com/open-operations/opsmap/catalogue"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/yamlsource"
)

func (p *program) readCatalogue(ctx context.Context, source loader.Source, known []record.ID) (*loader.Result, error) {
	result, err := source.Read(ctx, loader.Input{Catalog: p.catalog, Name: yamlsource.ShippedName, Known: known})
	if err != nil {
		return nil, err
	}
	if err := result.Err(); err != nil {
		return nil, fault.New(fault.BadInput, "the catalogue cannot be loaded:\n%s", err)
	}
	result.Changeset.ID = "catalogue:" + result.Hash
	return result, nil
}

// shipped are the changesets that bring a store's copy of the catalogue up to date.
// A store that has them ignores them.
func (p *program) shipped(ctx context.Context) ([]*record.Changeset, error) {
	switch p.config.Catalogue {
	case "":
		c, err := yamlsource.Shipped(p.catalog)
		if err != nil {
			return nil, err
		}
		return []*record.Changeset{c}, nil
	case "none":
		ladder, err := p.ladder(ctx)
		if err != nil {
			return nil, err
		}
		return []*record.Changeset{ladder}, nil
	}
	source := yamlsource.Paths(p.config.Catalogue)
	ladder, err := p.ladder(ctx)
	if err != nil {
		return nil, err
	}
	bare, err := source.Read(ctx, loader.Input{Catalog: p.catalog, Name: yamlsource.ShippedName})
	if err != nil {
		return nil, err
	}
	if bare.Counts[levelType] > 0 {
		// The catalogue brings a ladder of its own, and it alone counts.
		r, err := p.readCatalogue(ctx, source, nil)
		if err != nil {
			return nil, err
		}
		r.Changeset.Replace = append(r.Changeset.Replace, ladderSource)
		return []*record.Changeset{r.Changeset}, nil
	}
	r, err := p.readCatalogue(ctx, source, loader.Spoken(ladder))
	if err != nil {
		return nil, err
	}
	return []*record.Changeset{ladder, r.Changeset}, nil
}

const (
	// ladderSource says the Traffic Light Protocol where no catalogue has levels.
	ladderSource = "ladder"
	levelType    = "ConfidentialityLevel"
)

// ladder is the Traffic Light Protocol alone, for maps that start without a
// catalogue that has levels.
func (p *program) ladder(ctx context.Context) (*record.Changeset, error) {
	r, err := p.readCatalogue(ctx, yamlsource.FS(catalogue.Ladder(), "catalogue"), nil)
	if err != nil {
		return nil, err
	}
	r.Changeset.ID = "ladder:" + r.Hash
	for i := range r.Changeset.Say {
		r.Changeset.Say[i].Source = ladderSource
	}
	r.Changeset.Replace = []string{ladderSource}
	return r.Changeset, nil
}

// keyed is a record of which the key is asked.
type keyed struct{ Key string }

// known are the ids of all records of the map, page by page.
func (p *program) known(ctx context.Context, s session) ([]record.ID, error) {
	var ids []record.ID
	for _, t := range p.catalog.Types {
		if t.Interface {
			continue
		}
		err := pages(ctx, s, t.Plural, "key", func(n keyed) { ids = append(ids, record.ID{Type: t.Name, Key: n.Key}) })
		if err != nil {
			return nil, err
		}
	}
	return ids, nil
}

// has are those of some records that the map has.
func (p *program) has(ctx context.Context, s session, ids []record.ID) (map[record.ID]bool, error) {
	there := map[record.ID]bool{}
	for some := range slices.Chunk(ids, 100) {
		texts := make([]string, len(some))
		for i, id := range some {
			texts[i] = id.String()
		}
		data, err := answered[struct{ Nodes []*struct{ ID string } }](ctx, s, "the records",
			"query($ids: [ID!]!) { nodes(ids: $ids) { id } }", map[string]any{"ids": texts})
		if err != nil {
			return nil, err
		}
		for _, n := range data.Nodes {
			if n == nil {
				continue
			}
			if id, ok := record.ParseID(n.ID); ok {
				there[id] = true
			}
		}
	}
	return there, nil
}
