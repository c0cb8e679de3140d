package minutes

import (
	"regexp"
	"strings"
)

// The lines in which a file says its date: its first headings, then a line for it.
const (
	dateHeadingWithin = 10
	dateLineWithin    = 15
	dateHeadingLevel  = 3
)

// dateReader decides the date and the meetings of a document.
type dateReader struct {
	page     *page
	fileDate string
}

// read fills in date, source, conflict and meetings, and marks the headings that carry dates as structural.
func (r dateReader) read(doc *Document) {
	first := r.firstHeading()
	date, source := r.fallback()
	if first != nil {
		date, source = first.date, FromHeading
	}
	heads := r.meetingHeadings(first)
	if first == nil && len(heads) > 1 || date == "" && len(heads) > 0 {
		date, source = heads[0].date, FromHeading
	} else if first == nil {
		heads = nil
	}
	if date == "" && len(heads) == 0 {
		heads = r.yearFile()
		if len(heads) > 0 {
			date, source = heads[0].date, FromHeading
		}
	}
	doc.Date, doc.DateSource = date, source
	if source != FromFileName && r.fileDate != "" && r.fileDate != date {
		doc.DateConflict, doc.FileNameDate = true, r.fileDate
	}
	for _, h := range heads {
		h.structural = true
		doc.Meetings = append(doc.Meetings, Meeting{Date: h.date, Line: h.line})
	}
	for _, h := range r.page.heads {
		if _, alone := dateTitle(h, false); alone || h.level == 1 && date != "" && h.when.date == date {
			h.structural = true // also a title that says when after an introduction
		}
	}
	if len(heads) == 0 {
		doc.Meetings = []Meeting{{Date: date, Line: 1}}
	}
}

// plausible drops a date whose year is far from the file name's: somebody mistyped it.
func (r dateReader) plausible(date string) bool {
	if r.fileDate == "" {
		return true
	}
	off := yearOf(date) - yearOf(r.fileDate)
	return off >= -1 && off <= 1
}

// firstHeading is the heading at the top of the file that gives the date.
func (r dateReader) firstHeading() *heading {
	for _, l := range r.page.top(dateHeadingWithin) {
		for _, h := range l.heads {
			if h.level > dateHeadingLevel {
				continue
			}
			if date := h.when.date; date != "" && r.plausible(date) {
				h.date = date
				return h
			}
		}
	}
	return nil
}

var dateLabel = regexp.MustCompile(`(?i)^(\| *)?(?:meeting )?(?:date|datum|fecha)(?: *(?:/|&|and|und) *(?:time|uhrzeit|zeit))? *[:|] *(.+)$`)

// fallback is the date by a date line, else by the file's name, else by a line that is nothing but a date.
func (r dateReader) fallback() (string, DateSource) {
	for _, l := range r.page.top(dateLineWithin) {
		m := dateLabel.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		if f, ok := findDate(m[2]); ok && r.plausible(f.date) {
			return f.date, FromDateLine
		}
	}
	if r.fileDate != "" {
		return r.fileDate, FromFileName
	}
	for _, l := range r.page.top(dateLineWithin) {
		if f, ok := findDate(l.text); ok && !l.item && wholeDate(l.text, f) {
			return f.date, FromDateLine
		}
	}
	return "", ""
}

// wholeDate says whether a text is nothing but a date, with the day of the week or without.
func wholeDate(text string, f found) bool {
	rest := bracketed.ReplaceAllString(text[:f.from]+" "+text[f.to:], " ")
	return strings.Trim(weekday.ReplaceAllString(rest, ""), " ,.:-–|*_") == ""
}

// meetingHeadings are the headings that open meetings: those that are nothing but a date, on the level of the first. In
// a file whose first one is a date with words after it, the others may be too.
func (r dateReader) meetingHeadings(first *heading) []*heading {
	var out []*heading
	worded := false
	for _, h := range r.page.heads {
		if h == first {
			_, alone := dateTitle(h, false)
			_, begins := dateTitle(h, true)
			worded = begins && !alone
			out = append(out, h)
			continue
		}
		if first != nil && (len(out) == 0 || h.level != first.level) {
			continue
		}
		date, ok := dateTitle(h, worded)
		if !ok || !r.plausible(date) || (first == nil && h.level > dateHeadingLevel) {
			continue
		}
		h.date = date
		if first == nil {
			first = h
		}
		out = append(out, h)
	}
	return out
}

// dateTitle is the date that a whole title is, brackets and weekday aside; with words allowed, the date it begins with.
func dateTitle(h *heading, worded bool) (string, bool) {
	f := h.when
	if f.date == "" {
		return "", false
	}
	before, after := h.title[:f.from], bracketed.ReplaceAllString(h.title[f.to:], " ")
	if strings.Trim(weekday.ReplaceAllString(before, ""), " ,.:") != "" {
		return "", false
	}
	after = strings.Trim(weekday.ReplaceAllString(after, ""), " ,.:-–|")
	return f.date, after == "" || worded && !startsWithLetter(strings.TrimLeft(h.title[f.to:], " "))
}

var weekday = regexp.MustCompile(`(?i)\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|` +
	`mo|di|mi|do|fr|sa|so|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|den|vom|am|the|on)\b`)

var (
	yearTitle = regexp.MustCompile(`^(\d{4})$`)
	yearName  = regexp.MustCompile(`(?:^|[/\\])((?:19|20)\d\d)(?:[^\d/\\][^/\\]*)?$|[/\\]((?:19|20)\d\d)[/\\][^/\\]*$`)
	monthDay  = regexp.MustCompile(`(?i)(?:^|[^\pL])` + monthWords + `\.? ` + dayWord + `(?:$|[^\pL\d])`)
)

// yearFile are the meetings of a file that keeps a year of them below headings such as "December 8": the year is a
// heading of its own, or in the file's name, or that of its folder.
func (r dateReader) yearFile() []*heading {
	year := ""
	if m := yearName.FindStringSubmatch(r.page.path); m != nil {
		year = m[1] + m[2]
	}
	var out []*heading
	for _, h := range r.page.heads {
		if yearTitle.MatchString(h.title) {
			year = h.title
			h.structural = true
			continue
		}
		if year == "" || h.level > dateHeadingLevel || (len(out) > 0 && h.level != out[0].level) {
			continue
		}
		m := monthDay.FindStringSubmatchIndex(h.title)
		if m == nil || m[2] > 0 {
			continue
		}
		if date := isoDate(year, group(h.title, m, 1), group(h.title, m, 2)); date != "" {
			h.date = date
			out = append(out, h)
		}
	}
	return out
}
