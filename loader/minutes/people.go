package minutes

import (
	"regexp"
	"strings"
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
	// from is where the block's people begin, unticked are those of them beside an empty box, and ticked says that there is
	// a box with a tick.
	from     int
	unticked []int
	ticked   bool
	// leaves are the items so far that are people, on the level of the first, which stands at indent.
	leaves, indent int
}

// divides says whether the heading of line i names a group of the people below h, which then holds nobody itself:
// "## Present", "### Members".
func (b *peopleBlock) divides(h *heading, i int) bool {
	below := b.page.lines[i].heads[0]
	if below.level <= h.level || below.structural || absentHeading.MatchString(below.name) || b.listed && !b.divided {
		return false
	}
	least := enoughCalled
	if b.divided {
		least = 1
	}
	if !groupLabel.MatchString(below.name) && !b.page.rollCall(i, least, false) {
		return false
	}
	b.divided, below.structural = true, true
	return true
}

// close ends the block. Where somebody's box has a tick, those beside an empty one were not there.
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
	if !l.item && (strings.HasPrefix(l.body, "|") && b.row(l) || strings.HasPrefix(l.body, "<") && b.tag(l)) {
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
	case m != nil && (groupLabel.MatchString(strings.ToLower(m[1])) || names(m[1], m[2])):
		b.list(l, m[2])
	case l.item:
		b.item(l)
	case b.bare(l.text):
		b.entry(l, l.text)
	}
}

// item reads an item that is no label: one person, or a list of them where it is the only one.
func (b *peopleBlock) item(l *line) {
	if !b.listed {
		b.listed, b.indent = true, l.indent
	}
	if remark(l.text) && !likelyPerson(l) || strings.HasSuffix(l.text, ":") {
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
	b.ticked = b.ticked || l.box == 'x'
	for ; l.box == ' ' && from < len(b.out); from++ {
		b.unticked = append(b.unticked, from)
	}
}

// names says whether what follows a label that is none of the known ones is a list of names: "Rust: Ada, Ben, Carl". What
// follows initials is what somebody said.
func names(label, text string) bool {
	if initials.MatchString(label) || strings.Count(text, ",") < 2 {
		return false
	}
	for _, part := range splitPeople(strings.TrimRight(text, ". ")) {
		part, _ := takeNotes(part)
		if len(strings.Fields(part)) > maxListedName || strings.ContainsAny(part, ".!?:") && !strings.Contains(part, "@") {
			return false
		}
	}
	return true
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
	return len(strings.Fields(before)) > maxName || strings.Contains(before, "://")
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
	if strings.HasPrefix(text, "@") {
		return true
	}
	name := strings.TrimSpace(bracketed.ReplaceAllString(text, " "))
	if b.listed || strings.Contains(text, "://") || strings.ContainsAny(name, "|?!") || !startsWithLetter(name) {
		return false
	}
	words := len(strings.Fields(name))
	return words <= 6 && !strings.HasSuffix(name, ".") && !strings.HasSuffix(name, ":") || strings.Contains(name, "@")
}

// entry is an item or a bare line: one person, unless it is nothing but handles or clearly a list of names.
func (b *peopleBlock) entry(l *line, text string) {
	commas := strings.Count(bracketed.ReplaceAllString(text, ""), ",")
	if rest := strings.TrimSpace(handleWord.ReplaceAllString(text, " ")); strings.Trim(rest, ",;&/+ ") == "" ||
		!l.item && commas >= 2 || l.item && commas >= 2 && listed(text) {
		b.list(l, text)
		return
	}
	b.person(l, text)
}

// listed says whether an item is a list of people rather than one with a company and a role: names, or full names with
// the company of all of them in brackets at the end.
func listed(text string) bool {
	all := notesAtEnd.ReplaceAllString(text, "")
	if strings.ContainsAny(all, "(/@") || !names("", all) {
		return false
	}
	if len(all) < len(text) {
		for _, part := range splitPeople(all) {
			if len(strings.Fields(part)) < 2 {
				return false
			}
		}
	}
	return true
}

var notesAtEnd = regexp.MustCompile(` *\([^()]*\) *$`)

var handleWord = regexp.MustCompile(`(?:^|[ \t,;&/+])@[\w.-]+|\b(?:and|und)\b`)

// list is several people on one line.
func (b *peopleBlock) list(l *line, text string) {
	if adjacentLinks.MatchString(l.body) {
		text = plain(adjacentLinks.ReplaceAllString(l.body, "), ["))
		if m := labelled.FindStringSubmatch(text); m != nil {
			text = m[2]
		}
	}
	text = trimStop(text)
	for _, part := range splitPeople(text) {
		part = strings.TrimSpace(part)
		if strings.Count(part, "@") < 2 {
			b.person(l, part)
			continue
		}
		for _, handle := range handlesOf(part) {
			b.out = append(b.out, Participant{Line: l.number, Handle: handle})
		}
	}
}

// adjacentLinks are people named by links with nothing between them.
var adjacentLinks = regexp.MustCompile(`\)[ \t]+\[`)

// nextPerson is what may stand between two people.
var nextPerson = regexp.MustCompile(`^ (?:and|und) `)

// lastPerson is what may stand before the last of a list.
var lastPerson = regexp.MustCompile(`^(?:and|und|&) `)

// splitPeople splits at commas that do not stand in brackets, and at the last "and".
func splitPeople(s string) []string {
	var parts []string
	depth, from := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case c == ',' || c == ';':
			parts = append(parts, s[from:i])
			from = i + 1
		case c == ' ' && i >= from && nextPerson.MatchString(s[i:min(len(s), i+6)]):
			parts = append(parts, s[from:i])
			from = i + strings.IndexByte(s[i+1:], ' ') + 1
		}
	}
	return append(parts, lastPerson.ReplaceAllString(strings.TrimSpace(s[from:]), ""))
}

