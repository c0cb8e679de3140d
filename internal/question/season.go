package question

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/meetup"
	"github.com/open-operations/opsmap/internal/record"
)

// restDays is how long a topic rests unless an input says otherwise: half a year.
const restDays = 180

// mostDates is how many meetings one plan may have.
const mostDates = 26

// meetupPlan plans a season.
func (a *Asker) meetupPlan(ctx context.Context, c Call) (any, error) {
	p, err := a.readPool(ctx, c)
	if err != nil {
		return nil, err
	}
	in, _ := c.Args["input"].(map[string]any)
	r, err := p.request(in, c.Guard.Now)
	if err != nil {
		return nil, err
	}
	season := meetup.Plan(p.topics, r)
	slots := make([]any, 0, len(season.Slots))
	for i := range season.Slots {
		slots = append(slots, slotOf(&season.Slots[i]))
	}
	out := Result{"slots": slots, "score": int64(season.Score), "bound": int64(season.Bound), "exact": season.Exact}
	if season.Relax != nil {
		out["relax"] = p.relaxationOf(season.Relax)
	}
	return out, nil
}

func (p *pool) relaxationOf(r *meetup.Relaxation) Result {
	out := Result{"rule": string(r.Rule), "filled": int64(r.Filled), "score": int64(r.Score)}
	for _, level := range p.levels {
		if r.Rule == meetup.AudienceLevel && p.ranks[level] == r.Audience && out["audience"] == nil {
			out["audience"] = level
		}
	}
	return out
}

func slotOf(s *meetup.Slot) Result {
	out := Result{"date": s.Date}
	if s.Pick != nil {
		out["pick"] = pickOf(s.Pick)
	}
	next := []any{}
	for i := range s.Next {
		next = append(next, pickOf(&s.Next[i]))
	}
	out["next"] = next
	return out
}

func pickOf(p *meetup.Pick) Result {
	out := Result{
		"topic": topicID(p.Topic.Key), "score": int64(p.Score), "parts": partsOf(p.Parts), "format": p.Format,
		"minutes": int64(p.Minutes), "locked": p.Locked, "reason": reason(p),
	}
	if p.Layer != "" {
		out["layer"] = record.ID{Type: "Layer", Key: p.Layer}
	}
	if p.Speaker != "" {
		out["speaker"] = personID(p.Speaker)
	}
	return out
}

