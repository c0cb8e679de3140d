package main

import (
	"context"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/linking"
)

// called is what texts may call a record.
type called struct {
	Type      string `json:"__typename"`
	Key       string `json:"key"`
	Title     string `json:"title"`
	Name      string `json:"name"`
	Kind      string `json:"kind"`
	Recurring bool   `json:"recurring"`
	Aliases   []string
	Signals   []string
	guarded
	// said is the class in which a load speaks of it.
	said access.Class
}

// guarded is who may see a record now.
type guarded struct {
	Confidentiality struct{ Key string }
	Audience        []string
}

const guardedFields = " confidentiality { key } audience"

func (g guarded) class() access.Class {
	if g.Confidentiality.Key == "" {
		return access.Class{}
	}
	return access.NewClass(access.Atom{Level: g.Confidentiality.Key, Audience: g.Audience})
}

// class of a record, as strict as the store and the load have it.
func (c called) class() access.Class { return access.Join(c.guarded.class(), c.said) }

// vocabulary is what texts may mention: the store's, and what is being loaded.
type vocabulary struct {
	byID map[record.ID]called
}

// vocabularyOf is the store's records that can be mentioned, those that are gone
// left out, and those that a load speaks of.
func vocabularyOf(ctx context.Context, s session, result *gather.Result, gone map[record.ID]bool) (*vocabulary, error) {
	v := &vocabulary{byID: map[record.ID]called{}}
	for connection, selection := range map[string]string{
		"layers": "__typename key name", "platforms": "__typename key name aliases",
		"practices": "__typename key title recurring signals", "templates": "__typename key title kind",
	} {
		err := pages(ctx, s, connection, selection+guardedFields, func(c called) {
			if id := (record.ID{Type: c.Type, Key: c.Key}); !gone[id] {
				v.byID[id] = c
			}
		})
		if err != nil {
			return nil, err
		}
	}
	for s := range result.Statements(func(s *record.Packed) bool { return isCalled(s.ID.Type) }) {
		v.add(s)
	}
	return v, nil
}

// isCalled reports whether texts may call records of a type something.
func isCalled(typ string) bool {
	switch typ {
	case "Layer", "Practice", "Solution", "Provider", "Template":
		return true
	}
	return false
}

// add what a statement calls its record.
func (v *vocabulary) add(s *record.Statement) {
	c := v.byID[s.ID]
	c.Type, c.Key = s.ID.Type, s.ID.Key
	c.said = access.Join(c.said, s.Class)
	for name, into := range map[string]*string{"title": &c.Title, "name": &c.Name, "kind": &c.Kind} {
		if text, ok := s.Fields[name].(string); ok {
			*into = text
		}
	}
	if recurring, ok := s.Fields["recurring"].(bool); ok {
		c.Recurring = recurring
	}
	for name, into := range map[string]*[]string{"aliases": &c.Aliases, "signals": &c.Signals} {
		if list, ok := s.Fields[name].([]any); ok {
			*into = nil
			for _, item := range list {
				*into = append(*into, item.(string))
			}
		}
	}
	v.byID[s.ID] = c
}

// terms for linking.
func (v *vocabulary) terms() []linking.Term {
	var out []linking.Term
	for id, c := range v.byID {
		t := linking.Term{ID: id, Names: []string{strings.ReplaceAll(c.Key, "-", " ")}}
		switch id.Type {
		case "Practice":
			t.Names, t.Title, t.Key, t.Signals, t.Recurring = append(t.Names, c.Title), c.Title, t.Names[0], c.Signals, c.Recurring
		case "Layer":
			t.Names = append(t.Names, strings.Split(c.Name, "/")...)
		case "Template":
			t.Names = append(t.Names, c.Title, strings.ReplaceAll(c.Kind, "_", " "), initials(c.Kind))
			t.Title = c.Title
		default:
			name, _, _ := strings.Cut(c.Name, "(")
			t.Names = append(append(t.Names, name), c.Aliases...)
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b linking.Term) int { return strings.Compare(a.ID.String(), b.ID.String()) })
	return out
}

// initials of three words or more: ROOT_CAUSE_ANALYSIS is RCA too.
func initials(kind string) string {
	words := strings.Split(kind, "_")
	if len(words) < 3 {
		return ""
	}
	out := ""
	for _, w := range words {
		out += w[:1]
	}
	return out
}
