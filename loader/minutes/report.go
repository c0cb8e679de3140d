package minutes

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Report shows what was read beside the text it was read from, and lists the lines that nothing was read from. The
// text is that of the file the document came from.
func Report(w io.Writer, doc *Document, text []byte) error {
	_, p, err := read(doc.Path, text)
	if err != nil {
		return err
	}
	notes := notesByLine(doc)
	out := printer{w: bufio.NewWriter(w)}
	out.printf("%s\n%s\n\n", printable(doc.Path), summary(doc))
	var unused []*line
	for _, l := range p.lines {
		said := strings.Join(notes[l.number], ", ")
		if said == "" {
			said = silence(l)
			if said == unread {
				unused = append(unused, l)
			}
		}
		out.printf("%6d  %-*s | %s\n", l.number, gutter, said, printable(l.raw))
	}
	out.printf("\n%s\n", unusedTitle(len(unused)))
	for _, l := range unused {
		out.printf("%6d  %s\n", l.number, printable(strings.TrimSpace(l.raw)))
	}
	return out.w.Flush()
}

// printer leaves errors to Flush, which gives the first one.
type printer struct{ w *bufio.Writer }

func (p printer) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(p.w, format, args...)
}

// gutter is the width of the column for what was read.
const gutter = 30

func unusedTitle(n int) string {
	if n == 0 {
		return "Every line was used."
	}
	return count(n, "line") + " not used:"
}

// summary is the document in one line.
func summary(doc *Document) string {
	date := "no date"
	if doc.Date != "" {
		date = doc.Date + " (from the " + sourceNames[doc.DateSource] + ")"
	}
	if doc.DateConflict {
		date += ", though the file's name says " + doc.FileNameDate
	}
	counts := []string{
		date, count(len(doc.Meetings), "meeting"), count(len(doc.Sections), "section"),
		count(len(doc.Participants), "participant"), count(len(doc.ActionItems), "action item"),
		count(len(doc.Outcomes), "outcome"), count(len(doc.Topics), "topic"), count(len(doc.Ballots), "ballot"),
		count(len(doc.Links), "link"), count(len(doc.Refs), "reference"), count(len(doc.MeetupSlots), "meetup slot"),
	}
	return strings.Join(counts, ", ")
}

var sourceNames = map[DateSource]string{FromHeading: "heading", FromDateLine: "date line", FromFileName: "file's name"}

func count(n int, word string) string {
	if n != 1 {
		word += "s"
	}
	return strconv.Itoa(n) + " " + word
}

// lineNotes are annotations in a few words each, by line.
type lineNotes map[int][]string

func (n lineNotes) add(line int, words ...string) {
	n[line] = append(n[line], strings.TrimSpace(strings.Join(words, " ")))
}

func notesByLine(doc *Document) lineNotes {
	notes := lineNotes{}
	meets := map[int]bool{}
	for _, m := range doc.Meetings {
		meets[m.Line] = m.Date != ""
		if m.Date != "" {
			notes.add(m.Line, "meeting", m.Date)
		}
	}
	for _, s := range doc.Sections {
		if !meets[s.Line] {
			notes.add(s.Line, "section", strconv.Itoa(s.Level))
		}
	}
	for _, p := range doc.Participants {
		notes.add(p.Line, "participant", strings.TrimSpace(at(p.Handle)+" "+p.Name))
	}
	for _, a := range doc.ActionItems {
		notes.add(a.Line, actionNote(a))
	}
	for _, o := range doc.Outcomes {
		notes.add(o.Line, "outcome", "("+string(o.Marker)+")")
	}
	for _, t := range doc.Topics {
		notes.add(t.Line, topicNote(t))
	}
	notes.addRest(doc)
	return notes
}

func (n lineNotes) addRest(doc *Document) {
	for _, b := range doc.Ballots {
		n.add(b.Line, "ballot")
	}
	for _, l := range doc.Links {
		n.add(l.Line, "link")
	}
	for _, r := range doc.Refs {
		n.add(r.Line, r.Ref)
	}
	for _, s := range doc.MeetupSlots {
		n.add(s.Line, string(s.Status), "slot", s.Date)
	}
}

func at(handle string) string {
	if handle == "" {
		return ""
	}
	return "@" + handle
}

func actionNote(a ActionItem) string {
	s := "action"
	if a.Done {
		s = "done action"
	}
	return s + people(a.Assignees)
}

func people(handles []string) string {
	if len(handles) == 0 {
		return ""
	}
	return " @" + strings.Join(handles, " @")
}

func topicNote(t Topic) string {
	s := "topic"
	if t.ParentLine != nil {
		s += " of " + strconv.Itoa(*t.ParentLine)
	}
	if t.Votes != 0 {
		s += fmt.Sprintf(" %+d", t.Votes)
	}
	if t.Minutes != 0 {
		s += fmt.Sprintf(" %d min", t.Minutes)
	}
	return s + people(t.Owners)
}

// unread marks a line that says something of which nothing was read.
const unread = "-"

// silence says why nothing was read from a line; it is empty where there was nothing to read.
func silence(l *line) string {
	switch {
	case l.kind == matter:
		return "(front matter)"
	case l.kind == code:
		return "(code)"
	case l.kind == markup:
		return "(markup)"
	case l.kind == quote:
		return "(quote)"
	case l.kind == rule || l.blank() || l.item && placeholder(l.text):
		return ""
	case l.boilerplate:
		return "(boilerplate)"
	case metadataLine(l):
		return "(metadata)"
	}
	return unread
}

// metadataLine says whether a line names the sponsors or the timebox of the heading above it, or the file's date.
func metadataLine(l *line) bool {
	if dateLabel.MatchString(l.text) || labelLine.MatchString(l.text) || groupsLine.MatchString(l.text) {
		return true
	}
	return l.under != nil && (sessionLine.MatchString(l.text) || sponsorLine.MatchString(l.text) || timeLine.MatchString(l.text))
}

// printable keeps control characters of a file from reaching a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
