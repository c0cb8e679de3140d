package question

import (
	"cmp"
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/record"
)

// standsQuery reads what the ladder from stories to automation is made of, as far as
// the viewer may see it.
const standsQuery = `query Stands {
  layers { nodes { key } }
  practices { nodes {
    key title status automation layers { nodes { key } } topics { nodes { key kind } } stories { nodes { key } }
    portabilityNotes { nodes { key confirmations { nodes { key on person { key } } } } }
  } }
  topics { nodes { key title kind layers { nodes { key } } practices { nodes { key } } stories { nodes { key } } } }
  stories { nodes { key title layers { nodes { key } } distilledInto { nodes { key } } topics { nodes { key kind } } } }
}`

// stages of the ladder from the first to the last.
var stages = []string{"STORY", "RECURRING_ISSUE", "PRACTICE", "AUTOMATED"}

// stand is a record on the ladder.
type stand struct {
	stage           int
	id              record.ID
	title           string
	layers          []string
	issues, stories []string
	confirmations   []confirmed
}

type confirmed struct{ key, on, person string }

// standing answers the field ladder.
func (a *Asker) standing(ctx context.Context, c Call) (any, error) {
	op, answer, err := a.ask(ctx, c, a.stands)
	if err != nil {
		return nil, err
	}
	layer, focused := c.Args["layer"].(string)
	if focused {
		p := pool{}
		for _, f := range facts(op, answer, "layers") {
			p.layers = append(p.layers, f.text("key"))
		}
		if err := p.layer(layer, "layer"); err != nil {
			return nil, err
		}
	}
	wanted, staged := c.Args["stage"].(string)
	all := standsOf(facts(op, answer, "practices"), facts(op, answer, "topics"), facts(op, answer, "stories"))
	var items []Item
	for i := range all {
		s := &all[i]
		if (focused && !slices.Contains(s.layers, layer)) || (staged && stages[s.stage] != wanted) {
			continue
		}
		items = append(items, Item{Place: []any{int64(s.stage), s.id.Type, s.id.Key}, make: s.result})
	}
	slices.SortFunc(items, func(a, b Item) int { return compare(a.Place, b.Place) })
	return cut(items, c.Paging)
}

// standsOf is every practice, every recurring issue without one, and every story that
// came to neither.
func standsOf(practices, topics, stories []fact) []stand {
	told := map[string][]string{}
	for _, f := range topics {
		if recurs(f) {
			told[f.text("key")] = f.many("stories")
		}
	}
	var out []stand
	for _, f := range practices {
		out = append(out, standOfPractice(f, told))
	}
	for _, f := range topics {
		if recurs(f) && len(f.many("practices")) == 0 {
			key := f.text("key")
			out = append(out, stand{stage: 1, id: topicID(key), title: f.text("title"), layers: f.many("layers"), stories: f.many("stories")})
		}
	}
	for _, f := range stories {
		if len(f.many("distilledInto")) == 0 && len(recurring(f.linked("topics"))) == 0 {
			out = append(out, stand{id: record.ID{Type: "Story", Key: f.text("key")}, title: f.text("title"), layers: f.many("layers")})
		}
	}
	return out
}

func standOfPractice(f fact, told map[string][]string) stand {
	s := stand{
		stage: 2, id: record.ID{Type: "Practice", Key: f.text("key")}, title: f.text("title"),
		layers: f.many("layers"), issues: recurring(f.linked("topics")), stories: f.many("stories"),
	}
	switch {
	case f.text("status") == "WANTED":
		s.stage = 1
	case f.text("automation") == "AUTOMATED":
		s.stage = 3
	}
	for _, issue := range s.issues {
		s.stories = append(s.stories, told[issue]...)
	}
	slices.Sort(s.stories)
	s.stories = slices.Compact(s.stories)
	for _, note := range f.linked("portabilityNotes") {
		for _, c := range note.linked("confirmations") {
			s.confirmations = append(s.confirmations, confirmed{c.text("key"), c.text("on"), c.one("person")})
		}
	}
	slices.SortFunc(s.confirmations, func(a, b confirmed) int {
		return cmp.Or(cmp.Compare(b.on, a.on), cmp.Compare(a.key, b.key))
	})
	return s
}

func recurs(topic fact) bool { return topic.text("kind") == "RECURRING_ISSUE" }

// recurring are the keys of those topics that are recurring issues.
func recurring(topics []fact) []string {
	var out []string
	for _, t := range topics {
		if recurs(t) {
			out = append(out, t.text("key"))
		}
	}
	return out
}

func (s *stand) result() Result {
	r := Result{
		"stage": stages[s.stage], "title": s.title,
		"issues": idsOf("Topic", s.issues), "stories": idsOf("Story", s.stories),
	}
	if s.stage+1 < len(stages) {
		r["next"] = stages[s.stage+1]
	}
	r[map[string]string{"Practice": "practice", "Topic": "topic", "Story": "story"}[s.id.Type]] = s.id
	var confirmations, persons []string
	for _, c := range s.confirmations {
		confirmations = append(confirmations, c.key)
		if c.person != "" && !slices.Contains(persons, c.person) {
			persons = append(persons, c.person)
		}
	}
	r["confirmations"], r["confirmedBy"] = idsOf("Confirmation", confirmations), idsOf("Person", persons)
	if len(s.confirmations) > 0 {
		r["confirmedOn"] = s.confirmations[0].on
	}
	return r
}

// idsOf names records of a type by their keys.
func idsOf(typ string, keys []string) []any {
	out := make([]any, len(keys))
	for i, key := range keys {
		out[i] = record.ID{Type: typ, Key: key}
	}
	return out
}
