package meetings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/files"
	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/open-operations/opsmap/loader/speech"
)

// cut is a file of which some sections are stricter than the rest. The rest is read
// as if they were not there, so that nothing of it can depend on them: no line, no
// key, no date. Each stricter class is a document of its own.
type cut struct {
	open document
	// parts are the stricter ones, by the names of their classes.
	parts []document
}

// document is a part of a file.
type document struct {
	file *loader.File
	text []byte
	// lines are those of the file, by the lines of text; nil where they are the same.
	lines []int
}

// at is the line of the file that a line of the document is.
func (d *document) at(line int) int {
	if d.lines == nil || line < 1 || line > len(d.lines) {
		return line
	}
	return d.lines[line-1]
}

// mostClasses is how many classes the sections of one file may have: each is read as a
// document of its own.
const mostClasses = 50

// cutOf takes the stricter sections out of a file that has its own class already.
func cutOf(in loader.Reader, f *loader.File, text []byte) (cut, *loader.Problem) {
	whole := cut{open: document{file: f, text: text}}
	parts, err := minutes.Parts(text)
	if err != nil {
		return whole, &loader.Problem{Message: err.Error(), Hint: files.RightText}
	}
	if len(parts) == 0 {
		return whole, nil
	}
	lines := strings.SplitAfter(string(text), "\n")
	classOf := make([]string, len(lines))
	strictFiles := map[string]*loader.File{}
	for _, p := range parts {
		within, problem := sectionClass(in, f, p.Marking)
		if problem != nil {
			return whole, problem
		}
		if within == nil {
			continue
		}
		for n := p.From; n <= min(p.To, len(lines)); n++ {
			inner := strict(f, strictFiles[classOf[n-1]], *within)
			classOf[n-1] = inner.Source
			strictFiles[inner.Source] = inner
		}
		if len(strictFiles) > mostClasses {
			return whole, &loader.Problem{
				Line: p.LabelLine, Message: fmt.Sprintf("its sections are for more than %d different circles of readers", mostClasses),
				Hint: "right is a file for each",
			}
		}
	}
	return whole.without(lines, classOf, strictFiles), nil
}

// strict is a file as it speaks in a section that is stricter than what is around it.
func strict(f, around *loader.File, within access.Class) *loader.File {
	if around == nil {
		around = f
	}
	out := *f
	out.Class, out.Attribution = access.Join(around.Class, within), access.Join(around.Attribution, within)
	var names []string
	for _, a := range out.Class.Atoms {
		names = append(names, strings.Join(append([]string{a.Level}, a.Audience...), "+"))
	}
	out.Source = speech.Section(f.Source, strings.Join(names, ","))
	return &out
}

// without is the file with its lines by the class that each has; empty for the
// file's own.
func (c cut) without(lines, classOf []string, of map[string]*loader.File) cut {
	var open strings.Builder
	texts := map[string]*strings.Builder{}
	c.open.lines = []int{}
	for source := range of {
		texts[source] = &strings.Builder{}
	}
	for n, line := range lines {
		if classOf[n] == "" {
			open.WriteString(line)
			c.open.lines = append(c.open.lines, n+1)
		}
		for source, text := range texts {
			if source == classOf[n] {
				text.WriteString(line)
			} else {
				text.WriteString("\n")
			}
		}
	}
	c.open.text = []byte(open.String())
	for source, text := range texts {
		// A section within another may have taken all lines of a class.
		if slices.Contains(classOf, source) {
			c.parts = append(c.parts, document{file: of[source], text: []byte(text.String())})
		}
	}
	slices.SortFunc(c.parts, func(a, b document) int { return cmp.Compare(a.file.Source, b.file.Source) })
	return c
}

// sectionClass is what a section asks for beyond its file; nil for nothing: a label
// that is not stricter than the file's changes nothing.
func sectionClass(in loader.Reader, f *loader.File, m minutes.Marking) (*access.Class, *loader.Problem) {
	rank, known := in.Ladder.Rank(m.Label)
	if !known {
		return nil, unknownLabel(in, m)
	}
	atom := access.Atom{Level: m.Label, Audience: m.Groups}
	for _, given := range f.Class.Atoms {
		at, _ := in.Ladder.Rank(given.Level)
		if at >= rank && len(m.Groups) == 0 {
			return nil, nil
		}
	}
	if lowest, _ := in.Ladder.Rank(in.Ladder.Lowest()); rank <= lowest && len(m.Groups) == 0 {
		return nil, nil
	}
	if in.Ladder.WithoutAudience(atom) != "" {
		return nil, &loader.Problem{
			Line:    m.LabelLine,
			Message: "the label of the section is " + m.Label + ", which stays with people who are named, and it names no groups",
			Hint:    "right is a line such as Groups: csirt below the label",
		}
	}
	class := access.NewClass(atom)
	return &class, nil
}

// unknownLabel is what is wrong with a label of the Traffic Light Protocol that the
// ladder does not have; a line such as Level: beginner may be about something else.
func unknownLabel(in loader.Reader, m minutes.Marking) *loader.Problem {
	if !m.Protocol || m.Label == "" || len(in.Ladder) == 0 {
		return nil
	}
	return &loader.Problem{
		Line: m.LabelLine, Message: "there is no level " + m.Label,
		Hint: "right is one of " + strings.Join(in.Ladder.Keys(), ", "),
	}
}
