package question

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/meetup"
	"github.com/open-operations/opsmap/internal/record"
)

// proposals is the pool, the best first.
func (a *Asker) proposals(ctx context.Context, c Call) (any, error) {
	p, err := a.readPool(ctx, c)
	if err != nil {
		return nil, err
	}
	rank, err := p.rank(c.Args["audience"], "audience")
	if err != nil {
		return nil, err
	}
	layer, focused := c.Args["layer"].(string)
	if focused {
		if err := p.layer(layer, "layer"); err != nil {
			return nil, err
		}
	}
	date, given := c.Args["date"].(string)
	if !given {
		date = c.Guard.Now.UTC().Format(time.DateOnly)
	}
	var items []Item
	for i := range p.topics {
		t := &p.topics[i]
		if focused && !slices.Contains(t.Layers, layer) {
			continue
		}
		score, parts := t.Score(date)
		items = append(items, Item{Place: []any{int64(-score), t.Key}, make: func() Result { return proposal(t, score, parts, date, rank) }})
	}
	slices.SortFunc(items, func(a, b Item) int { return compare(a.Place, b.Place) })
	return cut(items, c.Paging)
}

func proposal(t *meetup.Topic, score int, parts []meetup.Part, date string, rank int) Result {
	r := Result{
		"topic": topicID(t.Key), "score": int64(score), "parts": partsOf(parts), "sayable": t.SayableOn(date, rank),
		"level": t.On(date).Level, "held": int64(t.Held), "planned": t.Planned,
	}
	if t.HeldOn != "" {
		r["heldOn"] = t.HeldOn
	}
	if day, ok := t.OpensOn(date, rank); ok && !t.SayableOn(date, rank) {
		r["opensOn"] = day
	}
	speakers := []any{}
	for _, s := range t.Candidates {
		speakers = append(speakers, Result{"person": personID(s.Person), "because": string(s.Because)})
	}
	r["speakers"] = speakers
	return r
}

func partsOf(parts []meetup.Part) []any {
	out := make([]any, 0, len(parts))
	for _, p := range parts {
		out = append(out, Result{"name": string(p.Name), "value": int64(p.Value), "points": int64(p.Points)})
	}
	return out
}

func topicID(key string) record.ID  { return record.ID{Type: "Topic", Key: key} }
func personID(key string) record.ID { return record.ID{Type: "Person", Key: key} }

// nextMeetingQuery reads the days of the meetings.
const nextMeetingQuery = `query Meetings { meetings { nodes { key startsAt date } } }`

// nextMeeting is the first meeting that has not begun.
func (a *Asker) nextMeeting(ctx context.Context, c Call) (any, error) {
	op, answer, err := a.ask(ctx, c, a.meetings)
	if err != nil {
		return nil, err
	}
	now, today := c.Guard.Now.UTC().Format(time.RFC3339), c.Guard.Now.UTC().Format(time.DateOnly)
	best, at := "", ""
	for _, f := range facts(op, answer, "meetings") {
		when := f.text("startsAt")
		if when == "" {
			when = f.text("date")
		}
		if when == "" || (len(when) == len(today) && when < today) || (len(when) > len(today) && when < now) {
			continue
		}
		if best == "" || cmp.Or(cmp.Compare(when, at), cmp.Compare(f.text("key"), best)) < 0 {
			best, at = f.text("key"), when
		}
	}
	if best == "" {
		return nil, nil
	}
	return record.ID{Type: "Meeting", Key: best}, nil
}
