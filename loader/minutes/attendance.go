package minutes

import (
	"regexp"
	"strings"
)

// attendance walks a page and reads who was there. Its blocks, and those of who was not, are marked as boilerplate.
type attendance struct {
	page *page
	out  []Participant
	// called is the line at which a list of people with boxes has just ended; the next section may go on with it.
	called int
	// ended is the line at which any section of people has just ended.
	ended int
}

// present are the words that open a block of participants, absent those that open one of people who were not there.
var (
	presentHeading = regexp.MustCompile(`^(?:` + presentWords + `|in attendance|roll ?call|members? (?:present|attending))(?:$|[^\pL'’])`)
	absentHeading  = regexp.MustCompile(`^(?:` + absentWords + `|absence|excuse|unavailable)(?:$|[^\pL])`)
	// A label is a few words and a colon; "Rust members present: Ada, Ben".
	labelled     = regexp.MustCompile(`^(\pL(?:[\pL\d .·&/'’*_-]|:\pL|\([^()]*\)){0,60}?) ?:(?: +(.*))?$`)
	presentLabel = regexp.MustCompile(`(?:^|[^\pL])(?:` + presentWords + `|roll ?call)$`)
	absentLabel  = regexp.MustCompile(`(?:^|[^\pL])(?:` + absentWords + `)$`)
	// Among people, somebody may also be missing.
	absentAmong = regexp.MustCompile(`(?:^|[^\pL])(?:unavailable|missing(?: \pL+)?)$`)
	// Not everybody who is spoken of in such words was there.
	denied = regexp.MustCompile(`(?:^|[^\pL])(?:not?|non|missing|absent|excused|max(?:imum)?|number of|expected|required|invited|potential|` +
		`interested|desired|planned|nicht|max|anzahl)(?:$|[^\pL])`)
	// A sentence is no label.
	clause = regexp.MustCompile(`(?:^|[^\pL])(?:if|when|where|are|is|was|were|be|must|should|wenn|falls|ist|sind)(?:$|[^\pL])`)
)

// presentWords and absentWords are what people call those who were there, and those who were not: in English, mistyped as
// often as not, in German, French, Spanish, Italian and Dutch.
const (
	presentWords = `parti?ci?pants?t?|attendees?|attendance|present|attending|teilnehmer(?:(?:[:*_/ ]-?)?innen)?|teilnehmende|anwesend(?:e|en)?|` +
		`(?:présent|participant)` + bothGenders + `|asistentes|present(?:es|i)|partecipanti|aanwezig(?:en)?|deelnemers`
	absentWords = `not in attendance|excused|absents?|absentees?|regrets|apologies|not (?:present|attending)|unable to attend|entschuldigt(?:e)?|abwesend(?:e)?|` +
		`(?:excusé|absent)` + bothGenders + `|ausentes|assenti|afwezig(?:en)?`
	// bothGenders are the endings of French: "présents", "présentes", "présent.e.s", "présent·es".
	bothGenders = `(?:[.·-]?e)?(?:[.·-]?s)?`
)

// label is a line that introduces people.
type label struct {
	// present people are participants, the others are not.
	present bool
	// people follow the label on its own line.
	people string
	// row says that the line is a row of a table.
	row bool
}

