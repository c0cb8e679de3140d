package minutes

import (
	"regexp"
	"strings"
)

var (
	labelLine  = regexp.MustCompile(`(?i)^(?:tlp:\s*([a-z]+(?:\+[a-z]+)?)|level:\s*([a-z0-9]+(?:-[a-z0-9]+)*))$`)
	groupsLine = regexp.MustCompile(`(?i)^groups:\s*([a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*)$`)
	// headLabel is a label in a heading: "Incident (TLP:RED)".
	headLabel = regexp.MustCompile(`(?i)(?:^|[\s(\[])tlp:\s*([a-z]+(?:\+[a-z]+)?)(?:$|[\s)\].,:])`)
)

// Marking is a label: a level, and the groups that a line below it names.
type Marking struct {
	// Label is the level by its key: "amber-strict" for TLP:AMBER+STRICT. Groups are those it is limited to.
	Label  string   `json:"label,omitempty"`
	Groups []string `json:"groups,omitempty"`
	// LabelLine is where it stands, 0 for no label; Protocol says that it is one of the Traffic Light Protocol, by its own word.
	LabelLine int  `json:"-"`
	Protocol  bool `json:"-"`
}

// marked is a label and the section that it is of; nil where it is of the file.
type marked struct {
	Marking
	of *heading
}

// markings are the labels of a page, in the order of their lines. One is of the section around it, unless that is all of the
// file, or there is no section, or it is set apart at the end, or it is the only one and the last thing there is.
func (p *page) markings() []*marked {
	var all []*marked
	last, parted := 0, false
	for _, l := range p.lines {
		for _, h := range l.heads {
			parted = false
			if m := headLabel.FindStringSubmatch(h.title); m != nil {
				all = append(all, &marked{newMarking(l.number, m[1], ""), h})
			}
		}
		parted = parted || l.kind == rule
		if l.blank() || !l.read() || l.item || len(l.heads) > 0 {
			if !l.blank() {
				last = l.number
			}
			continue
		}
		if m := labelLine.FindStringSubmatch(l.text); m != nil {
			of := l.under
			if parted && l.under == p.lastHead() {
				of = nil
			}
			all = append(all, &marked{newMarking(l.number, m[1], m[2]), of})
			continue
		}
		if m := groupsLine.FindStringSubmatch(l.text); m != nil && len(all) > 0 {
			at := all[len(all)-1]
			at.Groups = strings.FieldsFunc(strings.ToLower(m[1]), func(r rune) bool { return r == ',' || r == ' ' })
			continue
		}
		last = l.number
	}
	for _, m := range all {
		if m.of != nil && (p.isWhole(m.of) || len(all) == 1 && m.LabelLine > last) {
			m.of = nil
		}
	}
	return all
}

// newMarking reads a label. TLP 1.0 said WHITE for CLEAR.
func newMarking(line int, protocol, level string) Marking {
	m := Marking{Label: strings.ReplaceAll(strings.ToLower(protocol+level), "+", "-"), LabelLine: line, Protocol: protocol != ""}
	if m.Label == "white" {
		m.Label = "clear"
	}
	return m
}

func (p *page) lastHead() *heading {
	if len(p.heads) == 0 {
		return nil
	}
	return p.heads[len(p.heads)-1]
}

// isWhole reports whether a section is all of the file.
func (p *page) isWhole(h *heading) bool {
	return h == p.heads[0] && p.end(h) == len(p.lines)
}

// end is the last line of a section, with those below it.
func (p *page) end(h *heading) int {
	for _, next := range p.heads[h.at+1:] {
		if next.level <= h.level {
			return max(next.line-1, h.line)
		}
	}
	return len(p.lines)
}

// readLabel reads the labels of the file and of its sections; of several of the same the last counts.
func (p *page) readLabel(doc *Document) {
	for _, m := range p.markings() {
		if m.of == nil {
			doc.Marking = m.Marking
			continue
		}
		doc.Sections[m.of.at].Marking = m.Marking
	}
}

// Part is a section with a label, and all that stands below it.
type Part struct {
	Marking
	// From and To are its first and its last line.
	From, To int
}

// Parts are the sections with labels of their own, in their order. One within another has a label of its own, too.
func Parts(text []byte) ([]Part, error) {
	lines, err := decode(text)
	if err != nil {
		return nil, err
	}
	p := newPage("", lines)
	var out []Part
	for _, m := range p.markings() {
		if m.of == nil {
			continue
		}
		part := Part{Marking: m.Marking, From: m.of.line, To: p.end(m.of)}
		if n := len(out); n > 0 && out[n-1].From == part.From {
			out = out[:n-1]
		}
		out = append(out, part)
	}
	return out, nil
}
