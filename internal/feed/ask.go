package feed

import (
	"context"
	"encoding/json"
	"fmt"
)

// Ask answers a GraphQL operation with the data of its response, as the viewer in the
// context.
type Ask func(ctx context.Context, operation string, variables map[string]any) (json.RawMessage, error)

// Meeting is what the documents know of a meeting.
type Meeting struct {
	Key, Title, Zone, Rsvp string
	// StartsAt is an instant, Date a day; either may be empty.
	StartsAt, Date       string
	ChathamHouse         bool
	Version              int
	CreatedAt, UpdatedAt string
	Series               *struct{ Name string }
	AudienceLevel        *struct{ Name string }
	Confidentiality      struct{ Key, Name string }
	Sessions             connection[session]
	ActionItems          connection[actionItem]
}

type connection[T any] struct{ Nodes []T }

type session struct {
	Title, Format, State string
	Minutes              int
	Speakers             connection[person]
	Topics               connection[struct {
		Key, Title string
		Layers     connection[struct{ Key, Name string }]
	}]
}

type person struct{ Handle, Name string }

// shown is what a person is called.
func (p person) shown() string {
	if p.Name != "" {
		return p.Name
	}
	return p.Handle
}

type actionItem struct {
	Text      string
	Done      bool
	Assignees connection[person]
}

const meetingFields = `
  key title zone rsvp startsAt date chathamHouse version createdAt updatedAt
  series { name }
  audienceLevel { name }
  confidentiality { key name }
  sessions(first: 50) { nodes {
    title format state minutes
    speakers(first: 5) { nodes { handle name } }
    topics(first: 5) { nodes { key title layers(first: 5, orderBy: [{ordinal: ASC}]) { nodes { key name } } } }
  } }`

// meetings asks for every meeting that can be seen, page by page.
func meetings(ctx context.Context, ask Ask, layer string) ([]Meeting, error) {
	where := map[string]any{}
	if layer != "" {
		where = map[string]any{"sessions": map[string]any{"some": map[string]any{
			"topics": map[string]any{"some": map[string]any{"layers": map[string]any{"some": map[string]any{"key": map[string]any{"eq": layer}}}}},
		}}}
	}
	const operation = `query Meetings($where: MeetingWhere, $after: String) {
  meetings(first: 20, after: $after, where: $where) { nodes {` + meetingFields + `} pageInfo { hasNextPage endCursor } } }`
	var all []Meeting
	for after := any(nil); ; {
		var data struct {
			Meetings struct {
				Nodes    []Meeting
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
			}
		}
		if err := decode(ctx, ask, operation, map[string]any{"where": where, "after": after}, &data); err != nil {
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
func FindMeeting(ctx context.Context, ask Ask, key string) (*Meeting, error) {
	const operation = `query Meeting($key: String!) { meeting(key: $key) {` + meetingFields + `
  actionItems(first: 100) { nodes { text done assignees(first: 10) { nodes { handle name } } } } } }`
	var data struct{ Meeting *Meeting }
	err := decode(ctx, ask, operation, map[string]any{"key": key}, &data)
	return data.Meeting, err
}

func decode(ctx context.Context, ask Ask, operation string, variables map[string]any, into any) error {
	raw, err := ask(ctx, operation, variables)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("BUG: an answer that does not fit its operation: %w", err)
	}
	return nil
}
