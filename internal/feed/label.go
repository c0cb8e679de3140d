package feed

import (
	"slices"
	"strings"
)

// class is who may see a part of a document.
type class struct {
	Confidentiality struct {
		Key, Name string
		Rank      int
	}
	Audience []string
}

const classFields = `confidentiality { key name rank } audience`

// label is the line that says how far a document may travel: as far as the strictest
// of its parts. Where parts are limited to groups it names those who may have all.
func label(parts []class) string {
	var strictest class
	var groups []string
	limited := false
	for _, p := range parts {
		if strictest.Confidentiality.Key == "" || p.Confidentiality.Rank > strictest.Confidentiality.Rank {
			strictest = p
		}
		if len(p.Audience) == 0 {
			continue
		}
		if !limited {
			groups, limited = slices.Clone(p.Audience), true
			continue
		}
		groups = slices.DeleteFunc(groups, func(g string) bool { return !slices.Contains(p.Audience, g) })
	}
	text := "Level: " + strictest.Confidentiality.Key
	if strings.HasPrefix(strictest.Confidentiality.Name, "TLP:") {
		text = strictest.Confidentiality.Name
	}
	if len(groups) > 0 {
		text += "\n\nGroups: " + strings.Join(groups, ", ")
	}
	return text
}

// discreet reports whether the Chatham House Rule holds: what was said may be told, not
// who said it, so that the documents name nobody.
func (m *Meeting) discreet() bool {
	return m.ChathamHouse || m.Series != nil && m.Series.ChathamHouse
}

// parts are the classes of a meeting and of the sessions that take place.
func (m *Meeting) parts() []class {
	out := []class{m.class}
	if m.Series != nil {
		out = append(out, m.Series.class)
	}
	for i := range m.Sessions.Nodes {
		s := &m.Sessions.Nodes[i]
		if s.State == cancelled {
			continue
		}
		out = append(out, s.class)
		for _, t := range s.Topics.Nodes {
			out = append(out, t.class)
		}
		for _, a := range s.Agenda.Nodes {
			out = append(out, a.class, a.Topic.class)
		}
		if !m.discreet() {
			out = append(out, classesOf(s.Speakers.Nodes)...)
		}
	}
	return out
}

func classesOf(persons []person) []class {
	out := make([]class, len(persons))
	for i := range persons {
		out[i] = persons[i].class
	}
	return out
}

// partsOf are the classes of action items.
func (m *Meeting) partsOf(items []actionItem) []class {
	var out []class
	for i := range items {
		out = append(out, items[i].class)
		if !m.discreet() {
			out = append(out, classesOf(items[i].Assignees.Nodes)...)
		}
	}
	return out
}
