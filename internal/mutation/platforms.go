package mutation

import (
	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// recordOffer says whether a platform has a capability.
func recordOffer(m *work) error {
	fields := map[string]any{}
	m.plain(fields, "state")
	m.prose(fields, "note")
	platform, capability, err := m.statement(fields, "platform", "Platform", "capability", "Capability")
	if err != nil {
		return err
	}
	offer := record.Joining("Offer", platform, capability)
	return m.state("offer", offer, fields, map[string][]record.ID{"platform": {platform}, "capability": {capability}})
}

// recordImplementation says how a practice is done on a platform.
func recordImplementation(m *work) error {
	fields := map[string]any{}
	m.prose(fields, "how")
	if m.in.given("documentation") {
		fields["documentation"] = m.address("input.documentation", m.in.text("documentation"))
	}
	practice, platform, err := m.statement(fields, "practice", "Practice", "platform", "Platform")
	if err != nil {
		return err
	}
	mechanism, _, err := m.one("mechanism", "Mechanism")
	if err != nil {
		return err
	}
	fields["mechanism"] = mechanism.Key
	implementation := record.Joining("Implementation", practice, platform)
	return m.state("implementation", implementation, fields, map[string][]record.ID{"practice": {practice}, "platform": {platform}})
}

// statement reads where a statement about two records comes from, and the two.
func (m *work) statement(fields map[string]any, first, firstType, second, secondType string) (one, other record.ID, err error) {
	if err = m.noteSource(fields); err != nil {
		return one, other, err
	}
	m.first = "input." + first
	if one, _, err = m.one(first, firstType); err != nil {
		return one, other, err
	}
	other, _, err = m.one(second, secondType)
	return one, other, err
}

// state says a statement about a platform, unless there is one already that whoever
// asks may see: a later one would take its place for everybody.
func (m *work) state(name string, id record.ID, fields map[string]any, links map[string][]record.ID) error {
	_, version, err := m.look(id.Type, id.Key)
	if err != nil {
		return err
	}
	if version > 0 && !m.call.Viewer.Role.Includes(access.Curator) {
		m.problem(fault.Conflict, "input", "this is stated already, in %s; to state it anew needs the role %s, and what you know differently is a note or an issue", id, access.Curator)
	}
	m.say(record.Statement{Source: m.actor(), ID: id, Fields: fields, Links: links, Class: m.class()})
	m.result[name] = id
	return nil
}
