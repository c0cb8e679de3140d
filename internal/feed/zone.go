package feed

import (
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"
)

// The layouts of an instant in iCalendar: on the clock of a zone.
const onTheClock = "20060102T150405"

// span is when the first meeting in a zone begins and the last ends.
type span struct{ from, to time.Time }

// spans are the zones of meetings by name.
type spans map[string]*span

// add widens the span of the zone that an event is in; UTC needs none.
func (s spans) add(from, to time.Time) {
	name := from.Location().String()
	if from.Location() == time.UTC {
		return
	}
	known := s[name]
	if known == nil {
		s[name] = &span{from, to}
		return
	}
	if from.Before(known.from) {
		known.from = from
	}
	if to.After(known.to) {
		known.to = to
	}
}

// define writes what the clocks of a zone show between two instants (VTIMEZONE): each
// time that they were put forward or back, from the last before the first meeting on.
func (s *span) define(name string) *ics.VTimezone {
	zone := ics.NewTimezone(name)
	for at := s.from; ; {
		from, to := at.ZoneBounds()
		zone.Components = append(zone.Components, observance(at, from))
		if to.IsZero() || to.After(s.to) {
			return zone
		}
		at = to
	}
}

// observance is what the clocks show from an instant on; at is one at which they do.
// A zone whose clocks were never changed has shown it since 1970.
func observance(at, from time.Time) ics.Component {
	name, offset := at.Zone()
	before, begins := offset, "19700101T000000"
	if !from.IsZero() {
		_, before = from.Add(-time.Second).Zone()
		begins = from.In(time.FixedZone("", before)).Format(onTheClock)
	}
	var base ics.ComponentBase
	set := func(property ics.Property, value string) { base.SetProperty(ics.ComponentProperty(property), value) }
	set(ics.PropertyDtstart, begins)
	set(ics.PropertyTzoffsetfrom, offsetText(before))
	set(ics.PropertyTzoffsetto, offsetText(offset))
	set(ics.PropertyTzname, name)
	if at.IsDST() {
		return &ics.Daylight{ComponentBase: base}
	}
	return &ics.Standard{ComponentBase: base}
}

// offsetText is an offset from UTC in seconds as iCalendar writes it.
func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}
