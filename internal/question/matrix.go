package question

import (
	"context"
	"crypto/sha256"
	"fmt"
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
	tallies, err := w.tallies(ctx, items, page.Items, practices)
	if err != nil {
		return nil, err
	}
	for i, item := range page.Items {
		m := moveOf(item)
		tally := tallies[m]
		r := tallied(&tally)
		r["from"], r["to"] = w.platformID(m.From), w.platformID(m.To)
		page.Items[i].Result = r
	}
	return page, nil
}

func moveOf(i Item) portability.Move {
	return portability.Move{From: i.Place[0].(string), To: i.Place[1].(string)}
}

// tallies are those of a page, at least. Where the list goes over several pages it is
// worked out whole, which costs little more than one page, and kept for the next.
func (w *world) tallies(ctx context.Context, all, page []Item, practices []string) (map[portability.Move]portability.Tally, error) {
	if w.matrices == nil || len(page) == len(all) || len(all) > keptCells {
		return w.tally(ctx, page, practices)
	}
	key := matrixKey(all, practices)
	if known, ok := w.matrices.Get(key); ok {
		return known, nil
	}
	tallies, err := w.tally(ctx, all, practices)
	if err == nil {
		w.matrices.Add(key, tallies)
	}
	return tallies, err
}

func (w *world) tally(ctx context.Context, items []Item, practices []string) (map[portability.Move]portability.Tally, error) {
	moves := make([]portability.Move, len(items))
	for i := range items {
		moves[i] = moveOf(items[i])
	}
	counted, err := w.Moves(ctx, moves, practices)
	out := make(map[portability.Move]portability.Tally, len(moves))
	for i, m := range moves {
		out[m] = counted[i]
	}
	return out, err
}

// matrixKey names a matrix of a world: its moves and its practices.
func matrixKey(items []Item, practices []string) [sha256.Size]byte {
	h := sha256.New()
	for _, i := range items {
		m := moveOf(i)
		_, _ = fmt.Fprintf(h, "%q %q\n", m.From, m.To)
	}
	for _, p := range practices {
		_, _ = fmt.Fprintf(h, "%q\n", p)
	}
	return [sha256.Size]byte(h.Sum(nil))
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
