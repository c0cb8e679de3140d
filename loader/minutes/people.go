package minutes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// peopleBlock reads the lines of a block of people.
type peopleBlock struct {
	*attendance

	// away says that nobody in the block was there.
	away bool
	// divided says that headings divide the block.
	divided bool
	// listed says that the block's people are list items, so that other lines are remarks.
	listed bool
	// absent is the label of a list within the block of people who were not there.
	absent *line
	// columns are those of the table that the block's people stand in, cells those of a row in HTML so far.
	columns *columns
	cells   []cell
	// from is where the block's people begin, unticked are those of them beside an empty box or cell, and ticked says that
	// there is one with a tick.
	from     int
	unticked []int
	ticked   bool
	// lines says that people stand on lines of their own, which are no items.
	lines bool
	// leaves are the items so far that are people, on the level of the first, which stands at indent.
	leaves, indent int
}

// divides says whether the heading of line i names a group of the people below h, which then holds nobody itself:
// "## Present", "### Members".
func (b *peopleBlock) divides(h *heading, i int) bool {
	below := b.page.lines[i].heads[0]
	if below.level <= h.level || below.structural || absentHeading.MatchString(below.name) || missingHeading.MatchString(below.name) ||
		below.denies() {
		return false
	}
	people := b.page.rollCall(i, 1, true)
	if !people && (!b.listed || b.divided) {
		people = groupLabel.MatchString(below.name) || b.page.rollCall(i, enoughCalled, false) || b.divided && b.page.rollCall(i, 1, false)
	}
	if !people {
		return false
	}
	b.divided, below.structural = true, true
	return true
}

// close ends the block. Where somebody has a tick, those beside an empty box or cell were not there.
func (b *peopleBlock) close() {
	if !b.ticked || len(b.unticked) == 0 {
		return
	}
	kept, unticked := b.out[:b.from], b.unticked
	for i := b.from; i < len(b.out); i++ {
		if len(unticked) > 0 && unticked[0] == i {
			unticked = unticked[1:]
			continue
		}
		kept = append(kept, b.out[i])
	}
	b.out = kept
}

// line reads one line of the block.
func (b *peopleBlock) line(l *line) {
	l.boilerplate = true
	if b.away || !l.read() || l.text == "" {
		return
	}
	if b.absent != nil && b.belowAbsent(l) {
		return
	}
	b.absent = nil
	if !l.item && (b.tabular(l) && b.row(l) || strings.HasPrefix(l.body, "<") && b.tag(l)) {
		return
	}
	b.columns, b.cells = nil, nil
	lab, ok := labelOf(l, true)
	if ok && !lab.present {
		if l.item || lab.people == "" {
			b.absent = l
		}
		return
	}
	switch m := labelled.FindStringSubmatch(l.text); {
	case strings.HasPrefix(l.text, ": "): // what a term of a definition list is
		b.list(l, l.text[len(": "):])
	case ok:
		b.list(l, lab.people)
	case m != nil && grouped(m[1], m[2]):
		b.list(l, m[2])
	case l.item:
		b.item(l)
	case m != nil && roleWord.MatchString(m[1]) && m[2] != "" && !remark(m[2]):
		b.person(l, l.text)
	case bold(l.body) && groupLabel.MatchString(strings.ToLower(l.text)): // a title of some of them
	case b.bare(l.text):
		b.entry(l, l.text)
		b.lines = len(b.out) > b.from
	}
}

// grouped says whether a label and what follows it are a group and its people: "Council members: Ada, Ben", "Rust: Ada, Ben,
// Carl". One person behind a role has that role.
func grouped(label, people string) bool {
	one := len(splitPeople(people)) == 1 && roleWord.MatchString(label)
	return !one && groupLabel.MatchString(strings.ToLower(label)) && !sentence(people) || names(label, people)
}

// item reads an item that is no label: one person, or a list of them where it is the only one.
func (b *peopleBlock) item(l *line) {
	if !b.listed {
		b.listed, b.indent = true, l.indent
	}
	if (remark(l.text) || b.said(l) || onlyLinks(l.body) && instruction.MatchString(strings.ToLower(l.text))) && !likelyPerson(l) ||
		strings.HasSuffix(l.text, ":") || missed.MatchString(l.text) {
		return
	}
	if l.indent == b.indent {
		b.leaves++
	}
	if struck(l.body) {
		return
	}
	from := len(b.out)
	b.entry(l, l.text)
	switch l.box {
	case 'x':
		b.ticks(from, "x")
	case ' ':
		b.ticks(from, "")
	}
}

// missed says of somebody that he or she was not there.
var missed = regexp.MustCompile(`(?i)(?: |\()(?:absent|excused|regrets|not (?:attending|present|there)|apologies|abwesend|entschuldigt)\)?\.?$`)

