package meetup

import "slices"

// Request is what a season is planned for.
type Request struct {
	// Dates as YYYY-MM-DD, each once, in order.
	Dates []string
	// Layers that may be in focus, by key.
	Layers []string
	// Audience is the rank up to which may be spoken.
	Audience int
	// Minutes a session has at most.
	Minutes int
	// Locked slots stay as they are, in the order of Dates; the rules hold for the others
	// beside them. Current ones are the plan that stands: a slot is changed only for a
	// gain of more than staying is worth.
	Locked, Current []Choice
	// PreparedMax is how many sessions may have a prepared speaker; negative for any
	// number.
	PreparedMax int
	// Spacing is how many dates lie at least between two with the same layer in focus.
	Spacing int
	// Rest is how many days a topic rests after a session about it was held.
	Rest int
}

// Choice is a topic on a date.
type Choice struct {
	Date, Topic string
	// Speaker is somebody who is sure to prepare it; empty for whoever offers to.
	Speaker string
}

// on reports whether it is that topic on that date.
func (c Choice) on(date, topic string) bool { return c.Date == date && c.Topic == topic }

// Season is a plan.
type Season struct {
	Slots []Slot
	// Score is the sum of the picks'. Bound is the most any plan could have; the plan
	// is the best when Exact.
	Score, Bound int
	Exact        bool
	// Relax is set when no plan meets all rules: which of them to relax and what that
	// gives.
	Relax *Relaxation
}

// Slot is one date of a season.
type Slot struct {
	Date string
	// Pick is nil where no topic meets the rules.
	Pick *Pick
	// Next are the next best for this date, at most two.
	Next []Pick
}

// Pick is a topic for a date.
type Pick struct {
	Topic *Topic
	Layer string
	Score int
	Parts []Part
	// Speaker is empty where one is wanted.
	Speaker string
	// Prepared: the speaker prepares it.
	Prepared bool
	Format   string
	Minutes  int
	// Locked picks were asked for.
	Locked bool
}

// Rule is a hard rule of a plan.
type Rule string

// The rules that can be relaxed, in the order in which that is tried.
const (
	LayerSpacing  Rule = "LAYER_SPACING"
	TopicRest     Rule = "TOPIC_REST"
	LayersInFocus Rule = "LAYERS"
	AudienceLevel Rule = "AUDIENCE"
)

// Relaxation is what giving up one rule gives.
type Relaxation struct {
	Rule Rule
	// Audience is the lowest rank that gives it, where the rule is AudienceLevel.
	Audience int
	// Filled is how many dates have a pick then, Score the sum.
	Filled, Score int
}

// stays is what it is worth that a slot stays as it is: half a speaker.
const stays = 5

// Plan makes the best season of a pool. With more steps than a plan may take, which
// is about two seconds of them, it gives the best that was found, and the bound.
func Plan(pool []Topic, r Request) Season {
	season := solve(pool, r)
	if season.filled() == len(r.Dates) {
		return season
	}
	for _, easier := range r.relaxed(pool) {
		other := solve(pool, easier.Request)
		if filled := other.filled(); filled > season.filled() && (season.Relax == nil || filled > season.Relax.Filled) {
			season.Relax = &Relaxation{Rule: easier.rule, Audience: easier.Audience, Filled: filled, Score: other.Score}
		}
	}
	return season
}

func (s *Season) filled() int {
	n := 0
	for _, slot := range s.Slots {
		if slot.Pick != nil {
			n++
		}
	}
	return n
}

// relaxed is a request without a rule, or with a wider one.
type relaxed struct {
	Request
	rule Rule
}

// relaxed are the requests to try, one rule given up in each, what is given up least
// first.
func (r Request) relaxed(pool []Topic) []relaxed {
	spacing, rest, layers := relaxed{r, LayerSpacing}, relaxed{r, TopicRest}, relaxed{r, LayersInFocus}
	spacing.Spacing, rest.Rest, layers.Layers = 0, 0, nil
	var ranks []int
	for i := range pool {
		layers.Layers = append(layers.Layers, pool[i].Layers...)
		for _, step := range pool[i].Said {
			if step.Rank > r.Audience {
				ranks = append(ranks, step.Rank)
			}
		}
	}
	out := []relaxed{spacing, rest, layers}
	slices.Sort(ranks)
	for _, rank := range slices.Compact(ranks) {
		wider := relaxed{r, AudienceLevel}
		wider.Audience = rank
		out = append(out, wider)
	}
	return out
}
