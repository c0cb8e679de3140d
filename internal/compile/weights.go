package compile

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// What a field costs beside the values that are written for it. One unit is one
// value that is read or written. A feature whose work is not its rows says so here;
// none may depend on the map or on the viewer, so that the same operation costs the
// same on both engines and for everybody.
type price struct {
	// own is paid once for each place that asks for the field, for each row around.
	own int
	// each is paid for each item of the list that the field gives, beside what is
	// selected of it.
	each int
	// size is how many items a list has that has no page. 0 is sizeOfLists.
	size int
}

const (
	// sizeOfLists is how many items are assumed in a list without a page.
	sizeOfLists = 5
	// priceOfRead is a nested read: one for each row around.
	priceOfRead = 2
	// priceOfRoot is a read that starts from all records of a type or from keys.
	priceOfRoot = 20
	// priceOfQuestion is a question that Go works out over everything it concerns.
	priceOfQuestion = 5_000
	// priceOfWrite is a changeset: what it refers to is read and it is written to disk;
	// and a subscription, which is asked again and again.
	priceOfWrite = 1_000
	// priceOfCondition is a member of an input object: a field, an operator, a
	// quantifier. It is applied to every record that is looked at.
	priceOfCondition = 5
	// priceOfDivision is to go over a whole list, as far as it is wanted, to say how
	// it divides.
	priceOfDivision = 500
	// priceOfSearch is a search for the words of a text, which are bounded.
	priceOfSearch = 100
)

// prices by "Type.field"; "Connection.field" is of every connection, "Query" alone
// of each question that has no price of its own.
var prices = map[string]price{
	"Query":                   {own: priceOfQuestion},
	"Mutation":                {own: priceOfWrite},
	"Subscription":            {own: priceOfWrite},
	"Query.viewer":            {own: 10},
	"Query.__schema":          {own: 5_000},
	"Query.__type":            {own: 200},
	"Query.portabilityMatrix": {own: priceOfQuestion, each: 200},
	"Query.portablePractices": {own: priceOfQuestion, each: 20},
	"Query.comparePlatforms":  {own: priceOfQuestion, each: 20},
	"Query.targets":           {own: priceOfQuestion, each: 20},
	"Query.exitPlan":          {own: 2 * priceOfQuestion},
	"ExitPlan.steps":          {size: 50},
	"ExitPlan.covered":        {size: 20},
	"ExitPlan.unknown":        {size: 20},
	"Query.search":            {own: priceOfSearch},
	"SearchHit.highlights":    {own: 50, size: 10},
	"Query.paths":             {own: priceOfQuestion, each: 10},
	"Query.neighbourhood":     {own: priceOfQuestion},
	"Query.coverage":          {own: priceOfQuestion, each: 2},
	"CoverageCell.values":     {size: 2},
	"Connection.aggregate":    {own: priceOfDivision},
	"Connection.groups":       {own: priceOfDivision},
}

// argumentPrices are paid for an argument of that name wherever it is given, for
// each row around.
var argumentPrices = map[string]int{"search": priceOfSearch}

// pagedLists are the fields whose items are those of the page that the field around
// them names by first or last, beside nodes and edges of connections.
var pagedLists = map[string]bool{"Neighbourhood.nodes": true, "Neighbourhood.links": true}

// planningOf is what it takes a database to plan a statement of so many reads: more
// than in proportion. It is paid once, however many rows there are.
func planningOf(reads int) int {
	return saturated(saturatedProduct(200, reads), saturatedProduct(40, saturatedProduct(reads, reads)))
}

// priceOf a field that is selected.
func (m *measurer) priceOf(f *ast.Field) price {
	parent := f.ObjectDefinition.Name
	if p, stated := prices[parent+"."+f.Name]; stated {
		return p
	}
	if strings.HasSuffix(parent, "Connection") {
		return prices["Connection."+f.Name]
	}
	if facet(f) {
		return price{own: priceOfDivision}
	}
	if (parent == "Mutation" || parent == "Subscription") && !strings.HasPrefix(f.Name, "__") {
		return prices[parent]
	}
	if parent != "Query" {
		return price{}
	}
	if f.Name == "node" || f.Name == "nodes" || m.root(f.Name) {
		return price{own: priceOfRoot}
	}
	if strings.HasPrefix(f.Name, "__") {
		return price{}
	}
	return prices["Query"]
}

// facet reports whether a field is one of the facets of a list.
func facet(f *ast.Field) bool {
	return strings.HasSuffix(f.ObjectDefinition.Name, "Facets") && f.Definition.Type.Elem != nil
}

// divides reports whether a field goes over the whole list around it.
func divides(f *ast.Field) bool {
	list := strings.HasSuffix(f.ObjectDefinition.Name, "Connection") && (f.Name == "aggregate" || f.Name == "groups")
	return list || facet(f)
}

// root reports whether a field of Query is a type's own.
func (m *measurer) root(name string) bool {
	for _, t := range m.Catalog.Types {
		if name == t.Singular || name == t.Plural {
			return true
		}
	}
	return false
}