// said says whether an item that does not look like a person is something that was said: below a person, below people on
// lines of their own, or after people who look like people.
func (b *peopleBlock) said(l *line) bool {
	name, _ := takeNotes(l.text)
	name, _ = affiliated(name)
	name, _, labelled := strings.Cut(name, ":")
	if strings.Contains(l.text, "@") {
		return false
	}
	if b.lines && (labelled && !roleWord.MatchString(name) || uncapitalised(name) > 1 && len(strings.Fields(name)) > 2) {
		return true
	}
	below := l.indent > b.indent && l.enclosing != nil && b.lists(l.enclosing)
	return below && uncapitalised(name) > 1 || b.leaves >= enough && uncapitalised(name) > 2 && !strings.ContainsAny(name, ",-–—|/")
}

// lists says whether l is a person of the block.
func (b *peopleBlock) lists(l *line) bool {
	return slices.ContainsFunc(b.out[b.from:], func(p Participant) bool { return p.Line == l.number })
}

// uncapitalised counts the words in lower case.
func uncapitalised(text string) int {
	n := 0
	for word := range strings.FieldsSeq(text) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) {
			n++
		}
	}
	return n
}

// maxListedName is how many words a name in a list may have.
const maxListedName = 4

// initials stand for somebody: "RM", "MvN", "MelS".
var initials = regexp.MustCompile(`^\p{Lu}[\pL]{0,2}\p{Lu}$|^\p{Lu}{2,4}$`)

// maxName is how many words a person on a list may take up, company and all.
const maxName = 8

// remark says whether an item is too long for a person.
func remark(text string) bool {
	if strings.Contains(text, "@") {
		return false
	}
	name, _ := takeNotes(text)
	before, _, _ := strings.Cut(name, " - ")
	before, _, _ = strings.Cut(before, " – ")
	words := len(strings.Fields(before))
	return words > maxName || words > maxListedName && strings.HasSuffix(before, "?") || strings.Contains(before, "://")
}

// groupLabel names a group of people rather than one: "Council members: Ada, Ben".
var groupLabel = regexp.MustCompile(`(?:^|[^\pL])(?:members?|guests?|observers?|others?|remote(?:ly)?|online|in[ -]person|on[ -]?site|staff|` +
	`maintainers?|leads?|chairs?|voting|non-voting|alternates?|council|board|committee|participants?|attendees?)$`)

// belowAbsent says whether l still belongs to the people who were not there: what is below their label, or any line up
// to the next label.
func (b *peopleBlock) belowAbsent(l *line) bool {
	if b.absent.item {
		return l.indent > b.absent.indent
	}
	return !labelled.MatchString(l.text)
}

// bare says whether a line that is no item names a person. Where people are items, only a handle does.
func (b *peopleBlock) bare(text string) bool {
	name := strings.TrimSpace(bracketed.ReplaceAllString(text, " "))
	if strings.HasPrefix(text, "@") { // a sentence below the people may begin with one of them
		rest := len(strings.Fields(handleWord.ReplaceAllString(name, " ")))
		if b.listed && rest > 2 && strings.HasSuffix(text, ".") {
			return false
		}
		return rest <= maxBareName || names("", text)
	}
	if accounted.MatchString(text) && len(strings.Fields(name)) <= maxListedName {
		return true
	}
	if b.listed || strings.Contains(text, "://") || strings.HasPrefix(text, "|") || strings.ContainsAny(name, "?!") || !startsWithLetter(name) {
		return false
	}
	words := len(strings.Fields(name))
	short := words <= maxBareName && !strings.HasSuffix(name, ".") && !strings.HasSuffix(name, ":")
	return short || strings.Contains(name, "@") || names("", text)
}

// accounted is a name with an account in brackets: "Ada Lovelace (@ada)".
var accounted = regexp.MustCompile(`^\p{Lu}[^@()]*\(@[\w.-]+\)\.?$`)

// maxBareName is how many words a person may take up on a line that is no item.
const maxBareName = 6

// entry is an item or a bare line: one person, unless it is nothing but handles or clearly a list of names.
func (b *peopleBlock) entry(l *line, text string) {
	commas := strings.Count(bracketed.ReplaceAllString(text, ""), ",")
	if rest := strings.TrimSpace(handleWord.ReplaceAllString(text, " ")); strings.Trim(rest, ",;&/+ ") == "" ||
		commas >= 2 && !pronouns.MatchString(text) && (!l.item || listed(text)) {
		b.list(l, text)
		return
	}
	b.person(l, text)
}

// pronouns after a name say that what follows them is about the same person.
var pronouns = regexp.MustCompile(`(?i), *(?:she|he|they|xe|ze|any|sie|er)(?: ?/ ?\pL+)*(?:,|$)`)

// listed says whether an item is a list of people rather than one with a company and a role: names, full ones where the
// first is, or where the company of all of them stands in brackets at the end.
func listed(text string) bool {
	all := notesAtEnd.ReplaceAllString(text, "")
	if strings.ContainsAny(all, "(/@") || !names("", all) {
		return false
	}
	parts := splitPeople(all)
	if len(all) == len(text) && len(strings.Fields(parts[0])) < 2 {
		return true
	}
	return !slices.ContainsFunc(parts, func(part string) bool { return len(strings.Fields(part)) < 2 })
}

var notesAtEnd = regexp.MustCompile(` *\([^()]*\) *$`)

var handleWord = regexp.MustCompile(`(?:^|[ \t,;&/+])@[\w.-]+|\b(?:and|und)\b`)
