package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/text"
)

// SeasonQuestion is what a season of meetings is planned for.
type SeasonQuestion struct {
	// Dates as YYYY-MM-DD.
	Dates []string
	// Layers and Audience are keys; empty for the defaults of the question.
	Layers   []string
	Audience string
	// Series is the key of the series the meetings belong to, empty for none.
	Series string
	// Minutes, PreparedMax, Spacing and Rest are nil for the defaults.
	Minutes, PreparedMax, Spacing, Rest *int
	// Locked slots stay as they are.
	Locked []SeasonChoice
}

// SeasonChoice is a topic on a date, and who is sure to speak, if anybody.
type SeasonChoice struct {
	Date    string `json:"date"`
	Topic   string `json:"topic"`
	Speaker string `json:"speaker,omitempty"`
}

// MeetingKey is the key of the meeting of a series on a day, as the minutes of a
// series name theirs, too.
func MeetingKey(series, date string) string {
	if series == "" {
		series = "meetup"
	}
	return series + "-" + date
}

// Season is a planned season.
type Season struct {
	Series *SeasonSeries `json:"series"`
	Slots  []SeasonSlot  `json:"slots"`
	Score  int           `json:"score"`
	Bound  int           `json:"bound"`
	Exact  bool          `json:"exact"`
	// Relax is set where a date has no pick and a wider rule would give it one.
	Relax *SeasonRelaxation `json:"relax"`
}

// SeasonSeries is the series that the meetings belong to.
type SeasonSeries struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	SeasonClass
}

// SeasonSlot is one date.
type SeasonSlot struct {
	Date string `json:"date"`
	// Meeting is the key of the meeting on that date, Session that of the session that
	// is sure to be there already; empty where the plan is free to choose.
	Meeting string `json:"meeting"`
	// Stands: there is that meeting already.
	Stands  bool         `json:"stands"`
	Session string       `json:"session,omitempty"`
	Pick    *SeasonPick  `json:"pick"`
	Next    []SeasonPick `json:"next"`
}

// SeasonPick is a topic for a date.
type SeasonPick struct {
	Topic   SeasonTopic   `json:"topic"`
	Layer   *Named        `json:"layer"`
	Score   int           `json:"score"`
	Parts   []SeasonPart  `json:"parts"`
	Speaker *SeasonPerson `json:"speaker"`
	Reason  string        `json:"reason"`
	Format  string        `json:"format"`
	Minutes int           `json:"minutes"`
	Locked  bool          `json:"locked"`
}

// SeasonTopic is a topic.
type SeasonTopic struct {
	Key   string `json:"key"`
	Title string `json:"title"`
	SeasonClass
}

// shown is the title with the key, by which flags name it.
func (t *SeasonTopic) shown() string { return escaped(t.Title) + " `" + t.Key + "`" }

// SeasonClass is what decides who may see a record.
type SeasonClass struct {
	Confidentiality struct {
		Key string `json:"key"`
	} `json:"confidentiality"`
	Conditions []SeasonCondition `json:"confidentialityConditions"`
	Audience   []string          `json:"audience"`
}

// SeasonCondition is a level that changes by the clock.
type SeasonCondition struct {
	Reason string `json:"reason"`
	Until  string `json:"until"`
	Then   string `json:"then"`
}

// SeasonPart is a part of a score.
type SeasonPart struct {
	Name   string `json:"name"`
	Value  int    `json:"value"`
	Points int    `json:"points"`
}

// SeasonPerson is a speaker.
type SeasonPerson struct {
	Key    string `json:"key"`
	Handle string `json:"handle,omitempty"`
	Name   string `json:"name,omitempty"`
}

// SeasonRelaxation says which rule to relax, and what that gives.
type SeasonRelaxation struct {
	Rule     string `json:"rule"`
	Audience string `json:"audience,omitempty"`
	Filled   int    `json:"filled"`
	Score    int    `json:"score"`
}

const standingOperation = `query Standing($meetings: [String!]!, $series: String!) {
  series(key: $series) { key name confidentiality { key } confidentialityConditions { reason until then } audience }
  meetings(where: {key: {in: $meetings}}, first: 100) {
    nodes { key sessions(first: 100) { nodes { key state topics(first: 1) { nodes { key } } speakers(first: 1) { nodes { key } } } } }
  }
}`

