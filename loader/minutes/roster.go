package minutes

import (
	"regexp"
	"strings"
)

// columns say what stands where in a table of people; -1 is nowhere.
type columns struct {
	name, handle int
	// here is the column in which a mark or a word says that somebody was there; tick is one without a title, which may say so too.
	here, tick int
}

var (
	rowBorder    = regexp.MustCompile(`^\|?[\s:|-]*-[\s:|-]*$`)
	nameColumn   = regexp.MustCompile(`(?i)^(?:full )?(?:names?|nombres?|noms?|naam|attendees?|participants?|who|person|people|members?|teilnehm\pL*)(?:$|[^\pL])`)
	handleColumn = regexp.MustCompile(`(?i)(?:github|gitlab|^gh|handle|user ?name|login|nick|^irc|matrix|account)`)
	hereColumn   = regexp.MustCompile(`(?i)^(?:present|attend(?:ed|ing|ance)?|asistencia|présen(?:t|ce)|aanwezig|anwesenheit|here|x|✓|✔|✅|☑|anwesend)\??$`)
	awayMark     = regexp.MustCompile(`(?i)^(?:[ –-]*|n|no|nein|non|nee|absent|away|excused|regrets|apologies|entschuldigt|abwesend|✗|✘|✖|❌)$`)
)

// tabular says whether a line is a row of a table. One without a pipe at its margins begins with the names of its columns.
func (b *peopleBlock) tabular(l *line) bool {
	if !strings.Contains(l.body, "|") {
		return false
	}
	if strings.HasPrefix(l.body, "|") || b.columns != nil || l.number == len(b.page.lines) {
		return strings.HasPrefix(l.body, "|") || b.columns != nil
	}
	below := b.page.lines[l.number].body
	return strings.Contains(below, "|") && rowBorder.MatchString(below)
}

// row reads a row of a table in which each row is a person. It is false for one that is something else: a label with
// people beside it.
func (b *peopleBlock) row(l *line) bool {
	if rowBorder.MatchString(l.body) {
		return true
	}
	cells := cellsOf(l)
	if lab, ok := labelOf(l, true); ok && b.columns == nil && (lab.people != "" || len(cells) > 1) {
		return false
	}
	b.seat(cells)
	return true
}

// seat reads the cells of a row as a person, or as the names of the columns.
func (b *peopleBlock) seat(cells []cell) {
	if b.columns == nil {
		b.columns = header(cells)
		if b.columns.name >= 0 {
			return
		}
		b.columns.name = 0
	}
	c := b.columns
	if c.here >= 0 && c.here < len(cells) && awayMark.MatchString(cells[c.here].text) || c.name >= len(cells) {
		return
	}
	text := cells[c.name].text
	if c.handle >= 0 && c.handle < len(cells) && !strings.Contains(text, "@") {
		if m := loginWord.FindStringSubmatch(cells[c.handle].text); m != nil {
			text += " @" + m[1]
		}
	}
	if remark(text) {
		return
	}
	from := len(b.out)
	b.person(cells[c.name].line, text)
	if c.tick >= 0 && c.tick < len(cells) {
		b.ticks(from, cells[c.tick].text)
	}
}

// ticks notes what stands in the column of ticks beside the people from the one at from on.
func (b *peopleBlock) ticks(from int, mark string) {
	b.ticked = b.ticked || hereColumn.MatchString(mark)
	for ; mark == "" && from < len(b.out); from++ {
		b.unticked = append(b.unticked, from)
	}
}

var tableTag = regexp.MustCompile(`(?i)<(/?)(table|thead|tbody|tr|td|th)\b[^<>]*>`)

// tag reads a line of a table in HTML, as exports of word processors write them: a tag and a cell a line, or all in one.
func (b *peopleBlock) tag(l *line) bool {
	marks := tableTag.FindAllStringSubmatchIndex(l.body, -1)
	if len(marks) == 0 || marks[0][0] > 0 {
		return false
	}
	for i, m := range marks {
		end := len(l.body)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		b.tagged(l, strings.ToLower(group(l.body, m, 1)+group(l.body, m, 2)), l.body[m[1]:end])
	}
	return true
}

// tagged reads a tag by its name and the text after it.
func (b *peopleBlock) tagged(l *line, name, text string) {
	switch name {
	case "td", "th":
		b.cells = append(b.cells, cell{cellText(tags.ReplaceAllString(text, "")), l})
	case "/tr":
		if len(b.cells) > 0 {
			b.seat(b.cells)
		}
		b.cells = nil
	case "table", "/table":
		b.columns, b.cells = nil, nil
	}
}

// cell is the text of a cell and the line it stands in.
type cell struct {
	text string
	line *line
}

var loginWord = regexp.MustCompile(`^@?([\pL\d][\w.-]*)$`)

// cellText is what a cell says. A check mark that is all of it says something, too, though it is an emoji.
func cellText(raw string) string {
	text := plain(raw)
	if text == "" && hasCheckMark(raw) {
		return "✓"
	}
	return text
}

// header finds the columns by the first row of a table; without a name among them that row is a person already.
func header(cells []cell) *columns {
	c := &columns{name: -1, handle: -1, here: -1, tick: -1}
	for i, cell := range cells {
		switch cell := cell.text; {
		case handleColumn.MatchString(cell) && c.handle < 0:
			c.handle = i
		case nameColumn.MatchString(cell) && c.name < 0:
			c.name = i
		case hereColumn.MatchString(cell) && c.here < 0:
			c.here = i
		case cell == "" && c.tick < 0:
			c.tick = i
		}
	}
	if c.name < 0 && (c.handle >= 0 || c.here >= 0) && len(cells) > 1 {
		c.name = (max(c.handle, c.here) + 1) % len(cells)
	}
	return c
}

// cellsOf are the cells of a row as they are read.
func cellsOf(l *line) []cell {
	row := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(l.body), "|"), "|")
	var cells []cell
	for text := range strings.SplitSeq(strings.ReplaceAll(row, `\|`, "/"), "|") {
		cells = append(cells, cell{cellText(text), l})
	}
	return cells
}
