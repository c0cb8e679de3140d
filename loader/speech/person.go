package speech

import (
	"regexp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/identity"
)

// Handle is the person with that handle, or with that name where it is none.
func (s *Speaker) Handle(handle string, line int) record.ID {
	return s.Person(handle, "", line)
}

// Person notes somebody with a handle, a name or both; line is where the file names
// them, 0 for no line.
func (s *Speaker) Person(handle, name string, line int) record.ID {
	key := identity.Slug(strings.ToLower(handle))
	if key == "" {
		key = identity.Slug(name)
	}
	id := record.ID{Type: "Person", Key: key}
	st := s.persons[key]
	if st == nil {
		st = &record.Statement{
			Source: s.WhoSource(), ID: id, Class: s.File.Attribution, Links: map[string][]record.ID{},
			Fields: map[string]any{"sources": []any{s.here(line)}},
		}
		s.persons[key], s.named = st, append(s.named, key)
	}
	if _, said := st.Fields["handle"]; !said && handle != "" {
		st.Fields["handle"] = handle
	}
	if _, said := st.Fields["name"]; !said && name != "" {
		st.Fields["name"] = name
	}
	return id
}

// Who is the statement about a person that was named; nil for another.
func (s *Speaker) Who(id record.ID) *record.Statement { return s.persons[id.Key] }

var handles = regexp.MustCompile(`@[A-Za-z0-9][\w-]*`)

// WithoutHandles is a text in which nobody is named by a handle; with names given,
// none of these.
func WithoutHandles(text string, names ...string) string {
	return handles.ReplaceAllStringFunc(text, func(handle string) string {
		is := func(name string) bool { return strings.EqualFold(name, handle[1:]) }
		if len(names) > 0 && !slices.ContainsFunc(names, is) {
			return handle
		}
		return "@…"
	})
}
