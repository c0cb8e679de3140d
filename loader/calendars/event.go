package calendars

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

const (
	// horizon is how far ahead a rule is followed. most is how many of its events are
	// taken, the last ones, and mostOfAll how many of all rules of one file.
	horizon   = 366 * 24 * time.Hour
	most      = 1000
	mostOfAll = 10_000
	// mostSteps is how many events the rules of one file are followed over together.
	mostSteps = 200_000
	// mostDays is how many days the rules of one file are followed over together:
	// some hundred that began some years ago.
	mostDays = 2_000_000
)

// earliest is when events may begin that repeat: rules from long ago are walked for
// long, and nobody met then.
var earliest = time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)

// event is one that takes place, alone or as one of a row.
type event struct {
	uid string
	// occurrence names which of a row it is; empty for an event that stands alone.
	occurrence string
	start      instant
	title      string
	url        string
	location   string
	class      string
	line       int
}

// reader reads the events of a calendar.
type reader struct {
	zones *zones
	now   time.Time
	// left is how many occurrences may still come from rules, days and steps how many
	// days and events they may still be followed over.
	left, days, steps int
	// warn says of a line what could not be used.
	warn func(line int, message, hint string)
}

// events are those that take place. An occurrence that was moved is read where it
// says itself that it is; one that was cancelled is left out.
func (r *reader) events(c *calendar) []*event {
	masters, moved, order := map[string]*component{}, map[string][]*component{}, []string{}
	for _, e := range c.events {
		uid := strings.TrimSpace(e.value("UID"))
		switch {
		case uid == "":
			r.warn(e.line, "the event has no UID, so that it could not be found again", "right is UID: with a name of its own")
			continue
		case e.first("RECURRENCE-ID") != nil:
			moved[uid] = append(moved[uid], e)
		case masters[uid] == nil || sequence(e) >= sequence(masters[uid]):
			masters[uid] = e
		}
		if !slices.Contains(order[max(0, len(order)-1):], uid) {
			order = append(order, uid)
		}
	}
	var out []*event
	seen := map[string]bool{}
	for _, uid := range order {
		if !seen[uid] {
			seen[uid] = true
			out = append(out, r.row(uid, masters[uid], moved[uid])...)
		}
	}
	return out
}

func sequence(e *component) int {
	n, _ := strconv.Atoi(strings.TrimSpace(e.value("SEQUENCE"))) // 0 is the first
	return n
}

// row is what one UID stands for: one event, or the occurrences of a repeated one.
func (r *reader) row(uid string, master *component, moved []*component) []*event {
	byID, ids := map[string]*component{}, make([]string, len(moved))
	for i, e := range moved {
		p := e.first("RECURRENCE-ID")
		at, err := r.zones.read(p, p.value)
		if err != nil {
			r.warn(p.line, "RECURRENCE-ID: "+err.Error(), rightTime)
			continue
		}
		ids[i] = at.id()
		if have := byID[ids[i]]; have == nil || sequence(e) >= sequence(have) {
			byID[ids[i]] = e
		}
	}
	var out []*event
	if master != nil {
		out = r.planned(uid, master, byID)
	}
	// What is left belongs to an occurrence that the rule does not have.
	for i, e := range moved {
		if byID[ids[i]] == e {
			out = r.add(out, uid, ids[i], e, nil)
		}
	}
	return out
}

// planned are the occurrences of an event, those in moved as they are there; they
// are taken out of it.
func (r *reader) planned(uid string, master *component, moved map[string]*component) []*event {
	var out []*event
	// as is what an occurrence looks like of which nothing else is said, later how much
	// later than planned it begins.
	as, later := master, time.Duration(0)
	for _, at := range r.occurrences(master) {
		id := at.id()
		changed := moved[id]
		delete(moved, id)
		if changed != nil && strings.EqualFold(changed.first("RECURRENCE-ID").param("RANGE"), "THISANDFUTURE") {
			if start, ok := r.start(changed); ok {
				as, later = changed, start.at.Sub(at.at)
			}
		}
		if !repeats(master) {
			id = ""
		}
		if changed != nil {
			out = r.add(out, uid, id, changed, nil)
			continue
		}
		at.at = at.at.Add(later)
		out = r.add(out, uid, id, as, &at)
	}
	return out
}

const rightTime = "right is 20261124T180000Z, or TZID=Europe/Berlin:20261124T190000"

// add adds an event, unless it does not take place or cannot be read. at is when it
// begins where that is not what it says itself.
func (r *reader) add(out []*event, uid, id string, c *component, at *instant) []*event {
	if c.cancelled || strings.EqualFold(c.value("STATUS"), "CANCELLED") {
		return out
	}
	if at == nil {
		start, ok := r.start(c)
		if !ok {
			return out
		}
		at = &start
	}
	return append(out, &event{
		uid: uid, occurrence: id, start: *at, title: strings.Join(strings.Fields(c.value("SUMMARY")), " "), url: strings.TrimSpace(c.value("URL")),
		location: strings.Join(strings.Fields(c.value("LOCATION")), " "), class: strings.ToUpper(c.value("CLASS")), line: c.line,
	})
}

