package feed

import (
	"fmt"
	"strings"
	"time"
)

// Announcement is what one sends around before a meeting, in Markdown.
func (m *Meeting) Announcement(base string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n", oneLine(m.Title), m.when())
	if m.AudienceLevel != nil {
		fmt.Fprintf(&b, "What is said there may be %s at most.\n\n", oneLine(m.AudienceLevel.Name))
	}
	if m.ChathamHouse {
		b.WriteString("The Chatham House Rule holds: tell what was said, not who said it.\n\n")
	}
	if len(m.Sessions.Nodes) > 0 {
		b.WriteString("## Agenda\n\n")
	}
	for _, s := range m.Sessions.Nodes {
		if s.State == "CANCELLED" {
			continue
		}
		fmt.Fprintf(&b, "- **%s** (%s%s)\n", oneLine(s.Title), word(s.Format), s.length())
		fmt.Fprintf(&b, "  %s\n", s.spoken())
	}
	if m.Rsvp != "" {
		fmt.Fprintf(&b, "\nSay that you come: <%s>\n", oneLine(m.Rsvp))
	}
	fmt.Fprintf(&b, "\nCalendar: <%s/feeds/meetups.ics>\n\n---\n%s\n", base, m.Confidentiality.Name)
	return []byte(b.String())
}

// Minutes is a skeleton of the minutes in the style that opsmap reads back: a dated
// heading, participants, a topic a heading with its timebox, action items that were
// left open.
func (m *Meeting) Minutes() []byte {
	var b strings.Builder
	day := m.Date
	if len(m.StartsAt) >= len(time.DateOnly) {
		day = m.StartsAt[:len(time.DateOnly)]
	}
	fmt.Fprintf(&b, "# %s %s\n\n## Participants\n\n- \n\n## Agenda\n\n", day, oneLine(m.Title))
	for _, s := range m.Sessions.Nodes {
		if s.State == "CANCELLED" {
			continue
		}
		title := oneLine(s.Title)
		if s.Minutes > 0 {
			title += fmt.Sprintf(" (timebox: %d min)", s.Minutes)
		}
		fmt.Fprintf(&b, "### %s\n\n- \n\n", title)
	}
	b.WriteString("## Action items\n\n")
	for _, a := range m.ActionItems.Nodes {
		mark := " "
		if a.Done {
			mark = "x"
		}
		var who strings.Builder
		for _, p := range a.Assignees.Nodes {
			if p.Handle != "" {
				fmt.Fprintf(&who, "@%s ", p.Handle)
			}
		}
		fmt.Fprintf(&b, "- [%s] %s%s\n", mark, who.String(), oneLine(a.Text))
	}
	fmt.Fprintf(&b, "\n---\n%s\n", m.Confidentiality.Name)
	return []byte(b.String())
}

// when says the time in the meeting's own zone and in UTC.
func (m *Meeting) when() string {
	start, err := time.Parse(time.RFC3339, m.StartsAt)
	if err != nil {
		if m.Date == "" {
			return "The day is not fixed yet."
		}
		return m.Date
	}
	zone, err := time.LoadLocation(m.Zone)
	if err != nil || m.Zone == "" {
		zone = time.UTC
	}
	text := start.In(zone).Format("Monday, 2 January 2006, 15:04") + " (" + zone.String() + ")"
	if zone != time.UTC {
		text += ", " + start.UTC().Format("15:04") + " UTC"
	}
	return text
}

func (s *session) length() string {
	if s.Minutes == 0 {
		return ""
	}
	return fmt.Sprintf(", %d min", s.Minutes)
}

func (s *session) spoken() string {
	var names []string
	for _, p := range s.Speakers.Nodes {
		names = append(names, oneLine(p.shown()))
	}
	if len(names) == 0 {
		return "A speaker is wanted."
	}
	return "With " + strings.Join(names, ", ") + "."
}

func word(enum string) string { return strings.ToLower(strings.ReplaceAll(enum, "_", " ")) }

// oneLine is text of the map within a line of Markdown: it cannot end the line, begin
// a tag or a link, or be taken for markup.
func oneLine(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	return strings.NewReplacer(`\`, `\\`, "<", `\<`, ">", `\>`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`).Replace(s)
}