const seasonOperation = `query Season($input: MeetupPlanInput!) {
  meetupPlan(input: $input) {
    slots { date pick { ...pick } next { ...pick } }
    score bound exact relax { rule audience filled score }
  }
}
fragment pick on MeetupPick {
  topic { key title confidentiality { key } confidentialityConditions { reason until then } audience }
  layer { key name } score parts { name value points } speaker { key handle name } reason format minutes locked
}`

// SeasonOperations are the operations that AskSeason asks, for whoever prepares them.
func SeasonOperations() []string { return []string{standingOperation, seasonOperation} }

// standing is what has been planned for the dates already.
type standing struct {
	Series   *SeasonSeries
	Meetings struct {
		Nodes []struct {
			Key      string
			Sessions struct{ Nodes []standingSession }
		}
	}
}

type standingSession struct {
	Key, State       string
	Topics, Speakers struct{ Nodes []struct{ Key string } }
}

// AskSeason plans a season beside what stands of it: a session that somebody sees to
// stays, one that a plan proposed may be changed for a better one.
func AskSeason(ctx context.Context, by asking.By, q SeasonQuestion) (*Season, error) {
	keys := make([]string, 0, len(q.Dates))
	for _, date := range q.Dates {
		keys = append(keys, MeetingKey(q.Series, date))
	}
	stands, err := asking.Data[standing](ctx, by, standingOperation, map[string]any{"meetings": keys, "series": q.Series})
	if err != nil {
		return nil, err
	}
	input := given(map[string]any{"dates": q.Dates, "layers": q.Layers, "audience": q.Audience, "series": q.Series})
	for name, n := range map[string]*int{"minutes": q.Minutes, "preparedMax": q.PreparedMax, "spacing": q.Spacing, "rest": q.Rest} {
		if n != nil {
			input[name] = *n
		}
	}
	locked, current, sure, err := q.beside(&stands)
	if err != nil {
		return nil, err
	}
	input["locked"], input["current"] = locked, current
	answer, err := asking.Data[struct{ MeetupPlan *Season }](ctx, by, seasonOperation, map[string]any{"input": input})
	if err != nil {
		return nil, err
	}
	s := answer.MeetupPlan
	if s == nil {
		return nil, fault.New(fault.Unavailable, "the season could not be planned")
	}
	if q.Series != "" {
		s.Series = stands.Series
	}
	for i := range s.Slots {
		slot := &s.Slots[i]
		slot.Meeting, slot.Session = MeetingKey(q.Series, slot.Date), sure[slot.Date]
		slot.Stands = stands.there(slot.Meeting)
	}
	return s, nil
}

// beside are the slots that stay, those that stand, and, by date, the sessions of the
// former that are there already.
func (q *SeasonQuestion) beside(stands *standing) (locked, current []SeasonChoice, sure map[string]string, err error) {
	locked, current, sure = slices.Clone(q.Locked), []SeasonChoice{}, map[string]string{}
	if locked == nil {
		locked = []SeasonChoice{}
	}
	for _, date := range q.Dates {
		at := slices.IndexFunc(q.Locked, func(c SeasonChoice) bool { return c.Date == date })
		proposed, session := stands.on(MeetingKey(q.Series, date))
		switch {
		case session != nil && at >= 0 && q.Locked[at].Topic != session.topic():
			return nil, nil, nil, fault.New(fault.BadInput, "input.locked: %s is about %s already, in the session %s; cancel that first", date, session.topic(), session.Key)
		case session != nil:
			sure[date] = session.Key
			if at < 0 {
				locked = append(locked, session.choice(date))
			}
		case proposed != nil && at < 0 && !slices.ContainsFunc(q.Locked, func(c SeasonChoice) bool { return c.Topic == proposed.topic() }):
			current = append(current, SeasonChoice{Date: date, Topic: proposed.topic()})
		}
	}
	return locked, current, sure, nil
}

// there reports whether a meeting of that key is there already.
func (s *standing) there(meeting string) bool {
	for _, m := range s.Meetings.Nodes {
		if m.Key == meeting {
			return true
		}
	}
	return false
}

