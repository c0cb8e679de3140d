package enginetest

import (
	"math/rand/v2"
	"testing"
)

// runSearch asks a random map for many texts in two forms, which costs an engine
// that plans no more than two plans, and holds every answer to the oracle.
func runSearch(t *testing.T, open Open) {
	const texts = 60
	r := newRound(t, Options{Seed: 20261126}.withDefaults(t), 0)
	s := openStore(t, open)
	for range 3 {
		c := r.maker.changeset()
		_, err := s.apply(c)
		if _, by := r.oracle.apply(c); (err == nil) != (by == nil) {
			t.Fatalf("%v, the oracle says %v", err, by)
		}
	}
	const query = `query ($text: String!) {
  all: search(text: $text, first: 10) { totalCount edges { cursor node { score node { id } highlights { field item text start ranges { start end } } } } }
  some: practices(search: $text, last: 5) { totalCount edges { cursor node { key } } pageInfo { hasPreviousPage } }
}`
	found := 0
	v := &inventor{form: r.chance, values: rand.New(rand.NewPCG(7, 7)), oracle: r.oracle}
	for range texts {
		q := question{query: query, variables: `{"text":` + jsonText(v.wanted()) + `}`, viewer: randomViewer(r.chance), now: clocks[0]}
		got, want := s.ask(q), r.oracle.ask(q)
		if got != want {
			t.Errorf("%s %+v\ngot  %s\nwant %s", q.variables, q.viewer, got, want)
		}
		found += truth(len(want) > 200)
	}
	if found < texts/3 {
		t.Errorf("only %d of %d texts find something", found, texts)
	}
}
