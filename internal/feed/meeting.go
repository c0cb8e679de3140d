package feed

import (
	"context"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/asking"
	"github.com/open-operations/opsmap/internal/text"
)

// Meeting is what the calendar and the documents know of a meeting.
type Meeting struct {
	Key, Title, Zone, Rsvp string
	// StartsAt is an instant, Date a day; either may be empty.
	StartsAt, Date       string
	ChathamHouse         bool
	CreatedAt, UpdatedAt string
	Version              int
	Series               *series
	AudienceLevel        *struct{ Name string }
	Sessions             connection[session]
	ActionItems          connection[actionItem]
	// Carried are the open action items of earlier meetings of the series.
	Carried []actionItem `json:"-"`
	class
}

type series struct {
	Key, Name    string
	ChathamHouse bool
	class
}

type connection[T any] struct{ Nodes []T }

type session struct {
	Key, Title, Format, State string
	StartsAt, UpdatedAt       string
	Minutes, Version          int
	Agenda                    connection[agendaItem]
	Speakers                  connection[person]
	Topics                    connection[topic]
	class
}

// agendaItem is a topic of a lean coffee.
type agendaItem struct {
	Dots, Minutes int
	State         string
	Topic         topic
	class
}

type topic struct {
	Key, Title, Summary string
	Votes               int
	class
}

type person struct {
	Key, Handle, Name string
	class
}

// shown is what a person is called.
func (p person) shown() string { return text.Called(p.Name, p.Handle, p.Key) }

type actionItem struct {
	Key, Text string
	Done      bool
	Assignees connection[person]
	Meeting   *struct{ Key, StartsAt, Date string }
	class
}

// calendarFields are what a calendar tells of a meeting, documentFields what the
// documents tell, with the level of each part.
const (
	calendarFields = `
  key title zone rsvp startsAt date createdAt updatedAt version
  sessions(first: 50) { nodes { title state minutes updatedAt version speakers(first: 5) { nodes { key handle name } } } }`
	documentFields = `
  key title zone rsvp startsAt date chathamHouse ` + classFields + `
  series { ` + seriesFields + ` }
  audienceLevel { name }
  sessions(first: 50) { nodes {
    key title format state startsAt minutes ` + classFields + `
    speakers(first: 10) { nodes { ` + personFields + ` } }
    topics(first: 10) { nodes { ` + topicFields + ` } }
    agenda(first: 30, orderBy: [{dots: DESC}]) { nodes { dots minutes state ` + classFields + ` topic { ` + topicFields + ` } } }
  } }
  actionItems(first: 100) { nodes { ` + actionFields + ` } }`
	topicFields  = `key title summary votes ` + classFields
	seriesFields = `key name chathamHouse ` + classFields
	personFields = `key handle name ` + classFields
	actionFields = `key text done ` + classFields + ` assignees(first: 10) { nodes { ` + personFields + ` } }`
)

// meetings asks for every meeting that can be seen, page by page.
func meetings(ctx context.Context, by asking.By, layer string) ([]Meeting, error) {
	where := map[string]any{}
	if layer != "" {
		where = map[string]any{"sessions": map[string]any{"some": map[string]any{
			"topics": map[string]any{"some": map[string]any{"layers": map[string]any{"some": map[string]any{"key": map[string]any{"eq": layer}}}}},
		}}}
	}
	const operation = `query Meetings($where: MeetingWhere, $after: String) {
  meetings(first: 20, after: $after, where: $where) { nodes {` + calendarFields + `} pageInfo { hasNextPage endCursor } } }`
	var all []Meeting
	for after := any(nil); ; {
		data, err := asking.Data[struct{ Meetings asking.Page[Meeting] }](ctx, by, operation, map[string]any{"where": where, "after": after})
		if err != nil {
			return nil, err
		}
		all = append(all, data.Meetings.Nodes...)
		if !data.Meetings.PageInfo.HasNextPage {
			return all, nil
		}
		after = data.Meetings.PageInfo.EndCursor
	}
}

// FindMeeting is the meeting with that key; nil when there is none that can be seen.
func FindMeeting(ctx context.Context, by asking.By, key string) (*Meeting, error) {
	const operation = `query Meeting($key: String!) { meeting(key: $key) {` + documentFields + ` } }`
	data, err := asking.Data[struct{ Meeting *Meeting }](ctx, by, operation, map[string]any{"key": key})
	if err != nil || data.Meeting == nil {
		return nil, err
	}
	m := data.Meeting
	// Those whose beginning is known come first, in its order.
	slices.SortStableFunc(m.Sessions.Nodes, func(a, b session) int {
		if a.StartsAt == "" || b.StartsAt == "" {
			return strings.Compare(b.StartsAt, a.StartsAt)
		}
		return strings.Compare(a.StartsAt, b.StartsAt)
	})
	return m, m.carry(ctx, by)
}

// carry reads what earlier meetings of the series left open.
func (m *Meeting) carry(ctx context.Context, by asking.By) error {
	if m.Series == nil {
		return nil
	}
	const operation = `query Open($series: String!, $after: String) {
  actionItems(first: 100, after: $after, where: {done: {eq: false}, meeting: {series: {key: {eq: $series}}}}) {
    nodes { meeting { key startsAt date } ` + actionFields + ` } pageInfo { hasNextPage endCursor } } }`
	for after := any(nil); ; {
		data, err := asking.Data[struct{ ActionItems asking.Page[actionItem] }](ctx, by, operation, map[string]any{"series": m.Series.Key, "after": after})
		if err != nil {
			return err
		}
		for _, item := range data.ActionItems.Nodes {
			if before := item.Meeting; before != nil && before.Key != m.Key && m.follows(before.StartsAt, before.Date) {
				m.Carried = append(m.Carried, item)
			}
		}
		if !data.ActionItems.PageInfo.HasNextPage {
			return nil
		}
		after = data.ActionItems.PageInfo.EndCursor
	}
}

// follows reports whether the meeting is later than another; one without a day is not.
func (m *Meeting) follows(startsAt, date string) bool {
	day := func(startsAt, date string) string {
		if len(startsAt) >= len("2006-01-02") {
			return startsAt[:len("2006-01-02")]
		}
		return date
	}
	other := day(startsAt, date)
	return other != "" && other < day(m.StartsAt, m.Date)
}