// reason says in words what speaks for a pick.
func reason(p *meetup.Pick) string {
	if p.Locked {
		return "asked for"
	}
	words := map[meetup.PartName]string{
		meetup.NeverCovered: "never covered", meetup.StoryExists: "there is a story to tell",
		meetup.SpeakerExists: "somebody offers to speak", meetup.BeyondClassic: "beyond the classical topics",
	}
	var said []string
	for _, part := range p.Parts {
		switch {
		case part.Points <= 0:
		case part.Name == meetup.Votes:
			said = append(said, plural(part.Value, "vote"))
		case part.Name == meetup.Recurring:
			said = append(said, fmt.Sprintf("raised in %d minutes and issues", part.Value))
		default:
			said = append(said, words[part.Name])
		}
	}
	if len(said) == 0 {
		return "nothing speaks for another one"
	}
	return strings.Join(said, ", ")
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// request checks what a season is asked for.
func (p *pool) request(in map[string]any, now time.Time) (meetup.Request, error) {
	r := meetup.Request{PreparedMax: -1, Spacing: 1, Rest: restDays}
	var err error
	if r.Dates, err = seasonDates(in["dates"], now); err != nil {
		return r, err
	}
	if r.Audience, err = p.rank(in["audience"], "input.audience"); err != nil {
		return r, err
	}
	r.Layers = p.inScope
	if list, given := in["layers"].([]any); given {
		r.Layers = nil
		for _, item := range list {
			if err := p.layer(item.(string), "input.layers"); err != nil {
				return r, err
			}
			r.Layers = append(r.Layers, item.(string))
		}
	}
	for name, into := range map[string]*int{"minutes": &r.Minutes, "spacing": &r.Spacing, "rest": &r.Rest, "preparedMax": &r.PreparedMax} {
		n, given := in[name].(int64)
		if !given {
			continue
		}
		if n < 0 || n > 1000 {
			return r, fault.New(fault.BadInput, "input.%s: %d; right is 0 to 1000", name, n)
		}
		*into = int(n)
	}
	if err := p.seriesOf(in, &r); err != nil {
		return r, err
	}
	if r.Locked, err = p.choices(in, "locked", r.Dates); err != nil {
		return r, err
	}
	if err := p.lockable(r.Locked, r.Audience); err != nil {
		return r, err
	}
	r.Current, err = p.choices(in, "current", r.Dates)
	return r, err
}

func (p *pool) seriesOf(in map[string]any, r *meetup.Request) error {
	key, given := in["series"].(string)
	if !given {
		return nil
	}
	rule, known := p.series[key]
	if !known {
		return fault.New(fault.NotFound, "input.series: there is no series %q that you may see", key)
	}
	if r.PreparedMax < 0 {
		r.PreparedMax = rule.preparedMax
	}
	return nil
}

// seasonDates are the days of a season in their order.
func seasonDates(value any, now time.Time) ([]string, error) {
	list, _ := value.([]any)
	if len(list) == 0 || len(list) > mostDates {
		return nil, fault.New(fault.BadInput, "input.dates: %d dates; right is 1 to %d", len(list), mostDates)
	}
	today := now.UTC().Format(time.DateOnly)
	var out []string
	for _, item := range list {
		date := item.(string)
		if date < today {
			return nil, fault.New(fault.BadInput, "input.dates: %s has passed; today is %s", date, today)
		}
		if slices.Contains(out, date) {
			return nil, fault.New(fault.BadInput, "input.dates: %s stands twice; each date stands once", date)
		}
		out = append(out, date)
	}
	slices.Sort(out)
	return out, nil
}

// choices are topics on dates of the season, each topic and each date once.
func (p *pool) choices(in map[string]any, name string, dates []string) ([]meetup.Choice, error) {
	list, _ := in[name].([]any)
	var out []meetup.Choice
	for _, item := range list {
		given, _ := item.(map[string]any)
		c := meetup.Choice{Date: given["date"].(string), Topic: given["topic"].(string)}
		c.Speaker, _ = given["speaker"].(string)
		switch {
		case !slices.Contains(dates, c.Date):
			return nil, fault.New(fault.BadInput, "input.%s: %s is none of the dates", name, c.Date)
		case !slices.ContainsFunc(p.topics, func(t meetup.Topic) bool { return t.Key == c.Topic }):
			return nil, fault.New(fault.NotFound, "input.%s: there is no topic %q in the pool that you may see", name, c.Topic)
		case slices.ContainsFunc(out, func(o meetup.Choice) bool { return o.Date == c.Date || o.Topic == c.Topic }):
			return nil, fault.New(fault.BadInput, "input.%s: %s on %s: each date and each topic stands once", name, c.Topic, c.Date)
		}
		out = append(out, c)
	}
	return out, nil
}

// lockable refuses locked slots that no plan may have: a topic above the audience, or
// somebody who speaks about another one on that day.
func (p *pool) lockable(locked []meetup.Choice, audience int) error {
	for _, c := range locked {
		t := &p.topics[slices.IndexFunc(p.topics, func(t meetup.Topic) bool { return t.Key == c.Topic })]
		if !t.SayableOn(c.Date, audience) {
			return fault.New(fault.BadInput, "input.locked: %s is %s on %s; that is above this audience", c.Topic, t.On(c.Date).Level, c.Date)
		}
		if c.Speaker == "" {
			continue
		}
		if !p.persons[c.Speaker] {
			return fault.New(fault.NotFound, "input.locked: there is no person %q that you may see", c.Speaker)
		}
		if session := p.program.clash(c.Speaker, c.Date, c.Topic); session != "" {
			return fault.New(fault.BadInput, "input.locked: %s speaks in the session %s on %s; nobody speaks twice at one time", c.Speaker, session, c.Date)
		}
	}
	return nil
}
