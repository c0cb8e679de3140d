package merge

import "github.com/open-operations/opsmap/schema"

// sourcesField is the one list that is a union over statements.
const sourcesField = "sources"

// levelType is the type whose records are the ladder.
const levelType = "ConfidentialityLevel"

// shape is what merging has to know of a concrete type.
type shape struct {
	t *schema.Type
	// fields that statements speak of.
	fields []*schema.Field
	// links that statements make.
	links                                     []*schema.Link
	id, key, created, updated, count, sources int
}

// shapes are worked out for the types a changeset meets.
type shapes struct {
	catalog *schema.Catalog
	byName  map[string]*shape
	// passed are the relations by which ways of attribution lead on, by the type that
	// stores them.
	passed map[*schema.Type][]*schema.Relation
}

// of is nil when there is no concrete type of that name.
func (s *shapes) of(name string) *shape {
	if known, ok := s.byName[name]; ok {
		return known
	}
	var sh *shape
	if t := s.catalog.Type(name); t != nil && !t.Interface {
		sh = newShape(t)
	}
	s.byName[name] = sh
	return sh
}

func newShape(t *schema.Type) *shape {
	sh := &shape{t: t}
	for _, f := range t.Fields {
		switch f.System {
		case schema.NotSystem:
			sh.fields = append(sh.fields, f)
			if f.Name == sourcesField {
				sh.sources = f.Index
			}
		case schema.SysID:
			sh.id = f.Index
		case schema.SysKey:
			sh.key = f.Index
		case schema.CreatedAt:
			sh.created = f.Index
		case schema.UpdatedAt:
			sh.updated = f.Index
		case schema.Version:
			sh.count = f.Index
		}
	}
	for _, l := range t.Links {
		if !l.Inverse {
			sh.links = append(sh.links, l)
		}
	}
	return sh
}

// passing are the relations of t by which ways of attribution lead on over it.
func (s *shapes) passing(t *schema.Type) []*schema.Relation {
	if s.passed == nil {
		s.passed = map[*schema.Type][]*schema.Relation{}
		for _, r := range s.catalog.Relations {
			if r.Attribution == nil {
				continue
			}
			for _, way := range r.Attribution.At {
				for _, next := range way[1:] {
					s.passed[next.From] = append(s.passed[next.From], next)
				}
			}
		}
	}
	return s.passed[t]
}

// link is the link a statement makes under that name; nil when there is none.
func (sh *shape) link(name string) *schema.Link {
	if l := sh.t.Link(name); l != nil && !l.Inverse {
		return l
	}
	return nil
}
