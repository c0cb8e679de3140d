package schema

import (
	"errors"
	"fmt"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// derive writes the schema that is served from the model's own and parses it
// again, so that what clients see is what was checked.
func (c *Catalog) derive(doc *ast.SchemaDocument) error {
	w := &writer{catalog: c}
	w.line(`# The schema opsmap serves: the model in schema/*.graphql with its connections,
# filters and orders written out.
`)
	w.served(doc)
	w.connections(doc)
	w.groups()
	w.search()
	w.filters()
	w.orders()
	c.sdl = w.String()
	served, err := gqlparser.LoadSchema(&ast.Source{Name: "opsmap schema", Input: c.sdl})
	if err != nil {
		return modelMistake(err, c.sdl)
	}
	// The parser's prelude has it; nothing here answers in parts.
	delete(served.Directives, "defer")
	c.Served = served
	return nil
}

// modelMistake reports a model whose derived schema is not valid: a domain field
// that names a type nobody declared, for example.
func modelMistake(err error, sdl string) error {
	var g *gqlerror.Error
	if errors.As(err, &g) && len(g.Locations) > 0 {
		return &ModelError{Problems: []string{fmt.Sprintf("opsmap schema:%d: %s; the line is %q", g.Locations[0].Line, g.Message, lineOf(sdl, g.Locations[0].Line))}}
	}
	return &ModelError{Problems: []string{"opsmap schema: " + err.Error()}}
}

func lineOf(text string, n int) string {
	start := 0
	for i := range len(text) {
		if text[i] != '\n' {
			continue
		}
		if n--; n == 0 {
			return text[start:i]
		}
		start = i + 1
	}
	return text[start:]
}

// Names that are derived from a type's.

// ConnectionName is the type of a connection to t.
func ConnectionName(t string) string { return t + "Connection" }

// WhereName is the filter input of t.
func WhereName(t string) string { return t + "Where" }

// LinksName is the filter input of a link to many t.
func LinksName(t string) string { return t + "Links" }

// OrderName is the order input of t.
func OrderName(t string) string { return t + "Order" }

// FilterName is the filter input of values of a field's kind.
func FilterName(f *Field) string {
	name := string(f.Kind)
	switch f.Kind {
	case EnumKind:
		name = f.Enum.Name
	case Object:
		name = f.Object.Name
	}
	if f.List {
		return name + "ListFilter"
	}
	return name + "Filter"
}
