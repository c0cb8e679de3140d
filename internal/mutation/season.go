package mutation

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/report"
	"github.com/open-operations/opsmap/internal/season"
	"github.com/open-operations/opsmap/internal/zone"
)

// planSeason writes a season down as the command does, for what whoever asks may see:
// each slot is given, so what is written is what was looked at.
func planSeason(m *work) error {
	links := map[string][]record.ID{}
	if err := m.link(links, "series", "Series"); err != nil {
		return err
	}
	if err := m.link(links, "audienceLevel", "ConfidentialityLevel"); err != nil {
		return err
	}
	in := season.Input{Catalog: m.writer.config.Catalog, Now: m.call.Now, Lowest: m.ladder.Lowest(), Audience: m.ladder.Lowest()}
	if levels := links["audienceLevel"]; len(levels) > 0 {
		in.Audience = levels[0].Key
		if in.Audience != nobody && !m.within(in.Audience) {
			m.problems = append(m.problems, m.notFound("input.audienceLevel"))
		}
	}
	in.Class = m.seasonClass(in.Audience)
	q := m.seasonQuestion(in.Audience, links["series"])
	in.Source = season.Under(q.Series, in.Class)
	in.Starts, in.Zone = m.seasonStarts(q.Dates), m.in.text("zone")
	if len(m.problems) > 0 {
		return nil
	}
	var err error
	if in.Season, err = report.AskSeason(m.ctx, m.ask, q); err != nil {
		return m.seasonProblem(err)
	}
	if in.Prior, err = m.priorSeason(q.Series); err != nil {
		return err
	}
	m.sayAll(season.Changeset(in))
	m.seasonResult(in.Season)
	return nil
}

// seasonClass is the class of the meetings: that of their audience unless more is asked
// for.
func (m *work) seasonClass(audience string) access.Class {
	switch {
	case m.in.given(levelMember) || m.in.given(audienceMember):
		return m.stated()
	case len(m.ladder) == 0 || !m.within(audience):
		return access.Class{}
	}
	atom := access.Atom{Level: audience}
	if m.ladder.WithoutAudience(atom) != "" {
		m.wrong("input."+audienceMember, "the level %s needs an audience; right is the groups it is limited to, or another level", audience)
	}
	return access.NewClass(atom)
}

// seasonQuestion is what the plan was asked with, all of it locked.
func (m *work) seasonQuestion(audience string, series []record.ID) report.SeasonQuestion {
	q := report.SeasonQuestion{Audience: audience}
	if len(series) > 0 {
		q.Series = series[0].Key
	}
	for _, item := range m.in.list("slots") {
		slot := input(item.(map[string]any))
		q.Dates = append(q.Dates, slot.text("date"))
		q.Locked = append(q.Locked, report.SeasonChoice{Date: slot.text("date"), Topic: slot.text("topic"), Speaker: slot.text("speaker")})
	}
	for name, into := range map[string]**int{"minutes": &q.Minutes, "preparedMax": &q.PreparedMax} {
		if n, given := m.in[name].(int64); given {
			whole := int(n)
			*into = &whole
		}
	}
	return q
}

// seasonStarts are the instants at which the meetings begin, by date; none where only
// the days are known.
func (m *work) seasonStarts(dates []string) map[string]time.Time {
	out := map[string]time.Time{}
	at := m.in.text("at")
	where, known := zone.Find(m.in.text("zone"))
	switch {
	case m.in.given("zone") && !known:
		m.wrong("input.zone", "there is no such zone; right is a name such as Europe/Berlin")
		return out
	case at == "" && m.in.given("zone"):
		m.wrong("input.at", "it has no hour; right is one such as 18:00, or no zone")
		return out
	case at == "":
		return out
	case !known:
		where = time.UTC
	}
	for _, date := range dates {
		start, err := season.Start(date, at, where)
		if err != nil {
			m.wrong("input.at", "%s", fault.Message(err))
			return out
		}
		out[date] = start
	}
	return out
}

