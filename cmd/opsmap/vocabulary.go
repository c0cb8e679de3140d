package main

import (
	"context"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
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
// left out, and those that say speaks of.
func vocabularyOf(ctx context.Context, s session, say []record.Statement, gone map[record.ID]bool) (*vocabulary, error) {
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
	for i := range say {
		v.add(&say[i])
	}
	return v, nil
}

// add what a statement calls its record.
func (v *vocabulary) add(s *record.Statement) {
	switch s.ID.Type {
	case "Layer", "Practice", "Solution", "Provider", "Template":
	default:
		return
	}
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

// terms for linking; with recurring only the recurring practices, by what one sees
// of them too.
func (v *vocabulary) terms(recurring bool) []linking.Term {
	var out []linking.Term
	for id, c := range v.byID {
		t := linking.Term{ID: id, Names: []string{strings.ReplaceAll(c.Key, "-", " ")}}
		switch {
		case recurring && !c.Recurring:
			continue
		case id.Type == "Practice":
			t.Names, t.Title, t.Key, t.Signals = append(t.Names, c.Title), c.Title, t.Names[0], c.Signals
		case id.Type == "Layer":
			t.Names = append(t.Names, strings.Split(c.Name, "/")...)
		case id.Type == "Template":
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

// stories of the store and of a load, for what they share. It notes the classes of those
// that the store has, and of the recurring issues they are about.
func (p *premises) stories(ctx context.Context, s session, say []record.Statement) ([]linking.Story, error) {
	type keyed struct {
		Nodes []struct {
			Type, Key, Kind string
			guarded
		}
	}
	type story struct {
		Key, Title, Impact, RootCause string
		Lessons                       []string
		DistilledInto, Topics         keyed
		guarded
	}
	var out []linking.Story
	p.issues, p.stored = map[record.ID]access.Class{}, map[record.ID]access.Class{}
	const selection = `key title impact rootCause lessons` + guardedFields + `
		distilledInto(first: 100) { nodes { key } } topics(first: 100) { nodes { key kind` + guardedFields + ` } }`
	err := pages(ctx, s, "stories", selection, func(n story) {
		st := linking.Story{
			ID: record.ID{Type: "Story", Key: n.Key}, Class: n.class(),
			Text: strings.Join(append([]string{n.Title, n.Impact, n.RootCause}, n.Lessons...), "\n"),
		}
		p.stored[st.ID] = st.Class
		for _, practice := range n.DistilledInto.Nodes {
			st.Distilled = append(st.Distilled, record.ID{Type: "Practice", Key: practice.Key})
		}
		for _, t := range n.Topics.Nodes {
			if t.Kind == "RECURRING_ISSUE" {
				id := record.ID{Type: "Topic", Key: t.Key}
				st.Issues, p.issues[id] = append(st.Issues, id), t.class()
			}
		}
		out = append(out, st)
	})
	return p.retold(out, say), err
}

// retold are stories as they are when a load has told its own.
func (p *premises) retold(out []linking.Story, say []record.Statement) []linking.Story {
	for i := range say {
		if say[i].ID.Type == "Topic" {
			p.issues[say[i].ID] = access.Join(p.issues[say[i].ID], say[i].Class)
		}
		if say[i].ID.Type == "Story" {
			out = slices.DeleteFunc(out, func(st linking.Story) bool { return st.ID == say[i].ID })
			out = append(out, storyOf(&say[i], say))
		}
	}
	slices.SortFunc(out, func(a, b linking.Story) int { return strings.Compare(a.ID.Key, b.ID.Key) })
	return out
}

// storyOf is a story as a load tells it.
func storyOf(s *record.Statement, say []record.Statement) linking.Story {
	st := linking.Story{ID: s.ID, Class: s.Class, Distilled: s.Links["distilledInto"]}
	var words []string
	for _, name := range []string{"title", "impact", "rootCause"} {
		text, _ := s.Fields[name].(string)
		words = append(words, text)
	}
	lessons, _ := s.Fields["lessons"].([]any)
	for _, l := range lessons {
		words = append(words, l.(string))
	}
	st.Text = strings.Join(words, "\n")
	for _, topic := range s.Links["topics"] {
		recurs := func(other record.Statement) bool {
			return other.ID == topic && other.Fields["kind"] == "RECURRING_ISSUE"
		}
		if slices.ContainsFunc(say, recurs) {
			st.Issues = append(st.Issues, topic)
		}
	}
	return st
}
