package main

import (
	"context"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/fault"
)

// answered is what the map answers to one of the program's own operations, all of it;
// what says in an error what could not be read.
func answered[T any](ctx context.Context, s session, what, operation string, variables map[string]any) (T, error) {
	data, errs, err := asking.Partly[T](ctx, s.Query, operation, variables)
	if err == nil && len(errs) > 0 {
		err = fault.New(fault.Unavailable, "%s could not be read: %s", what, errs)
	}
	return data, err
}

// pages asks for all records of a connection, a hundred at a time, and hands over each
// node. The connection may have arguments: topics(where: {…}).
func pages[T any](ctx context.Context, s session, connection, selection string, each func(T)) error {
	name, arguments, _ := strings.Cut(strings.TrimSuffix(connection, ")"), "(")
	operation := "query($after: String) { page: " + name + "(first: 100, after: $after " + arguments + ") { nodes { " + selection + " } pageInfo { hasNextPage endCursor } } }"
	for after := any(nil); ; {
		data, err := answered[struct{ Page asking.Page[T] }](ctx, s, "the store", operation, map[string]any{"after": after})
		if err != nil {
			return err
		}
		for _, n := range data.Page.Nodes {
			each(n)
		}
		if !data.Page.PageInfo.HasNextPage {
			return nil
		}
		after = data.Page.PageInfo.EndCursor
	}
}
