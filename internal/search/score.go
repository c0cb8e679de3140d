package search

import (
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// Weight of a tier: what a point of Gain is worth there.
func Weight(t schema.Tier) int64 {
	return [...]int64{schema.Title: 8, schema.Signal: 6, schema.Summary: 3, schema.Detail: 1}[t]
}

// Score is how well a document fits, and whether it does at all. Of each term the
// place counts that is worth most.
func (q *Query) Score(d *Document) (score int64, found bool) {
	if d == nil {
		return 0, false
	}
	points := int64(0)
	for i := range q.Terms {
		t := &q.Terms[i]
		value := d.worth(t)
		switch {
		case value > 0:
			score += value
			points += t.Points
		case t.Required:
			return 0, false
		}
	}
	if points < q.Need {
		return 0, false
	}
	return score, true
}

// worth of a term in the document, 0 when it is not there. The tiers stand in the
// order of their weights, so the first place is the best.
func (d *Document) worth(t *Term) int64 {
	prefix := int64(0)
	if t.Prefix != "" {
		at := strings.Index(d.words, t.Prefix)
		if at < 0 {
			// Where no word begins so, there is not the word itself either.
			return 0
		}
		prefix = d.weightAt(at) * (t.Gain / 2)
	}
	if at := strings.Index(d.words, t.Exact); at >= 0 {
		return max(prefix, d.weightAt(at)*t.Gain)
	}
	return prefix
}

func (d *Document) weightAt(at int) int64 {
	for i, end := range d.ends {
		if at < int(end) {
			return Weight(schema.Tier(i + 1))
		}
	}
	return 0
}
