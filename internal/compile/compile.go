// Package compile turns a GraphQL operation and a viewer into a guarded plan and
// the shape its answer is written in. It is pure: no engine, no clock of its own.
//
//	document ─ variables ─> coerced values ─┐
//	selection sets ─ collect ─> fields ─────┴─> Operation{Plan, Fields}
//
// Whatever a client can get wrong in a valid document is found here, before
// anything runs, and is reported with the path of the field.
package compile

import (
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Limits bound what one operation may ask. The zero value of each means its
// default.
type Limits struct {
	// Cost of an operation: see weights.go for what is counted. Defaults to 250,000.
	Cost int
	// Depth of nested fields. Defaults to 15.
	Depth int
	// Fields after fragments are spread. Defaults to 1000.
	Fields int
	// Page is the most that first or last may ask. Defaults to 100.
	Page int
	// PageDefault is the page of a connection that names none. Defaults to 20.
	PageDefault int
	// Unpaged lets connections without first or last return everything; for the
	// server's own questions, never for a client's.
	Unpaged bool
}

func (l Limits) withDefaults() Limits {
	set := func(n *int, value int) {
		if *n == 0 {
			*n = value
		}
	}
	set(&l.Cost, 250_000)
	set(&l.Depth, 15)
	set(&l.Fields, 1000)
	set(&l.Page, 100)
	set(&l.PageDefault, min(20, l.Page))
	return l
}

// Request is what is compiled.
type Request struct {
	Catalog *schema.Catalog
	// Document has been validated against Catalog.Served.
	Document  *ast.QueryDocument
	Operation *ast.OperationDefinition
	// Variables as they came, JSON numbers as json.Number.
	Variables map[string]any
	Viewer    access.Viewer
	Now       time.Time
	Limits    Limits
}

// Operation is a compiled request.
type Operation struct {
	Plan *plan.Plan
	Cost Cost
	// Fields of the answer, in the order of the response.
	Fields []Field
}

// Field is one root field of the answer. Exactly one of its parts is set, or Err.
type Field struct {
	// Key in the response.
	Key string
	// Err is why the field is null; it has a path and a code.
	Err *gqlerror.Error
	// Set is the index of the field's read among the plan's roots; -1 for none.
	Set        int
	Connection *Connection
	// Record is a single record: the first row of Set.
	Record *Record
	// Nodes is nodes(ids:).
	Nodes *Nodes
	// Question is a field that a Go function answers.
	Question *Question
	// Introspection is __schema or __type; Typename is __typename.
	Introspection *Introspection
	Typename      string
}

// Nodes is nodes(ids:): one read per type, put together in the order asked.
type Nodes struct {
	IDs []record.ID
	// Sets maps the name of a type to its read and how its rows are written.
	Sets map[string]NodeSet
}

// NodeSet is the read of one type.
type NodeSet struct {
	Set    int
	Record *Record
}

// Introspection is a field of the meta schema with its arguments coerced.
type Introspection struct {
	Field     *ast.Field
	Variables map[string]any
}

// compiler holds one compilation.
type compiler struct {
	Request
	plan      *plan.Plan
	variables map[string]any
	// joins of the question being compiled.
	joins *[]*Join
}

// Compile makes a plan of a request. The error is about the whole operation: a
// variable that does not fit, a limit; mistakes within a root field are in that
// Field and the others are still answered.
func Compile(r Request) (*Operation, *gqlerror.Error) {
	r.Limits = r.Limits.withDefaults()
	c := &compiler{Request: r, plan: &plan.Plan{Guard: &plan.Guard{Viewer: r.Viewer, Now: r.Now}}}
	var err *gqlerror.Error
	if c.variables, err = c.coerceVariables(); err != nil {
		return nil, err
	}
	op := &Operation{Plan: c.plan}
	if !r.Limits.Unpaged {
		if op.Cost, err = c.measure(); err != nil {
			return nil, err
		}
	}
	fields, failed := c.collect(selection{sets: []ast.SelectionSet{r.Operation.SelectionSet}}, rootOf(r.Operation))
	if failed != nil {
		return nil, failed.at(nil)
	}
	for _, f := range fields {
		op.Fields = append(op.Fields, c.root(f))
	}
	if err := plan.Check(c.plan); err != nil {
		return nil, newFailure(fault.Internal, "%s", err.Error()).at(nil)
	}
	return op, nil
}

// rootOf is the type that an operation starts from.
func rootOf(op *ast.OperationDefinition) string {
	switch op.Operation {
	case ast.Mutation:
		return "Mutation"
	case ast.Subscription:
		return "Subscription"
	default:
		return "Query"
	}
}

// isRoot reports whether operations start from a type.
func isRoot(name string) bool { return name == "Query" || name == "Mutation" || name == "Subscription" }

// failure is an error on its way up to the root field; every level adds its part
// of the path.
type failure struct {
	code    fault.Code
	message string
	path    ast.Path
}

func newFailure(code fault.Code, format string, args ...any) *failure {
	e := fault.New(code, format, args...)
	return &failure{code: e.Code, message: e.Message}
}

// in adds a response key to the front of the path.
func (f *failure) in(key string) *failure {
	f.path = append(ast.Path{ast.PathName(key)}, f.path...)
	return f
}

// argument says which argument the message is about.
func (f *failure) argument(name string) *failure {
	f.message = name + ": " + f.message
	return f
}

func (f *failure) at(pos *ast.Position) *gqlerror.Error {
	e := &gqlerror.Error{Message: f.message, Path: f.path, Extensions: map[string]any{"code": string(f.code)}}
	if pos != nil {
		e.Locations = []gqlerror.Location{{Line: pos.Line, Column: pos.Column}}
	}
	return e
}
