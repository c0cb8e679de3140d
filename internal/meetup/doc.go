// Package meetup reasons about what to talk about next. It scores the pool of
// topics, with the score taken apart, and plans a season of meetings: for each date
// one layer in focus and one topic, under hard rules, the best sum of scores.
//
//	Topic ─ Score(date) ─> parts and points
//	Pool + Request ─ Plan ─> Season: slots, their shortlists, a bound, what to relax
//
// It is pure: what it knows is what its caller may see, and its clock is an
// argument. The same input gives the same season.
package meetup
