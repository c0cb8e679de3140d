package main

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader/gather"
	"github.com/open-operations/opsmap/loader/linking"
)

// recurringIssue is the kind of topics at which stories point.
const recurringIssue = "RECURRING_ISSUE"

// recurs reports whether a statement says that a topic is a recurring issue.
func recurs(s *record.Statement) bool {
	return s.ID.Type == "Topic" && s.Fields["kind"] == recurringIssue
}

// mayRecur reports whether recurs may hold: few topics have to be opened to see it.
func mayRecur(s *record.Packed) bool {
	return s.ID.Type == "Topic" && strings.Contains(s.Fields, `"`+recurringIssue+`"`)
}

// stories are those that there are when a load is done, with the recurring issues there
// are then. It notes their classes and those of their links.
func (p *premises) stories(ctx context.Context, of *program, s session, result *gather.Result, gone map[record.ID]bool) ([]linking.Story, []linking.Issue, error) {
	stories, issues, err := p.storedStories(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	for say := range result.Statements(func(s *record.Packed) bool { return s.ID.Type == "Story" || mayRecur(s) }) {
		switch {
		case say.ID.Type == "Story":
			stories[say.ID] = retold(stories[say.ID], say)
		case recurs(say):
			issue := issues[say.ID]
			issue.ID, issue.Title = say.ID, cmp.Or(stringIn(say, "title"), issue.Title)
			issues[say.ID] = issue
		}
	}
	if len(stories) == 0 {
		return nil, nil, nil
	}
	said, err := of.saidAfter(ctx, s, result, append(idsOf(stories), idsOf(issues)...))
	if err != nil {
		return nil, nil, err
	}
	p.classes, p.links = map[record.ID]access.Class{}, map[link][]access.Class{}
	for id, statements := range said {
		p.note(id, statements)
	}
	told, recurring := p.told(stories, issues, said, gone)
	return told, recurring, nil
}

// told are stories and recurring issues with what is said of them, those that are gone
// left out.
func (p *premises) told(stories map[record.ID]linking.Story, issues map[record.ID]linking.Issue, said map[record.ID][]record.Statement, gone map[record.ID]bool) (told []linking.Story, recurring []linking.Issue) {
	kept := func(id record.ID) bool { return len(said[id]) > 0 && !gone[id] }
	for _, id := range idsOf(stories) {
		if st := stories[id]; kept(id) {
			st.Class, st.Sources = p.classes[id], p.sourcesOf(id, said[id])
			st.Distilled, st.Issues = linkedFrom(said[id], "distilledInto"), linkedFrom(said[id], "topics")
			st.Accepted = linkedFrom(slices.DeleteFunc(slices.Clone(said[id]), func(s record.Statement) bool { return s.Source != decidedBy }), "distilledInto")
			told = append(told, st)
		}
	}
	for _, id := range idsOf(issues) {
		if i := issues[id]; kept(id) && slices.ContainsFunc(said[id], func(s record.Statement) bool { return recurs(&s) }) {
			i.Practices = linkedFrom(said[id], "practices")
			recurring = append(recurring, i)
		}
	}
	return told, recurring
}

// storedStories are the stories and the recurring issues that the store has. It notes
// their classes.
func (p *premises) storedStories(ctx context.Context, s session) (map[record.ID]linking.Story, map[record.ID]linking.Issue, error) {
	type node struct {
		Key, Title, Impact, RootCause, HappenedOn string
		Lessons                                   []string
		guarded
	}
	stories, issues := map[record.ID]linking.Story{}, map[record.ID]linking.Issue{}
	p.stored = map[record.ID]access.Class{}
	err := pages(ctx, s, "stories", "key title impact rootCause lessons happenedOn"+guardedFields, func(n node) {
		id := record.ID{Type: "Story", Key: n.Key}
		p.stored[id] = n.class()
		stories[id] = linking.Story{ID: id, Title: n.Title, Day: n.HappenedOn, Text: strings.Join(append([]string{n.Title, n.Impact, n.RootCause}, n.Lessons...), "\n")}
	})
	if err != nil {
		return nil, nil, err
	}
	err = pages(ctx, s, "topics(where: {kind: {eq: "+recurringIssue+"}})", "key title"+guardedFields, func(n node) {
		id := record.ID{Type: "Topic", Key: n.Key}
		p.stored[id] = n.class()
		issues[id] = linking.Issue{ID: id, Title: n.Title}
	})
	return stories, issues, err
}

// retold is a story as a load tells it.
func retold(st linking.Story, s *record.Statement) linking.Story {
	st.ID, st.Title, st.Day = s.ID, cmp.Or(stringIn(s, "title"), st.Title), cmp.Or(stringIn(s, "happenedOn"), st.Day)
	var words []string
	for _, name := range []string{"title", "impact", "rootCause"} {
		words = append(words, stringIn(s, name))
	}
	lessons, _ := s.Fields["lessons"].([]any)
	for _, l := range lessons {
		words = append(words, l.(string))
	}
	st.Text = strings.Join(words, "\n")
	return st
}

// stringIn is what a statement says in a field; empty for nothing.
func stringIn(s *record.Statement, field string) string {
	out, _ := s.Fields[field].(string)
	return out
}

// idsOf are the ids of some records, in their order.
func idsOf[T any](byID map[record.ID]T) []record.ID {
	out := make([]record.ID, 0, len(byID))
	for id := range byID {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b record.ID) int { return strings.Compare(a.String(), b.String()) })
	return out
}

