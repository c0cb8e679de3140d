package incidents

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// kind of a block.
type kind int

const (
	prose kind = iota
	heading
	item
	row
)

// block is a heading, a paragraph, an item of a list or a row of a table.
type block struct {
	kind kind
	// level of a heading.
	level int
	// text of it, without what is left of the template; a row has cells instead.
	text  string
	cells []string
	line  int
}

// blocks takes Markdown apart. Quotes, code and HTML are left out: what the template
// asks for stands in none of them.
func blocks(source []byte) []block {
	var bounded bytes.Buffer
	for l := range strings.Lines(string(source)) {
		bounded.WriteString(minutes.Bounded(l))
	}
	r := &blockReader{source: bounded.Bytes()}
	p := parser.NewParser(parser.WithBlockParsers(
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	))
	r.walk(p.Parse(text.NewReader(r.source)), prose)
	return r.out
}

type blockReader struct {
	source []byte
	out    []block
	// line and counted: how far lines have been counted.
	line, counted int
}

// walk collects the blocks in a node; as is what a paragraph in it is.
func (r *blockReader) walk(parent ast.Node, as kind) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			r.add(block{kind: heading, level: n.Level}, n.Lines())
		case *ast.Paragraph, *ast.TextBlock:
			r.paragraph(n.Lines(), as)
		case *ast.List:
			r.walk(n, as)
		case *ast.ListItem:
			r.walk(n, item)
		}
	}
}

// paragraph is text, or the rows of a table.
func (r *blockReader) paragraph(lines *text.Segments, as kind) {
	if lines.Len() == 0 || !strings.HasPrefix(strings.TrimSpace(string(r.segment(lines.At(0)))), "|") {
		r.add(block{kind: as}, lines)
		return
	}
	for i := range lines.Len() {
		at := lines.At(i)
		cells := cellsOf(string(r.segment(at)))
		r.out = append(r.out, block{kind: row, cells: cells, line: r.lineOf(at.Start)})
	}
}

func (r *blockReader) segment(s text.Segment) []byte { return s.Value(r.source) }

func (r *blockReader) add(b block, lines *text.Segments) {
	if lines.Len() == 0 {
		return
	}
	parts := make([]string, lines.Len())
	for i := range lines.Len() {
		parts[i] = strings.TrimSpace(string(r.segment(lines.At(i))))
	}
	b.text, b.line = filled(strings.Join(parts, "\n")), r.lineOf(lines.At(0).Start)
	r.out = append(r.out, b)
}

// lineOf is the line of a place behind those that were asked for before.
func (r *blockReader) lineOf(at int) int {
	if at > r.counted {
		r.line += bytes.Count(r.source[r.counted:at], []byte("\n"))
		r.counted = at
	}
	return r.line + 1
}

// cellsOf are the cells of a row.
func cellsOf(s string) []string {
	s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "|"), "|")
	cells := strings.Split(strings.ReplaceAll(s, `\|`, "\x00"), "|")
	for i, c := range cells {
		cells[i] = filled(strings.ReplaceAll(strings.TrimSpace(c), "\x00", "|"))
	}
	return cells
}

var (
	// aHint begins a text: lines that are wholly in italics, whichever sign a formatter
	// made of those of the template, or such words as the template has before an answer.
	aHint = regexp.MustCompile(`^(?:(?:\*[^*]+\*|_[^_]+_)[ \t]*(?:\n|$)|(?:\*\p{Ll}[^\s*]*(?:\s[^\s*]+){3,}\*|_\p{Ll}[^\s_]*(?:\s[^\s_]+){3,}_)\s+)`)
	// aBox begins an item that can be ticked.
	aBox = regexp.MustCompile(`^\[[ xX]\]\s+`)
)

// filled is a text as somebody wrote it; empty where it is the template's.
func filled(s string) string {
	s = strings.TrimSpace(s)
	for at := aHint.FindStringIndex(s); at != nil; at = aHint.FindStringIndex(s) {
		s = strings.TrimSpace(s[at[1]:])
	}
	if s == "…" || s == "..." {
		return ""
	}
	return s
}

// labelled splits "Root cause: what it was" where it is filled in. A label may be bold,
// with its colon or without.
func labelled(s string) (label, value string) {
	label, value, found := strings.Cut(aBox.ReplaceAllString(s, ""), ":")
	if !found {
		return "", ""
	}
	for _, bold := range []string{"**", "__"} {
		if strings.HasPrefix(label, bold) && !strings.HasSuffix(label, bold) {
			value = strings.TrimPrefix(value, bold)
		}
	}
	return strings.Trim(label, " *_"), filled(strings.Trim(value, " "))
}
