package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// levels reads the ladder of the map that a session reaches.
func (p *program) levels(ctx context.Context, s session) (access.Ladder, error) {
	request, err := json.Marshal(map[string]string{
		"query": "{ confidentialityLevels(first: 100) { nodes { key rank needsAudience unlabelled } } }",
	})
	if err != nil {
		return nil, err
	}
	answer, err := s.Query(ctx, request)
	if err != nil {
		return nil, err
	}
	var response struct {
		Data *struct {
			ConfidentialityLevels struct {
				Nodes []access.Level `json:"nodes"`
			} `json:"confidentialityLevels"`
		} `json:"data"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		return nil, fmt.Errorf("the store's answer cannot be read: %w", err)
	}
	if response.Data == nil {
		return nil, fault.New(fault.Unavailable, "the levels could not be read: %v", response.Errors)
	}
	return access.NewLadder(response.Data.ConfidentialityLevels.Nodes), nil
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
		request, err := json.Marshal(map[string]any{"query": venuesQuery, "variables": variables})
		if err != nil {
			return nil, err
		}
		answer, err := s.Query(ctx, request)
		if err != nil {
			return nil, err
		}
		var response struct {
			Data *struct {
				Meetings keys `json:"meetings"`
				Series   keys `json:"series"`
			} `json:"data"`
			Errors []struct {
				Message string `json:"message"`
			} `json:"errors"`
		}
		if err := json.Unmarshal(answer, &response); err != nil {
			return nil, fmt.Errorf("the store's answer cannot be read: %w", err)
		}
		if response.Data == nil {
			return nil, fault.New(fault.Unavailable, "the meetings could not be read: %v", response.Errors)
		}
		more := false
		for name, page := range map[string]*keys{"meetings": &response.Data.Meetings, "series": &response.Data.Series} {
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
