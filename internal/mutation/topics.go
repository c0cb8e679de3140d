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
	for _, meeting := range links["raisedIn"] {
		if err := m.nameless(meeting, statement{"input.title", m.in.text("title")}, statement{"input.summary", m.in.text("summary")}); err != nil {
			return err
		}
	}
	if err := m.by(links, "raisedBy"); err != nil {
		return err
	}
	topic := record.ID{Type: "Topic", Key: m.newKey(m.in.text("title"))}
	m.say(record.Statement{Source: m.actor(), ID: topic, Fields: fields, Links: links, Class: class})
	m.result["topic"] = topic
	return nil
}

// ballot is a person's for a topic, with the source that says it.
type ballot struct {
	topic, person, id record.ID
	source            string
}

func (m *work) ballot() (b ballot, err error) {
	if b.topic, err = m.subject("topic", "Topic"); err != nil {
		return b, err
	}
	b.person, err = m.person("person")
	b.id, b.source = record.Joining("Ballot", b.topic, b.person), "ballot:"+b.person.Key
	return b, err
}

// vote casts a ballot: a record that says whose it is, and one more vote of the
// topic, which counts for everybody who may see that.
func vote(m *work) error {
	b, err := m.ballot()
	if err != nil {
		return err
	}
	m.say(record.Statement{Source: b.source, ID: b.topic, Fields: map[string]any{"votes": int64(1)}, Class: access.Inherited()})
	m.say(record.Statement{
		Source: b.source, ID: b.id, Fields: map[string]any{"sources": m.here()},
		Links: map[string][]record.ID{"topic": {b.topic}, "person": {b.person}},
	})
	m.result["topic"], m.result["ballot"] = b.topic, b.id
	return nil
}

// withdrawVote takes a ballot back.
func withdrawVote(m *work) error {
	b, err := m.ballot()
	if err != nil {
		return err
	}
	m.retire(b.source, b.topic)
	m.retire(b.source, b.id)
	m.result["topic"] = b.topic
	return nil
}

// volunteer offers to speak.
func volunteer(m *work) error {
	dates := m.daysToCome("dates")
	class := m.classOfEnds()
	topic, err := m.subject("topic", "Topic")
	if err != nil {
		return err
	}
	person, err := m.person("person")
	if err != nil {
		return err
	}
	offer := record.Joining("Volunteer", topic, person)
	m.say(record.Statement{
		Source: "volunteer:" + person.Key, ID: offer, Class: class, Fields: map[string]any{"dates": dates, "sources": m.here()},
		Links: map[string][]record.ID{"topic": {topic}, "person": {person}},
	})
	m.result["topic"], m.result["volunteer"] = topic, offer
	return nil
}

// linkTopic adds a practice to those of a topic, as far as both may be seen.
func linkTopic(m *work) error {
	topic, err := m.subject("topic", "Topic")
	if err != nil {
		return err
	}
	practice, _, err := m.one("practice", "Practice")
	if err != nil {
		return err
	}
	const field = "practices"
	source := record.LinkedBy(practice)
	m.say(record.Statement{Source: source, ID: topic, Class: access.Inherited(), Links: map[string][]record.ID{field: {practice}}})
	m.result["topic"], m.result["practice"] = topic, practice
	return m.settle(source, record.Proposing(topic, field, practice))
}

// settle says of the proposal of a link, where there is one that whoever asks may see,
// that somebody has made it.
func (m *work) settle(source string, proposal record.ID) error {
	_, version, err := m.look(proposal.Type, proposal.Key)
	if err == nil && version > 0 {
		m.say(record.Statement{Source: source, ID: proposal, Class: access.Inherited(), Edit: true, Fields: map[string]any{"state": "ACCEPTED"}})
	}
	return err
}

// recordStory records what happened.
func recordStory(m *work) error {
	fields, links := map[string]any{"sources": m.here()}, map[string][]record.ID{}
	fields["title"] = m.title("title")
	m.plain(fields, "outcome", "kind")
	m.prose(fields, "impact", "rootCause")
	m.lines(fields, "lessons")
	m.happened(fields)
	if m.in.given("source") {
		fields["sources"] = m.cited("source")
	}
	class := m.class()
	for _, end := range [][2]string{{"layers", "Layer"}, {"distilledInto", "Practice"}, {"topics", "Topic"}} {
		if err := m.links(links, end[0], end[1]); err != nil {
			return err
		}
	}
	for _, end := range [][2]string{{"platform", "Platform"}, {"template", "Template"}} {
		if err := m.link(links, end[0], end[1]); err != nil {
			return err
		}
	}
	story := record.ID{Type: "Story", Key: m.newKey(m.in.text("title"))}
	m.say(record.Statement{Source: m.actor(), ID: story, Fields: fields, Links: links, Class: class})
	m.result["story"] = story
	return nil
}

// happened are the days of a story, neither to come, in their order.
func (m *work) happened(fields map[string]any) {
	for _, name := range []string{"happenedOn", "reportedOn"} {
		if m.in.given(name) {
			fields[name] = m.pastDay(name)
		}
	}
	happened, reported := m.in.text("happenedOn"), m.in.text("reportedOn")
	if happened != "" && reported != "" && reported < happened {
		m.wrong("input.reportedOn", "%s is before it happened, on %s", reported, happened)
	}
}
