package schema

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

//go:embed *.graphql
var files embed.FS

// Load reads the model that ships with opsmap.
func Load() (*Catalog, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var sources []Source
	for _, e := range entries {
		text, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, err
		}
		sources = append(sources, Source{Name: "schema/" + e.Name(), Text: string(text)})
	}
	return Parse(sources...)
}

// Source is one SDL file.
type Source struct{ Name, Text string }

// Parse reads a model from its SDL files. Mistakes come back all together as a
// *ModelError.
func Parse(sources ...Source) (*Catalog, error) {
	var inputs []*ast.Source
	for _, s := range sources {
		inputs = append(inputs, &ast.Source{Name: s.Name, Input: s.Text})
	}
	doc, err := parser.ParseSchemas(inputs...)
	if err != nil {
		return nil, syntaxError(err)
	}
	b := newBuilder(doc)
	c := b.build()
	if len(b.problems) > 0 {
		slices.Sort(b.problems)
		return nil, &ModelError{Problems: slices.Compact(b.problems)}
	}
	if err := c.derive(doc); err != nil {
		return nil, err
	}
	return c, nil
}

// ModelError is everything that is wrong with a model's SDL, each problem as
// "file:line: what is wrong; what would be right".
type ModelError struct{ Problems []string }

// Error is one problem a line.
func (e *ModelError) Error() string { return strings.Join(e.Problems, "\n") }

func syntaxError(err error) error {
	var g *gqlerror.Error
	if !errors.As(err, &g) || len(g.Locations) == 0 {
		return &ModelError{Problems: []string{err.Error()}}
	}
	file, _ := g.Extensions["file"].(string)
	return &ModelError{Problems: []string{fmt.Sprintf("%s:%d: %s; right is GraphQL schema language", file, g.Locations[0].Line, g.Message)}}
}

// builder turns a parsed document into a catalog and collects what is wrong.
type builder struct {
	defs     map[string]*ast.Definition
	doc      *ast.SchemaDocument
	catalog  *Catalog
	node     *ast.Definition
	problems []string
}

func newBuilder(doc *ast.SchemaDocument) *builder {
	return &builder{
		doc:  doc,
		defs: map[string]*ast.Definition{},
		catalog: &Catalog{
			types: map[string]*Type{}, enums: map[string]*Enum{},
			objects: map[string]*ObjectType{}, sections: map[string]*Type{},
			needs: map[string]string{},
		},
	}
}

func (b *builder) problem(pos *ast.Position, format string, args ...any) {
	where := "model"
	if pos != nil && pos.Src != nil {
		where = fmt.Sprintf("%s:%d", pos.Src.Name, pos.Line)
	}
	b.problems = append(b.problems, where+": "+fmt.Sprintf(format, args...))
}

// build runs in the order in which things refer to each other.
func (b *builder) build() *Catalog {
	b.collect()
	if b.node = b.defs["Node"]; b.node == nil || b.node.Kind != ast.Interface {
		b.problem(nil, "there is no interface Node; every record has its fields")
		return b.catalog
	}
	b.enums()
	b.objects()
	b.types()
	for _, t := range b.catalog.Types {
		b.fieldsOf(t)
	}
	for _, t := range b.catalog.Types {
		b.linksOf(t)
	}
	for _, t := range b.catalog.Types {
		b.attributionsOf(t)
		b.inversesOf(t)
		b.keyOf(t)
	}
	b.vocabularies()
	b.mutations()
	b.searched()
	slices.SortFunc(b.catalog.Relations, func(x, y *Relation) int { return cmp.Compare(x.Name, y.Name) })
	return b.catalog
}

func (b *builder) collect() {
	for _, d := range b.doc.Definitions {
		if first, twice := b.defs[d.Name]; twice {
			b.problem(d.Position, "type %s is declared twice, first at %s:%d; right is one declaration", d.Name, first.Position.Src.Name, first.Position.Line)
			continue
		}
		b.defs[d.Name] = d
	}
	known := map[string]bool{}
	for _, d := range b.doc.Directives {
		known[d.Name] = true
	}
	for _, d := range b.doc.Definitions {
		b.knownDirectives(d.Directives, known)
		for _, f := range d.Fields {
			b.knownDirectives(f.Directives, known)
		}
	}
}

func (b *builder) knownDirectives(list ast.DirectiveList, known map[string]bool) {
	for _, d := range list {
		if !known[d.Name] && d.Name != "deprecated" {
			b.problem(d.Position, "unknown directive @%s%s", d.Name, b.suggest(d.Name, keysOf(known)))
		}
	}
}
