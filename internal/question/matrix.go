package question

import (
	"context"

	"github.com/open-operations/opsmap/internal/portability"
)

// portabilityMatrix counts verdicts for every pair of platforms. Only the pairs of
// the page are worked out.
func (a *Asker) portabilityMatrix(ctx context.Context, w *world, c Call) (any, error) {
	from, err := w.named(c, "from")
	if err != nil {
		return nil, err
	}
	to, err := w.named(c, "to")
	if err != nil {
		return nil, err
	}
	var pairs []Item
	for _, f := range from {
		for _, t := range to {
			if f != t {
				pairs = append(pairs, Item{Place: []any{int64(len(pairs))}, Result: Result{"from": f, "to": t}})
			}
		}
	}
	page, err := cut(pairs, c.Paging)
	if err != nil {
		return nil, err
	}
	practices := w.considered(c)
	for i := range page.Items {
		// A cell asks about every practice; nobody may be waiting any more.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r := page.Items[i].Result
		page.Items[i].Result = w.cell(r["from"].(string), r["to"].(string), practices)
	}
	return page, nil
}

// counters are the fields of PortabilityCell by verdict.
var counters = map[portability.Verdict]string{
	portability.NotNeeded: "notNeeded", portability.ProviderOperated: "providerOperated", portability.Unchanged: "unchanged",
	portability.Adapt: "adapt", portability.Rework: "rework", portability.Blocked: "blocked", portability.Unknown: "unknown",
}

func (w *world) cell(from, to string, practices []string) Result {
	counts := map[string]int64{}
	for _, practice := range practices {
		answer := w.Answer(practice, from, to)
		counts[counters[answer.Verdict]]++
		if answer.Contested {
			counts["contested"]++
		}
	}
	total := int64(len(practices))
	r := Result{
		"from": w.platformID(from), "to": w.platformID(to), "total": total,
		"known": total - counts["unknown"], "contested": counts["contested"],
	}
	for _, field := range counters {
		r[field] = counts[field]
	}
	return r
}
