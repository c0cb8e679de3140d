package graph

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/lexer"
)

// withoutValues is a document that was valid, by its tokens, without the texts and
// numbers in it and without comments: a hash of what is left tells whether the same
// kind of thing was asked, and lets nobody try out what was asked for.
func withoutValues(document string) string {
	var b strings.Builder
	tokens := lexer.New(&ast.Source{Input: document})
	for {
		token, err := tokens.ReadToken()
		switch {
		case err != nil || token.Kind == lexer.EOF:
			return b.String()
		case token.Kind == lexer.Comment:
			continue
		case token.Kind == lexer.Name:
			b.WriteString(token.Value)
		default:
			b.WriteString(token.Kind.String())
		}
		b.WriteByte(' ')
	}
}
