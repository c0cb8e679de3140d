package graph

import (
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
)

// Limits on a document before it is validated. The validator compares every pair
// of fields under one response key and follows every fragment, so its work grows
// with the square of these; the guard's own is linear in the document.
const (
	maxTokens     = 10_000
	maxOperations = 32
	maxFragments  = 64
	maxRepeats    = 200
	maxDirectives = 200
	maxRootFields = 50
	maxNesting    = 100
)

// guardDocument refuses documents that would be dear to validate.
func guardDocument(doc *ast.QueryDocument) error {
	if len(doc.Operations) > maxOperations {
		return tooMuch("operations", maxOperations)
	}
	if len(doc.Fragments) > maxFragments {
		return tooMuch("fragments", maxFragments)
	}
	g := documentGuard{repeats: map[string]int{}}
	for _, op := range doc.Operations {
		if len(op.SelectionSet) > maxRootFields {
			return tooMuch("root fields in an operation", maxRootFields)
		}
		g.directive(op.Directives)
		g.set(op.SelectionSet, 0)
	}
	for _, f := range doc.Fragments {
		g.directive(f.Directives)
		g.set(f.SelectionSet, 0)
	}
	return g.err
}

func tooMuch(what string, limit int) error {
	return fault.New(fault.LimitExceeded, "the document has more than %d %s; send less at a time", limit, what)
}

type documentGuard struct {
	repeats    map[string]int
	directives int
	err        error
}

func (g *documentGuard) set(set ast.SelectionSet, depth int) {
	if depth > maxNesting {
		g.err = tooMuch("levels of nesting", maxNesting)
	}
	for _, s := range set {
		if g.err != nil {
			return
		}
		switch s := s.(type) {
		case *ast.Field:
			key := s.Alias
			if g.repeats[key]++; g.repeats[key] > maxRepeats {
				g.err = tooMuch("fields under one response key", maxRepeats)
			}
			g.directive(s.Directives)
			g.set(s.SelectionSet, depth+1)
		case *ast.InlineFragment:
			g.directive(s.Directives)
			g.set(s.SelectionSet, depth+1)
		case *ast.FragmentSpread:
			if g.repeats["..."+s.Name]++; g.repeats["..."+s.Name] > maxRepeats {
				g.err = tooMuch("spreads of one fragment", maxRepeats)
			}
			g.directive(s.Directives)
		}
	}
}

func (g *documentGuard) directive(list ast.DirectiveList) {
	if g.directives += len(list); g.directives > maxDirectives {
		g.err = tooMuch("directives", maxDirectives)
	}
}
