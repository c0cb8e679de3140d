package graph

import (
	"context"
	"errors"
	"maps"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Documents that were valid once are kept, as many and as large as this.
const (
	cachedDocuments    = 512
	cachedDocumentSize = 16 << 10
)

// preparer turns request text into a valid document. It stands in for gqlgen's own
// preparation, which has no place between parsing and validating, where documents
// that are dear to validate have to be refused.
type preparer struct {
	schema *ast.Schema
	cache  *lru.Cache[string, *ast.QueryDocument]
}

func newPreparer(schema *ast.Schema) *preparer {
	cache, err := lru.New[string, *ast.QueryDocument](cachedDocuments)
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return &preparer{schema: schema, cache: cache}
}

// find finds the document and the operation of a request; the errors are of these,
// never of variables.
func (p *preparer) find(k *known) gqlerror.List {
	doc, errs := p.document(k.request.Query)
	if errs != nil {
		return errs
	}
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
	if doc, known := p.cache.Get(text); known {
		return doc, nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, maxTokens)
	if err != nil {
		return nil, gqlerror.List{unparsed(err)}
	}
	if len(doc.Operations) == 0 {
		return nil, gqlerror.List{coded(gqlerror.Errorf("the document holds no operation"))}
	}
	if err := guardDocument(doc); err != nil {
		return nil, gqlerror.List{limitError(err)}
	}
	if errs := validator.ValidateWithRules(p.schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		for i := range errs {
			errs[i] = coded(errs[i])
		}
		return nil, errs[:min(len(errs), maxErrors)]
	}
	if len(text) <= cachedDocumentSize {
		p.cache.Add(text, doc)
	}
	return doc, nil
}

// maxErrors is how many mistakes of one document are reported.
const maxErrors = 10

// unparsed is the error of a text that is no document. The parser's own error for
// one that is too long has no kind to tell it by.
func unparsed(err error) *gqlerror.Error {
	if strings.Contains(err.Error(), "exceeded token limit") {
		return limitError(tooMuch("tokens", maxTokens))
	}
	if e, ok := errors.AsType[*gqlerror.Error](err); ok {
		return coded(e)
	}
	return coded(gqlerror.Errorf("%s", err.Error()))
}

func limitError(err error) *gqlerror.Error {
	return &gqlerror.Error{Message: fault.Message(err), Extensions: map[string]any{"code": string(fault.CodeOf(err))}}
}

// codeInvalid is the code of documents that are no valid GraphQL for this schema.
const codeInvalid = "GRAPHQL_VALIDATION_FAILED"

func coded(e *gqlerror.Error) *gqlerror.Error {
	if e.Extensions == nil {
		e.Extensions = map[string]any{}
	}
	delete(e.Extensions, "file")
	e.Extensions["code"] = codeInvalid
	return e
}
