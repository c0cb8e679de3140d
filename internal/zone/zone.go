// Package zone finds time zones by the names that records and requests give them.
package zone

import "time"

// Find is the zone with an IANA name such as Europe/Berlin; ok is false where there is
// none. No name is none, and neither is Local: that is the zone of whatever machine
// the program runs on, and answers do not depend on it.
func Find(name string) (zone *time.Location, ok bool) {
	if name == "" || name == "Local" {
		return nil, false
	}
	zone, err := time.LoadLocation(name)
	return zone, err == nil
}

// OrUTC is the zone with that name, or UTC where there is none.
func OrUTC(name string) *time.Location {
	if zone, ok := Find(name); ok {
		return zone
	}
	return time.UTC
}
