package report

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
)

// Ask answers a GraphQL request over HTTP with the body of its response.
type Ask func(ctx context.Context, request []byte) ([]byte, error)

// ask asks one operation and decodes its data. Errors of the answer come back as one
// error with the code of the first.
func ask[T any](ctx context.Context, by Ask, operation string, variables map[string]any) (T, error) {
	var response struct {
		Data   T `json:"data"`
		Errors []struct {
			Message    string `json:"message"`
			Extensions struct {
				Code string `json:"code"`
			} `json:"extensions"`
		} `json:"errors"`
	}
	request, err := json.Marshal(map[string]any{"query": operation, "variables": variables})
	if err != nil {
		return response.Data, err
	}
	body, err := by(ctx, request)
	if err != nil {
		return response.Data, err
	}
	if err := json.Unmarshal(body, &response); err != nil {
		return response.Data, fmt.Errorf("the answer is no JSON: %w", err)
	}
	if len(response.Errors) > 0 {
		messages := make([]string, 0, len(response.Errors))
		for _, e := range response.Errors {
			messages = append(messages, e.Message)
		}
		return response.Data, fault.New(fault.Code(response.Errors[0].Extensions.Code), "%s", strings.Join(messages, "\n"))
	}
	return response.Data, nil
}

// given are the variables that have a value.
func given(variables map[string]any) map[string]any {
	out := map[string]any{}
	for name, value := range variables {
		switch v := value.(type) {
		case string:
			if v != "" {
				out[name] = v
			}
		case []string:
			if v != nil {
				out[name] = v
			}
		case []map[string]string:
			if v != nil {
				out[name] = v
			}
		default:
			out[name] = v
		}
	}
	return out
}
