package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/open-operations/opsmap/internal/audit"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/question"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Exec answers the operation in ctx.
func (s *Schema) Exec(ctx context.Context) graphql.ResponseHandler {
	response := s.answer(ctx, graphql.GetOperationContext(ctx))
	once := graphql.OneShot(response)
	return func(ctx context.Context) *graphql.Response {
		for name, value := range response.Extensions {
			// gqlgen takes them from the context only.
			graphql.RegisterExtension(ctx, name, value)
		}
		return once(ctx)
	}
}

// execution is one operation on its way to an answer.
type execution struct {
	*Schema
	oc   *graphql.OperationContext
	op   *compile.Operation
	view engine.View
	// event is nil without an audit log.
	event *audit.Event
	rows  *plan.Answer
	// results of the questions, by the index of their field.
	results   map[int]*asked
	errors    gqlerror.List
	explained *Explanation
}

// asked is a question's result with the records it refers to.
type asked struct {
	question *compile.Question
	value    any
	// joined has, for each join, the rows by the id of their record.
	joined []map[record.ID]plan.Row
}

// answer answers an operation and, where there is an audit log, notes it there
// before anybody is told.
func (s *Schema) answer(ctx context.Context, oc *graphql.OperationContext) *graphql.Response {
	if s.config.Audit == nil {
		return s.reply(ctx, oc, nil)
	}
	event := &audit.Event{
		Kind: audit.Query, Request: RequestID(ctx), Viewer: audit.Of(ViewerFrom(ctx)),
		Operation: audit.Hash(withoutValues(oc.RawQuery)), Fields: rootFields(oc.Operation.SelectionSet, nil),
	}
	response := s.reply(ctx, oc, event)
	event.Bytes = len(response.Data)
	for _, e := range response.Errors {
		code, _ := e.Extensions["code"].(string)
		event.Failed(fault.Code(code))
	}
	if err := s.config.Audit.Write(*event); err != nil {
		return &graphql.Response{Errors: gqlerror.List{s.present(ctx, err, nil)}}
	}
	return response
}

// rootFields are the names that the schema has for what is asked at the root, each
// once.
func rootFields(set ast.SelectionSet, names []string) []string {
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			if !slices.Contains(names, selection.Name) {
				names = append(names, selection.Name)
			}
		case *ast.InlineFragment:
			names = rootFields(selection.SelectionSet, names)
		case *ast.FragmentSpread:
			if selection.Definition != nil {
				names = rootFields(selection.Definition.SelectionSet, names)
			}
		}
	}
	return names
}

// reply answers an operation; event, where it is not nil, notes what was read.
func (s *Schema) reply(ctx context.Context, oc *graphql.OperationContext, event *audit.Event) (response *graphql.Response) {
	ctx, cancel := context.WithTimeout(ctx, s.config.Deadline)
	defer cancel()
	defer func() {
		if r := recover(); r != nil {
			err := fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			response = &graphql.Response{Errors: gqlerror.List{s.present(ctx, err, nil)}}
		}
	}()
	if !s.serves(oc.Operation.Operation) {
		err := fault.New(fault.BadInput, "this server answers queries; %s is not one", oc.Operation.Operation)
		return &graphql.Response{Errors: gqlerror.List{s.present(ctx, err, nil)}}
	}
	op, failed := s.compiled(ctx, oc)
	if failed != nil {
		return &graphql.Response{Errors: gqlerror.List{s.presentCompiled(ctx, failed)}}
	}
	e := &execution{Schema: s, oc: oc, op: op, event: event, results: map[int]*asked{}}
	if err := e.run(ctx); err != nil {
		return &graphql.Response{Errors: gqlerror.List{s.present(ctx, err, nil)}}
	}
	data, err := e.encode(ctx)
	if e.rows.Done != nil && len(e.results) == 0 {
		e.rows.Done()
	}
	if err != nil {
		return &graphql.Response{Errors: gqlerror.List{s.present(ctx, err, nil)}}
	}
	return &graphql.Response{Data: data, Errors: e.errors, Extensions: e.extensions(ctx)}
}

