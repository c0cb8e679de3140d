package embedded

import (
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/search"
)

// matcher holds records against a query. It remembers the last one, which is asked
// for its score when it has passed the filter.
type matcher struct {
	query *search.Query
	last  *node
	score int64
	found bool
}

func (m *matcher) match(n *node) bool {
	if m.last != n {
		m.last = n
		m.score, m.found = m.query.Score(n.text)
	}
	return m.found
}

// scoreOf a record that matches.
func (m *matcher) scoreOf(n *node) int64 {
	m.match(n)
	return m.score
}

// matcher of a match; the same for all who ask.
func (w *walk) matcher(m plan.Match) (*matcher, error) {
	if known := w.matchers[m.Query]; known != nil {
		return known, nil
	}
	query, ok := w.params[m.Query].(*search.Query)
	if !ok {
		return nil, fmt.Errorf("BUG: a match with %T", w.params[m.Query])
	}
	if w.matchers == nil {
		w.matchers = map[plan.Param]*matcher{}
	}
	w.matchers[m.Query] = &matcher{query: query}
	return w.matchers[m.Query], nil
}

// seekWords finds the records that have as many of the words as a record needs, or
// one of the words that it cannot do without.
func (w *walk) seekWords(kinds []bool, m plan.Match) (numbers []number, few bool) {
	query, ok := w.params[m.Query].(*search.Query)
	if !ok {
		return nil, false
	}
	s := &wordSeeker{walk: w, query: query}
	for i, of := range w.populations {
		if kinds[i] && of.words.Len() > 0 {
			s.population(of)
		}
	}
	return s.out, true
}

// wordSeeker collects candidates.
type wordSeeker struct {
	*walk
	query *search.Query
	out   []number
	// had is how many of the words each record was found to have.
	had []uint8
}

func (s *wordSeeker) population(of *population) {
	rarest, sure := s.rarest(of)
	if sure {
		s.take(rarest)
		return
	}
	if s.had == nil {
		s.had = make([]uint8, len(s.pages)*pageSize)
	}
	least := uint8(s.query.Least)
	for _, wanted := range s.query.Words {
		for _, p := range s.postings(of, wanted) {
			p.each(func(n number) bool {
				if s.had[n] < least {
					if s.had[n]++; s.had[n] == least {
						s.out = append(s.out, n)
					}
				}
				return s.step()
			})
		}
	}
}

// rarest is, of the words that every record that is found has, the one that fewest
// have; sure is false when there is no such word.
func (s *wordSeeker) rarest(of *population) (found []posting, sure bool) {
	best := 0
	offer := func(all []posting) {
		size := 0
		for _, p := range all {
			size += p.size()
		}
		if !sure || size < best {
			found, best, sure = all, size, true
		}
	}
	for _, phrase := range s.query.Phrases {
		for _, word := range phrase {
			offer(s.postings(of, search.Wanted{Text: word}))
		}
	}
	if s.query.Least == len(s.query.Words) {
		for _, wanted := range s.query.Words {
			offer(s.postings(of, wanted))
		}
	}
	return found, sure
}

func (s *wordSeeker) take(all []posting) {
	for _, p := range all {
		p.each(func(n number) bool {
			s.out = append(s.out, n)
			return s.step()
		})
	}
}

// postings of a word, or of all that begin with it.
func (s *wordSeeker) postings(of *population, wanted search.Wanted) []posting {
	if !wanted.Prefix {
		if p, known := of.words.Get(wanted.Text); known {
			return []posting{p}
		}
		return nil
	}
	var out []posting
	of.words.Ascend(wanted.Text, func(word string, p posting) bool {
		if !strings.HasPrefix(word, wanted.Text) {
			return false
		}
		out = append(out, p)
		return s.step()
	})
	return out
}
