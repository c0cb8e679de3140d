package mutation

import (
	"strconv"
	"time"

	"github.com/open-operations/opsmap/internal/record"
)

// closeMeeting writes down what came of a meeting.
func closeMeeting(m *work) error {
	class := m.class()
	meeting, err := m.subject("meeting", "Meeting")
	if err != nil {
		return err
	}
	at, err := m.meeting(meeting.Key)
	if err != nil {
		return err
	}
	if starts, timed := instant(at.StartsAt); timed && starts.After(m.call.Now) || !timed && at.Date > m.today() {
		m.wrong("input.meeting", "it has not begun; right is to close it afterwards")
	}
	m.set(meeting, "closedAt", m.call.Now.UTC().Format(time.RFC3339))
	m.outcomes(at)
	if err := m.nameless(meeting, m.told()...); err != nil {
		return err
	}
	c := closing{work: m, meeting: meeting}
	if err := c.decisions(); err != nil {
		return err
	}
	if err := c.actionItems(); err != nil {
		return err
	}
	done := map[string][]record.ID{}
	if err := m.links(done, "done", "ActionItem"); err != nil {
		return err
	}
	for _, item := range done["done"] {
		m.set(item, "done", true)
	}
	for i := range m.changeset.Say {
		if s := &m.changeset.Say[i]; s.Source == m.actor() {
			s.Class = class
		}
	}
	m.result["meeting"] = meeting
	return nil
}

// outcomes of the sessions that are named. The topics of those that were held are
// covered.
func (m *work) outcomes(at agenda) {
	byKey := map[string]slot{}
	for _, s := range at.Sessions.Nodes {
		byKey[s.Key] = s
	}
	t := m.writer.config.Catalog.Type("Session")
	seen, covered := map[string]bool{}, map[string]bool{}
	for i, item := range m.in.list("sessions") {
		field := "input.sessions." + strconv.Itoa(i)
		in := input(item.(map[string]any))
		s, known := byKey[keyIn(t, in.text("session"))]
		switch state := in.text("state"); {
		case !known:
			m.problems = append(m.problems, m.notFound(field+".session"))
			continue
		case seen[s.Key]:
			m.wrong(field+".session", "it stands twice; each session stands once")
			continue
		case state != held && state != cancelled:
			m.wrong(field+".state", "it is %s; right is HELD or CANCELLED", state)
			continue
		default:
			m.mayMove(field+".state", s, state)
		}
		seen[s.Key] = true
		session, _ := record.ParseID(s.ID)
		m.expect(session, 0)
		m.outcome(field, session, in)
		if in.text("state") == held {
			m.cover(s, covered)
		}
	}
}

func (m *work) cover(s slot, covered map[string]bool) {
	for _, node := range s.Topics.Nodes {
		if id, ok := record.ParseID(node.ID); ok && !covered[node.ID] {
			covered[node.ID] = true
			m.set(id, "status", "COVERED")
		}
	}
}

// closing writes the decisions and action items of a meeting.
type closing struct {
	*work
	meeting record.ID
}

// each makes a record for each item of a list; fill says what is in it.
func (c closing) each(name, typ string, fill func(item *work, field string, fields map[string]any, links map[string][]record.ID) error) error {
	made := []any{}
	list := c.in.list(name)
	c.atMost("input."+name, len(list))
	for i, item := range list {
		field := "input." + name + "." + strconv.Itoa(i)
		inner := *c.work
		inner.in, inner.problems, inner.changeset.Expect = item.(map[string]any), nil, nil
		fields := map[string]any{"sources": c.here()}
		links := map[string][]record.ID{"meeting": {c.meeting}}
		inner.prose(fields, "text")
		if inner.in.text("text") == "" {
			inner.wrong("input.text", "it is empty; right is what was agreed on")
		}
		if err := fill(&inner, field, fields, links); err != nil {
			return err
		}
		for _, p := range inner.problems {
			p.Field = field + p.Field[len("input"):]
			p.Message = field + p.Message[len("input"):]
			c.problems = append(c.problems, p)
		}
		c.changeset.Expect = append(c.changeset.Expect, inner.changeset.Expect...)
		id := record.ID{Type: typ, Key: c.newKey(c.meeting.Key)}
		c.say(record.Statement{Source: c.actor(), ID: id, Fields: fields, Links: links})
		made = append(made, id)
	}
	c.result[name] = made
	return nil
}

func (c closing) decisions() error {
	return c.each("decisions", "Decision", func(item *work, _ string, _ map[string]any, links map[string][]record.ID) error {
		return item.links(links, "topics", "Topic")
	})
}

func (c closing) actionItems() error {
	return c.each("actionItems", "ActionItem", func(item *work, _ string, fields map[string]any, links map[string][]record.ID) error {
		item.plain(fields, "dueOn")
		if due := item.in.text("dueOn"); due != "" && due < item.today() {
			item.wrong("input.dueOn", "%s has passed; today is %s", due, item.today())
		}
		return item.links(links, "assignees", "Person")
	})
}
