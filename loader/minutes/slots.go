package minutes

import (
	"regexp"
	"strings"
)

// readSlots reads the topics and speakers planned for a meetup.
func (p *page) readSlots(doc *Document) {
	year := ""
	if len(doc.Date) >= 4 {
		year = doc.Date[:4]
	}
	for i, l := range p.lines {
		for n, h := range l.heads {
			if n < len(l.heads)-1 {
				continue // whatever follows stands below the line's last heading
			}
			section := p.lines[i+1 : p.sectionEnd(i)]
			if slot, ok := announced(h, section, year); ok {
				doc.MeetupSlots = append(doc.MeetupSlots, slot)
			} else if plansMeetup(h.title) {
				doc.MeetupSlots = append(doc.MeetupSlots, plannedSlots(section, year)...)
			}
		}
	}
}

// sectionEnd is the line after the section that the heading in line i opens.
func (p *page) sectionEnd(i int) int {
	i++
	for i < len(p.lines) && len(p.lines[i].heads) == 0 {
		i++
	}
	return i
}

func plansMeetup(title string) bool {
	title = strings.ToLower(title)
	return strings.Contains(title, "meetup") &&
		(strings.Contains(title, "topic") || strings.Contains(title, "speaker") || strings.Contains(title, "slot"))
}

// plannedSlots are the outermost items of a section that plans a meetup: "Title - who - 30.10.?".
func plannedSlots(section []*line, year string) []MeetupSlot {
	var out []MeetupSlot
	for _, l := range section {
		if !l.item || l.depth > 0 || l.boilerplate || placeholder(l.text) {
			continue
		}
		out = append(out, plannedSlot(l, year))
	}
	return out
}

var (
	partBorder    = regexp.MustCompile(` [-–] `)
	slotDay       = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\. ?(\d{1,2})\.(?: ?(\d{4}))?( ?\?)?`)
	loneQuestion  = regexp.MustCompile(`(?:^|[ ,])\?+(?:$|[ ,])`)
	confirmedWord = regexp.MustCompile(`(?i)\bconfirmed\b`)
	clock         = regexp.MustCompile(`\b\d{1,2}[:.]\d{2}\b|\b\d{1,2} ?(?:Uhr|am|pm)\b`)
)

func plannedSlot(l *line, year string) MeetupSlot {
	s := MeetupSlot{Title: l.text, Line: l.number, Status: Proposed}
	rest := ""
	if cut := partBorder.FindStringIndex(l.text); cut != nil {
		s.Title, rest = strings.TrimSpace(l.text[:cut[0]]), l.text[cut[1]:]
	}
	date, asked := slotDate(l.text, year)
	s.Date = date
	switch {
	case s.Date != "" && asked || s.Date == "" && loneQuestion.MatchString(rest):
		s.Status = Tentative
	case s.Date != "" && confirmedWord.MatchString(l.text):
		s.Status = Confirmed
	}
	s.Speaker, s.Org = whoSpeaks(rest)
	if urls := bareURLs(l.body); len(urls) > 0 {
		s.URL = l.body[urls[0].from:urls[0].to]
	}
	s.Time = clock.FindString(slotDay.ReplaceAllString(rest, " "))
	return s
}

// slotDate is the last day on a line, of the meeting's year unless it says another, and whether it is in question.
func slotDate(text, year string) (date string, asked bool) {
	for _, m := range slotDay.FindAllStringSubmatch(text, -1) {
		in := year
		if m[3] != "" {
			in = m[3]
		}
		if d := isoDate(in, m[2], m[1]); d != "" {
			date, asked = d, m[4] != ""
		}
	}
	if f, ok := findDate(text); ok && date == "" {
		return f.date, strings.HasPrefix(strings.TrimLeft(text[f.to:], " "), "?")
	}
	return date, asked
}

// slotNoise is what may stand among the parts of a slot without naming anybody.
var slotNoise = regexp.MustCompile(`(?i)\b(?:topic|speaker|date|not|yet|confirmed|tentative|proposed|tbd|open)\b|[?!]`)

// whoSpeaks reads the parts after a slot's title: a handle is the speaker; of two names the first is.
func whoSpeaks(rest string) (speaker, org string) {
	rest = slotDay.ReplaceAllString(rest, " ")
	if f, ok := findDate(rest); ok {
		rest = rest[:f.from] + " " + rest[f.to:]
	}
	var names []string
	for part := range strings.SplitSeq(partBorder.ReplaceAllString(rest, ","), ",") {
		part = strings.Trim(slotNoise.ReplaceAllString(clock.ReplaceAllString(part, " "), " "), " -–:;.()")
		if handles := handlesOf(part); len(handles) > 0 {
			if speaker == "" {
				speaker = handles[0]
			}
			continue
		}
		if startsWithLetter(part) && !strings.Contains(part, "://") {
			names = append(names, strings.Join(strings.Fields(part), " "))
		}
	}
	if speaker == "" && len(names) > 1 {
		speaker, names = names[0], names[1:]
	}
	if len(names) > 0 {
		org = names[0]
	}
	return speaker, org
}

var slotLabel = regexp.MustCompile(`(?i)^(topic|next time|date|when)\s*:\s*(.+)$`)

// announced reads a section about the next Open Operations Meetup, which names topic, time and event on lines of
// their own.
func announced(h *heading, section []*line, year string) (MeetupSlot, bool) {
	if !strings.Contains(strings.ToLower(h.title), "open operations meetup") {
		return MeetupSlot{}, false
	}
	s := MeetupSlot{Line: h.line, Status: Proposed}
	for _, l := range section {
		for _, u := range bareURLs(l.body) {
			if url := l.body[u.from:u.to]; s.URL == "" && strings.Contains(url, "meetup.com/") {
				s.URL = url
			}
		}
		m := slotLabel.FindStringSubmatch(l.text)
		if m == nil {
			continue
		}
		if strings.EqualFold(m[1], "topic") {
			s.Title = m[2]
			continue
		}
		s.at(m[2], year)
	}
	return s, s.Title != "" || s.Date != ""
}

// at takes over a day and an hour.
func (s *MeetupSlot) at(text, year string) {
	date, asked := slotDate(text, year)
	if date == "" {
		if m := monthDay.FindStringSubmatchIndex(text); m != nil {
			date = isoDate(year, group(text, m, 1), group(text, m, 2))
		}
	}
	if date == "" {
		return
	}
	s.Date, s.Status = date, Confirmed
	if asked {
		s.Status = Tentative
	}
	s.Time = clock.FindString(slotDay.ReplaceAllString(strings.ReplaceAll(text, date, " "), " "))
}