// on are the session that a plan proposed for a meeting and the one that somebody has
// seen to, each nil where there is none.
func (s *standing) on(meeting string) (proposed, seenTo *standingSession) {
	for _, m := range s.Meetings.Nodes {
		for i := range m.Sessions.Nodes {
			session := &m.Sessions.Nodes[i]
			switch {
			case m.Key != meeting || session.State == "CANCELLED" || session.topic() == "":
			case session.Key == meeting+"-"+session.topic() && (session.State == "IDEA" || session.State == "ASKED"):
				proposed = session
			case seenTo == nil:
				seenTo = session
			}
		}
	}
	return proposed, seenTo
}

func (s *standingSession) topic() string {
	if len(s.Topics.Nodes) == 0 {
		return ""
	}
	return s.Topics.Nodes[0].Key
}

func (s *standingSession) choice(date string) SeasonChoice {
	c := SeasonChoice{Date: date, Topic: s.topic()}
	if len(s.Speakers.Nodes) > 0 {
		c.Speaker = s.Speakers.Nodes[0].Key
	}
	return c
}

// Filled is how many dates have a topic.
func (s *Season) Filled() int {
	n := 0
	for i := range s.Slots {
		if s.Slots[i].Pick != nil {
			n++
		}
	}
	return n
}

// Unfilled is the reason why no plan meets all rules, with the rule to relax and what
// that gives; nil where every date has a topic. The messages name flags of the command.
func (s *Season) Unfilled() error {
	if s.Filled() == len(s.Slots) {
		return nil
	}
	var dates []string
	for i := range s.Slots {
		if s.Slots[i].Pick == nil {
			dates = append(dates, s.Slots[i].Date)
		}
	}
	why := "no topic meets the rules on " + together(dates)
	if s.Relax == nil {
		return fault.New(fault.BadInput, "%s, and no single rule that is relaxed changes that: the pool is too small; add topics, volunteers or layers, or plan fewer dates", why)
	}
	how := map[string]string{
		"LAYER_SPACING": "--spacing 0 lets the same layer be in focus on dates that follow each other",
		"TOPIC_REST":    "--rest 0 lets a topic come again soon after it was held",
		"LAYERS":        "without --layers every layer may be in focus",
		"AUDIENCE":      "--audience " + s.Relax.Audience + " lets an audience hear more",
	}[s.Relax.Rule]
	return fault.New(fault.BadInput, "%s; relax %s: %s, and %d of %d dates have a topic, with a score of %d",
		why, s.Relax.Rule, how, s.Relax.Filled, len(s.Slots), s.Relax.Score)
}

// Markdown is the season as a table, and how good it is.
func (s *Season) Markdown() string {
	d := &document{}
	name := ""
	if s.Series != nil {
		name = " of " + escaped(s.Series.Name)
	}
	d.line("# A season%s: %s\n", name, counted(len(s.Slots), "meeting", "meetings"))
	rows := make([][]string, 0, len(s.Slots))
	for i := range s.Slots {
		rows = append(rows, s.Slots[i].row())
	}
	d.table([]string{"Date", "Layer", "Topic", "Format", ">Minutes", "Speaker", "Why", ">Score", "Else"}, rows)
	switch {
	case s.Exact:
		d.line("\nThe score is %d; no plan has more under these rules.", s.Score)
	default:
		d.line("\nThe score is %d; a better plan may exist, with %d at most.", s.Score, s.Bound)
	}
	return d.String()
}

func (s *SeasonSlot) row() []string {
	next := make([]string, 0, len(s.Next))
	for i := range s.Next {
		next = append(next, fmt.Sprintf("%s (%d)", s.Next[i].Topic.shown(), s.Next[i].Score))
	}
	others := strings.Join(next, "; ")
	if s.Pick == nil {
		return []string{s.Date, "–", "no topic meets the rules", "", "", "", "", "", others}
	}
	p := s.Pick
	layer, speaker := "–", "wanted"
	if p.Layer != nil {
		layer = p.Layer.shown()
	}
	if p.Speaker != nil {
		speaker = escaped(p.Speaker.shown())
	}
	return []string{
		s.Date, layer, p.Topic.shown(), strings.ToLower(strings.ReplaceAll(p.Format, "_", " ")), strconv.Itoa(p.Minutes), speaker,
		escaped(p.Reason), strconv.Itoa(p.Score), others,
	}
}

// shown is what a person is called.
func (p *SeasonPerson) shown() string { return text.Called(p.Name, p.Handle, p.Key) }
