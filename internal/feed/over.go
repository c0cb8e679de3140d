package feed

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/open-operations/opsmap/internal/fault"
)

// Over asks by GraphQL over HTTP: query answers a request with the body of its
// response. Errors of an answer come back as one with the code of the first.
func Over(query func(ctx context.Context, request []byte) ([]byte, error)) Ask {
	return func(ctx context.Context, operation string, variables map[string]any) (json.RawMessage, error) {
		request, err := json.Marshal(map[string]any{"query": operation, "variables": variables})
		if err != nil {
			return nil, err
		}
		response, err := query(ctx, request)
		if err != nil {
			return nil, err
		}
		var answer struct {
			Data   json.RawMessage `json:"data"`
			Errors []struct {
				Message    string `json:"message"`
				Extensions struct {
					Code string `json:"code"`
				} `json:"extensions"`
			} `json:"errors"`
		}
		if err := json.Unmarshal(response, &answer); err != nil {
			return nil, errors.New("BUG: an answer that is no JSON")
		}
		if len(answer.Errors) > 0 {
			return nil, fault.New(fault.Code(answer.Errors[0].Extensions.Code), "%s", answer.Errors[0].Message)
		}
		return answer.Data, nil
	}
}
