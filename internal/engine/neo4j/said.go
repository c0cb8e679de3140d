package neo4j

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
)

// The names of sources are indexed as indexable made them, a long one by its hash;
// s.source has the name itself.
const (
	underText = `UNWIND $rows AS prefix
MATCH (s:_Statement) WHERE s.by STARTS WITH ('=' + prefix) OR (s.by STARTS WITH '#' AND s.source STARTS WITH prefix)
`
	saidUnderText    = underText + "RETURN DISTINCT s.record, s.source, s.fields, s.links, s.class, s.edit, s.revision"
	sourcesUnderText = underText + "RETURN DISTINCT s.source"
)

// Sources are the names of all sources that begin with a prefix and say something.
func (e *Engine) Sources(ctx context.Context, prefix string) ([]string, error) {
	var sources []string
	err := e.reading(ctx, func(run runner) error {
		sources = nil
		return batches(ctx, run, sourcesUnderText, []string{prefix}, func(row []any) error {
			if source, _ := row[0].(string); source != "" {
				sources = append(sources, source)
			}
			return nil
		})
	})
	slices.Sort(sources)
	return sources, err
}

// Said are the statements of the sources whose names begin with one of prefixes, about
// some records where they are given.
func (e *Engine) Said(ctx context.Context, prefixes []string, about ...record.ID) ([]record.Packed, error) {
	type key struct {
		source string
		id     record.ID
	}
	var said []record.Packed
	err := e.reading(ctx, func(run runner) error {
		said = nil
		seen := map[key]bool{}
		table, err := e.refresh(ctx, run)
		if err != nil {
			return err
		}
		tx := &transaction{engine: e, run: run, table: table.Table}
		text, rows := saidUnderText, prefixes
		if len(about) > 0 {
			text, rows = statementsText, textsOf(about)
		}
		return batches(ctx, run, text, rows, func(row []any) error {
			s, err := tx.readSaid(row)
			if err != nil {
				return err
			}
			typ, at := e.config.Catalog.Type(s.ID.Type), key{s.Source, s.ID}
			under := func(prefix string) bool { return strings.HasPrefix(s.Source, prefix) }
			if typ == nil || seen[at] || !slices.ContainsFunc(prefixes, under) {
				return nil
			}
			seen[at] = true
			said = append(said, *s.Packed)
			return nil
		})
	})
	slices.SortFunc(said, func(a, b record.Packed) int {
		return cmp.Or(strings.Compare(a.Source, b.Source), strings.Compare(a.ID.Type, b.ID.Type), strings.Compare(a.ID.Key, b.ID.Key))
	})
	return said, err
}
