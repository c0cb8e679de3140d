package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// locate gives mistakes of a document the path of the field they are in, which the
// validator leaves to the reader: the selection that starts last before the place
// of the mistake. Within fragments there is none, as they may be spread anywhere.
func locate(doc *ast.QueryDocument, errs gqlerror.List) {
	for _, e := range errs {
		if len(e.Path) > 0 || len(e.Locations) == 0 {
			continue
		}
		l := &locator{line: e.Locations[0].Line, column: e.Locations[0].Column}
		for _, op := range doc.Operations {
			if l.before(op.Position) {
				l.found = nil
				l.set(op.SelectionSet)
			}
		}
		for _, f := range doc.Fragments {
			if l.before(f.Position) && f.Position.Start > l.start {
				l.found = nil
			}
		}
		e.Path = l.found
	}
}

type locator struct {
	line, column int
	start        int
	path, found  ast.Path
}

// before reports whether a position is not behind the mistake.
func (l *locator) before(p *ast.Position) bool {
	return p != nil && (p.Line < l.line || (p.Line == l.line && p.Column <= l.column))
}

func (l *locator) set(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if !l.before(s.Position) {
				return
			}
			l.path = append(l.path, ast.PathName(s.Alias))
			l.mark(s.Position)
			l.set(s.SelectionSet)
			l.path = l.path[:len(l.path)-1]
		case *ast.InlineFragment:
			if !l.before(s.Position) {
				return
			}
			l.mark(s.Position)
			l.set(s.SelectionSet)
		case *ast.FragmentSpread:
			if !l.before(s.Position) {
				return
			}
			l.mark(s.Position)
		}
	}
}

func (l *locator) mark(p *ast.Position) {
	l.start, l.found = p.Start, append(ast.Path(nil), l.path...)
}
