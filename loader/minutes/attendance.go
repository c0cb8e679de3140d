package minutes

import (
	"regexp"
	"strings"
)

// attendance walks a page and reads who was there. Its blocks, and those of who was not, are marked as boilerplate.
type attendance struct {
	page *page
	out  []Participant
}

// present are the words that open a block of participants, absent those that open one of people who were not there.
var (
	presentHeading = regexp.MustCompile(`^(?:participants?|attendees?|attendance|present|attending)(?:$|[^\pL])`)
	absentHeading  = regexp.MustCompile(`^(?:excused?|absent|absence|absentees?|regrets|apologies|unavailable|not (?:present|attending)|unable to attend)(?:$|[^\pL])`)
	// A label is a few words and a colon; "Rust members present: Ada, Ben".
	labelled     = regexp.MustCompile(`^(\pL(?:[\pL\d .&/'’-]|\([^()]*\)){0,60}?) ?:(?: +(.*))?$`)
	presentLabel = regexp.MustCompile(`(?:^|[^\pL])(?:participants?|attendees?|attendance|present|attending)$`)
	absentLabel  = regexp.MustCompile(`(?:^|[^\pL])(?:excused|absent|absentees?|regrets|apologies|unavailable|missing(?: \pL+)?|not (?:present|attending)|unable to attend)$`)
	denied       = regexp.MustCompile(`(?:^|[^\pL])(?:not?|non|missing|absent|excused|max(?:imum)?|number of|expected)(?:$|[^\pL])`)
)

// label is a line that introduces people.
type label struct {
	// present people are participants, the others are not.
	present bool
	// people follow the label on its own line.
	people string
}

func (a *attendance) read() []Participant {
	for i := 0; i < len(a.page.lines); {
		l := a.page.lines[i]
		switch label, ok := labelOf(l); {
		case len(l.heads) > 0:
			i = a.underHeading(i)
		case ok && l.read() && !l.boilerplate:
			i = a.underLabel(i, label)
		default:
			i++
		}
	}
	return a.out
}

// labelOf reads a line as a label. A line that is bold as a whole, or nothing but the word, needs no colon; a row of a
// table does not either.
func labelOf(l *line) (label, bool) {
	text := l.text
	if !strings.Contains(text, ":") && strings.Contains(text, " ") && !bold(l.body) && !strings.HasPrefix(text, "|") {
		return label{}, false
	}
	if row := tableRow.FindStringSubmatch(text); row != nil {
		text = row[1] + ": " + row[2]
	} else if !strings.HasSuffix(text, ":") && (bold(l.body) || presentLabel.MatchString(strings.ToLower(text)) && !strings.Contains(text, " ")) {
		text += ":"
	}
	m := labelled.FindStringSubmatch(text)
	if m == nil || len(strings.Fields(m[1])) > 5 {
		return label{}, false
	}
	words := sectionName(m[1])
	switch {
	case absentLabel.MatchString(words):
		return label{people: m[2]}, true
	case presentLabel.MatchString(words):
		return label{present: !denied.MatchString(words), people: m[2]}, true
	}
	return label{}, false
}

var tableRow = regexp.MustCompile(`^\| *([\pL][^|]{0,40}?) *\| *([^|]*?) *(?:\| *)?$`)

func bold(body string) bool {
	return len(body) > 4 && strings.HasPrefix(body, "**") && strings.HasSuffix(body, "**") && strings.Count(body, "**") == 2
}

// underHeading reads the block of a participants heading, which ends at the next heading, and gives the line after it.
func (a *attendance) underHeading(i int) int {
	heads := a.page.lines[i].heads
	h := heads[len(heads)-1]
	name := strings.TrimLeft(strings.ToLower(h.title), " -–:*")
	here, away := presentHeading.MatchString(name), absentHeading.MatchString(name)
	if !here && !away {
		return i + 1
	}
	h.structural = true
	block := peopleBlock{attendance: a, away: away}
	if m := labelled.FindStringSubmatch(h.title); m != nil && here && strings.Contains(m[2], "@") {
		block.list(a.page.lines[i], m[2])
	}
	for i++; i < len(a.page.lines); i++ {
		l := a.page.lines[i]
		if len(l.heads) > 0 && !block.divides(h, l.heads[0]) {
			return i
		}
		block.line(l)
	}
	return i
}

// underLabel reads the block of a label. It ends at a heading, at a blank line that no item follows, or, when the label
// is an item, at the next one that is not below it.
func (a *attendance) underLabel(i int, lab label) int {
	first := a.page.lines[i]
	first.boilerplate = true
	block := peopleBlock{attendance: a, away: !lab.present}
	if lab.present {
		block.list(first, lab.people)
	}
	open := strings.TrimSpace(lab.people) == "" || strings.HasSuffix(lab.people, ",")
	for i++; i < len(a.page.lines); i++ {
		l := a.page.lines[i]
		if l.blank() {
			continue
		}
		if len(l.heads) > 0 || a.page.lines[i-1].blank() && !l.item || !follows(first, l, open) {
			return i
		}
		block.line(l)
	}
	return i
}

// follows says whether l can belong to the block of a label. One that has its people on its own line, and a comma does
// not announce more, takes only what stands below it.
func follows(first, l *line, open bool) bool {
	if first.item {
		return l.indent > first.indent
	}
	if _, ok := labelOf(l); ok && !l.item {
		return false
	}
	if !l.item && labelled.MatchString(l.text) && !strings.HasPrefix(l.text, "@") {
		return false
	}
	return open
}
