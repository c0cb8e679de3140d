package calendars

import (
	"strings"

	ics "github.com/arran4/golang-ical"
)

// The components and properties that are read; the others may hold anything.
const (
	calendarComponent = "VCALENDAR"
	eventComponent    = "VEVENT"
	zoneComponent     = "VTIMEZONE"
)

var wanted = map[string]bool{
	"BEGIN": true, "END": true, "UID": true, "SUMMARY": true, "DTSTART": true, "RRULE": true, "RDATE": true, "EXDATE": true, "RECURRENCE-ID": true,
	"STATUS": true, "CLASS": true, "URL": true, "SEQUENCE": true, "LOCATION": true, "METHOD": true, "X-WR-TIMEZONE": true, "TZID": true, "X-LIC-LOCATION": true,
}

// longestLine is the length of a content line up to which it is read.
const longestLine = 64 << 10

// contentLine is a line with those that continue it.
type contentLine struct {
	line int
	text string
}

// unfold gives the content lines whose properties are read.
func unfold(data string) []contentLine {
	var out []contentLine
	var b strings.Builder
	n, begun, reading := 0, 0, false
	flush := func() {
		if reading && b.Len() <= longestLine {
			out = append(out, contentLine{begun, b.String()})
		}
		b.Reset()
	}
	for l := range strings.Lines(data) {
		n++
		l = strings.TrimRight(l, "\r\n")
		if l != "" && (l[0] == ' ' || l[0] == '\t') {
			if reading && b.Len() <= longestLine {
				b.WriteString(l[1:])
			}
			continue
		}
		flush()
		begun, reading = n, wanted[nameOf(l)]
		if reading {
			b.WriteString(l)
		}
	}
	flush()
	return out
}

// nameOf is the name of the property that a line begins with.
func nameOf(l string) string {
	const longestName = 32
	head := l[:min(len(l), longestName)]
	if at := strings.IndexAny(head, ":;"); at > 0 {
		return strings.ToUpper(head[:at])
	}
	return ""
}

// property is one of a component.
type property struct {
	value  string
	params map[string][]string
	line   int
}

// param is the first value of a parameter.
func (p *property) param(name string) string {
	if p == nil || len(p.params[name]) == 0 {
		return ""
	}
	return p.params[name][0]
}

// component is an event or a zone.
type component struct {
	line  int
	props map[string][]*property
	// cancelled: its calendar takes back what is in it.
	cancelled bool
}

func (c *component) first(name string) *property {
	if all := c.props[name]; len(all) > 0 {
		return all[0]
	}
	return nil
}

func (c *component) value(name string) string {
	if p := c.first(name); p != nil {
		return p.value
	}
	return ""
}

// calendar is a file taken apart.
type calendar struct {
	props  component
	events []*component
	zones  []*component
	// open is the line of a component that is not closed, 0 for none; begun that there
	// is a calendar at all.
	open  int
	begun bool
}

// parse takes a file apart. Components within events (alarms) are passed over.
func parse(data string) *calendar {
	c := &calendar{props: component{props: map[string][]*property{}}}
	var in *component
	depth, kind, opened := 0, "", 0
	for _, l := range unfold(data) {
		p, name := parseLine(l)
		if p == nil {
			continue
		}
		value := strings.ToUpper(strings.TrimSpace(p.value))
		switch {
		case name == "BEGIN" && value == calendarComponent && depth == 0:
			c.begun, c.open = true, l.line
			delete(c.props.props, "METHOD") // another calendar of the file has its own
		case name == "BEGIN":
			if depth++; depth == 1 {
				in, kind, opened = &component{line: l.line, props: map[string][]*property{}}, value, l.line
			}
		case name == "END" && depth > 0:
			if depth--; depth == 0 {
				c.add(kind, in)
				in = nil
			}
		case name == "END" && value == calendarComponent:
			c.open = 0
		case in == nil:
			c.props.props[name] = append(c.props.props[name], p)
		case depth == 1:
			in.props[name] = append(in.props[name], p)
		}
	}
	if in != nil {
		c.open = opened
	}
	return c
}

func (c *calendar) add(kind string, in *component) {
	switch kind {
	case eventComponent:
		in.cancelled = strings.EqualFold(c.props.value("METHOD"), "CANCEL")
		c.events = append(c.events, in)
	case zoneComponent:
		c.zones = append(c.zones, in)
	}
}

// parseLine reads the property on a line; nil where it is none.
func parseLine(l contentLine) (p *property, name string) {
	read, err := ics.ParseProperty(ics.ContentLine(l.text))
	if err != nil || read == nil {
		return nil, ""
	}
	return &property{value: read.Value, params: read.ICalParameters, line: l.line}, strings.ToUpper(read.IANAToken)
}
