package meetings

import (
	"regexp"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/identity"
)

// people are those whom a file names, each once.
type people struct {
	*speaker
	byKey map[string]*record.Statement
	order []string
}

// handle is the person with that handle, or with that name where it is none.
func (p *people) handle(handle string, line int) record.ID {
	return p.person(handle, "", line)
}

// person notes somebody with a handle, a name or both.
func (p *people) person(handle, name string, line int) record.ID {
	key := identity.Slug(strings.ToLower(handle))
	if key == "" {
		key = identity.Slug(name)
	}
	id := record.ID{Type: "Person", Key: key}
	s := p.byKey[key]
	if s == nil {
		s = p.statement(id, line)
		s.Source, s.Class = p.whoSource(), p.file.Attribution
		p.byKey[key], p.order = s, append(p.order, key)
	}
	if _, said := s.Fields["handle"]; !said && handle != "" {
		s.Fields["handle"] = handle
	}
	if _, said := s.Fields["name"]; !said && name != "" {
		s.Fields["name"] = name
	}
	return id
}

// all are the statements about people, in the order in which they were named.
func (p *people) all() []record.Statement {
	out := make([]record.Statement, len(p.order))
	for i, key := range p.order {
		out[i] = *p.byKey[key]
	}
	return out
}

var handles = regexp.MustCompile(`@[A-Za-z0-9][\w-]*`)

// unnamed is a text without the people of the file, where who said something is
// told to fewer than what was said.
func (s *speaker) unnamed(line int, whole string) string {
	if !s.discreet {
		return whole
	}
	text := s.withoutNames(whole)
	if text != whole && (s.named == 0 || line < s.named) {
		s.named = line
	}
	return text
}

func (s *speaker) withoutNames(text string) string {
	text = handles.ReplaceAllString(text, "@…")
	for _, p := range s.doc.Participants {
		if len(p.Name) > 2 {
			text = strings.ReplaceAll(text, p.Name, "…")
		}
	}
	return text
}
