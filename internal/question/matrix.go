package question

import (
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/portability"
)

// byPractices is the word for a matrix whose rows are practices.
const byPractices = "PRACTICES"

// portabilityMatrix counts verdicts, for every pair of platforms or for every
// practice and platform. Only the cells of the page are worked out.
func (a *Asker) portabilityMatrix(ctx context.Context, w *world, c Call) (any, error) {
	from, err := w.matrixEnd(c, "from")
	if err != nil {
		return nil, err
	}
	to, err := w.matrixEnd(c, "to")
	if err != nil {
		return nil, err
	}
	practices, err := w.considered(c)
	if err != nil {
		return nil, err
	}
	if rows, _ := c.Args["rows"].(string); rows == byPractices {
		return w.practiceCells(ctx, c, slices.Sorted(slices.Values(practices)), from, to)
	}
	return w.platformCells(ctx, c, practices, from, to)
}

// matrixEnd are the platforms at one end, by key: those that the end names, else
// those named for both, else all.
func (w *world) matrixEnd(c Call, end string) ([]string, error) {
	if _, given := c.Args[end].([]any); !given {
		end = "platforms"
	}
	keys, err := w.named(c, end)
	slices.Sort(keys)
	return keys, err
}

// platformCells are those of platforms that are left and platforms that are gone to.
func (w *world) platformCells(ctx context.Context, c Call, practices, from, to []string) (*Page, error) {
	var items []Item
	for _, f := range from {
		for _, t := range to {
			if f != t {
				items = append(items, Item{Place: []any{f, t}})
			}
		}
	}
	page, err := cut(items, c.Paging)
	if err != nil {
		return nil, err
	}
	moves := make([]portability.Move, len(page.Items))
	for i, item := range page.Items {
		moves[i] = portability.Move{From: item.Place[0].(string), To: item.Place[1].(string)}
	}
	tallies, err := w.Moves(ctx, moves, practices)
	if err != nil {
		return nil, err
	}
	for i, m := range moves {
		r := tallied(&tallies[i])
		r["from"], r["to"] = w.platformID(m.From), w.platformID(m.To)
		page.Items[i].Result = r
	}
	return page, nil
}

// practiceCells are those of practices and platforms that are gone to.
func (w *world) practiceCells(ctx context.Context, c Call, practices, from, to []string) (*Page, error) {
	var items []Item
	for _, practice := range practices {
		for _, t := range to {
			if slices.ContainsFunc(from, func(f string) bool { return f != t }) {
				items = append(items, Item{Place: []any{practice, t}})
			}
		}
	}
	page, err := cut(items, c.Paging)
	if err != nil {
		return nil, err
	}
	for i, item := range page.Items {
		practice, target := item.Place[0].(string), item.Place[1].(string)
		var moves []portability.Move
		for _, f := range from {
			if f != target {
				moves = append(moves, portability.Move{From: f, To: target})
			}
		}
		marks, err := w.Arrivals(ctx, moves, []string{practice})
		if err != nil {
			return nil, err
		}
		var tally portability.Tally
		for _, m := range marks[0] {
			tally.Add(m)
		}
		r := tallied(&tally)
		r["practice"], r["to"] = practiceID(practice), w.platformID(target)
		if len(from) == 1 {
			r["from"] = w.platformID(from[0])
		}
		page.Items[i].Result = r
	}
	return page, nil
}

// counters are the fields of PortabilityCell by verdict.
var counters = map[portability.Verdict]string{
	portability.NotNeeded: "notNeeded", portability.ProviderOperated: "providerOperated", portability.Unchanged: "unchanged",
	portability.Adapt: "adapt", portability.Rework: "rework", portability.Blocked: "blocked", portability.Unknown: "unknown",
}

// tallied is what a cell says of the answers it counts.
func tallied(t *portability.Tally) Result {
	r := Result{"total": int64(t.Total), "known": int64(t.Known()), "contested": int64(t.Contested)}
	for v, field := range counters {
		r[field] = int64(t.Verdicts[v])
		if t.Total == 1 && t.Verdicts[v] == 1 {
			r["verdict"] = v.String()
		}
	}
	return r
}
