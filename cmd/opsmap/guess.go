package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
)

// guessStep is how many records are asked about at once.
const guessStep = 20

const (
	ruledMeeting = `or: [{chathamHouse: {eq: true}}, {series: {chathamHouse: {eq: true}}}]`
	guessQuery   = `query($meetings: [String!], $topics: [String!]) {
  meetings(first: 20, where: {key: {in: $meetings}, ` + ruledMeeting + `}) { nodes { key ` + guessMeeting + ` } }
  topics(first: 20, where: {key: {in: $topics}, raisedIn: {` + ruledMeeting + `}, platforms: {some: {}}}) {
    nodes { key raisedIn { key ` + guessMeeting + ` } platforms(first: 10) { nodes { organisation { key } } } }
  }
}`
	guessMeeting = `participants(first: 50) { nodes { memberOf { key } } }`
)

type (
	employed struct {
		Participants struct {
			Nodes []struct{ MemberOf *keyed }
		}
	}
	guessed struct {
		Meetings asking.Page[struct {
			Key string
			employed
		}]
		Topics asking.Page[struct {
			Key      string
			RaisedIn struct {
				Key string
				employed
			}
			Platforms struct {
				Nodes []struct{ Organisation *keyed }
			}
		}]
	}
)

// organisations that somebody who was there works for, each once.
func (m employed) organisations() []string {
	var out []string
	for _, person := range m.Participants.Nodes {
		if of := person.MemberOf; of != nil && !slices.Contains(out, of.Key) {
			out = append(out, of.Key)
		}
	}
	return out
}

// guesses warns of what was loaded where the Chatham House Rule does not help, as the
// map knows more than the files: everybody at a meeting works for one organisation, or
// what was said is about a platform of just one of those that were there.
func (p *program) guesses(ctx context.Context, s session, c *record.Changeset) (loader.Problems, error) {
	venues, err := p.venues(ctx, s)
	if err != nil || len(venues) == 0 {
		// Nothing is under the rule, as is so in most maps.
		return nil, err
	}
	keys, named := map[string][]string{}, map[record.ID]bool{}
	for id := range c.Subjects() {
		if (id.Type == "Meeting" || id.Type == "Topic") && !named[id] {
			named[id] = true
			keys[id.Type] = append(keys[id.Type], id.Key)
		}
	}
	var out loader.Problems
	for len(keys["Meeting"])+len(keys["Topic"]) > 0 {
		variables := map[string]any{}
		for name, typ := range map[string]string{"meetings": "Meeting", "topics": "Topic"} {
			n := min(guessStep, len(keys[typ]))
			variables[name] = append([]string{}, keys[typ][:n]...)
			keys[typ] = keys[typ][n:]
		}
		data, err := answered[guessed](ctx, s, "who was there", guessQuery, variables)
		if err != nil {
			return nil, err
		}
		out = append(out, data.warnings()...)
	}
	return out, nil
}

func (g guessed) warnings() loader.Problems {
	var out loader.Problems
	for _, m := range g.Meetings.Nodes {
		if there := m.organisations(); len(there) == 1 {
			out = append(out, loader.Problem{
				File: "the map", Message: fmt.Sprintf("Meeting %s is under the Chatham House Rule, and everybody there whose organisation is known works for %s", m.Key, there[0]),
				Hint: "whoever reads a statement can tell for whom its author works",
			})
		}
	}
	for _, t := range g.Topics.Nodes {
		there := t.RaisedIn.organisations()
		var fits []string
		for _, platform := range t.Platforms.Nodes {
			if of := platform.Organisation; of != nil && slices.Contains(there, of.Key) && !slices.Contains(fits, of.Key) {
				fits = append(fits, of.Key)
			}
		}
		if len(fits) == 1 {
			out = append(out, loader.Problem{
				File: "the map", Message: fmt.Sprintf("Topic %s was said under the Chatham House Rule, and of the organisations there only %s fits what it is about", t.Key, fits[0]),
				Hint: "leave the platform out, or make the statement broader",
			})
		}
	}
	return out
}

// unsaid are the problems that none of the others has in the same words.
func unsaid(problems, others loader.Problems) loader.Problems {
	return slices.DeleteFunc(problems, func(p loader.Problem) bool {
		return slices.ContainsFunc(others, func(o loader.Problem) bool { return strings.Contains(o.Message, p.Message) })
	})
}