// person is one person: a handle, a name, and what stands in brackets or after a dash.
func (b *peopleBlock) person(l *line, text string) {
	p := Participant{Line: l.number}
	text, notes := takeNotes(angledHandle.ReplaceAllString(text, "$1"))
	text, notes = takeRole(text, notes)
	text = address.ReplaceAllString(text, " ")
	text, p.Handle = takeHandle(text)
	if p.Handle == "" {
		for i, note := range notes {
			if notes[i], p.Handle = takeHandle(note); p.Handle != "" {
				break
			}
		}
	}
	p.Name = personName(text)
	p.Note = joinNotes(notes)
	if p.Handle != "" || p.Name != "" {
		b.out = append(b.out, p)
	}
}

// takeRole takes initials or a role before a colon or a dash out of a text, or what follows a colon. What follows a dash
// stands in the name, as what follows a comma does.
func takeRole(text string, notes []string) (string, []string) {
	cut := roleMark.FindStringIndex(text)
	if cut == nil || strings.TrimSpace(text[:cut[0]]) == "" {
		return text, notes
	}
	before, after := strings.TrimSpace(text[:cut[0]]), strings.TrimSpace(text[cut[1]:])
	if initials.MatchString(before) || roleWord.MatchString(before) {
		return after, append(notes, before)
	}
	if text[cut[0]] != ':' || strings.Contains(after, "@") {
		return text, notes
	}
	return before, append(notes, after)
}

var (
	roleMark = regexp.MustCompile(`: | [-–—]+ `)
	// A role may stand before the name: "Chair: Ada".
	roleWord = regexp.MustCompile(`(?i)^(?:(?:co-?|minutes |meeting ))?(?:chair(?:person|man|woman)?|hosts?|scribe|moderator|facilitator|note[- ]?taker|minute[- ]?taker|secretary|` +
		`minutes|lead|speaker|presenter|guest|observer|timekeeper|protokoll|moderation|schriftführung|leitung|gast)$`)
	// A handle in angle brackets is no address.
	angledHandle = regexp.MustCompile(`<(@[\w.-]+)>`)
	// An e-mail address, in angle brackets or not.
	address = regexp.MustCompile(`<[^<>]*@[^<>]*>|[\w.+-]+@[\w-]+\.[\w.-]+`)
	// Somebody's handle in a list of people may have dots.
	dottedHandle = regexp.MustCompile(`(?:^|[^\w@])@([\pL\d](?:[\pL\d_.-]*[\pL\d_-])?)`)
)

// takeNotes takes what stands in brackets out of a text.
func takeNotes(text string) (rest string, notes []string) {
	if !strings.ContainsAny(text, "([") {
		return text, nil
	}
	var b strings.Builder
	depth, from := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(' || c == '[':
			if depth == 0 {
				b.WriteString(text[from:i] + " ")
				from = i + 1
			}
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
			if depth == 0 {
				notes = append(notes, strings.TrimSpace(text[from:i]))
				from = i + 1
			}
		}
	}
	if depth > 0 {
		return b.String(), append(notes, strings.TrimSpace(text[from:]))
	}
	return b.String() + text[from:], notes
}

// takeHandle takes the first handle out of a text.
func takeHandle(text string) (rest, handle string) {
	m := dottedHandle.FindStringSubmatchIndex(text)
	if m == nil {
		return text, ""
	}
	handle = text[m[2]:m[3]]
	return text[:m[2]-1] + " " + text[m[3]:], handle
}

func joinNotes(notes []string) string {
	var kept []string
	for _, n := range notes {
		if n = strings.Trim(n, " ,;-"); n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, ", ")
}

// nobody are words that stand where a name would.
var nobody = map[string]bool{
	"none": true, "n/a": true, "na": true, "tbd": true, "tba": true, "todo": true, "all": true, "everyone": true, "nobody": true,
	"nil": true, "keine": true, "your name": true, "your name here": true, "name": true, "...": true,
}

// instruction is a phrase such as "please add your name": three words or more, and the first a small one that no name
// begins with.
var instruction = regexp.MustCompile(`^\p{Ll}[\pL'-]* +\pL[^ ]* +\pL`)

var particle = regexp.MustCompile(`^(?:van|von|vom|de|da|di|du|del|der|el|al|bin|ibn|la|le|ten|ter|zu|zur) `)

// shortened is a name that ends in something shortened, which its full stop belongs to: "Peter C.", "Ada Lovelace Jr.".
var shortened = regexp.MustCompile(`(?:^|[ .])(?:\p{Lu}|Jr|Sr|Inc|Ltd|Corp|Co|e\.V)\.$`)

// trimStop takes full stops and blanks off the end of a name, but for the one of something shortened.
func trimStop(name string) string {
	if name = strings.TrimRight(name, " "); shortened.MatchString(name) {
		return name
	}
	return strings.TrimRight(name, " .,;:-–—/|&+*…@")
}

// personName is what is left as a name, empty when it is none.
func personName(text string) string {
	name := strings.ReplaceAll(strings.Join(strings.Fields(text), " "), " ,", ",")
	name = trimStop(strings.Trim(name, " ,;:-–—/|&+*…@"))
	if nobody[strings.ToLower(name)] || instruction.MatchString(name) && !particle.MatchString(name) || !startsWithLetter(name) {
		return ""
	}
	return name
}
