package meetup

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
	// Locked slots stay as they are. Current ones are the plan that stands: a slot is
	// changed only for a gain of more than staying is worth.
	Locked, Current []Choice
	// PreparedMax is how many sessions may have a prepared speaker; negative for any
	// number.
	PreparedMax int
	// Spacing is how many dates lie at least between two with the same layer in focus.
	Spacing int
}

// Choice is a topic on a date.
type Choice struct{ Date, Topic string }

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
	LayersInFocus Rule = "LAYERS"
	AudienceLevel Rule = "AUDIENCE"
)

// Relaxation is what giving up one rule gives.
type Relaxation struct {
	Rule Rule
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
	for _, rule := range []Rule{LayerSpacing, LayersInFocus, AudienceLevel} {
		other := solve(pool, r.without(rule, pool))
		if filled := other.filled(); filled > season.filled() && (season.Relax == nil || filled > season.Relax.Filled) {
			season.Relax = &Relaxation{Rule: rule, Filled: filled, Score: other.Score}
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

// without is the request without a rule.
func (r Request) without(rule Rule, pool []Topic) Request {
	switch rule {
	case LayerSpacing:
		r.Spacing = 0
	case LayersInFocus:
		seen := map[string]bool{}
		r.Layers = nil
		for i := range pool {
			for _, layer := range pool[i].Layers {
				if !seen[layer] {
					seen[layer] = true
					r.Layers = append(r.Layers, layer)
				}
			}
		}
	case AudienceLevel:
		r.Audience = int(^uint(0) >> 1)
	}
	return r
}
