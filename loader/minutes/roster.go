package minutes

import (
	"regexp"
	"strings"
)

// columns say what stands where in a table of people; -1 is nowhere.
type columns struct {
	name, handle int
	// here is the column in which a mark says that somebody was there.
	here int
}

var (
	rowBorder    = regexp.MustCompile(`^\|?[\s:|-]*-[\s:|-]*$`)
	nameColumn   = regexp.MustCompile(`(?i)^(?:full )?(?:names?|attendees?|participants?|who|person|people|members?|teilnehm\pL*)(?:$|[^\pL])`)
	handleColumn = regexp.MustCompile(`(?i)(?:github|gitlab|^gh|handle|user ?name|login|nick|^irc|matrix|account)`)
	hereColumn   = regexp.MustCompile(`(?i)^(?:present|attend(?:ed|ing|ance)?|here|x|✓|✔|✅|☑|anwesend)\??$`)
)

// row reads a row of a table in which each row is a person. It is false for one that is something else: a label with
// people beside it.
func (b *peopleBlock) row(l *line) bool {
	if rowBorder.MatchString(l.body) {
		return true
	}
	cells := cellsOf(l.body)
	if b.columns == nil {
		if lab, ok := labelOf(l, true); ok && (lab.people != "" || len(cells) > 1) {
			return false
		}
		b.columns = header(cells)
		if b.columns.name >= 0 {
			return true
		}
		b.columns.name = 0
	}
	c := b.columns
	if c.here >= 0 && c.here < len(cells) && strings.Trim(cells[c.here], " -–") == "" || c.name >= len(cells) {
		return true
	}
	text := cells[c.name]
	if c.handle >= 0 && c.handle < len(cells) && !strings.Contains(text, "@") {
		if m := loginWord.FindStringSubmatch(cells[c.handle]); m != nil {
			text += " @" + m[1]
		}
	}
	if !remark(text) {
		b.person(l, text)
	}
	return true
}

var loginWord = regexp.MustCompile(`^@?([\pL\d][\w.-]*)$`)

// header finds the columns by the first row of a table; without a name among them that row is a person already.
func header(cells []string) *columns {
	c := &columns{name: -1, handle: -1, here: -1}
	for i, cell := range cells {
		switch {
		case handleColumn.MatchString(cell) && c.handle < 0:
			c.handle = i
		case nameColumn.MatchString(cell) && c.name < 0:
			c.name = i
		case hereColumn.MatchString(cell) && c.here < 0:
			c.here = i
		}
	}
	if c.name < 0 && (c.handle >= 0 || c.here >= 0) && len(cells) > 1 {
		c.name = (max(c.handle, c.here) + 1) % len(cells)
	}
	return c
}

// cellsOf are the cells of a row as they are read.
func cellsOf(row string) []string {
	row = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(row), "|"), "|")
	cells := strings.Split(strings.ReplaceAll(row, `\|`, "/"), "|")
	for i, cell := range cells {
		cells[i] = plain(cell)
	}
	return cells
}
