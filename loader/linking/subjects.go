package linking

import (
	"slices"

	"github.com/open-operations/opsmap/internal/record"
)

// subjects are what files are about: a platform that most topics of a file name says
// little of each of them.
type subjects struct {
	// topics of a file, and how many of them name a platform, by the file's source.
	topics map[string]int
	naming map[subject]int
}

type subject struct {
	source   string
	platform record.ID
}

// fewTopics is how many topics a file has that are too few to tell.
const fewTopics = 10

func newSubjects() *subjects { return &subjects{topics: map[string]int{}, naming: map[subject]int{}} }

// count takes a topic of a file into account.
func (a *subjects) count(s *record.Statement, found []Match) {
	a.topics[s.Source]++
	for _, m := range found {
		if isPlatform(m.ID) {
			a.naming[subject{s.Source, m.ID}]++
		}
	}
}

// weigh makes mentions less sure of what the file is about.
func (a *subjects) weigh(s *record.Statement, found []Match) {
	for i := range found {
		m := &found[i]
		if all := a.topics[s.Source]; isPlatform(m.ID) && all >= fewTopics && 2*a.naming[subject{s.Source, m.ID}] > all {
			m.Confidence, m.Reason = leastSure, m.Reason+", as do most topics of the file"
		}
	}
	slices.SortStableFunc(found, func(x, y Match) int { return y.Confidence - x.Confidence })
}
