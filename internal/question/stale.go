package question

import (
	"context"

	"github.com/open-operations/opsmap/internal/portability"
	"github.com/open-operations/opsmap/internal/record"
)

// shownResting is how many of the answers that rest on a note are shown.
const shownResting = 10

// stale lists the notes that nobody has seen to be so for long, and what rests on
// them.
func (a *Asker) stale(ctx context.Context, w *world, c Call) (any, error) {
	before, _ := c.Args["before"].(string)
	undated, _ := c.Args["undated"].(bool)
	var items []Item
	for _, n := range w.Stale(before, undated) {
		items = append(items, Item{
			Place: []any{n.Sight.LastOn, n.Practice, n.From, n.To, n.Key},
			make: func() Result {
				// Nobody may be waiting any more; then the page is not shown.
				if ctx.Err() != nil {
					return Result{}
				}
				return a.staleNote(w, n)
			},
		})
	}
	page, err := cut(items, c.Paging)
	if err == nil {
		err = ctx.Err()
	}
	return page, err
}

func (a *Asker) staleNote(w *world, n portability.StaleNote) Result {
	resting := w.RestingOn(n.Practice, n.From, n.To)
	shown := []any{}
	if w.call.asks("resting") {
		for _, m := range resting[:min(shownResting, len(resting))] {
			shown = append(shown, a.answer(w, w.Answer(n.Practice, m.From, m.To)))
		}
	}
	r := Result{
		"note": record.ID{Type: "PortabilityNote", Key: n.Key}, "confirmed": int64(len(n.Sight.Confirmations)),
		"restingCount": int64(len(resting)), "resting": shown, "contributeUrl": a.contributeMove(n.Practice, n.From, n.To),
	}
	r.set("lastSeenOn", n.Sight.LastOn)
	if n.Sight.UnseenDays >= 0 {
		r["unseenDays"] = int64(n.Sight.UnseenDays)
	}
	return r
}
