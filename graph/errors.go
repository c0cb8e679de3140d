package graph

import (
	"context"
	"errors"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// present makes the error a client sees: a message, a code and, for what is our
// own fault, nothing but the id under which the log has the rest.
func (s *Schema) present(ctx context.Context, err error, path ast.Path) *gqlerror.Error {
	err = timedOut(ctx, err)
	code := fault.CodeOf(err)
	e := &gqlerror.Error{Message: shortened(fault.Message(err)), Path: path, Extensions: map[string]any{"code": string(code)}}
	if code == fault.Internal {
		e.Extensions["requestId"] = RequestID(ctx)
		s.config.Logger.ErrorContext(ctx, "internal error", "requestId", RequestID(ctx), "error", err.Error())
	}
	return e
}

// presentCompiled hides what compile found to be our own mistake.
func (s *Schema) presentCompiled(ctx context.Context, e *gqlerror.Error) *gqlerror.Error {
	if e.Extensions["code"] != string(fault.Internal) {
		e.Message = shortened(e.Message)
		return e
	}
	return s.present(ctx, errors.New(e.Message), e.Path)
}

// timedOut names the deadline as the reason when an operation ran into it.
func timedOut(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return fault.Wrap(fault.Timeout, err, "the operation took longer than the server allows; ask for less at a time")
	}
	return err
}
