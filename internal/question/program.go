package question

import (
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/zone"
)

// program is what has been held and what is to come.
type program struct {
	// held counts sessions and planned notes that one is to come, by topic.
	held    map[string]int
	heldOn  map[string]string
	planned map[string]bool
	talks   []talk
}

// talk is somebody's part in a session that has a day and was not called off.
type talk struct {
	person, date, session string
	topics                []string
}

// programOf reads the sessions as they stand on a day. One without a meeting is to
// come once somebody was asked for it; one of a meeting that is over and was not held
// is to come no more.
func programOf(sessions []fact, now time.Time) program {
	p := program{held: map[string]int{}, heldOn: map[string]string{}, planned: map[string]bool{}}
	today, days := now.UTC().Format(time.DateOnly), calendar{}
	for _, s := range sessions {
		state, date := s.text("state"), days.dayOf(s.oneFact("meeting"))
		for _, topic := range s.many("topics") {
			switch {
			case state == "HELD":
				p.held[topic]++
				p.heldOn[topic] = max(p.heldOn[topic], date)
			case state != "CANCELLED" && date >= today, state != "CANCELLED" && state != "IDEA" && date == "":
				p.planned[topic] = true
			}
		}
		if date == "" || state == "CANCELLED" {
			continue
		}
		for _, person := range s.many("speakers") {
			p.talks = append(p.talks, talk{person: person, date: date, session: s.text("key"), topics: s.many("topics")})
		}
	}
	return p
}

// calendar knows zones by name, each looked up once.
type calendar map[string]*time.Location

// dayOf is the day of a meeting where it takes place, empty where it has none. A zone
// that nobody knows counts as UTC.
func (c calendar) dayOf(meeting *fact) string {
	if meeting == nil {
		return ""
	}
	at, err := time.Parse(time.RFC3339, meeting.text("startsAt"))
	if err != nil {
		return meeting.text("date")
	}
	name := meeting.text("zone")
	if c[name] == nil {
		c[name] = zone.OrUTC(name)
	}
	return at.In(c[name]).Format(time.DateOnly)
}

// busy are the days on which a person speaks, other than about a topic.
func (p *program) busy(person, topic string) []string {
	var out []string
	for _, t := range p.talks {
		if t.person == person && !slices.Contains(t.topics, topic) && !slices.Contains(out, t.date) {
			out = append(out, t.date)
		}
	}
	slices.Sort(out)
	return out
}

// clash is the session of another topic in which a person speaks on a day; empty for
// none.
func (p *program) clash(person, date, topic string) string {
	for _, t := range p.talks {
		if t.person == person && t.date == date && !slices.Contains(t.topics, topic) {
			return t.session
		}
	}
	return ""
}

// followUps lie where the topic lies whose discussion they came out of, unless they
// say otherwise.
func (p *pool) followUps(topics []fact) {
	layers, parents := map[string][]string{}, map[string]string{}
	for i := range p.topics {
		layers[p.topics[i].Key] = p.topics[i].Layers
	}
	for _, f := range topics {
		if f.flag("outcome") {
			parents[f.text("key")] = f.one("parent")
		}
	}
	for i := range p.topics {
		t := &p.topics[i]
		for at, steps := t.Key, 0; len(t.Layers) == 0 && parents[at] != "" && steps < len(topics); steps++ {
			at = parents[at]
			t.Layers = layers[at]
		}
	}
}
