package mutation

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// input is a coerced input object.
type input map[string]any

func (in input) given(name string) bool { return in[name] != nil }

func (in input) text(name string) string {
	s, _ := in[name].(string)
	return s
}

func (in input) object(name string) input {
	o, _ := in[name].(map[string]any)
	return o
}

func (in input) list(name string) []any {
	list, _ := in[name].([]any)
	return list
}

// Lengths of texts, in characters.
const (
	longestTitle   = 200
	longestAddress = 2_000
	longestProse   = 20_000
	longestList    = 100
)

// title is a text of one line that has to say something.
func (m *work) title(name string) string {
	return m.line("input."+name, m.in.text(name), longestTitle, true)
}

// line checks a text of one line.
func (m *work) line(field, s string, most int, needed bool) string {
	s = strings.TrimSpace(s)
	switch {
	case s == "" && needed:
		m.wrong(field, "it is empty; right is a text of up to %d characters", most)
	case strings.ContainsFunc(s, unicode.IsControl):
		m.wrong(field, "it has control characters; right is a text of one line")
	}
	m.length(field, s, most)
	return s
}

func (m *work) length(field, s string, most int) {
	if n := utf8.RuneCountInString(s); n > most {
		m.wrong(field, "it has %d characters; right is up to %d", n, most)
	}
}

// prose puts texts of several lines into fields, those that were given.
func (m *work) prose(fields map[string]any, names ...string) {
	for _, name := range names {
		if s := m.in.text(name); s != "" {
			field := "input." + name
			if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' }) {
				m.wrong(field, "it has control characters; right is text")
			}
			m.length(field, s, longestProse)
			fields[name] = s
		}
	}
}

// lines puts lists of texts into fields, those that were given.
func (m *work) lines(fields map[string]any, names ...string) {
	for _, name := range names {
		if !m.in.given(name) {
			continue
		}
		list := m.in.list(name)
		m.atMost("input."+name, len(list))
		out := make([]any, 0, len(list))
		for i, item := range list {
			s, _ := item.(string)
			out = append(out, m.line("input."+name+"."+strconv.Itoa(i), s, longestProse, true))
		}
		fields[name] = out
	}
}

func (m *work) atMost(field string, n int) {
	if n > longestList {
		m.wrong(field, "it names %d; right is up to %d", n, longestList)
	}
}

// plain puts members that need no check into fields, those that were given.
func (m *work) plain(fields map[string]any, names ...string) {
	for _, name := range names {
		if m.in.given(name) {
			fields[name] = m.in[name]
		}
	}
}

// address checks a web address.
func (m *work) address(field, s string) string {
	s = m.line(field, s, longestAddress, true)
	if s != "" && !text.IsWebAddress(s) {
		m.wrong(field, "it is no web address; right begins with https://")
	}
	return s
}

// today is the day of the mutation, UTC.
func (m *work) today() string { return m.call.Now.UTC().Format(time.DateOnly) }

// pastDay is a day that has come; today unless given.
func (m *work) pastDay(name string) string {
	day := m.in.text(name)
	if day == "" {
		return m.today()
	}
	if day > m.today() {
		m.wrong("input."+name, "%s has not come yet; right is a day up to %s", day, m.today())
	}
	return day
}

// daysToCome are days, each once, none that has passed, in their order.
func (m *work) daysToCome(name string) []any {
	list := m.in.list(name)
	if m.atMost("input."+name, len(list)); len(list) == 0 {
		m.wrong("input."+name, "it names no day; right is at least one")
	}
	var days []string
	for i, item := range list {
		day, _ := item.(string)
		field := "input." + name + "." + strconv.Itoa(i)
		switch {
		case day < m.today():
			m.wrong(field, "%s has passed; today is %s", day, m.today())
		case slices.Contains(days, day):
			m.wrong(field, "%s stands twice; each day stands once", day)
		default:
			days = append(days, day)
		}
	}
	slices.Sort(days)
	out := make([]any, len(days))
	for i, day := range days {
		out[i] = day
	}
	return out
}

// number puts a whole number from 1 up to a bound into fields, where it is given.
func (m *work) number(fields map[string]any, name string, high int64) {
	n, given := m.in[name].(int64)
	if !given {
		return
	}
	if n < 1 || n > high {
		m.wrong("input."+name, "it is %d; right is 1 to %d", n, high)
	}
	fields[name] = n
}

// lineOf puts a text of one line into fields, where it is given.
func (m *work) lineOf(fields map[string]any, name string) {
	if m.in.given(name) {
		fields[name] = m.line("input."+name, m.in.text(name), longestTitle, false)
	}
}

// value makes a value object of a type from its members.
func (m *work) value(typ string, members map[string]any) record.Object {
	o := m.writer.config.Catalog.Object(typ)
	out := make(record.Object, len(o.Fields))
	for name, v := range members {
		out[o.Field(name).Index] = v
	}
	return out
}

// here is the source of what is written through the API.
func (m *work) here() []any {
	return []any{m.value("Source", map[string]any{"uri": "opsmap", "kind": "OTHER"})}
}
