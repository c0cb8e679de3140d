package minutes

import (
	"slices"
	"strings"
)

// page is a file taken apart into lines, headings and items, ready to be read.
type page struct {
	path  string
	lines []*line
	heads []*heading
}

func newPage(path string, lines []string) *page {
	kinds := blockKinds(lines, frontMatter(lines))
	stripComments(lines, kinds)
	p := &page{path: path, lines: make([]*line, len(lines))}
	defined := definitions(lines, kinds)
	for i, raw := range lines {
		p.lines[i] = readLine(i+1, raw, inlineReferences(raw, defined), kinds[i])
	}
	p.outline()
	p.nest()
	return p
}

// outline gives headings their parents and lines their heading.
func (p *page) outline() {
	var open [7]*heading
	var under *heading
	for _, l := range p.lines {
		for _, h := range l.heads {
			for level := h.level - 1; level > 0 && h.parent == nil; level-- {
				h.parent = open[level]
			}
			open[h.level] = h
			clear(open[h.level+1:])
			under = h
			h.structural = h.structural || len(p.heads) == 0 && h.level == 1
			h.at = len(p.heads)
			p.heads = append(p.heads, h)
		}
		l.under = under
		l.boilerplate = !l.read() || under != nil && under.boilerplate && len(l.heads) == 0
	}
}

// nest gives items the items around them: the nearest earlier one that stands at least two columns further left.
func (p *page) nest() {
	var open []*line // with growing indents
	for _, l := range p.lines {
		if l.resets() {
			open = open[:0]
		}
		if !l.item {
			continue
		}
		for len(open) > 0 && open[len(open)-1].indent >= l.indent {
			open = open[:len(open)-1]
		}
		for _, around := range slices.Backward(open) {
			if around.indent <= l.indent-2 {
				l.enclosing, l.depth = around, around.depth+1
				break
			}
		}
		open = append(open, l)
	}
}

// top are the first n lines that are not blank and not hidden.
func (p *page) top(n int) []*line {
	var out []*line
	for _, l := range p.lines {
		if len(out) == n {
			break
		}
		if !l.blank() && (l.read() || l.kind == quote || l.kind == rule) {
			out = append(out, l)
		}
	}
	return out
}

// Parse reads minutes. The path gives a date where the text has none, and is kept in the document.
func Parse(path string, text []byte) (*Document, error) {
	doc, _, err := read(path, text)
	return doc, err
}

// read is Parse, with the page that the document was read from.
func read(path string, text []byte) (*Document, *page, error) {
	lines, err := decode(text)
	if err != nil {
		return nil, nil, err
	}
	p := newPage(path, lines)
	doc := &Document{
		Path: path, Participants: []Participant{}, ActionItems: []ActionItem{}, Outcomes: []Outcome{},
		Topics: []Topic{}, Links: []Link{}, Refs: []Ref{}, Sections: []Section{},
	}
	dateReader{page: p, fileDate: fileDate(path)}.read(doc)
	for _, h := range p.heads {
		doc.Sections = append(doc.Sections, Section{Title: h.title, Level: h.level, Line: h.line})
	}
	// Who was there comes before the rest, as its blocks hold no topics.
	doc.Participants = append(doc.Participants, (&attendance{page: p}).read()...)
	p.readLines(doc)
	p.readSlots(doc)
	doc.Sessions = p.sessions()
	p.readLabel(doc)
	return doc, p, nil
}

// readLines collects everything that one line says for itself.
func (p *page) readLines(doc *Document) {
	links := linkReader{seen: map[string]bool{}}
	topics := topicReader{page: p}
	speaks := doc.speaks("AP") // who is no action point
	for i, l := range p.lines {
		if !l.read() && l.kind != quote {
			continue
		}
		links.line(l)
		doc.Refs = append(doc.Refs, l.refs()...)
		ballot, counted := l.ballot()
		if counted {
			doc.Ballots = append(doc.Ballots, ballot)
		}
		topics.headings(i)
		if l.boilerplate {
			continue
		}
		item, todo := l.actionItem()
		todo = todo && !(speaks && strings.HasPrefix(l.text, "AP:"))
		if todo {
			doc.ActionItems = append(doc.ActionItems, item)
		}
		outcome, concluded := l.outcome()
		if concluded && !todo {
			doc.Outcomes = append(doc.Outcomes, outcome)
		}
		if !counted && !todo && !concluded {
			topics.item(l)
		}
	}
	doc.Links = append(doc.Links, links.out...)
	doc.Topics = append(doc.Topics, topics.out...)
	doc.Parents = topics.parents()
}
