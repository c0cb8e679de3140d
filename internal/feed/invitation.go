package feed

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
)

// Session is what an invitation knows of a session.
type Session struct {
	session
	Meeting *Meeting
	Series  *series
	Story   *struct {
		Title string
		class
	}
	Topics connection[invitedTopic]
}

// invitedTopic is a topic with what speaks for it.
type invitedTopic struct {
	topic
	Subtopics connection[topic]
}

// FindSession is the session with that key; nil when there is none that can be seen.
func FindSession(ctx context.Context, by asking.By, key string) (*Session, error) {
	const operation = `query Invitation($key: String!) { session(key: $key) {
  key title format state minutes ` + classFields + `
  story { title ` + classFields + ` }
  series { ` + seriesFields + ` }
  speakers(first: 10) { nodes { ` + personFields + ` } }
  topics(first: 10) { nodes { ` + topicFields + `
    subtopics(first: 20, orderBy: [{votes: DESC}]) { nodes { key title votes ` + classFields + ` } } } }
  meeting { key title zone rsvp startsAt date chathamHouse ` + classFields + ` audienceLevel { name } series { ` + seriesFields + ` } }
} }`
	data, err := asking.Data[struct{ Session *Session }](ctx, by, operation, map[string]any{"key": key})
	return data.Session, err
}

// Invitation is what one writes to those who are to speak in a session: what about,
// when, how long, before whom, and how to answer. It names them: it is for them. base
// is the address of this server, empty for none.
func (s *Session) Invitation(base string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Would you speak about %s?\n\n", oneLine(s.Title))
	b.WriteString(s.greeting() + "\n\n")
	s.place(&b)
	for i := range s.Topics.Nodes {
		s.Topics.Nodes[i].tell(&b)
	}
	if s.Story != nil {
		fmt.Fprintf(&b, "The story we would like to hear: %s.\n\n", strings.TrimSuffix(oneLine(s.Story.Title), "."))
	}
	fmt.Fprintf(&b, "It is planned as a %s%s. ", word(s.Format), s.length())
	b.WriteString("Please say whether you can come, what you need, and by when you will know.\n")
	if m := s.Meeting; m != nil && base != "" {
		fmt.Fprintf(&b, "\nThe whole meeting: <%s/meetings/%s/announcement.md>\n", base, m.Key)
	}
	fmt.Fprintf(&b, "\n---\n\n%s\n", label(s.parts()))
	return []byte(b.String())
}

func (s *Session) greeting() string {
	if names := s.names(); names != "" {
		return "Hello " + names + ","
	}
	return "Hello,"
}

// place says at which meeting, when, and what may be said there.
func (s *Session) place(b *strings.Builder) {
	m := s.Meeting
	if m == nil {
		m = &Meeting{Series: s.Series}
		if s.Series != nil {
			m.Title = s.Series.Name
		}
	}
	if m.Title != "" {
		fmt.Fprintf(b, "we would like to have you at %s.\n\n", oneLine(m.Title))
	}
	fmt.Fprintf(b, "When: %s\n\n", m.when())
	if m.AudienceLevel != nil {
		fmt.Fprintf(b, "What is said there may be %s at most.\n\n", oneLine(m.AudienceLevel.Name))
	}
	if m.discreet() || s.Series != nil && s.Series.ChathamHouse {
		b.WriteString("The Chatham House Rule holds: what you say may be told, not that you said it.\n\n")
	}
}

// tell says what is asked about a topic.
func (t *invitedTopic) tell(b *strings.Builder) {
	fmt.Fprintf(b, "## %s\n\n", oneLine(t.Title))
	if t.Summary != "" {
		b.WriteString(oneLine(t.Summary) + "\n\n")
	}
	if t.Votes > 0 {
		fmt.Fprintf(b, "It has %s.\n\n", votes(t.Votes))
	}
	if len(t.Subtopics.Nodes) == 0 {
		return
	}
	b.WriteString("What came up around it:\n\n")
	for _, sub := range t.Subtopics.Nodes {
		fmt.Fprintf(b, "- %s\n", oneLine(sub.Title))
	}
	b.WriteString("\n")
}

// parts are the classes of all that an invitation tells.
func (s *Session) parts() []class {
	out := append([]class{s.class}, classesOf(s.Speakers.Nodes)...)
	for i := range s.Topics.Nodes {
		t := &s.Topics.Nodes[i]
		out = append(out, t.class)
		for _, sub := range t.Subtopics.Nodes {
			out = append(out, sub.class)
		}
	}
	if s.Story != nil {
		out = append(out, s.Story.class)
	}
	if s.Series != nil {
		out = append(out, s.Series.class)
	}
	if s.Meeting != nil {
		out = append(out, s.Meeting.parts()...)
	}
	return out
}
