package meetup

import (
	"slices"
	"time"
)

// Topic is a topic of the pool with everything its score rests on.
type Topic struct {
	Key, Title string
	// Kind is one of schema's TopicKind.
	Kind  string
	Votes int
	// Layers it lies on, by key.
	Layers []string
	// Raised counts the minutes and issues it was raised in.
	Raised int
	// Held counts the sessions that were held about it; Planned is true while one is to
	// come.
	// HeldOn is the last day of one, as YYYY-MM-DD, empty where it is not known.
	Held    int
	HeldOn  string
	Planned bool
	// Stories that were told about it or about a practice of it, by key.
	Stories []string
	// Classic topics are about capacity and hardware only.
	Classic    bool
	Volunteers []Volunteer
	Candidates []Candidate
	// Said is what may be said of it when: the first step holds from the beginning.
	Said []Step
}

// Volunteer is a person who offers to speak, on some days or on any.
type Volunteer struct {
	Person string
	// Dates as YYYY-MM-DD; empty for any.
	Dates []string
	// Busy are the days on which the person speaks about something else.
	Busy []string
}

// speaksOn says whether the person can speak on a day; an empty day is any.
func (v *Volunteer) speaksOn(date string) bool {
	return date == "" || !slices.Contains(v.Busy, date) && (len(v.Dates) == 0 || slices.Contains(v.Dates, date))
}

// Candidate is a person who might be asked to speak, and why.
type Candidate struct {
	Person  string
	Because Because
}

// Because is why somebody might speak.
type Because string

// The reasons to ask somebody, best first.
const (
	Volunteered  Because = "VOLUNTEERED"
	ToldStory    Because = "TOLD_STORY"
	RaisedIt     Because = "RAISED_IT"
	RunsPlatform Because = "RUNS_PLATFORM"
)

// Step is what may be said of a topic from a day on.
type Step struct {
	// From is YYYY-MM-DD; empty for the first.
	From string
	// Rank of its level on the ladder, and the level's key.
	Rank  int
	Level string
	// Limited to groups: not for an audience at large.
	Limited bool
}

// On is the step that holds on a day.
func (t *Topic) On(date string) Step {
	at := t.Said[0]
	for _, s := range t.Said[1:] {
		if s.From <= date {
			at = s
		}
	}
	return at
}

// SayableOn says whether the topic may be talked about before an audience of that
// rank on a day.
func (t *Topic) SayableOn(date string, rank int) bool {
	s := t.On(date)
	return s.Rank <= rank && !s.Limited
}

// rests reports whether a session about the topic was held less than so many days
// before a day.
func (t *Topic) rests(date string, days int) bool {
	held, err := time.Parse(time.DateOnly, t.HeldOn)
	return err == nil && date < held.AddDate(0, 0, days).Format(time.DateOnly)
}

// OpensOn is the first day after date on which the topic may be talked about before
// an audience of that rank; ok is false when no day is known.
func (t *Topic) OpensOn(date string, rank int) (day string, ok bool) {
	for _, s := range t.Said {
		if s.From > date && s.Rank <= rank && !s.Limited {
			return s.From, true
		}
	}
	return "", false
}

// Speaker is the volunteer who can speak on a day, the first by key; an empty day is
// any.
func (t *Topic) Speaker(date string) string {
	best := ""
	for i := range t.Volunteers {
		if v := &t.Volunteers[i]; v.speaksOn(date) && (best == "" || v.Person < best) {
			best = v.Person
		}
	}
	return best
}