// ask lets the report ask its own operations as whoever calls the mutation.
func (m *work) ask(ctx context.Context, request []byte) ([]byte, error) {
	var asked struct {
		Query     string         `json:"query"`
		Variables map[string]any `json:"variables"`
	}
	decoder := json.NewDecoder(bytes.NewReader(request))
	// As those of a client: a whole number is not taken for another one.
	decoder.UseNumber()
	if err := decoder.Decode(&asked); err != nil {
		return nil, err
	}
	var answer struct {
		Data json.RawMessage `json:"data"`
	}
	if err := m.call.Read(ctx, m.writer.reports[asked.Query], asked.Variables, &answer.Data); err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}

// seasonProblem is what the plan says is wrong with the slots. It knows them as those
// that stay as they are.
func (m *work) seasonProblem(err error) error {
	code := fault.CodeOf(err)
	if code != fault.BadInput && code != fault.NotFound {
		return err
	}
	field, message := seasonField(fault.Message(err))
	m.problem(code, field, "%s", message)
	return nil
}

// seasonField is the member of the input that a mistake in the question is about, and the
// mistake. Dates and topics stand in the slots.
func seasonField(message string) (field, mistake string) {
	name, mistake, _ := strings.Cut(strings.TrimPrefix(message, "input."), ": ")
	switch name {
	case "minutes", "preparedMax", "series":
		return "input." + name, mistake
	case "audience":
		return "input.audienceLevel", mistake
	default:
		return "input.slots", mistake
	}
}

// priorSeason is what earlier plans of the series said, as far as whoever asks may see
// it: of the rest nothing is known, and nothing is taken back.
func (m *work) priorSeason(series string) ([]record.Statement, error) {
	packed, err := m.writer.config.Engine.Said(m.ctx, []string{season.Source(series)})
	if err != nil {
		return nil, err
	}
	said, err := merge.OpenAll(m.writer.config.Catalog, packed)
	if err != nil {
		return nil, err
	}
	seen := map[record.ID]bool{}
	sees := func(id record.ID) bool {
		there, looked := seen[id]
		if !looked && err == nil {
			var version int64
			_, version, err = m.look(id.Type, id.Key)
			there = version > 0
			seen[id] = there
		}
		return there
	}
	var out []record.Statement
	for i := range said {
		s := said[i]
		open := access.NewTable(m.ladder, []access.Class{s.Class}).Open(m.call.Viewer, m.call.Now)[0]
		if !season.Of(series, s.Source) || !open || !sees(s.ID) {
			continue
		}
		links := make(map[string][]record.ID, len(s.Links))
		for name, targets := range s.Links {
			links[name] = slices.DeleteFunc(slices.Clone(targets), func(to record.ID) bool { return !sees(to) })
		}
		s.Links = links
		out = append(out, s)
	}
	return out, err
}

// sayAll takes over what a changeset says.
func (m *work) sayAll(c *record.Changeset) {
	for i := range c.Say {
		m.say(c.Say[i])
	}
	for _, r := range c.Retire {
		m.retire(r.Source, r.ID)
	}
	for _, e := range c.Expect {
		m.expect(e.ID, e.Version)
	}
}

// seasonResult names the meetings and sessions of a season by their dates.
func (m *work) seasonResult(s *report.Season) {
	meetings, sessions := []any{}, []any{}
	for i := range s.Slots {
		slot := &s.Slots[i]
		if slot.Pick == nil {
			continue
		}
		key := slot.Session
		if key == "" {
			key = slot.Meeting + "-" + slot.Pick.Topic.Key
		}
		meetings = append(meetings, record.ID{Type: "Meeting", Key: slot.Meeting})
		sessions = append(sessions, record.ID{Type: "Session", Key: key})
	}
	m.result["meetings"], m.result["sessions"] = meetings, sessions
}
