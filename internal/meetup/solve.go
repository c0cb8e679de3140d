package meetup

import (
	"cmp"
	"slices"
)

// option is one way to fill a slot.
type option struct {
	topic    int
	layer    string
	prepared bool
	// speaker who prepares it.
	speaker string
	// forced: a locked slot names the speaker.
	forced bool
	// worth is the score, with what it is worth to stay.
	worth, score int
	locked       bool
}

// maxSteps bounds a search: about two seconds on a small machine. It is a number of
// steps and not a time, so that the same question has the same answer.
const maxSteps = 4_000_000

// search is a branch and bound over the dates, in their order.
type search struct {
	pool    []Topic
	request Request
	// options of each date, the best first.
	options [][]option
	// best of all options of a topic, topics in that order.
	tops []top
	// rest[i] is the most that the dates from i on could add, forced[i] how many of them
	// have a speaker who is sure.
	rest, forced []int
	used         []bool
	taken        []*option

	prepared, worth, steps int
	found                  []*option
	foundWorth             int
	cut                    bool
}

type top struct{ topic, worth int }

// empty is what a date without a topic costs: more than any pick is worth.
const empty = 1_000_000

func solve(pool []Topic, r Request) Season {
	s := &search{pool: pool, request: r, used: make([]bool, len(pool)), taken: make([]*option, len(r.Dates))}
	for _, date := range r.Dates {
		s.options = append(s.options, s.optionsOn(date))
	}
	s.bounds()
	bound := s.bound(0)
	s.walk(0)
	return s.season(bound)
}

// lockedOn is the slot that is bound to a date; nil for none.
func (s *search) lockedOn(date string) *Choice {
	at := slices.IndexFunc(s.request.Locked, func(c Choice) bool { return c.Date == date })
	if at < 0 {
		return nil
	}
	return &s.request.Locked[at]
}

func (s *search) optionsOn(date string) []option {
	var out []option
	if bound := s.lockedOn(date); bound != nil {
		i := slices.IndexFunc(s.pool, func(t Topic) bool { return t.Key == bound.Topic })
		if i < 0 {
			return nil
		}
		return s.best(s.locked(i, bound))
	}
	for i := range s.pool {
		t := &s.pool[i]
		here := func(c Choice) bool { return c.on(date, t.Key) }
		stands := slices.ContainsFunc(s.request.Current, here)
		bound := slices.ContainsFunc(s.request.Locked, func(c Choice) bool { return c.Topic == t.Key })
		if bound || (t.Planned && !stands) || t.rests(date, s.request.Rest) || !t.SayableOn(date, s.request.Audience) {
			continue
		}
		for _, layer := range t.Layers {
			if slices.Contains(s.request.Layers, layer) {
				out = append(out, s.ways(i, layer, t.Speaker(date), stands)...)
			}
		}
	}
	return s.best(out)
}

// best puts the best options first.
func (s *search) best(options []option) []option {
	slices.SortStableFunc(options, func(a, b option) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(s.pool[a.topic].Key, s.pool[b.topic].Key))
	})
	return options
}

// ways are the options of one topic with a layer in focus: with the speaker preparing
// it, where there is one, and without.
func (s *search) ways(i int, layer, speaker string, stands bool) []option {
	t := &s.pool[i]
	var out []option
	add := func(o option) {
		o.score, _ = t.score(o.prepared)
		o.worth = o.score
		if stands {
			o.worth += stays
		}
		out = append(out, o)
	}
	if speaker != "" {
		add(option{topic: i, layer: layer, prepared: true, speaker: speaker})
	}
	add(option{topic: i, layer: layer})
	return out
}

// locked are the options of a slot that stays: it may be about any of its layers, or
// about none. Where a speaker is sure there is no way without.
func (s *search) locked(i int, bound *Choice) []option {
	t := &s.pool[i]
	layers, speaker := t.Layers, bound.Speaker
	if len(layers) == 0 {
		layers = []string{""}
	}
	if speaker == "" {
		speaker = t.Speaker(bound.Date)
	}
	var out []option
	for _, layer := range layers {
		for _, o := range s.ways(i, layer, speaker, false) {
			if o.locked, o.forced = true, bound.Speaker != ""; o.prepared || !o.forced {
				out = append(out, o)
			}
		}
	}
	return out
}

