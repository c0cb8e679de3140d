package main

import (
	"context"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/record"
)

// levels reads the ladder of the map that a session reaches.
func (p *program) levels(ctx context.Context, s session) (access.Ladder, error) {
	data, err := answered[struct {
		ConfidentialityLevels struct{ Nodes []access.Level }
	}](ctx, s, "the levels",
		"{ confidentialityLevels(first: 100) { nodes { key rank needsAudience unlabelled } } }", nil)
	if err != nil {
		return nil, err
	}
	return access.NewLadder(data.ConfidentialityLevels.Nodes), nil
}

// venuesQuery reads what is under the Chatham House Rule, a page at a time.
const venuesQuery = `query($meetings: String, $series: String) {
  meetings(first: 100, after: $meetings, where: {or: [{chathamHouse: {eq: true}}, {series: {chathamHouse: {eq: true}}}]}) {
    nodes { key } pageInfo { hasNextPage endCursor }
  }
  series: seriesList(first: 100, after: $series, where: {chathamHouse: {eq: true}}) { nodes { key } pageInfo { hasNextPage endCursor } }
}`

// venues are the meetings and series of the map that are under the Chatham House
// Rule.
func (p *program) venues(ctx context.Context, s session) ([]record.ID, error) {
	var ids []record.ID
	variables := map[string]any{}
	for {
		data, err := answered[struct{ Meetings, Series asking.Page[keyed] }](ctx, s, "the meetings", venuesQuery, variables)
		if err != nil {
			return nil, err
		}
		more := false
		for name, page := range map[string]*asking.Page[keyed]{"meetings": &data.Meetings, "series": &data.Series} {
			for _, n := range page.Nodes {
				ids = append(ids, record.ID{Type: map[string]string{"meetings": "Meeting", "series": "Series"}[name], Key: n.Key})
			}
			if page.PageInfo.EndCursor != "" {
				variables[name] = page.PageInfo.EndCursor
			}
			more = more || page.PageInfo.HasNextPage
		}
		if !more {
			return ids, nil
		}
	}
}
