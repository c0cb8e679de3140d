package enginetest

import (
	"strings"
	"testing"

	"github.com/open-operations/opsmap/internal/record"
)

// TestOracle holds the oracle to the answers written by hand.
func TestOracle(t *testing.T) {
	for _, c := range corpus(t) {
		t.Run(c.name, func(t *testing.T) {
			o := newOracle(Catalog(t))
			for _, cs := range world(t, c.world) {
				if _, err := o.apply(cs); err != nil {
					t.Fatal(err)
				}
			}
			c.run(t, o)
		})
	}
}

func TestWorldsReadBack(t *testing.T) {
	texts := []string{}
	for _, c := range corpus(t) {
		texts = append(texts, c.world)
	}
	for n := range 5 {
		r := newRound(t, Options{Seed: 1}, n)
		w := []*record.Changeset{r.maker.changeset()}
		if _, err := r.oracle.apply(w[0]); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, formatWorld(r.oracle.catalog, append(w, r.maker.changeset())))
	}
	for _, text := range texts {
		once := formatWorld(Catalog(t), world(t, text))
		if again := formatWorld(Catalog(t), world(t, once)); again != once {
			t.Errorf("written\n%s\nread and written again\n%s", once, again)
		}
	}
}

// TestSharesOfTheOracle holds the oracle to the property that it holds engines to.
func TestSharesOfTheOracle(t *testing.T) {
	for n := range 10 {
		r := newRound(t, Options{Seed: 1, Reduced: 2}.withDefaults(t), n)
		r.play(pair{on: r.oracle, by: newOracle(r.oracle.catalog)})
		for _, s := range r.shares {
			s.check(t, newOracle(r.oracle.catalog))
		}
	}
}

// TestSmallest makes a failure smaller whose cause is known.
func TestSmallest(t *testing.T) {
	r := newRound(t, Options{Seed: 1}, 0)
	d := doubt{world: world(t, `
levels
Topic a from x
  title "A"
  votes 1
  parent -> b
Topic b @amber from y
  title "B"
  votes 2
changeset c2
retire Topic:a from x
Topic c from x
  title "C"
  summary "S"
`)}
	d.operation = &operation{pieces: []*piece{
		{alias: "a1", name: "topics", args: []member{
			{"where", object(member{"votes", object(member{"in", list(scalar(1), scalar(2)).as("[Int!]", false)})}, member{"not", object()})},
			{"first", scalar(3).as("Int", true)},
		}, below: []*piece{{name: "totalCount"}, {name: "nodes", directive: "include", condition: scalar(true), below: []*piece{{name: "key"}, {on: "Topic", spread: true, below: []*piece{{name: "title"}}}}}}},
		{alias: "a2", name: "layers", below: []*piece{{name: "totalCount"}}},
	}}
	d = smallest(d, func(d doubt) bool {
		query, _ := d.operation.text()
		text := formatWorld(r.oracle.catalog, d.world)
		return strings.Contains(text, "votes 2") && strings.Contains(query, "title") && strings.Contains(query, "votes")
	})
	query, variables := d.operation.text()
	const wantQuery = `query {
  a1: topics(where: {votes: {}}) {
    nodes {
      ... on Topic {
        title
      }
    }
  }
}
`
	if query != wantQuery || variables != "{}" {
		t.Errorf("the operation is\n%s%s", query, variables)
	}
	const wantWorld = `changeset c1 2026-01-01T00:00:00Z
Topic b from y
  votes 2
`
	if text := formatWorld(r.oracle.catalog, d.world); text != wantWorld {
		t.Errorf("the map is\n%s", text)
	}
}
