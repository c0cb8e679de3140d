package mutation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// The members of inputs that say how far a record may travel.
const (
	levelMember    = "level"
	audienceMember = "audience"
)

// class is the class of a new record: its level and audience, or that of what
// states none. Whoever writes cannot write above what they may see.
func (m *work) class() access.Class {
	if len(m.ladder) == 0 && !m.in.given(levelMember) {
		// A map without levels has nothing to keep.
		return access.Class{}
	}
	if !m.in.given(levelMember) && !m.in.given(audienceMember) {
		return access.NewClass(access.Atom{Level: m.unstated()})
	}
	return m.stated()
}

// classOfEnds is the class of a fact about other records: theirs, unless more is
// asked for.
func (m *work) classOfEnds() access.Class {
	if !m.in.given(levelMember) && !m.in.given(audienceMember) {
		return access.Class{}
	}
	return m.stated()
}

// unstated is the level of what states none: that of unlabelled records, or the
// highest below it that whoever writes may see and that needs no audience.
func (m *work) unstated() string {
	most, _ := m.ladder.Rank(m.ladder.Unlabelled())
	for _, level := range slices.Backward(m.ladder) {
		if level.Rank <= most && m.within(level.Key) && !level.NeedsAudience {
			return level.Key
		}
	}
	return m.ladder.Lowest()
}

// clearance is the highest level that whoever asks may see.
func (m *work) clearance() string {
	v := m.call.Viewer
	if v.AllSeeing {
		return m.ladder.Highest()
	}
	if _, known := m.ladder.Rank(v.Clearance); known {
		return v.Clearance
	}
	return m.ladder.Lowest()
}

func (m *work) within(level string) bool {
	rank, known := m.ladder.Rank(level)
	most, _ := m.ladder.Rank(m.clearance())
	return known && rank <= most
}

// stated is the class that the input names.
func (m *work) stated() access.Class {
	atom := access.Atom{Level: m.in.text(levelMember)}
	field := "input." + levelMember
	if atom.Level == "" {
		atom.Level = m.unstated()
	} else if !m.within(atom.Level) || atom.Level == access.Top {
		m.wrong(field, "there is no such level up to your clearance; right is one of %s", strings.Join(m.levels(), ", "))
		return access.Class{}
	}
	for i, item := range m.in.list(audienceMember) {
		group, _ := item.(string)
		if !m.call.Viewer.AllSeeing && !slices.Contains(m.call.Viewer.Groups, group) {
			m.problem(fault.Forbidden, "input."+audienceMember+"."+strconv.Itoa(i), "you are not in that group; right is a part of your own groups")
			continue
		}
		atom.Audience = append(atom.Audience, group)
	}
	if _, err := access.CleanGroups(atom.Audience); err != nil {
		m.wrong("input."+audienceMember, "%s", fault.Message(err))
	}
	if m.ladder.WithoutAudience(atom) != "" && !m.in.given(audienceMember) {
		m.wrong("input."+audienceMember, "the level %s needs an audience; right is the groups it is limited to", atom.Level)
	}
	return access.NewClass(atom)
}

// levels up to the clearance of whoever asks.
func (m *work) levels() []string {
	return slices.DeleteFunc(m.ladder.Keys(), func(level string) bool { return !m.within(level) })
}

// setLevel decides the class of a record: an edit that says nothing else.
func setLevel(m *work) error {
	class := m.stated()
	if atoms := class.Atoms; len(atoms) == 1 {
		atoms[0].Conditions = m.conditions()
		if level := m.ladder.WithoutAudience(atoms[0]); level != "" && level != atoms[0].Level {
			m.wrong("input."+audienceMember, "the level %s, which it becomes, needs an audience; right is the groups it is limited to", level)
		}
		class = access.NewClass(atoms[0])
	}
	// What has no type of records, or that of the levels, is looked up in vain.
	typ, text := "Topic", nobody
	if id, ok := record.ParseID(m.in.text("id")); ok {
		if t := m.writer.config.Catalog.Type(id.Type); t != nil && !t.Interface && t.Name != "ConfidentialityLevel" {
			typ, text = t.Name, m.in.text("id")
		}
	}
	id, err := m.subjectCalled("id", typ, text)
	if err != nil {
		return err
	}
	m.say(record.Statement{Source: "level", ID: id, Class: class, Edit: true})
	m.result["record"] = id
	return nil
}

// conditions change a level by the clock.
func (m *work) conditions() []access.Condition {
	var out []access.Condition
	for i, item := range m.in.list("conditions") {
		field := "input.conditions." + strconv.Itoa(i)
		in := input(item.(map[string]any))
		until, err := time.Parse(time.RFC3339, in.text("until"))
		if err != nil || !until.After(m.call.Now) {
			m.wrong(field+".until", "%s has passed; right is an instant to come", in.text("until"))
		}
		then := in.text("then")
		if !m.within(then) || then == access.Top {
			m.wrong(field+".then", "there is no such level up to your clearance; right is one of %s", strings.Join(m.levels(), ", "))
			continue
		}
		out = append(out, access.Condition{Reason: m.line(field+".reason", in.text("reason"), longestTitle, true), Until: until, Then: then})
	}
	return out
}
