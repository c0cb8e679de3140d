package enginetest

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// What is served comes in two kinds. The model's own lists, fields and links the
// oracle answers by itself. Everything else is asked at random by the types of its
// arguments and of its answer (random_schema.go), and is held to the other engine
// and to the same question about a viewer's share of the map, for which nobody has
// to know the answer. Whoever teaches the oracle a field names it here; from then
// on it is held to the oracle too.
var (
	// naiveRoots are fields of Query that the oracle answers beside those of the
	// model.
	naiveRoots = []string{}
	// naiveParts are fields of connections beside nodes, edges, pageInfo, totalCount.
	naiveParts = []string{}
	// naiveArguments are arguments of connections beside where, orderBy and paging.
	naiveArguments = []string{}
	// naiveMembers are fields of records, as Type.field, that are neither fields nor
	// links of the model.
	naiveMembers = []string{}
)

var (
	partsOfAll = []string{"nodes", "edges", "pageInfo", "totalCount"}
	// divisionParts are asked by random_group.go, as what they take has to fit together.
	divisionParts  = []string{"facets", "aggregate", "groups"}
	argumentsOfAll = []string{"where", "search", "orderBy", "first", "after", "last", "before"}
)

// extraRoots are the fields of Query that are not the model's own.
func (v *inventor) extraRoots() []*ast.FieldDefinition {
	var own []string
	for _, t := range v.catalog.Types {
		own = append(own, t.Singular, t.Plural)
	}
	return v.extra("Query", append(own, "node", "nodes"), naiveRoots)
}

// extraParts are the fields of a connection beside those that all have.
func (v *inventor) extraParts(t *schema.Type) []*ast.FieldDefinition {
	return v.extra(schema.ConnectionName(t.Name), slices.Concat(partsOfAll, divisionParts), naiveParts)
}

// extraMembers are the fields of a type that are not the model's own.
func (v *inventor) extraMembers(t *schema.Type) []*ast.FieldDefinition {
	own := []string{"confidentiality"}
	for _, f := range t.Fields {
		own = append(own, f.Name)
	}
	for _, l := range t.Links {
		own = append(own, l.Name)
	}
	var naive []string
	for _, name := range naiveMembers {
		if of, field, _ := strings.Cut(name, "."); of == t.Name {
			naive = append(naive, field)
		}
	}
	return v.extra(t.Name, own, naive)
}

func (v *inventor) extra(typeName string, own, naive []string) []*ast.FieldDefinition {
	var out []*ast.FieldDefinition
	for _, f := range v.catalog.Served.Types[typeName].Fields {
		switch {
		case strings.HasPrefix(f.Name, "__") || slices.Contains(own, f.Name):
		case v.naive && !slices.Contains(naive, f.Name):
		case v.timeless && slices.Contains(namesTheViewer, typeName+"."+f.Name):
		default:
			out = append(out, f)
		}
	}
	return out
}

// namesTheViewer are fields whose answer names who asks, so that all-seeing
// viewers are told something else by design.
var namesTheViewer = []string{"Query.viewer"}

// extraArguments are the arguments of a field beside those that connections have.
func (v *inventor) extraArguments(f *ast.FieldDefinition) []*ast.ArgumentDefinition {
	var out []*ast.ArgumentDefinition
	for _, a := range f.Arguments {
		if !slices.Contains(argumentsOfAll, a.Name) && (!v.naive || slices.Contains(naiveArguments, a.Name)) {
			out = append(out, a)
		}
	}
	return out
}
