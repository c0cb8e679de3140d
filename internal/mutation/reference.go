package mutation

import (
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// nobody is a key that no record has: what could not be asked for by its id is
// looked up under it, so that this takes as long as any other look-up.
const nobody = "?"

// operations of this package beside the look-ups of single records.
var operations = map[string]string{
	"Rule":  `query Rule($key: String!) { meeting(key: $key) { chathamHouse series { chathamHouse } } }`,
	"Dates": `query Dates($key: String!) { series(key: $key) { meetings { nodes { startsAt date zone } } } }`,
	"Agenda": `query Agenda($key: String!) { meeting(key: $key) { startsAt date zone sessions { nodes {
		id key state startsAt minutes topics { nodes { id } } } } } }`,
	"Speaker":       `query Speaker($key: String!) { person(key: $key) { speaksIn { nodes { key state startsAt minutes meeting { key startsAt } } } } }`,
	"AgendaSession": `query AgendaSession($key: String!) { session(key: $key) { id key state } }`,
	"Coffee":        `query Coffee($key: String!) { session(key: $key) { id dots agenda { nodes { id state minutes topic { id key } } } } }`,
	"Item":          `query Item($key: String!) { agendaItem(key: $key) { session { id agenda { nodes { id state } } } } }`,
}

// found is a record that was looked up.
type found struct {
	Found *struct {
		ID      string
		Version int64
	}
}

// keyIn is the key under which a text names a record of t: an id, or the key itself.
func keyIn(t *schema.Type, s string) string {
	name, key, isID := strings.Cut(s, ":")
	switch {
	case !isID && s != "":
		return s
	case !isID || key == "":
		return nobody
	case name == t.Name:
		return key
	}
	for _, concrete := range t.Concrete {
		if concrete.Name == name {
			return key
		}
	}
	return nobody
}

// look looks up the record of a type that a text names; its version is 0 when it is
// not there, or not to be seen.
func (m *work) look(typ, s string) (record.ID, int64, error) {
	t := m.writer.config.Catalog.Type(typ)
	var answer found
	if err := m.call.Read(m.ctx, m.writer.documents[typ], map[string]any{"key": keyIn(t, s)}, &answer); err != nil {
		return record.ID{}, 0, err
	}
	if answer.Found == nil {
		// Whoever repeats a request after the record has gone gets the same payload as far
		// as there is one.
		return record.ID{Type: t.Concrete[0].Name, Key: keyIn(t, s)}, 0, nil
	}
	id, _ := record.ParseID(answer.Found.ID)
	return id, answer.Found.Version, nil
}

// refer looks up the record of a type that a text names, and notes as a problem that
// it is not there.
func (m *work) refer(field, typ, s string) (record.ID, int64, error) {
	id, version, err := m.look(typ, s)
	if err == nil && version == 0 {
		m.problems = append(m.problems, m.notFound(field))
	}
	return id, version, err
}

// subject is the record that the mutation is about, at the version that is expected.
func (m *work) subject(name, typ string) (record.ID, error) {
	return m.subjectCalled(name, typ, m.in.text(name))
}

// subjectCalled is that record by another text than the input's.
func (m *work) subjectCalled(name, typ, text string) (record.ID, error) {
	m.first = "input." + name
	id, version, err := m.refer(m.first, typ, text)
	if err != nil {
		return id, err
	}
	expected, given := m.in[versionField].(int64)
	switch {
	case !given || version == 0:
		expected = 0
	case expected < 1:
		m.wrong("input."+versionField, "it is %d; right is the version that you have seen, from 1", expected)
	case expected != version:
		m.problem(fault.Conflict, "input."+versionField, "the record is at version %d, not at %d; read it again and repeat the change", version, expected)
	}
	m.expect(id, max(expected, 0))
	return id, nil
}

// one is a record that has to be there for a link to it; ok is false where none is
// named.
func (m *work) one(name, typ string) (id record.ID, ok bool, err error) {
	if !m.in.given(name) {
		return id, false, nil
	}
	id, _, err = m.refer("input."+name, typ, m.in.text(name))
	m.expect(id, 0)
	return id, true, err
}

// link puts a link to one record into links, where one is named.
func (m *work) link(links map[string][]record.ID, name, typ string) error {
	id, ok, err := m.one(name, typ)
	if ok {
		links[name] = []record.ID{id}
	}
	return err
}

// links puts a link to many records into links, those that are named, each once.
func (m *work) links(links map[string][]record.ID, name, typ string) error {
	list := m.in.list(name)
	if m.atMost("input."+name, len(list)); len(list) > longestList {
		return nil
	}
	seen := map[record.ID]bool{}
	for i, item := range list {
		s, _ := item.(string)
		id, _, err := m.refer("input."+name+"."+strconv.Itoa(i), typ, s)
		if err != nil {
			return err
		}
		if !seen[id] {
			seen[id] = true
			m.expect(id, 0)
			links[name] = append(links[name], id)
		}
	}
	return nil
}

// by puts a link to a person into links: to the one that is named, or to that of
// whoever asks, if there is one.
func (m *work) by(links map[string][]record.ID, name string) error {
	if m.in.given(name) {
		id, err := m.person(name)
		links[name] = []record.ID{id}
		return err
	}
	if m.call.Viewer.Person == "" {
		return nil
	}
	id, version, err := m.look("Person", m.call.Viewer.Person)
	if version > 0 {
		m.expect(id, 0)
		links[name] = []record.ID{id}
	}
	return err
}

// person is who does it: the person of whoever asks, or one that is named, which
// needs more when it is somebody else.
func (m *work) person(name string) (record.ID, error) {
	field, own, named := "input."+name, m.call.Viewer.Person, m.in.text(name)
	switch {
	case named == "" && own == "":
		m.problem(fault.Forbidden, field, "your token names no person; ask with one that does, or name somebody here")
		return record.ID{}, nil
	case named == "":
		named = own
	case keyIn(m.writer.config.Catalog.Type("Person"), named) != own && !m.call.Viewer.Role.Includes(access.Curator):
		m.problem(fault.Forbidden, field, "you speak for yourself only; to speak for others needs the role %s", access.Curator)
		return record.ID{}, nil
	}
	id, _, err := m.refer(field, "Person", named)
	m.expect(id, 0)
	return id, err
}
