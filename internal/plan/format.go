package plan

import (
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// Format prints a plan's shape as text, one read a block, for people and for tests.
// Params stand as $0, $1 …; their values are not in it.
func Format(p *Plan) string {
	var f formatter
	for i, r := range p.Roots {
		f.line(0, "root %d", i)
		f.read(1, r)
	}
	return f.b.String()
}

type formatter struct{ b strings.Builder }

func (f *formatter) line(depth int, format string, args ...any) {
	f.b.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(&f.b, format, args...)
	f.b.WriteByte('\n')
}

func (f *formatter) read(depth int, r *Read) {
	guarded := "UNGUARDED "
	if r.Guard != nil {
		guarded = "guarded "
	}
	f.line(depth, "%s%s", guarded, from(r.From))
	if r.Where != nil {
		f.line(depth, "where %s", FormatExpr(r.Where))
	}
	if len(r.Order) > 0 {
		f.line(depth, "order %s", order(r.Order))
	}
	if page := pageText(r.Page); page != "" {
		f.line(depth, "page%s", page)
	}
	if r.Count {
		f.line(depth, "count")
	}
	for _, g := range r.Groupings {
		f.line(depth, "%s", groupingText(g))
		for i, col := range g.Columns {
			f.column(depth+1, i, col)
		}
	}
	if !r.Rows {
		return
	}
	f.line(depth, "rows")
	for i, col := range r.Columns {
		f.column(depth+1, i, col)
	}
}

func from(from From) string {
	switch from := from.(type) {
	case FromType:
		return "all " + from.Type.Name
	case FromIDs:
		return fmt.Sprintf("%s with ids $%d", from.Type.Name, from.IDs)
	case FromLink:
		return fmt.Sprintf("link %s to %s", linkText(from.Link), from.Link.Target.Name)
	case FromLevel:
		return "level"
	case FromSearched:
		if from.Names == NoParam {
			return "all that is searched"
		}
		return fmt.Sprintf("all that is searched of types $%d", from.Names)
	}
	return fmt.Sprintf("%T", from)
}

func linkText(l *schema.Link) string {
	if l.Inverse {
		return l.Name + " (" + l.Relation.Name + " backwards)"
	}
	return l.Name + " (" + l.Relation.Name + ")"
}

func order(terms []Term) string {
	parts := make([]string, 0, len(terms))
	for _, t := range terms {
		var s string
		switch {
		case t.Field != nil:
			s = t.Field.Name
		case t.LinkCount != nil:
			s = "count of " + linkText(t.LinkCount)
		case t.Score != nil:
			s = fmt.Sprintf("score of $%d", t.Score.Query)
		case t.Type:
			s = "type"
		}
		if t.Descending {
			s += " descending"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, ", ")
}

func pageText(p Page) string {
	var b strings.Builder
	switch {
	case p.Limit == NoParam:
	case p.FromEnd:
		fmt.Fprintf(&b, " last $%d", p.Limit)
	default:
		fmt.Fprintf(&b, " first $%d", p.Limit)
	}
	cursorText(&b, " after", p.After)
	cursorText(&b, " before", p.Before)
	return b.String()
}

func cursorText(b *strings.Builder, name string, params []Param) {
	if params == nil {
		return
	}
	b.WriteString(name)
	for _, v := range params {
		fmt.Fprintf(b, " $%d", v)
	}
}

func (f *formatter) column(depth, i int, col Column) {
	on := ""
	if col.On != nil {
		on = " on " + typeNames(col.On)
	}
	switch {
	case col.Field != nil:
		f.line(depth, "%d %s%s", i, col.Field.Name, on)
	case col.LinkCount != nil:
		f.line(depth, "%d count of %s%s", i, linkText(col.LinkCount), on)
	case col.Score != nil:
		f.line(depth, "%d score of $%d%s", i, col.Score.Query, on)
	case col.Read != nil:
		f.line(depth, "%d read%s", i, on)
		f.read(depth+1, col.Read)
	}
}

func typeNames(types []*schema.Type) string {
	names := make([]string, 0, len(types))
	for _, t := range types {
		names = append(names, t.Name)
	}
	return strings.Join(names, " or ")
}

// FormatExpr prints a condition.
func FormatExpr(e Expr) string {
	switch e := e.(type) {
	case nil:
		return "anything"
	case And:
		return list(e.Exprs, " and ", "true")
	case Or:
		return list(e.Exprs, " or ", "false")
	case Not:
		return "not " + FormatExpr(e.Expr)
	case Compare:
		return fmt.Sprintf("%s %s%s $%d", e.Field.Name, e.Op, folded(e.Fold), e.Param)
	case Items:
		return fmt.Sprintf("%s %s %s", e.Quant, e.Field.Name, tests(e.Tests))
	case Objects:
		return fmt.Sprintf("%s %s{%s}", e.Quant, e.Field.Name, FormatExpr(e.Where))
	case Linked:
		return fmt.Sprintf("%s guarded %s{%s}", e.Quant, linkText(e.Link), FormatExpr(e.Where))
	case LinkCount:
		return fmt.Sprintf("count of guarded %s %s $%d", linkText(e.Link), e.Op, e.Param)
	case AtLevel:
		return fmt.Sprintf("guarded level{%s}", FormatExpr(e.Where))
	case Match:
		return fmt.Sprintf("matches $%d", e.Query)
	case OfType:
		return "is " + typeNames(e.Types)
	}
	return fmt.Sprintf("%T", e)
}

func tests(all []Test) string {
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = fmt.Sprintf("%s%s $%d", t.Op, folded(t.Fold), t.Param)
	}
	return strings.Join(texts, " and ")
}

func folded(fold bool) string {
	if fold {
		return " folded"
	}
	return ""
}

func list(exprs []Expr, sep, empty string) string {
	if len(exprs) == 0 {
		return empty
	}
	parts := make([]string, 0, len(exprs))
	for _, e := range exprs {
		parts = append(parts, FormatExpr(e))
	}
	return "(" + strings.Join(parts, sep) + ")"
}
