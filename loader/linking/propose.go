package linking

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// Type is the type of proposals.
const Type = "LinkProposal"

// most is how many proposals a text gets: one that names everything is about
// nothing.
const most = 6

// fields are the links of a topic and of a story by the type they lead to.
var fields = map[string]map[string]string{
	"Topic": {"Layer": "layers", "Practice": "practices", "Solution": "platforms", "Provider": "platforms", "Template": "templates"},
	"Story": {"Layer": "layers", "Practice": "distilledInto", "Solution": "platform", "Provider": "platform", "Template": "template"},
}

// ends are the links of a proposal by the type they lead to.
var ends = map[string]string{
	"Topic": "topic", "Story": "story", "Layer": "layer", "Practice": "practice",
	"Solution": "platform", "Provider": "platform", "Template": "template",
}

// Propose is the proposals for what statements about topics and stories say, each
// said by the same source, under the same class and from the same place as its
// statement. What a statement links itself is not proposed.
func (v *Vocabulary) Propose(say []record.Statement) []record.Statement {
	var out []record.Statement
	for i := range say {
		s := &say[i]
		links := fields[s.ID.Type]
		text, _ := s.Fields["title"].(string)
		if links == nil || text == "" {
			continue
		}
		found := v.Find(text)
		for _, m := range found[:min(len(found), most)] {
			if field := links[m.ID.Type]; field != "" && !slices.Contains(s.Links[field], m.ID) {
				out = append(out, proposal(s.Source, s.ID, field, m, s.Class, s.Fields["sources"]))
			}
		}
	}
	return out
}

// proposal is the statement of one.
func proposal(source string, from record.ID, field string, m Match, class access.Class, sources any) record.Statement {
	words := make([]any, len(m.Words))
	for i, w := range m.Words {
		words[i] = w
	}
	s := record.Statement{
		Source: source, Class: class,
		ID: record.ID{Type: Type, Key: from.Key + "-" + keyWords(field) + "-" + m.ID.Key},
		Fields: map[string]any{
			"field": field, "words": words, "reason": m.Reason, "confidence": int64(m.Confidence),
		},
		Links: map[string][]record.ID{ends[from.Type]: {from}, ends[m.ID.Type]: {m.ID}},
	}
	if first, ok := sources.([]any); ok && len(first) > 0 {
		s.Fields["sources"] = first[:1:1]
	}
	return s
}

// keyWords is the name of a field as part of a key.
func keyWords(field string) string {
	var b strings.Builder
	for _, r := range field {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('-')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Story is what the rules of stories need of one.
type Story struct {
	ID record.ID
	// Text of its title, impact, root cause and lessons.
	Text string
	// Class of the record.
	Class access.Class
	// Distilled are the practices it has been distilled into, Issues the recurring
	// issues it is about.
	Distilled, Issues []record.ID
}

// Source says the proposals that come from what several stories share.
const Source = "linking"

// Distil proposes practices for stories that share a recurring issue with stories
// already distilled, and for stories of which several name one recurring practice.
// practices are the recurring ones.
func Distil(stories []Story, practices []Term) []record.Statement {
	byIssue := map[record.ID][]record.ID{}
	about := map[record.ID]int{}
	for _, s := range stories {
		for _, issue := range s.Issues {
			about[issue]++
			byIssue[issue] = append(byIssue[issue], s.Distilled...)
		}
	}
	named, naming := mentions(stories, NewVocabulary(practices))
	var out []record.Statement
	for i, s := range stories {
		matches := map[record.ID]Match{}
		for _, m := range named[i] {
			if naming[m.ID] > 1 {
				m.Reason = "several stories name it: " + m.Reason
				matches[m.ID] = m
			}
		}
		for _, issue := range s.Issues {
			for _, practice := range byIssue[issue] {
				if _, there := matches[practice]; about[issue] > 1 && !there {
					matches[practice] = Match{ID: practice, Reason: "another story of the recurring issue " + issue.Key + " was distilled into it", Confidence: 70}
				}
			}
		}
		for _, id := range slices.SortedFunc(maps.Keys(matches), byID) {
			if !slices.Contains(s.Distilled, id) {
				out = append(out, proposal(Source, s.ID, "distilledInto", matches[id], s.Class, nil))
			}
		}
	}
	return out
}

// mentions are the practices that each story names, and how many stories name a
// practice or were distilled into it.
func mentions(stories []Story, vocabulary *Vocabulary) (named [][]Match, naming map[record.ID]int) {
	naming = map[record.ID]int{}
	for _, s := range stories {
		found := vocabulary.Find(s.Text)
		named = append(named, found)
		counted := map[record.ID]bool{}
		for _, m := range found {
			counted[m.ID] = true
		}
		for _, id := range s.Distilled {
			counted[id] = true
		}
		for id := range counted {
			naming[id]++
		}
	}
	return named, naming
}

func byID(a, b record.ID) int {
	return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Key, b.Key))
}
