// Package asking lets Go ask the map by GraphQL, as any client does.
package asking

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
)

// By answers a GraphQL request over HTTP with the body of its response, as the viewer
// it stands for.
type By func(ctx context.Context, request []byte) ([]byte, error)

// Errors are those of a response.
type Errors []struct {
	Message    string `json:"message"`
	Extensions struct {
		Code string `json:"code"`
	} `json:"extensions"`
}

// String is one message a line.
func (e Errors) String() string {
	messages := make([]string, len(e))
	for i := range e {
		messages[i] = e[i].Message
	}
	return strings.Join(messages, "\n")
}

// Page of a connection, as nodes { … } pageInfo { hasNextPage endCursor } gives it.
type Page[T any] struct {
	Nodes    []T `json:"nodes"`
	PageInfo struct {
		HasNextPage bool   `json:"hasNextPage"`
		EndCursor   string `json:"endCursor"`
	} `json:"pageInfo"`
}

// Data asks one operation and decodes its data. Errors of the answer come back as one
// error with the code of the first.
func Data[T any](ctx context.Context, by By, operation string, variables map[string]any) (T, error) {
	data, errs, err := Partly[T](ctx, by, operation, variables)
	if err == nil && len(errs) > 0 {
		err = fault.New(fault.Code(errs[0].Extensions.Code), "%s", errs)
	}
	return data, err
}

// Partly is Data for whoever can do with what there is of an answer that has errors.
func Partly[T any](ctx context.Context, by By, operation string, variables map[string]any) (data T, errs Errors, err error) {
	request, err := json.Marshal(map[string]any{"query": operation, "variables": variables})
	if err != nil {
		return data, nil, err
	}
	body, err := by(ctx, request)
	if err != nil {
		return data, nil, err
	}
	var response struct {
		Data   T      `json:"data"`
		Errors Errors `json:"errors"`
	}
	if err := json.Unmarshal(body, &response); err != nil {
		return data, nil, fmt.Errorf("the answer cannot be read: %w", err)
	}
	return response.Data, response.Errors, nil
}
