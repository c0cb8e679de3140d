package linking

import (
	"cmp"
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

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
