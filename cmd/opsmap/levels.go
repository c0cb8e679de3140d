package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
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
			ConfidentialityLevels struct{ Nodes []access.Level }
		}
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(answer, &response); err != nil {
		return nil, fmt.Errorf("the store's answer cannot be read: %w", err)
	}
	if response.Data == nil {
		return nil, fault.New(fault.Unavailable, "the levels could not be read: %v", response.Errors)
	}
	return access.NewLadder(response.Data.ConfidentialityLevels.Nodes), nil
}
