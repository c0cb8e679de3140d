package graph

import (
	"context"
	"errors"
	"maps"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// bytesPerByte is how much memory the tree of a document takes for each byte of its
// text, at the most; TestDocumentsAreKeptWithinBytes holds it to that.
const bytesPerByte = 60

// preparer turns request text into a valid document. It stands in for gqlgen's own
// preparation, which has no place between parsing and validating, where documents
// that are dear to validate have to be refused.
type preparer struct {
	schema *ast.Schema
	limits DocumentLimits
	// documents by their text, texts by their hash.
	documents *byteCache[*ast.QueryDocument]
	texts     *byteCache[string]
}

func newPreparer(schema *ast.Schema, limits DocumentLimits) *preparer {
	return &preparer{
		schema: schema, limits: limits,
		documents: newByteCache[*ast.QueryDocument](limits.Cache), texts: newByteCache[string](limits.Cache),
	}
}

// find finds the document and the operation of a request; the errors are of these,
// never of variables.
func (p *preparer) find(ctx context.Context, k *known) gqlerror.List {
	if err := p.persisted(ctx, k.request); err != nil {
		return gqlerror.List{err}
	}
	doc, errs := p.document(k.request.Query)
	if errs != nil {
		return errs
	}
	p.persist(ctx, k.request)
	op := doc.Operations.ForName(k.request.OperationName)
	if op == nil {
		return gqlerror.List{badOperation(doc, k.request.OperationName)}
	}
	k.document, k.operation = doc, op
	return nil
}

// context is gqlgen's operation context of the request.
func (k *known) context() *graphql.OperationContext {
	return &graphql.OperationContext{
		RawQuery: k.request.Query, OperationName: k.request.OperationName, Doc: k.document, Operation: k.operation,
		Variables: maps.Clone(k.request.Variables), RecoverFunc: graphql.DefaultRecover,
		ResolverMiddleware:     func(ctx context.Context, next graphql.Resolver) (any, error) { return next(ctx) },
		RootResolverMiddleware: func(ctx context.Context, next graphql.RootResolver) graphql.Marshaler { return next(ctx) },
		Stats:                  graphql.Stats{OperationStart: graphql.Now()},
	}
}

func badOperation(doc *ast.QueryDocument, name string) *gqlerror.Error {
	if name == "" {
		return coded(gqlerror.Errorf("the document has %d operations; name one in operationName", len(doc.Operations)))
	}
	return coded(gqlerror.Errorf("the document has no operation %q", name))
}

func (p *preparer) document(text string) (*ast.QueryDocument, gqlerror.List) {
	if doc, known := p.documents.get(text); known {
		return doc, nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, p.limits.Tokens)
	if err != nil {
		return nil, gqlerror.List{p.unparsed(err)}
	}
	if len(doc.Operations) == 0 {
		return nil, gqlerror.List{coded(gqlerror.Errorf("the document holds no operation"))}
	}
	if err := guardDocument(doc, p.limits); err != nil {
		return nil, gqlerror.List{err}
	}
	if errs := validator.ValidateWithRules(p.schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		errs = errs[:min(len(errs), maxErrors)]
		for i := range errs {
			errs[i] = coded(errs[i])
		}
		locate(doc, errs)
		return nil, errs
	}
	p.documents.add(text, doc, len(text)*bytesPerByte+entryOverhead)
	return doc, nil
}

// maxErrors is how many mistakes of one document are reported.
const maxErrors = 10

// unparsed is the error of a text that is no document. The parser's own error for
// one that is too long has no kind to tell it by.
func (p *preparer) unparsed(err error) *gqlerror.Error {
	if strings.Contains(err.Error(), "exceeded token limit") {
		return tooMuch("tokens", p.limits.Tokens)
	}
	if strings.Contains(err.Error(), "exceeded maximum nesting depth") {
		return tooMuch("levels of nesting", p.limits.Nesting)
	}
	if e, ok := errors.AsType[*gqlerror.Error](err); ok {
		return coded(e)
	}
	return coded(gqlerror.Errorf("%s", err.Error()))
}

func limitError(err error) *gqlerror.Error {
	return &gqlerror.Error{Message: fault.Message(err), Extensions: map[string]any{"code": string(fault.CodeOf(err))}}
}

// maxMessage is how long a message may be that repeats what a client sent.
const maxMessage = 500

func shortened(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.ToValidUTF8(message[:maxMessage], "") + "…"
}

// codeInvalid is the code of documents that are no valid GraphQL for this schema.
const codeInvalid = "GRAPHQL_VALIDATION_FAILED"

func coded(e *gqlerror.Error) *gqlerror.Error {
	if e.Extensions == nil {
		e.Extensions = map[string]any{}
	}
	delete(e.Extensions, "file")
	e.Message = shortened(e.Message)
	e.Extensions["code"] = codeInvalid
	return e
}