func (r *reader) start(c *component) (instant, bool) {
	p := c.first("DTSTART")
	if p == nil {
		r.warn(c.line, "the event has no DTSTART", rightTime)
		return instant{}, false
	}
	at, err := r.zones.read(p, p.value)
	if err != nil {
		r.warn(p.line, "DTSTART: "+err.Error(), rightTime)
	}
	return at, err == nil
}

func repeats(c *component) bool { return c.first("RRULE") != nil || c.first("RDATE") != nil }

// occurrences are when an event takes place by its rule.
func (r *reader) occurrences(c *component) []instant {
	start, ok := r.start(c)
	if !ok {
		return nil
	}
	all := []instant{start}
	if p := c.first("RRULE"); p != nil {
		all = r.follow(p, start)
	}
	for _, p := range c.props["RDATE"] {
		all = append(all, r.dates(p)...)
	}
	without, wholeDays := map[string]bool{}, false
	for _, p := range c.props["EXDATE"] {
		for _, at := range r.dates(p) {
			// Some programs leave out a day, whatever the hour.
			without[at.id()], wholeDays = true, wholeDays || at.day
		}
	}
	slices.SortStableFunc(all, func(a, b instant) int { return a.at.Compare(b.at) })
	var out []instant
	for _, at := range all {
		if !without[at.id()] && (!wholeDays || !without[at.at.Format("20060102")]) {
			without[at.id()] = true
			out = append(out, at)
		}
	}
	return out
}

func (r *reader) dates(p *property) []instant {
	var out []instant
	for value := range strings.SplitSeq(p.value, ",") {
		value, _, _ = strings.Cut(value, "/") // a period begins there
		if at, err := r.zones.read(p, value); err == nil && len(out) < most {
			out = append(out, at)
		}
	}
	return out
}

// follow follows a rule as far as the horizon. A rule that cannot be read leaves
// its first event.
func (r *reader) follow(p *property, start instant) []instant {
	rule, err := ruleOf(p.value, start, r.now.Add(horizon))
	if err == nil {
		if r.days -= int(rule.GetUntil().Sub(start.at).Hours() / 24); r.days < 0 {
			err = errors.New("there are too many of them, over too many years")
		}
	}
	if err != nil {
		r.warn(p.line, "RRULE: "+err.Error()+"; only its first event is taken", "right is FREQ=WEEKLY;INTERVAL=2;BYDAY=WE, or another rule of days, weeks, months or years")
		return []instant{start}
	}
	out, all := r.last(rule, start)
	if all > len(out) || r.steps == 0 {
		r.warn(p.line, fmt.Sprintf("the rule has %d events or more by %s; the last %d of them are taken", all, r.now.Add(horizon).Format(time.DateOnly), len(out)), "right is a rule that begins later, ends, or happens less often")
	}
	return out
}

// last are the last events of a rule, as those before are long over, and how many
// there are in all.
func (r *reader) last(rule *rrule.RRule, start instant) (out []instant, all int) {
	// RFC 5545: the event itself is one of its occurrences, also where the rule would
	// not have it.
	out, all = []instant{start}, 1
	taken := max(1, min(most, r.left))
	next := rule.Iterator()
	for r.steps > 0 {
		at, more := next()
		if !more {
			break
		}
		r.steps--
		if at.Equal(start.at) {
			continue
		}
		all++
		if out = append(out, instant{at: at, day: start.day, zone: start.zone}); len(out) == 2*most {
			out = append(out[:0], out[most:]...)
		}
	}
	out = out[max(0, len(out)-taken):]
	r.left -= len(out) - 1
	return out, all
}

// ruleOf reads a rule, bounded by a day.
func ruleOf(value string, start instant, end time.Time) (*rrule.RRule, error) {
	option, err := rrule.StrToROptionInLocation(value, start.at.Location())
	if err != nil {
		return nil, err
	}
	if start.at.Before(earliest) {
		return nil, fmt.Errorf("it begins before %d", earliest.Year())
	}
	if option.Freq > rrule.DAILY {
		return nil, fmt.Errorf("%s is more often than people meet", option.Freq)
	}
	if len(option.Byhour)+len(option.Byminute)+len(option.Bysecond) > most {
		return nil, errors.New("it names too many hours")
	}
	option.Dtstart = start.at
	if option.Until.IsZero() || option.Until.After(end) {
		option.Until = end
	}
	return rrule.NewRRule(*option)
}
