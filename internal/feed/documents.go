package feed

import (
	"fmt"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/zone"
)

// cancelled is the state of a session that does not take place, carriedOver that of a
// topic nobody came to.
const (
	cancelled   = "CANCELLED"
	carriedOver = "CARRIED_OVER"
)

// Announcement is what one sends around before a meeting, in Markdown. base is the
// address of this server, empty for none.
func (m *Meeting) Announcement(base string) []byte {
	var b strings.Builder
	m.head(&b, m.Title)
	if len(m.Sessions.Nodes) > 0 {
		b.WriteString("## Agenda\n\n")
	}
	for i := range m.Sessions.Nodes {
		s := &m.Sessions.Nodes[i]
		if s.State == cancelled {
			continue
		}
		fmt.Fprintf(&b, "- **%s** (%s%s)\n", oneLine(s.Title), word(s.Format), s.length())
		if !m.discreet() {
			fmt.Fprintf(&b, "  %s\n", s.spoken())
		}
	}
	if m.Rsvp != "" {
		fmt.Fprintf(&b, "\nSay that you come: <%s>\n", oneLine(m.Rsvp))
	}
	if base != "" {
		fmt.Fprintf(&b, "\nCalendar: <%s/feeds/meetups.ics>\n", base)
	}
	fmt.Fprintf(&b, "\n---\n\n%s\n", label(m.parts()))
	return []byte(b.String())
}

// Agenda is what one goes by at a meeting: the sessions with their hours, what each is
// about, and what earlier meetings left to be done.
func (m *Meeting) Agenda() []byte {
	var b strings.Builder
	m.head(&b, "Agenda: "+m.Title)
	at := m.begins()
	for i := range m.Sessions.Nodes {
		if s := &m.Sessions.Nodes[i]; s.State != cancelled {
			if begins, err := time.Parse(time.RFC3339, s.StartsAt); err == nil {
				at = begins.In(m.location())
			}
			m.item(&b, s, at)
			if !at.IsZero() {
				at = at.Add(time.Duration(s.Minutes) * time.Minute)
			}
		}
	}
	open := m.open()
	if len(open) > 0 {
		b.WriteString("## Open action items\n\n")
		for i := range open {
			fmt.Fprintf(&b, "- %s\n", m.assigned(&open[i]))
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "---\n\n%s\n", label(append(m.parts(), m.partsOf(open)...)))
	return []byte(b.String())
}

// item is a session on an agenda; at is when it begins, zero where that is not known.
func (m *Meeting) item(b *strings.Builder, s *session, at time.Time) {
	hour := ""
	if !at.IsZero() {
		hour = at.Format("15:04") + " "
	}
	fmt.Fprintf(b, "## %s%s\n\n%s%s.", hour, oneLine(s.Title), capital(word(s.Format)), s.length())
	if !m.discreet() {
		b.WriteString(" " + s.spoken())
	}
	b.WriteString("\n\n")
	for _, t := range s.Topics.Nodes {
		fmt.Fprintf(b, "- %s (%s)", oneLine(t.Title), votes(t.Votes))
		if t.Summary != "" {
			b.WriteString(": " + oneLine(t.Summary))
		}
		b.WriteString("\n")
	}
	for _, a := range s.Agenda.Nodes {
		if a.State != carriedOver {
			fmt.Fprintf(b, "- %s (%s%s)\n", oneLine(a.Topic.Title), counted(a.Dots, "dot"), timebox(a.Minutes))
		}
	}
	if len(s.Topics.Nodes)+len(s.Agenda.Nodes) > 0 {
		b.WriteString("\n")
	}
}

// head is the title of a document, when the meeting is and what rules hold there.
func (m *Meeting) head(b *strings.Builder, title string) {
	fmt.Fprintf(b, "# %s\n\n%s\n\n", oneLine(title), m.when())
	if m.AudienceLevel != nil {
		fmt.Fprintf(b, "What is said there may be %s at most.\n\n", oneLine(m.AudienceLevel.Name))
	}
	if m.discreet() {
		b.WriteString("The Chatham House Rule holds: tell what was said, not who said it.\n\n")
	}
}

// open are the action items that are to be done, those of earlier meetings first.
func (m *Meeting) open() []actionItem {
	out := append([]actionItem(nil), m.Carried...)
	for _, a := range m.ActionItems.Nodes {
		if !a.Done {
			out = append(out, a)
		}
	}
	return out
}

// list writes action items, one a line, each with those who are to do it and the key
// by which it is found again.
func (m *Meeting) list(b *strings.Builder, items []actionItem) {
	for i := range items {
		a := &items[i]
		mark := " "
		if a.Done {
			mark = "x"
		}
		fmt.Fprintf(b, "- [%s] %s {#%s}\n", mark, m.assigned(a), a.Key)
	}
}

// assigned is the text of an action item with the handles of its assignees before it,
// unless it names them itself.
func (m *Meeting) assigned(a *actionItem) string {
	text := harmless(strings.TrimSpace(strings.TrimPrefix(a.Text, "@…")), inAction)
	if m.discreet() {
		return text
	}
	var who strings.Builder
	for _, p := range a.Assignees.Nodes {
		if p.Handle != "" && !strings.Contains(strings.ToLower(text), "@"+strings.ToLower(p.Handle)) {
			who.WriteString("@" + p.Handle + " ")
		}
	}
	return who.String() + text
}

// begins is the start in the meeting's own zone; zero where the hour is not known.
func (m *Meeting) begins() time.Time {
	start, err := time.Parse(time.RFC3339, m.StartsAt)
	if err != nil {
		return time.Time{}
	}
	return start.In(m.location())
}

// location is the meeting's own zone, UTC where nobody knows it.
func (m *Meeting) location() *time.Location {
	return zone.OrUTC(m.Zone)
}

// when says the time in the meeting's own zone and in UTC.
func (m *Meeting) when() string {
	start := m.begins()
	if start.IsZero() {
		if m.Date == "" {
			return "The day is not fixed yet."
		}
		return m.Date
	}
	text := start.Format("Monday, 2 January 2006, 15:04") + " (" + start.Location().String() + ")"
	if start.Location() != time.UTC {
		text += ", " + start.UTC().Format("15:04") + " UTC"
	}
	return text
}

func (s *session) length() string { return timebox(s.Minutes) }

func timebox(minutes int) string {
	if minutes == 0 {
		return ""
	}
	return fmt.Sprintf(", %d min", minutes)
}

func (s *session) spoken() string {
	if names := s.names(); names != "" {
		return "With " + names + "."
	}
	return "A speaker is wanted."
}

// names are the speakers, with commas between them.
func (s *session) names() string {
	names := make([]string, len(s.Speakers.Nodes))
	for i, p := range s.Speakers.Nodes {
		names[i] = oneLine(p.shown())
	}
	return strings.Join(names, ", ")
}

func word(enum string) string { return strings.ToLower(strings.ReplaceAll(enum, "_", " ")) }

func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func votes(n int) string { return counted(n, "vote") }

func counted(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// oneLine is text of the map within a line of Markdown: it cannot end the line, begin
// a tag or a link, be taken for markup, or name a record.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	return strings.NewReplacer(
		`\`, `\\`, "<", `\<`, ">", `\>`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "#", `\#`, "~", `\~`, "&", `\&`,
	).Replace(strings.ReplaceAll(s, "{#", "{ #"))
}
