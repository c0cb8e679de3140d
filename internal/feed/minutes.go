package feed

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Minutes is a skeleton of the minutes in the style of the community: a dated heading,
// participants, a heading for each topic with its timebox, action items that were left
// open. Headings and items name their records, {#key}, so that what is filled in and
// loaded belongs to them.
func (m *Meeting) Minutes() []byte {
	var b strings.Builder
	day := m.Date
	if start := m.begins(); !start.IsZero() {
		day = start.Format(time.DateOnly)
	}
	fmt.Fprintf(&b, "# %s {#%s}\n\n## Participants\n\n- \n\n## Agenda\n\n", strings.TrimSpace(day+" "+harmless(m.Title, inMeeting)), m.Key)
	number := 0
	for i := range m.Sessions.Nodes {
		if s := &m.Sessions.Nodes[i]; s.State != cancelled {
			m.section(&b, s, &number)
		}
	}
	if len(m.Carried) > 0 {
		b.WriteString("## Open actions\n\n")
		m.list(&b, m.Carried)
		b.WriteString("\n")
	}
	b.WriteString("## Action items\n\n")
	m.list(&b, m.ActionItems.Nodes)
	items := append(append([]actionItem(nil), m.Carried...), m.ActionItems.Nodes...)
	fmt.Fprintf(&b, "- \n\n---\n\n%s\n", label(append(m.parts(), m.partsOf(items)...)))
	return []byte(b.String())
}

// section is what is to be filled in about a session: a heading for each of its topics,
// or for itself. The number keeps a title from being taken for a part of an agenda.
func (m *Meeting) section(b *strings.Builder, s *session, number *int) {
	topics := slices.Clone(s.Topics.Nodes)
	for _, a := range s.Agenda.Nodes {
		if a.State != carriedOver && !slices.ContainsFunc(topics, func(t topic) bool { return t.Key == a.Topic.Key }) {
			topics = append(topics, a.Topic)
		}
	}
	if len(topics) == 0 {
		topics = []topic{{Title: s.Title}}
	}
	for _, t := range topics {
		*number++
		fmt.Fprintf(b, "### %d. %s", *number, harmless(t.Title, inTopic))
		if t.Key != "" {
			fmt.Fprintf(b, " {#%s}", t.Key)
		}
		b.WriteString("\n\n")
		if s.Minutes > 0 {
			fmt.Fprintf(b, "timebox: %d min\n", s.Minutes)
		}
		fmt.Fprintf(b, "session: {#%s}\n", s.Key)
		if !m.discreet() {
			for _, p := range s.Speakers.Nodes {
				fmt.Fprintf(b, "speaker: %s\n", oneLine(p.shown()))
			}
		}
		b.WriteString("recording:\nslides:\nwrite-up:\n\n- \n- Follow-up: \n\n")
	}
}
