package portability

import (
	"cmp"
	"slices"
	"time"
)

// FreshDays is how many days a note may go without being seen again or confirmed
// before it counts as stale.
const FreshDays = 365

// Sight is when and how often what a note says was seen to be so.
type Sight struct {
	// AgeDays are the days since the note was observed; -1 when nobody says when.
	AgeDays int
	// Confirmations are those up to now, the newest first.
	Confirmations []Confirmation
	// LastOn is the newest day of observation or confirmation, as YYYY-MM-DD; empty
	// for none.
	LastOn string
	// UnseenDays are the days since LastOn; -1 for none.
	UnseenDays int
	// Stale is true when LastOn is more than FreshDays ago. Of a note without any day
	// nobody can say that.
	Stale bool
}

// sight of a note at the world's day.
func (w *World) sight(n *Note) Sight {
	s := Sight{AgeDays: w.daysSince(n.ObservedOn), LastOn: n.ObservedOn}
	for _, c := range n.Confirmations {
		if c.On <= w.today {
			s.Confirmations = append(s.Confirmations, c)
			s.LastOn = max(s.LastOn, c.On)
		}
	}
	slices.SortFunc(s.Confirmations, func(a, b Confirmation) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(a.Key, b.Key))
	})
	s.UnseenDays = w.daysSince(s.LastOn)
	s.Stale = s.UnseenDays > FreshDays
	return s
}

// daysSince a day, as YYYY-MM-DD; -1 for none.
func (w *World) daysSince(day string) int {
	then, err := time.Parse(dayForm, day)
	if err != nil {
		return -1
	}
	today, err := time.Parse(dayForm, w.today)
	if err != nil {
		return -1
	}
	return int(today.Sub(then) / (24 * time.Hour))
}
