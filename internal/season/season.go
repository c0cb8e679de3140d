// Package season turns a planned season into statements: for each date a meeting and
// a session about the topic that was picked. What it says is a proposal: whoever moves
// a session on says so beside it, and the next plan leaves that session alone.
package season

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/report"
	"github.com/open-operations/opsmap/schema"
)

// Input is what a season is written with.
type Input struct {
	Catalog *schema.Catalog
	Season  *report.Season
	// Audience is the key of the level up to which may be spoken.
	Audience string
	// Class of the meetings. A session is as strict as its topic, too.
	Class access.Class
	// Starts are the instants at which the meetings begin, by date, and Zone where that
	// is; empty where only the day is known.
	Starts map[string]time.Time
	Zone   string
	// Now decides which conditions are still to come.
	Now time.Time
	// Lowest is the key of the level that requires nothing.
	Lowest string
	// Source is the name under which the plan speaks, that of its series or one of Under.
	Source string
	// Prior is what plans of the series said before, under whichever of their names, as
	// far as whoever plans may see it.
	Prior []record.Statement
}

// Source is the name under which the plan of a series speaks; an empty series is that
// of meetings without one.
func Source(series string) string {
	if series == "" {
		series = "meetup"
	}
	return "season:" + series
}

// Under is the name under which a plan of a series speaks to those whom a class lets
// see it: so that whoever plans what fewer may not see says it beside theirs, not in its
// place.
func Under(series string, c access.Class) string { return Source(series) + "@" + c.Key() }

// Of reports whether a source is a plan of a series.
func Of(series, source string) bool {
	return source == Source(series) || strings.HasPrefix(source, Source(series)+"@")
}

// Changeset is what the plan says of its dates, and what it says no more: a session
// that another pick has replaced, and what was said under another name. It has no id, no
// actor and no time.
func Changeset(in Input) *record.Changeset {
	w := &writer{Input: in, said: map[record.ID]bool{}, kept: map[record.ID]bool{}}
	for i := range in.Season.Slots {
		w.slot(&in.Season.Slots[i])
	}
	w.retire()
	return &w.out
}

type writer struct {
	Input
	out record.Changeset
	// said is what this plan says, kept what stays as it was said.
	said, kept map[record.ID]bool
}

// say adds a statement whose facts come from the plan.
func (w *writer) say(s record.Statement) {
	o := w.Catalog.Object("Source")
	source := make(record.Object, len(o.Fields))
	uri, _, _ := strings.Cut(w.Source, "@")
	source[o.Field("uri").Index], source[o.Field("kind").Index] = uri, "OTHER"
	s.Source, s.Fields["sources"] = w.Source, []any{source}
	w.out.Say = append(w.out.Say, s)
	w.said[s.ID] = true
}

// slot says what is planned for a date. A session that is sure is somebody else's.
func (w *writer) slot(s *report.SeasonSlot) {
	if s.Pick == nil {
		return
	}
	meeting, topic := record.ID{Type: "Meeting", Key: s.Meeting}, record.ID{Type: "Topic", Key: s.Pick.Topic.Key}
	class := w.meeting(meeting, s)
	if s.Session != "" {
		// What was said stays as old as it is, so that it does not speak over what others
		// have said since.
		w.kept[record.ID{Type: "Session", Key: s.Session}], w.kept[topic] = true, true
		return
	}
	w.session(s, meeting, topic, class)
	w.scheduled(topic, &s.Pick.Topic, class)
	w.out.Expect = append(w.out.Expect, record.Precondition{ID: topic})
}

// meeting says that there is one, unless somebody else does, and gives its class. What
// an earlier plan said and this one does not know, such as the hour, stays.
func (w *writer) meeting(id record.ID, s *report.SeasonSlot) access.Class {
	fields, before := map[string]any{"date": s.Date}, w.prior(id)
	if before != nil {
		maps.Copy(fields, before.Fields)
	}
	class, series, links := w.join(w.Class, access.Class{}), "Meetup", map[string][]record.ID{}
	if of := w.Season.Series; of != nil {
		class = w.join(class, classOf(of.SeasonClass, w.Now))
		series, links["series"] = of.Name, []record.ID{{Type: "Series", Key: of.Key}}
	}
	if s.Stands && before == nil {
		return class
	}
	if day, err := time.Parse(time.DateOnly, s.Date); err == nil {
		fields["title"] = series + ", " + day.Format("2 January 2006")
	}
	if start, known := w.Starts[s.Date]; known {
		fields["startsAt"], fields["zone"] = start.UTC().Format(time.RFC3339), w.Zone
	}
	if w.Audience != "" {
		links["audienceLevel"] = []record.ID{{Type: "ConfidentialityLevel", Key: w.Audience}}
	}
	w.say(record.Statement{ID: id, Fields: fields, Links: links, Class: class})
	for i := range w.Prior {
		if p := &w.Prior[i]; p.ID == id {
			w.takeBack(p.Source, id)
		}
	}
	return class
}