// extensions are what the request wants beside the answer.
func (e *execution) extensions(ctx context.Context) map[string]any {
	out := map[string]any{}
	if wantedOf(ctx).cost {
		out["cost"] = e.op.Cost
	}
	switch {
	case !wantedOf(ctx).explain:
	case !explains(ViewerFrom(ctx)):
		out["explain"] = &Explanation{Refused: "how an answer comes about is shown to curators and owners"}
	case e.explained != nil:
		out["explain"] = e.explained
	}
	return out
}

// compiled is the operation for who asks now. What it is compiled to does not
// depend on them, so that it is compiled once where the request is kept.
func (s *Schema) compiled(ctx context.Context, oc *graphql.OperationContext) (*compile.Operation, *gqlerror.Error) {
	known, _ := ctx.Value(knownKey).(*known)
	var op *compile.Operation
	if known != nil {
		op = known.compiled.Load()
	}
	if op == nil {
		var err *gqlerror.Error
		if op, err = compile.Compile(s.request(ctx, oc)); err != nil {
			return nil, err
		}
		if known != nil {
			known.compiled.Store(op)
		}
	}
	mine := *op
	mine.Plan = op.Plan.Under(ViewerFrom(ctx), s.config.Now().UTC())
	return &mine, nil
}

// request leaves out who asks: an operation that is run without Under shows what
// everybody may see.
func (s *Schema) request(ctx context.Context, oc *graphql.OperationContext) compile.Request {
	variables := oc.Variables
	if k, ok := ctx.Value(knownKey).(*known); ok {
		// gqlgen has changed its own.
		variables = k.request.Variables
	}
	return compile.Request{
		Catalog: s.config.Catalog, Document: oc.Doc, Operation: oc.Operation, Variables: variables,
		Limits: s.config.Limits,
	}
}

// serves reports whether operations of a kind are answered here.
func (s *Schema) serves(kind ast.Operation) bool {
	return kind != ast.Mutation || s.config.Mutations != nil
}

// run reads everything the answer needs from one view of the map.
func (e *execution) run(ctx context.Context) error {
	if e.oc.Operation.Operation == ast.Mutation {
		e.rows = &plan.Answer{}
		return e.mutate(ctx)
	}
	if len(e.op.Plan.Roots) == 0 && !e.hasQuestions() {
		e.rows = &plan.Answer{}
		return nil
	}
	return e.viewing(ctx, func() error {
		if wantedOf(ctx).explain && explains(ViewerFrom(ctx)) {
			return e.answerAndExplain(ctx)
		}
		return e.answerRoots(ctx)
	})
}

// viewing opens a view of the map as it is now for work.
func (e *execution) viewing(ctx context.Context, work func() error) error {
	view, err := e.config.Engine.Read(ctx)
	if err != nil {
		return err
	}
	defer view.Close() //nolint:errcheck // a view only reads; there is nothing to lose
	if e.event != nil {
		view = audit.NewView(view, e.config.Catalog, e.event)
	}
	e.view = view
	return work()
}

// answerRoots reads the fields that are reads and asks the questions.
func (e *execution) answerRoots(ctx context.Context) (err error) {
	if e.rows, err = e.view.Run(ctx, e.op.Plan); err != nil {
		return err
	}
	for i, f := range e.op.Fields {
		if f.Question == nil {
			continue
		}
		if err := e.ask(ctx, i, f.Question); err != nil {
			if fatal(err) {
				return err
			}
			e.errors = append(e.errors, e.present(ctx, err, ast.Path{ast.PathName(f.Key)}))
		}
	}
	return nil
}

// fatal errors are about the store or the request as a whole, not about a field.
func fatal(err error) bool {
	switch fault.CodeOf(err) {
	case fault.Unavailable, fault.Timeout:
		return true
	default:
		return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
	}
}