// bounds prepares what bound looks at.
func (s *search) bounds() {
	best := map[int]int{}
	s.rest, s.forced = make([]int, len(s.options)+1), make([]int, len(s.options)+1)
	for i := len(s.options) - 1; i >= 0; i-- {
		s.rest[i], s.forced[i] = s.rest[i+1], s.forced[i+1]
		if len(s.options[i]) > 0 {
			s.rest[i] += s.options[i][0].worth
			if s.options[i][0].forced {
				s.forced[i]++
			}
		}
		for _, o := range s.options[i] {
			if known, seen := best[o.topic]; !seen || o.worth > known {
				best[o.topic] = o.worth
			}
		}
	}
	for topic, worth := range best {
		s.tops = append(s.tops, top{topic, worth})
	}
	slices.SortFunc(s.tops, func(a, b top) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.topic, b.topic))
	})
}

// bound is the most that the dates from i on can add: neither more than the best of
// each, nor more than the best topics that are not used yet.
func (s *search) bound(i int) int {
	total, wanted := 0, len(s.options)-i
	for _, t := range s.tops {
		if wanted == 0 {
			break
		}
		if !s.used[t.topic] {
			total += max(t.worth, 0)
			wanted--
		}
	}
	return min(total, s.rest[i])
}

func (s *search) walk(i int) {
	if s.steps++; s.steps > maxSteps {
		s.cut = true
		return
	}
	if i == len(s.options) {
		if s.found == nil || s.worth > s.foundWorth {
			s.found, s.foundWorth = slices.Clone(s.taken), s.worth
		}
		return
	}
	for n := range s.options[i] {
		o := &s.options[i][n]
		if s.found != nil && s.worth+o.worth+s.bound(i+1) <= s.foundWorth {
			// What follows is worth no more.
			break
		}
		if !s.may(o, i) {
			continue
		}
		s.take(o, i)
		s.walk(i + 1)
		s.leave(o, i)
		if s.cut {
			return
		}
	}
	if len(s.options[i]) > 0 && s.options[i][0].locked {
		return
	}
	if s.found == nil || s.worth-empty+s.bound(i+1) > s.foundWorth {
		s.worth -= empty
		s.walk(i + 1)
		s.worth += empty
	}
}

// may says whether the rules allow an option beside what is taken.
func (s *search) may(o *option, i int) bool {
	if s.used[o.topic] {
		return false
	}
	if o.prepared && !o.forced && s.request.PreparedMax >= 0 && s.prepared+s.forced[i+1] >= s.request.PreparedMax {
		return false
	}
	for back := 1; back <= s.request.Spacing && back <= i; back++ {
		// Two slots that both stay as they are were asked for like that.
		before := s.taken[i-back]
		if before != nil && before.layer == o.layer && o.layer != "" && (!o.locked || !before.locked) {
			return false
		}
	}
	return true
}

func (s *search) take(o *option, i int) {
	s.used[o.topic], s.taken[i] = true, o
	s.worth += o.worth
	if o.prepared {
		s.prepared++
	}
}

func (s *search) leave(o *option, i int) {
	s.used[o.topic], s.taken[i] = false, nil
	s.worth -= o.worth
	if o.prepared {
		s.prepared--
	}
}

func (s *search) season(bound int) Season {
	out := Season{Bound: bound, Exact: !s.cut}
	worth := 0
	for i, date := range s.request.Dates {
		slot := Slot{Date: date}
		if s.found != nil && s.found[i] != nil {
			pick := s.pick(s.found[i])
			slot.Pick = &pick
			out.Score += pick.Score
			worth += s.found[i].worth
		}
		slot.Next = s.next(i)
		out.Slots = append(out.Slots, slot)
	}
	if out.Exact {
		out.Bound = worth
	}
	// What staying is worth is no part of a score.
	out.Bound -= worth - out.Score
	return out
}

// next are the two best for a date that are picked nowhere.
func (s *search) next(i int) []Pick {
	picked := map[int]bool{}
	for _, o := range s.found {
		if o != nil {
			picked[o.topic] = true
		}
	}
	var out []Pick
	for n := range s.options[i] {
		o := &s.options[i][n]
		if picked[o.topic] || len(out) == 2 {
			continue
		}
		picked[o.topic] = true
		out = append(out, s.pick(o))
	}
	return out
}

func (s *search) pick(o *option) Pick {
	t := &s.pool[o.topic]
	p := Pick{Topic: t, Layer: o.layer, Prepared: o.prepared, Format: t.format(o.prepared), Locked: o.locked}
	p.Score, p.Parts = t.score(o.prepared)
	p.Speaker = o.speaker
	p.Minutes = minutes[p.Format]
	if s.request.Minutes > 0 {
		p.Minutes = min(p.Minutes, s.request.Minutes)
	}
	return p
}
