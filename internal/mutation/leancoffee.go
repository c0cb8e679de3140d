package mutation

import (
	"strconv"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// The states of what is on an agenda.
const (
	waiting     = "WAITING"
	running     = "RUNNING"
	done        = "DONE"
	carriedOver = "CARRIED_OVER"
)

// usualDots is how many dots everybody has where the session does not say.
const usualDots = 3

// coffee is a session with its agenda.
type coffee struct {
	ID     string
	Dots   int64
	Agenda struct {
		Nodes []struct {
			ID, State string
			Minutes   *int64
			Topic     struct{ ID, Key string }
		}
	}
}

// coffee reads a session; a zero one when it is not there.
func (m *work) coffee(session record.ID) (coffee, error) {
	var answer struct{ Session *coffee }
	err := m.read("Coffee", session.Key, &answer)
	if answer.Session == nil {
		return coffee{}, err
	}
	return *answer.Session, err
}

// item is what a topic is on the agenda of a session.
func item(session, topic record.ID) record.ID {
	return record.Joining("AgendaItem", session, topic)
}

// addToAgenda puts a topic on an agenda.
func addToAgenda(m *work) error {
	fields := map[string]any{"sources": m.here()}
	m.number(fields, "minutes", 480)
	session, err := m.subject("session", "Session")
	if err != nil {
		return err
	}
	topic, _, err := m.one("topic", "Topic")
	if err != nil {
		return err
	}
	m.say(record.Statement{
		Source: "agenda", ID: item(session, topic), Fields: fields, Links: map[string][]record.ID{"session": {session}, "topic": {topic}},
	})
	m.result["item"], m.result["session"] = item(session, topic), session
	return nil
}

// placeDots says anew what a person has placed: one source for a person and a
// session, so that nobody ever has placed more than there are.
func placeDots(m *work) error {
	session, err := m.subject("session", "Session")
	if err != nil {
		return err
	}
	at, err := m.coffee(session)
	if err != nil {
		return err
	}
	person, err := m.person("person")
	if err != nil {
		return err
	}
	source := "dots:" + record.JoinKeys(session.Key, person.Key)
	m.changeset.Replace = []string{source}
	m.place(source, at)
	m.result["session"] = session
	return nil
}

// place says on what a person places dots.
func (m *work) place(source string, at coffee) {
	most, sum := at.Dots, int64(0)
	if most == 0 {
		most = usualDots
	}
	seen := map[string]bool{}
	for i, entry := range m.in.list("dots") {
		field := "input.dots." + strconv.Itoa(i)
		in := input(entry.(map[string]any))
		id, ok := at.find(keyIn(m.writer.config.Catalog.Type("Topic"), in.text("topic")))
		n, _ := in["dots"].(int64)
		switch {
		case !ok:
			m.problems = append(m.problems, m.notFound(field+".topic"))
		case seen[id.Key]:
			m.wrong(field+".topic", "it stands twice; each topic stands once")
		case n < 1 || n > most:
			m.wrong(field+".dots", "it is %d; right is 1 to %d", n, most)
		}
		seen[id.Key] = true
		sum += n
		m.say(record.Statement{Source: source, ID: id, Fields: map[string]any{"dots": n}, Class: access.Inherited()})
	}
	if sum > most {
		m.wrong("input.dots", "it places %d; right is up to %d", sum, most)
	}
}

// find is the item of a topic.
func (c coffee) find(topic string) (record.ID, bool) {
	for _, n := range c.Agenda.Nodes {
		if n.Topic.Key == topic {
			return record.ParseID(n.ID)
		}
	}
	return record.ID{Type: "AgendaItem", Key: nobody}, false
}

// moveAgendaItem starts or ends what is on an agenda.
func moveAgendaItem(m *work) error {
	id, err := m.subject("item", "AgendaItem")
	if err != nil {
		return err
	}
	var answer struct{ AgendaItem *struct{ Session coffee } }
	if err := m.read("Item", id.Key, &answer); err != nil {
		return err
	}
	state := m.in.text("state")
	if state == carriedOver {
		m.wrong("input.state", "what is carried over goes to another session; right is carryOver, or WAITING, RUNNING, DONE")
	}
	fields := map[string]any{}
	m.number(fields, "minutes", 480)
	m.set(id, "state", state)
	if minutes, given := fields["minutes"]; given {
		m.set(id, "minutes", minutes)
	}
	if answer.AgendaItem != nil {
		session, _ := record.ParseID(answer.AgendaItem.Session.ID)
		m.result["session"] = session
		if state == running {
			m.set(id, "startedAt", m.call.Now.UTC().Format(time.RFC3339))
			m.stop(answer.AgendaItem.Session, id)
		}
	}
	m.result["item"] = id
	return nil
}

// stop ends what is talked about beside an item.
func (m *work) stop(at coffee, but record.ID) {
	for _, n := range at.Agenda.Nodes {
		if other, _ := record.ParseID(n.ID); other != but && n.State == running {
			m.set(other, "state", done)
		}
	}
}

// carryOver puts what is waiting on the agenda of another session.
func carryOver(m *work) error {
	from, err := m.subject("from", "Session")
	if err != nil {
		return err
	}
	to, _, err := m.one("to", "Session")
	if err != nil {
		return err
	}
	if from == to && from.Key != nobody {
		m.wrong("input.to", "it is the same session; right is a later one")
	}
	at, err := m.coffee(from)
	if err != nil {
		return err
	}
	items := []any{}
	for _, n := range at.Agenda.Nodes {
		old, _ := record.ParseID(n.ID)
		topic, _ := record.ParseID(n.Topic.ID)
		if n.State != waiting && !(m.replayed && n.State == carriedOver) {
			continue
		}
		fields := map[string]any{"sources": m.here()}
		if n.Minutes != nil {
			fields["minutes"] = *n.Minutes
		}
		m.expect(old, 0)
		m.set(old, "state", carriedOver)
		m.say(record.Statement{
			Source: "agenda", ID: item(to, topic), Fields: fields,
			Links: map[string][]record.ID{"session": {to}, "topic": {topic}, "carriedFrom": {from}},
		})
		items = append(items, item(to, topic))
	}
	m.result["from"], m.result["to"], m.result["items"] = from, to, items
	return nil
}
