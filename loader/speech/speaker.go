package speech

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/schema"
)

// Speaker collects the statements of one file.
type Speaker struct {
	// File that speaks.
	File *loader.File
	// kind of source that the file is.
	kind    string
	sources *schema.ObjectType
	// said are the statements in the making, by id; order keeps theirs.
	said  map[record.ID]*record.Statement
	order []record.ID
	// who are the links to people, where they have a class of their own.
	who map[record.ID]*record.Statement
	// derived are the values that were made up, by record.
	derived map[record.ID]map[string]any
	// apart are records of which nothing else is said.
	apart []record.ID
	// persons are those whom the file names, by key; named keeps their order.
	persons map[string]*record.Statement
	named   []string
}

// New is the speaker of a file that is a source of some kind, such as MINUTES.
func New(in loader.Reader, f *loader.File, kind string) *Speaker {
	return &Speaker{
		File: f, kind: kind, sources: in.Catalog.Object("Source"),
		said: map[record.ID]*record.Statement{}, who: map[record.ID]*record.Statement{}, persons: map[string]*record.Statement{},
		derived: map[record.ID]map[string]any{},
	}
}

// Bare is the statement about a record, without a source at first.
func (s *Speaker) Bare(id record.ID) *record.Statement {
	if have := s.said[id]; have != nil {
		return have
	}
	st := &record.Statement{Source: s.File.Source, ID: id, Class: s.File.Class, Fields: map[string]any{}, Links: map[string][]record.ID{}}
	s.said[id], s.order = st, append(s.order, id)
	return st
}

// About is the statement about a record; line is where the file names it first.
func (s *Speaker) About(id record.ID, line int) *record.Statement {
	if have := s.said[id]; have != nil {
		return have
	}
	st := s.Bare(id)
	st.Fields["sources"] = []any{s.here(line)}
	return st
}

// Said is the statement about a record that was made already; nil for none.
func (s *Speaker) Said(id record.ID) *record.Statement { return s.said[id] }

// Derive gives a field of a record that is spoken of a value that the file does not
// state and that was made up from what it does: it holds until somebody states one.
func (s *Speaker) Derive(st *record.Statement, field string, value any) {
	if s.derived[st.ID] == nil {
		s.derived[st.ID] = map[string]any{}
	}
	s.derived[st.ID][field] = value
}

// here is a line of the file as a source; what a service told has an address only.
func (s *Speaker) here(line int) record.Object {
	if s.File.Place == "" {
		return Source(s.sources, s.File.Collection, "", 0, s.kind)
	}
	return Source(s.sources, s.File.Collection, s.File.Path, line, s.kind)
}

// Cite adds an address to the sources of a statement, once.
func (s *Speaker) Cite(st *record.Statement, url, kind string) {
	sources, _ := st.Fields["sources"].([]any)
	for _, have := range sources {
		if have.(record.Object)[s.sources.Field("uri").Index] == url {
			return
		}
	}
	st.Fields["sources"] = append(sources, Source(s.sources, url, "", 0, kind))
}

// CiteAll adds addresses to the sources of a statement, each once.
func (s *Speaker) CiteAll(st *record.Statement, urls []string, kind string) {
	sources, _ := st.Fields["sources"].([]any)
	have := map[string]bool{}
	for _, source := range sources {
		uri, _ := source.(record.Object)[s.sources.Field("uri").Index].(string)
		have[uri] = true
	}
	for _, url := range urls {
		if !have[url] {
			have[url] = true
			sources = append(sources, Source(s.sources, url, "", 0, kind))
		}
	}
	if len(sources) > 0 {
		st.Fields["sources"] = sources
	}
}

// WhoSource says who said or did something: the file itself, or a source beside it
// where that is told to fewer.
func (s *Speaker) WhoSource() string {
	if s.File.Discreet() {
		return s.File.Source + who
	}
	return s.File.Source
}

// Sources beside that of a file, under which it says what fewer are told.
const (
	who     = "#who"
	section = "#section:"
)

// Section is the source of what stands in stricter sections of a file, by the name of
// their class.
func Section(source, class string) string { return source + section + class }

// Discreet reports whether a source says what is told to fewer than the rest of its
// file, so that nobody is surprised that it does not count for all.
func Discreet(source string) bool {
	return strings.HasSuffix(source, who) || strings.Contains(source, section)
}

// Name links a record to people.
func (s *Speaker) Name(st *record.Statement, link string, persons ...record.ID) {
	if len(persons) == 0 {
		return
	}
	if s.File.Discreet() {
		in := s.who[st.ID]
		if in == nil {
			in = &record.Statement{Source: s.WhoSource(), ID: st.ID, Class: s.File.Attribution, Links: map[string][]record.ID{}}
			s.who[st.ID] = in
		}
		st = in
	}
	for _, p := range persons {
		if !slices.Contains(st.Links[link], p) {
			st.Links[link] = append(st.Links[link], p)
		}
	}
}

// Apart is the statement about a record that tells who said something, such as for
// whom they work; line is where the file names it first.
func (s *Speaker) Apart(id record.ID, line int) *record.Statement {
	st := s.who[id]
	if st == nil {
		st = &record.Statement{
			Source: s.WhoSource(), ID: id, Class: s.File.Attribution, Links: map[string][]record.ID{},
			Fields: map[string]any{"sources": []any{s.here(line)}},
		}
		s.who[id], s.apart = st, append(s.apart, id)
	}
	return st
}

// All is everything that was said, the people first.
func (s *Speaker) All() []record.Statement {
	out := make([]record.Statement, 0, len(s.named)+len(s.order)+len(s.who)+len(s.derived))
	for _, key := range s.named {
		out = append(out, *s.persons[key])
	}
	for _, id := range s.apart {
		out = append(out, *s.who[id])
	}
	for _, id := range s.order {
		st := s.said[id]
		out = append(out, *st)
		if fields := s.derived[id]; fields != nil {
			out = append(out, record.Statement{Source: record.DerivedBy(st.Source), ID: id, Class: st.Class, Fields: fields})
		}
		if who := s.who[id]; who != nil {
			out = append(out, *who)
		}
	}
	return out
}
