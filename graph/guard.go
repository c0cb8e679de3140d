package graph

import (
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// guardDocument refuses documents that would be dear to validate.
func guardDocument(doc *ast.QueryDocument, limits DocumentLimits) *gqlerror.Error {
	g := &documentGuard{limits: limits, repeats: map[string]int{}}
	g.count("operations", len(doc.Operations), limits.Operations)
	g.count("fragments", len(doc.Fragments), limits.Fragments)
	for _, op := range doc.Operations {
		g.count("root fields in an operation", len(op.SelectionSet), limits.RootFields)
		g.fields = 0
		g.name(op.Name)
		for _, v := range op.VariableDefinitions {
			g.name(v.Variable)
			g.name(v.Type.Name())
			g.directive(v.Directives)
			g.value(v.DefaultValue, 0)
		}
		g.directive(op.Directives)
		g.set(op.SelectionSet)
	}
	for _, f := range doc.Fragments {
		// A path begins at an operation; nobody knows yet where a fragment is spread.
		g.inFragment, g.fields = true, 0
		g.name(f.Name)
		g.name(f.TypeCondition)
		g.directive(f.Directives)
		g.set(f.SelectionSet)
	}
	return g.err
}

// tooMuch says which limit a document exceeds.
func tooMuch(what string, limit int) *gqlerror.Error {
	return limitError(fault.New(fault.LimitExceeded, "the document has more than %d %s; send less at a time", limit, what))
}

type documentGuard struct {
	limits                      DocumentLimits
	repeats                     map[string]int
	aliases, directives, levels int
	// fields of the operation or fragment that is looked at.
	fields     int
	inFragment bool
	// path to what is looked at.
	path ast.Path
	err  *gqlerror.Error
}

func (g *documentGuard) count(what string, n, limit int) {
	if n <= limit || g.err != nil {
		return
	}
	g.err = tooMuch(what, limit)
	if !g.inFragment {
		g.err.Path = append(ast.Path(nil), g.path...)
	}
}

func (g *documentGuard) set(set ast.SelectionSet) {
	g.levels++
	g.count("levels of nesting", g.levels, g.limits.Nesting)
	for _, s := range set {
		if g.err != nil {
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			g.field(s)
		case *ast.InlineFragment:
			g.name(s.TypeCondition)
			g.directive(s.Directives)
			g.set(s.SelectionSet)
		case *ast.FragmentSpread:
			g.name(s.Name)
			g.repeated("..."+s.Name, "spreads of one fragment")
			g.directive(s.Directives)
		}
	}
	g.levels--
}

func (g *documentGuard) field(f *ast.Field) {
	g.fields++
	g.count("fields in an operation", g.fields, g.limits.Selections)
	g.name(f.Name)
	g.name(f.Alias)
	g.path = append(g.path, ast.PathName(f.Alias))
	g.repeated(f.Alias, "fields under one response key")
	if f.Alias != f.Name {
		g.aliases++
		g.count("aliases", g.aliases, g.limits.Aliases)
	}
	g.directive(f.Directives)
	g.arguments(f.Arguments)
	g.set(f.SelectionSet)
	g.path = g.path[:len(g.path)-1]
}

func (g *documentGuard) repeated(key, what string) {
	g.repeats[key]++
	g.count(what, g.repeats[key], g.limits.Repeats)
}

func (g *documentGuard) directive(list ast.DirectiveList) {
	g.directives += len(list)
	g.count("directives", g.directives, g.limits.Directives)
	for _, d := range list {
		g.name(d.Name)
		g.arguments(d.Arguments)
	}
}

func (g *documentGuard) arguments(list ast.ArgumentList) {
	for _, a := range list {
		g.name(a.Name)
		g.value(a.Value, 0)
	}
}

// longestName is how long a name may be. The validator compares one that it does
// not know with all that it knows, letter by letter, and errors repeat it.
const longestName = 200

func (g *documentGuard) name(name string) { g.count("letters in a name", len(name), longestName) }

// value looks at how deep a value is nested.
func (g *documentGuard) value(v *ast.Value, depth int) {
	if v == nil || g.err != nil {
		return
	}
	if v.Kind == ast.EnumValue || v.Kind == ast.Variable {
		g.name(v.Raw)
	}
	if len(v.Children) > 0 {
		g.count("levels of nesting in a value", depth+1, g.limits.Nesting)
	}
	for _, child := range v.Children {
		g.name(child.Name)
		g.value(child.Value, depth+1)
	}
}
