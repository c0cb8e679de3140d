package minutes

import (
	"regexp"
	"strings"
)

// Session is what the lines below a heading say about the session that was held there: "session: held {#key}",
// "recording: https://…", "slides: …", "write-up: …".
type Session struct {
	// Line is that of the heading.
	Line int `json:"line"`
	// Key names the session, as the skeleton of the minutes does.
	Key string `json:"key,omitempty"`
	// State is held, postponed or cancelled; empty where the line does not say.
	State     string `json:"state,omitempty"`
	Recording string `json:"recording,omitempty"`
	Slides    string `json:"slides,omitempty"`
	WriteUp   string `json:"writeUp,omitempty"`
	// Lines are those of the items among what was read here; they are no topics of their own.
	Lines []int `json:"-"`
	// Filled says that somebody wrote something else below the heading.
	Filled bool `json:"-"`
}

var (
	sessionLine = regexp.MustCompile(`(?i)^(session|speakers?|recording|video|slides?|write-?up)\s*:\s*(.*)$`)
	sessionKey  = regexp.MustCompile(`\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}`)
	heldWord    = regexp.MustCompile(`(?i)\b(held|postponed|cancell?ed)\b`)
)

// sessions are those that the lines below headings name, or link to a recording of.
func (p *page) sessions() []Session {
	var out []Session
	for i, l := range p.lines {
		if len(l.heads) == 0 {
			continue
		}
		h := l.heads[len(l.heads)-1]
		if h.boilerplate || h.structural {
			continue
		}
		if s, found := p.session(h, p.lines[i+1:p.sectionEnd(i)]); found {
			out = append(out, s)
		}
	}
	return out
}

func (p *page) session(h *heading, section []*line) (s Session, found bool) {
	s.Line = h.line
	for _, l := range section {
		m := sessionLine.FindStringSubmatch(l.text)
		if m == nil || l.depth > 0 || l.boilerplate {
			s.Filled = s.Filled || says(l)
			continue
		}
		if s.read(strings.ToLower(m[1]), m[2], l.body) {
			found = true
			if l.item {
				s.Lines = append(s.Lines, l.number)
			}
		} else if l.item {
			s.Filled = s.Filled || says(l)
		}
	}
	return s, found
}

// says reports whether a line is more than an empty bullet or the facts of a heading.
func says(l *line) bool {
	if l.blank() || !l.read() || !l.item && (timeLine.MatchString(l.text) || sponsorLine.MatchString(l.text)) {
		return false
	}
	return !placeholder(strings.TrimPrefix(strings.ToLower(l.text), "follow-up"))
}

// read reads one line; false for one that says nothing of the kind.
func (s *Session) read(label, text, body string) bool {
	if label == "session" {
		at := sessionKey.FindStringSubmatchIndex(text)
		if at == nil {
			return false
		}
		s.Key, s.State = text[at[2]:at[3]], strings.ToLower(heldWord.FindString(text[:at[0]]))
		if s.State == "canceled" {
			s.State = "cancelled"
		}
		return true
	}
	urls := bareURLs(body)
	if len(urls) == 0 {
		return false
	}
	url := body[urls[0].from:urls[0].to]
	switch label[0] {
	case 'r', 'v':
		s.Recording = url
	case 'w':
		s.WriteUp = url
	default:
		if strings.HasPrefix(label, "speaker") {
			return false
		}
		s.Slides = url
	}
	return true
}