func (a *attendance) read() []Participant {
	for i := 0; i < len(a.page.lines); {
		l := a.page.lines[i]
		switch label, ok := labelOf(l, false); {
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
// table does not either. Among people, more words are labels.
func labelOf(l *line, among bool) (label, bool) {
	if sectionLink.MatchString(l.body) {
		return label{}, false
	}
	text := tightColon.ReplaceAllString(l.text, "$1: $2")
	if !strings.Contains(text, ":") && strings.Contains(text, " ") && !strings.HasSuffix(text, ")") && !bold(l.body) && !strings.HasPrefix(text, "|") &&
		!presentPhrase.MatchString(strings.ToLower(text)) {
		return label{}, false
	}
	row := tableRow.FindStringSubmatch(text)
	if row != nil {
		text = row[1] + ": " + row[2]
	} else if !strings.HasSuffix(text, ":") && (bold(l.body) || l.lonely()) {
		text += ":"
	}
	m := labelled.FindStringSubmatch(text)
	if m == nil || len(strings.Fields(bracketed.ReplaceAllString(m[1], " "))) > 5 {
		return label{}, false
	}
	words := sectionName(strings.Trim(m[1], "*_"))
	lab := label{people: m[2], row: row != nil, present: !denied.MatchString(words)}
	switch {
	case clause.MatchString(words) || told(lab.people):
	case absentLabel.MatchString(words) || among && absentAmong.MatchString(words):
		lab.present = false
		return lab, true
	case presentLabel.MatchString(words):
		return lab, lab.present || among
	case presentGroup.MatchString(words) && names("", lab.people):
		return lab, true
	}
	return label{}, false
}

// sectionLink is an entry in a table of contents: "[Attendance](#attendance)".
var sectionLink = regexp.MustCompile(`^\[[^\[\]]*\]\(#[^()]*\)$`)

// tightColon stands before people without a blank, or twice: "Attending :Ada", "Attendees:: Ada".
var tightColon = regexp.MustCompile(`^([^:]{3,40}?) ?(?::: ?|:)([\p{Lu}@])`)

// presentPhrase is a phrase for those who were there that needs no colon.
var presentPhrase = regexp.MustCompile(`^(?:(?:[\pL-]+ ){0,2}members present|(?:those|people|persons) present)$`)

// presentGroup are some of those who were there: "Attending editors: Ada, Ben, Cyra".
var presentGroup = regexp.MustCompile(`^(?:attending|present|participating) (?:members|guests|editors|maintainers|people|persons|staff|officers|directors|` +
	`contributors|developers|delegates|mitglieder|gäste)$`)

// lonely says whether a line is nothing but a word for those who were there or were not, what stands in brackets aside.
func (l *line) lonely() bool {
	word := strings.ToLower(strings.TrimSpace(bracketed.ReplaceAllString(l.text, "")))
	return (!strings.Contains(word, " ") || presentPhrase.MatchString(word)) && (l.item || l.indent < 2) && (presentLabel.MatchString(word) || absentLabel.MatchString(word))
}

var tableRow = regexp.MustCompile(`^\| *([\pL][^|]{0,40}?) *\| *([^|]*?) *(?:\| *)?$`)

func bold(body string) bool {
	return len(body) > 4 && strings.HasPrefix(body, "**") && strings.HasSuffix(body, "**") && strings.Count(body, "**") == 2
}

// underHeading reads the block of a participants heading, which ends at the next heading, and gives the line after it.
func (a *attendance) underHeading(i int) int {
	heads := a.page.lines[i].heads
	h := heads[len(heads)-1]
	here, away := a.opens(i, h)
	if !here && !away {
		return i + 1
	}
	h.structural = true
	block := peopleBlock{attendance: a, away: away, from: len(a.out)}
	defer block.close()
	if m := labelled.FindStringSubmatch(h.title); m != nil && here && (strings.Contains(m[2], "@") || named(m[2])) {
		block.list(a.page.lines[i], m[2])
	}
	for i++; i < len(a.page.lines); i++ {
		l := a.page.lines[i]
		if len(l.heads) > 0 && !block.divides(h, i) || agendaLabel(l) || agendaItem(l) || block.ended(i) {
			if a.ended = i; block.ticked {
				a.called = i
			}
			return i
		}
		block.line(l)
	}
	return i
}

// agendaLabel says whether a line that is no item is where the agenda begins in minutes without a heading for it: "Agenda:".
func agendaLabel(l *line) bool {
	if l.item || l.indent > 0 || len(l.heads) > 0 || !l.read() || l.text == "" {
		return false
	}
	name := sectionName(l.text)
	alone := strings.HasSuffix(l.text, ":") || bold(l.body) || strings.EqualFold(name, l.text)
	return strings.HasPrefix(name, "agenda") || alone && (structuralTitle(name) || name == "topics" || name == "discussion")
}

// agendaItem says whether an item holds the agenda, in minutes that are one list: "1. Agenda:".
func agendaItem(l *line) bool {
	return l.item && strings.HasSuffix(l.text, ":") && sectionName(l.text) == "agenda"
}

// underlined says whether line i only underlines the one above it, as titles are.
func (p *page) underlined(i int) bool {
	return i > 0 && underline.MatchString(p.lines[i].raw) && !p.lines[i-1].item && !p.lines[i-1].blank()
}

var underline = regexp.MustCompile(`^ {0,3}(?:-{3,}|={3,})$`)

// numbered says whether an item has a number.
func (l *line) numbered() bool {
	return l.item && startsWithDigit(strings.TrimLeft(l.source, " \t"))
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// underLabel reads the block of a label. It ends at a heading, at a blank line that no item follows, or, when the label
// is an item, at the next one that is not below it.
func (a *attendance) underLabel(i int, lab label) int {
	first := a.page.lines[i]
	first.boilerplate = true
	block := peopleBlock{attendance: a, away: !lab.present, from: len(a.out)}
	defer block.close()
	rows := a.wrapped(i, lab)
	for n, people := range rows {
		if lab.present {
			block.list(a.page.lines[i+n], people)
		}
	}
	i += len(rows) - 1
	listed := strings.TrimSpace(bracketed.ReplaceAllString(lab.people, "")) // on the label's own line
	open := !lab.row && (listed == "" || strings.HasSuffix(lab.people, ","))
	var lead *line // the first below the label
	for i++; i < len(a.page.lines); i++ {
		l := a.page.lines[i]
		if l.blank() || i == first.number && a.page.underlined(i) {
			continue
		}
		gap := a.page.lines[i-1].blank() && (listed != "" || !l.item && (i > first.number+1 || l.indent < 2))
		table := open && len(a.out) == block.from && strings.HasPrefix(l.body, "|")
		apart := open && !first.item && !block.listed && a.page.peopleAt(i, lead)
		if lead == nil {
			lead = l
		}
		other := block.listed && lead.item && l.indent <= block.indent && l.numbered() != lead.numbered() // the next list
		agenda := agendaItem(l) || l.item && a.page.lines[i-1].blank() && (block.lines || other || block.away && strings.Contains(l.text, " ") && !likelyPerson(l))
		if len(l.heads) > 0 || l.kind == rule || agenda || gap && !table && !apart || !follows(first, l, open) || block.over(a.page, i) {
			return i
		}
		block.line(l)
	}
	return i
}

// peopleAt says whether the paragraph that begins in line i is people, who are written as those in the lead are: with a company
// or without.
func (p *page) peopleAt(i int, lead *line) bool {
	if lead != nil && strings.ContainsAny(p.lines[i].text, ",(") != strings.ContainsAny(lead.text, ",(") {
		return false
	}
	for ; i < len(p.lines) && !p.lines[i].blank(); i++ {
		l := p.lines[i]
		if l.item || len(l.heads) > 0 || !l.read() || !likelyPerson(l) && !names("", l.text) && !nameAtEnd.MatchString(l.text) {
			return false
		}
	}
	return true
}

// nameAtEnd is what is left of a list of people that was wrapped.
var nameAtEnd = regexp.MustCompile(`^\p{Lu}[\pL'’-]+,?$`)

// wrapWidth is how long a line is at least that was wrapped.
const wrapWidth = 60

// wrapped are the people behind a label and those in the lines into which they were wrapped, a line each: what follows a
// long line at once, is neither item nor label and reads like names. A name that was broken in two is whole in the first.
func (a *attendance) wrapped(i int, lab label) []string {
	rows := []string{lab.people}
	for i++; i < len(a.page.lines) && lab.people != "" && !lab.row && len(a.page.lines[i-1].raw) >= wrapWidth; i++ {
		l := a.page.lines[i]
		if l.item || len(l.heads) > 0 || !l.read() || l.text == "" || strings.Contains(l.text, ":") || sentence(l.text) ||
			strings.Count(l.text, ",") == 0 && len(strings.Fields(l.text)) > maxListedName {
			break
		}
		l.boilerplate = true
		last, more := rows[len(rows)-1], l.text
		if !strings.HasSuffix(last, ",") && !strings.HasSuffix(last, ")") {
			broken, rest, _ := strings.Cut(more, ",")
			rows[len(rows)-1], more = last+" "+broken, rest
		}
		rows = append(rows, more)
	}
	return rows
}

// enough people are listed that an item with others below it is the agenda's, which nothing divides from them.
const enough = 3

// over says whether the agenda begins in line i: after items that are people, one on their level that has items below it.
func (b *peopleBlock) over(p *page, i int) bool {
	l := p.lines[i]
	if !l.item || strings.Contains(l.text, "@") || strings.HasSuffix(l.text, ":") || b.leaves < enough || l.indent > b.indent {
		return false
	}
	for _, next := range p.lines[i+1:] {
		if !next.blank() {
			return next.item && next.indent >= l.indent+2
		}
	}
	return false
}

// ended says whether the people below a heading end before the next one: at a line across the page after them, or where
// the agenda begins.
func (b *peopleBlock) ended(i int) bool {
	l := b.page.lines[i]
	if lab, ok := labelOf(l, false); b.away {
		return ok && lab.present && !l.item // "Other attendees:" below those who were not
	}
	return l.kind == rule && len(b.out) > b.from ||
		b.over(b.page, i) && !likelyPerson(l) && !groupLabel.MatchString(strings.ToLower(l.text))
}

// follows says whether l can belong to the block of a label. One that has its people on its own line, and a comma does
// not announce more, takes only what stands below it.
func follows(first, l *line, open bool) bool {
	if first.item {
		return l.indent > first.indent
	}
	if _, ok := labelOf(l, true); ok && !l.item {
		return false
	}
	if !l.item && labelled.MatchString(l.text) && !strings.HasPrefix(l.text, "@") {
		return false
	}
	return open
}
