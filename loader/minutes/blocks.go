package minutes

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// kind is what CommonMark says of a line.
type kind uint8

const (
	// prose is everything that is read: paragraphs, items, headings.
	prose kind = iota
	// matter is YAML front matter.
	matter
	// code is fenced code with its fences.
	code
	// markup is a block of HTML that is never shown: style, script, declarations.
	markup
	// comment is a line of a block of HTML comment; what follows the end of the comment is read.
	comment
	// quote is a line of a blockquote, also one that continues it lazily.
	quote
	// rule is a thematic break.
	rule
)

// The nesting that is handed to the parser. Its cost is lines times depth, so depth has to be bounded; deeper ones are
// no minutes.
const (
	maxIndent  = 64
	maxMarkers = 16
)

// blockKinds finds the kind of every line. A fence or a quote may stand inside list items, where only a CommonMark
// parser knows its borders.
func blockKinds(lines []string, from int) []kind {
	kinds := make([]kind, len(lines))
	for i := range from {
		kinds[i] = matter
	}
	var source strings.Builder
	for i, l := range lines {
		if i >= from {
			source.WriteString(Bounded(withoutComparison(l)))
		}
		source.WriteByte('\n')
	}
	blockParser(kinds).Parse(text.NewReader([]byte(source.String())))
	looseFences(lines, kinds)
	return kinds
}

// comparison is an item that says how many: `- > 100 people`.
var comparison = regexp.MustCompile(`^\s*(?:[*+-]|\d{1,3}[.)])\s+> ?\d`)

// withoutComparison keeps the parser from taking a comparison for a quote.
func withoutComparison(l string) string {
	if !strings.Contains(l, ">") || !comparison.MatchString(l) {
		return l
	}
	return strings.Replace(l, ">", "x", 1)
}

// blockParser is a parser of blocks only. It has no setext headings, so that `---` below text stays a line of its own,
// and notes the kind of every line it consumes.
func blockParser(kinds []kind) parser.Parser {
	note := func(p parser.BlockParser, of kindOf) parser.BlockParser {
		return &noting{BlockParser: p, kinds: kinds, of: of}
	}
	return parser.NewParser(parser.WithBlockParsers(
		util.Prioritized(note(parser.NewThematicBreakParser(), always(rule)), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(note(parser.NewFencedCodeBlockParser(), always(code)), 700),
		util.Prioritized(note(parser.NewBlockquoteParser(), always(quote)), 800),
		util.Prioritized(note(parser.NewHTMLBlockParser(), htmlKind), 900),
		util.Prioritized(note(parser.NewParagraphParser(), paragraphKind), 1000),
	))
}

// kindOf is the kind of the lines of a block below parent.
type kindOf func(block, parent ast.Node) kind

func always(k kind) kindOf { return func(_, _ ast.Node) kind { return k } }

func htmlKind(n, _ ast.Node) kind {
	block, ok := n.(*ast.HTMLBlock)
	if !ok {
		return prose
	}
	switch block.HTMLBlockType {
	case ast.HTMLBlockType1, ast.HTMLBlockType3, ast.HTMLBlockType4, ast.HTMLBlockType5:
		return markup
	case ast.HTMLBlockType2:
		return comment
	default:
		return prose
	}
}

// paragraphKind makes a lazy continuation of a quoted paragraph part of the quote.
func paragraphKind(_, parent ast.Node) kind {
	for ; parent != nil; parent = parent.Parent() {
		if parent.Kind() == ast.KindBlockquote {
			return quote
		}
	}
	return prose
}

// noting wraps a block parser and writes down which lines it took.
type noting struct {
	parser.BlockParser

	kinds []kind
	of    kindOf
}

// Open notes the first line of a block.
func (p *noting) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.Position()
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		p.note(line, p.of(node, parent))
	}
	return node, state
}

// Continue notes every further line that the block consumed, such as a closing fence.
func (p *noting) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, before := reader.Position()
	state := p.BlockParser.Continue(node, reader, pc)
	_, after := reader.Position()
	if state&parser.Continue != 0 || before != after {
		p.note(line, p.of(node, node.Parent()))
	}
	return state
}

func (p *noting) note(line int, k kind) {
	if k != prose && line < len(p.kinds) {
		p.kinds[line] = k
	}
}

// Bounded cuts a line's indentation and its run of block markers to what the parser is asked to nest.
func Bounded(l string) string {
	columns, markers := 0, 0
	for i := range len(l) {
		switch c := l[i]; {
		case c == ' ':
			columns++
		case c == '\t':
			columns += 4
		case c == '>' || c == '-' || c == '*' || c == '+' || c == '.' || c == ')' || (c >= '0' && c <= '9'):
			markers++
		default:
			return l
		}
		if columns > maxIndent || markers > maxMarkers {
			return l[:i] + "x" + l[i:]
		}
	}
	return l
}
