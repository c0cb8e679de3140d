package mutation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
)

// The members of inputs that say how far a record may travel.
const (
	levelMember    = "level"
	audienceMember = "audience"
)

// class is the class of a new record: its level and audience, or that of what
// states none. Whoever writes cannot write above what they may see.
func (m *work) class() access.Class {
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
