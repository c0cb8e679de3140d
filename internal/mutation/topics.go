package mutation

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// proposeTopic puts a topic into the pool.
func proposeTopic(m *work) error {
	fields, links := map[string]any{"sources": m.here()}, map[string][]record.ID{}
	fields["title"] = m.title("title")
	m.prose(fields, "summary")
	m.plain(fields, "kind")
	class := m.class()
	for _, end := range [][2]string{{"layers", "Layer"}, {"practices", "Practice"}, {"platforms", "Platform"}} {
		if err := m.links(links, end[0], end[1]); err != nil {
			return err
		}
	}
	if err := m.link(links, "raisedIn", "Meeting"); err != nil {
		return err
	}
	if err := m.by(links, "raisedBy"); err != nil {
		return err
	}
	topic := record.ID{Type: "Topic", Key: m.newKey(m.in.text("title"))}
	m.say(record.Statement{Source: m.actor(), ID: topic, Fields: fields, Links: links, Class: class})
	m.result["topic"] = topic
	return nil
}

// ballot is a person's ballot for a topic, and the source that says it.
func (m *work) ballot() (topic, ballot record.ID, source string, err error) {
	if topic, err = m.subject("topic", "Topic"); err != nil {
		return topic, ballot, "", err
	}
	person, err := m.person("person")
	ballot = record.ID{Type: "Ballot", Key: topic.Key + "--" + person.Key}
	return topic, ballot, "ballot:" + person.Key, err
}

// vote casts a ballot: a record that says whose it is, and one more vote of the
// topic, which counts for everybody who may see that.
func vote(m *work) error {
	topic, ballot, source, err := m.ballot()
	if err != nil {
		return err
	}
	person := record.ID{Type: "Person", Key: source[len("ballot:"):]}
	m.say(record.Statement{Source: source, ID: topic, Fields: map[string]any{"votes": int64(1)}, Class: access.Inherited()})
	m.say(record.Statement{
		Source: source, ID: ballot, Fields: map[string]any{"sources": m.here()},
		Links: map[string][]record.ID{"topic": {topic}, "person": {person}},
	})
	m.result["topic"], m.result["ballot"] = topic, ballot
	return nil
}

// withdrawVote takes a ballot back.
func withdrawVote(m *work) error {
	topic, ballot, source, err := m.ballot()
	if err != nil {
		return err
	}
	m.retire(source, topic)
	m.retire(source, ballot)
	m.result["topic"] = topic
	return nil
}