func (w *writer) session(s *report.SeasonSlot, meeting, topic record.ID, class access.Class) {
	p := s.Pick
	fields := map[string]any{"title": p.Topic.Title, "format": p.Format, "minutes": int64(p.Minutes), "state": "IDEA"}
	links := map[string][]record.ID{"meeting": {meeting}, "topics": {topic}}
	if p.Speaker != nil {
		fields["state"] = "ASKED"
		links["speakers"] = []record.ID{{Type: "Person", Key: p.Speaker.Key}}
	}
	if series := w.Season.Series; series != nil {
		links["series"] = []record.ID{{Type: "Series", Key: series.Key}}
	}
	id := record.ID{Type: "Session", Key: s.Meeting + "-" + p.Topic.Key}
	told := classOf(p.Topic.SeasonClass, w.Now)
	w.say(record.Statement{ID: id, Fields: fields, Links: links, Class: w.join(class, told)})
}

// scheduled says so of a topic whose level alone decides who may see it: a statement
// under anything else would not count, or count for others. Where a meeting asks for
// more than the topic, those who see the topic are not to know that there is one.
func (w *writer) scheduled(id record.ID, t *report.SeasonTopic, meeting access.Class) {
	class := w.join(access.Class{}, classOf(t.SeasonClass, w.Now))
	if len(t.Conditions)+len(t.Audience) > 0 || w.kept[id] || w.join(meeting, class).Key() != class.Key() {
		return
	}
	w.say(record.Statement{
		ID: id, Fields: map[string]any{"status": "SCHEDULED"}, Links: map[string][]record.ID{}, Class: class,
	})
}

// retire takes back what plans said of these dates and this one says no more, or says
// under another name.
func (w *writer) retire() {
	dates := map[record.ID]bool{}
	for i := range w.Season.Slots {
		dates[record.ID{Type: "Meeting", Key: w.Season.Slots[i].Meeting}] = true
	}
	for i := range w.Prior {
		p := &w.Prior[i]
		if p.ID.Type != "Session" || !slices.ContainsFunc(p.Links["meeting"], func(m record.ID) bool { return dates[m] }) {
			continue
		}
		w.takeBack(p.Source, p.ID)
		for _, topic := range p.Links["topics"] {
			w.takeBack(p.Source, topic)
		}
	}
}

// takeBack takes back what was said of a record under a name, unless it stays.
func (w *writer) takeBack(source string, id record.ID) {
	there := slices.ContainsFunc(w.Prior, func(p record.Statement) bool { return p.Source == source && p.ID == id })
	back := record.Retirement{Source: source, ID: id}
	if there && !w.kept[id] && !(source == w.Source && w.said[id]) && !slices.Contains(w.out.Retire, back) {
		w.out.Retire = append(w.out.Retire, back)
	}
}

// prior is what a plan said of a record before, under its own name if it did; nil for
// nothing.
func (w *writer) prior(id record.ID) *record.Statement {
	var found *record.Statement
	for i := range w.Prior {
		if p := &w.Prior[i]; p.ID == id && (found == nil || p.Source == w.Source) {
			found = p
		}
	}
	return found
}

// join is the class that requires both, without the requirement of the lowest level,
// which is none.
func (w *writer) join(a, b access.Class) access.Class {
	c := access.Join(a, b)
	c.Atoms = slices.DeleteFunc(c.Atoms, func(atom access.Atom) bool {
		return atom.Level == w.Lowest && len(atom.Conditions)+len(atom.Audience) == 0
	})
	if len(c.Atoms) == 0 {
		return access.Class{}
	}
	return c
}

// classOf is the class of a record as it is now and as conditions will change it.
func classOf(of report.SeasonClass, now time.Time) access.Class {
	atom := access.Atom{Level: of.Confidentiality.Key, Audience: of.Audience}
	for _, c := range of.Conditions {
		until, err := time.Parse(time.RFC3339, c.Until)
		if err == nil && until.After(now) {
			atom.Conditions = append(atom.Conditions, access.Condition{Reason: c.Reason, Until: until, Then: c.Then})
		}
	}
	return access.NewClass(atom)
}
