package compile

import (
	"fmt"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// Document is a parsed and validated operation of the server's own.
type Document struct {
	catalog  *schema.Catalog
	document *ast.QueryDocument
}

// Parse reads and validates a document as the server does a client's.
func Parse(c *schema.Catalog, text string) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQuery(&ast.Source{Name: "operation", Input: text})
	if err != nil {
		return nil, err
	}
	if errs := validator.ValidateWithRules(c.Served, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, errs
	}
	return doc, nil
}

// MustParse reads one of the server's own operations; it panics when it does not
// fit the catalog, which is our mistake.
func MustParse(c *schema.Catalog, text string) *Document {
	doc, err := Parse(c, text)
	if err != nil {
		panic(fmt.Sprintf("BUG: %v", err))
	}
	return &Document{catalog: c, document: doc}
}

// Compile makes a plan of it that reads without pages and limits, for r's viewer
// and clock.
func (d *Document) Compile(r Request) (*Operation, error) {
	r.Catalog, r.Document, r.Operation = d.catalog, d.document, d.document.Operations[0]
	r.Limits = Limits{Unpaged: true}
	op, err := Compile(r)
	if err != nil {
		return nil, err
	}
	for _, f := range op.Fields {
		if f.Err != nil {
			return nil, f.Err
		}
	}
	return op, nil
}