func (e *execution) hasQuestions() bool {
	for _, f := range e.op.Fields {
		if f.Question != nil {
			return true
		}
	}
	return false
}

// ask lets Go answer a question and reads the records its result names.
func (e *execution) ask(ctx context.Context, index int, q *compile.Question) error {
	where := map[string][]string{}
	for name, root := range q.Where {
		keys := []string{}
		for _, row := range e.rows.Sets[root].Rows {
			keys = append(keys, row.Cells[0].(string))
		}
		where[name] = keys
	}
	value, err := e.config.Questions.Ask(ctx, question.Call{
		Name: q.Name, Args: q.Args, Where: where, View: e.view, Guard: e.op.Plan.For(),
		Paging: pagingOf(q.Answer), Answer: &q.Answer,
	})
	if err != nil {
		return err
	}
	a := &asked{question: q, value: value}
	if a.joined, err = e.join(ctx, q, value); err != nil {
		return err
	}
	e.results[index] = a
	return nil
}

// join is how the records that join reads are written.
func (a *asked) join(i int) *compile.Record { return a.question.Joins[i].Record }

func pagingOf(out compile.ResultOut) *compile.Paging {
	if out.Connection == nil {
		return nil
	}
	return &out.Connection.Paging
}

// join reads the records that a result refers to, one read for each place that
// asks for some.
func (e *execution) join(ctx context.Context, q *compile.Question, value any) ([]map[record.ID]plan.Row, error) {
	refs := make([][]record.ID, len(q.Joins))
	collectRefs(&q.Answer, value, refs)
	p := &plan.Plan{Guard: e.op.Plan.Guard, Asker: e.op.Plan.Asker, Params: append([]any(nil), e.op.Plan.Params...)}
	var asked []int
	for i, j := range q.Joins {
		if len(refs[i]) == 0 {
			continue
		}
		asked = append(asked, i)
		read := *j.Read
		p.Params = append(p.Params, distinct(refs[i]))
		read.From = plan.FromIDs{Type: j.Type, IDs: plan.Param(len(p.Params) - 1)}
		p.Roots = append(p.Roots, &read)
	}
	joined := make([]map[record.ID]plan.Row, len(q.Joins))
	if len(p.Roots) == 0 {
		return joined, nil
	}
	answer, err := e.view.Run(ctx, p)
	if err != nil {
		return nil, err
	}
	for n, set := range answer.Sets {
		i := asked[n]
		joined[i] = make(map[record.ID]plan.Row, len(set.Rows))
		for _, row := range set.Rows {
			key := row.Cells[len(row.Cells)-1].(string)
			joined[i][record.ID{Type: row.Type.Name, Key: key}] = row
		}
	}
	return joined, nil
}

func distinct(ids []record.ID) []record.ID {
	seen := map[record.ID]bool{}
	out := make([]record.ID, 0, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

// collectRefs finds the records a result names, by the join that will read them.
func collectRefs(out *compile.ResultOut, value any, refs [][]record.ID) {
	switch v := value.(type) {
	case record.ID:
		if join := out.JoinOf(v.Type); join >= 0 {
			refs[join] = append(refs[join], v)
		}
	case []any:
		for _, item := range v {
			collectRefs(out, item, refs)
		}
	case question.Result:
		for i := range out.Result {
			collectRefs(&out.Result[i], v[out.Result[i].Name], refs)
		}
	case *question.Page:
		for _, part := range out.Connection.Parts {
			collectPage(part, v, refs)
		}
	}
}

func collectPage(part compile.ResultPart, page *question.Page, refs [][]record.ID) {
	for _, item := range page.Items {
		for i := range part.Node {
			collectRefs(&part.Node[i], item.Result[part.Node[i].Name], refs)
		}
		for _, edge := range part.Edge {
			for i := range edge.Node {
				collectRefs(&edge.Node[i], item.Result[edge.Node[i].Name], refs)
			}
		}
	}
}