// saidAfter is what is said of some records when a load has been applied.
func (p *program) saidAfter(ctx context.Context, s session, result *gather.Result, about []record.ID) (map[record.ID][]record.Statement, error) {
	if len(about) == 0 {
		return nil, nil
	}
	stored, err := p.said(ctx, s, []string{""}, about...)
	if err != nil {
		return nil, err
	}
	out := map[record.ID][]record.Statement{}
	over := map[record.Retirement]bool{}
	for _, id := range about {
		out[id] = nil
	}
	for _, r := range result.Changeset.Retire {
		over[r] = true
	}
	for say := range result.Statements(func(s *record.Packed) bool { _, asked := out[s.ID]; return asked }) {
		out[say.ID] = append(out[say.ID], *say)
		over[record.Retirement{Source: say.Source, ID: say.ID}] = true
	}
	for i := range stored {
		if st := &stored[i]; !over[record.Retirement{Source: st.Source, ID: st.ID}] && !slices.Contains(result.Changeset.Replace, st.Source) {
			out[st.ID] = append(out[st.ID], *st)
		}
	}
	for id := range out {
		slices.SortStableFunc(out[id], func(a, b record.Statement) int { return strings.Compare(a.Source, b.Source) })
	}
	return out, nil
}

// note the class of a record, and those of its links, by what is said of it: a record is
// as open as the most open statement, unless somebody has decided.
func (p *premises) note(id record.ID, statements []record.Statement) {
	first := true
	decided := false
	for i := range statements {
		s := &statements[i]
		for _, targets := range s.Links {
			for _, to := range targets {
				p.links[link{id, to}] = append(p.links[link{id, to}], s.Class)
			}
		}
		switch {
		case s.Class.Inherits() || decided:
		case s.Decides():
			p.classes[id], decided = s.Class, true
		case first || p.open(s.Class, p.classes[id]):
			if len(s.Fields) > 0 {
				p.classes[id], first = s.Class, false
			}
		}
	}
}

// linkedFrom are the records that statements link by a field, each once.
func linkedFrom(statements []record.Statement, field string) []record.ID {
	var out []record.ID
	for i := range statements {
		for _, to := range statements[i].Links[field] {
			if !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	return out
}

// sourcesOf is where a record is told by somebody whom all may hear who may see it.
func (p *premises) sourcesOf(id record.ID, statements []record.Statement) any {
	for i := range statements {
		if sources := statements[i].Fields["sources"]; sources != nil && p.open(statements[i].Class, p.classes[id]) {
			return sources
		}
	}
	return nil
}
