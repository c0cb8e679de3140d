package graph

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/mutation"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// mutate does the mutations of an operation one after the other. What the payload of
// each asks for is read after it was written, under the guard of whoever asks.
func (e *execution) mutate(ctx context.Context) error {
	for i, f := range e.op.Fields {
		if f.Question == nil {
			continue
		}
		err := e.write(ctx, i, f.Question)
		if err == nil {
			continue
		}
		if fatal(err) {
			return err
		}
		e.errors = append(e.errors, e.presentWrite(ctx, err, ast.Path{ast.PathName(f.Key)})...)
	}
	return nil
}

// write does one mutation and reads its payload.
func (e *execution) write(ctx context.Context, index int, q *compile.Question) error {
	in, _ := q.Args["input"].(map[string]any)
	result, err := e.config.Mutations.Write(ctx, mutation.Call{
		Name: q.Name, Input: in, Viewer: ViewerFrom(ctx), Now: e.op.Plan.For().Now, Request: RequestID(ctx), Read: e.readOwn,
	})
	if err != nil {
		return err
	}
	a := &asked{question: q, value: result}
	err = e.viewing(ctx, func() (err error) {
		a.joined, err = e.join(ctx, q, result)
		return err
	})
	if err == nil {
		e.results[index] = a
	}
	return err
}

// readOwn answers one of the server's own operations as whoever asks.
func (e *execution) readOwn(ctx context.Context, document *compile.Document, variables map[string]any, into any) error {
	guard := e.op.Plan.For()
	op, err := document.Compile(compile.Request{Viewer: guard.Viewer, Now: guard.Now, Variables: variables})
	if err != nil {
		return err
	}
	own := &execution{Schema: e.Schema, oc: e.oc, op: op, event: e.event, results: map[int]*asked{}}
	var data json.RawMessage
	err = own.viewing(ctx, func() (err error) {
		if own.rows, err = own.view.Run(ctx, op.Plan); err != nil {
			return err
		}
		for i, f := range op.Fields {
			if f.Question == nil {
				continue
			}
			if err := own.ask(ctx, i, f.Question); err != nil {
				return err
			}
		}
		data, err = own.encode(ctx)
		return err
	})
	if err != nil {
		return err
	}
	if len(own.errors) > 0 {
		return own.errors
	}
	defer buffers.put(&buffer{data})
	return json.Unmarshal(data, into)
}

// presentWrite makes an error for each thing that is wrong with an input.
func (s *Schema) presentWrite(ctx context.Context, err error, path ast.Path) gqlerror.List {
	problems, ok := errors.AsType[mutation.InputErrors](err)
	if !ok {
		return gqlerror.List{s.present(ctx, err, path)}
	}
	var out gqlerror.List
	for _, p := range problems {
		out = append(out, &gqlerror.Error{
			Message: shortened(p.Message), Path: path, Extensions: map[string]any{"code": string(p.Code), "field": p.Field},
		})
	}
	return out
}
