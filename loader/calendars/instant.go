package calendars

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones are known where the machine has none, too

	"github.com/open-operations/opsmap/internal/zone"
)

// instant is when something begins.
type instant struct {
	at time.Time
	// day: no hour is known.
	day bool
	// zone is the IANA name of the zone it was said in, empty for none.
	zone string
}

// id names the instant an occurrence was planned for.
func (i instant) id() string {
	if i.day {
		return i.at.Format("20060102")
	}
	return i.at.UTC().Format("20060102T150405Z")
}

// windowsZones are the names that programs from Microsoft write, of zones that
// people of our communities are in. Source: Unicode CLDR, windowsZones.xml.
var windowsZones = map[string]string{
	"W. Europe Standard Time": "Europe/Berlin", "Central Europe Standard Time": "Europe/Budapest", "Romance Standard Time": "Europe/Paris",
	"Central European Standard Time": "Europe/Warsaw", "GMT Standard Time": "Europe/London", "Greenwich Standard Time": "Atlantic/Reykjavik",
	"E. Europe Standard Time": "Europe/Chisinau", "FLE Standard Time": "Europe/Kyiv", "GTB Standard Time": "Europe/Bucharest",
	"Russian Standard Time": "Europe/Moscow", "Turkey Standard Time": "Europe/Istanbul", "Israel Standard Time": "Asia/Jerusalem",
	"India Standard Time": "Asia/Kolkata", "China Standard Time": "Asia/Shanghai", "Tokyo Standard Time": "Asia/Tokyo",
	"Singapore Standard Time": "Asia/Singapore", "AUS Eastern Standard Time": "Australia/Sydney", "New Zealand Standard Time": "Pacific/Auckland",
	"Eastern Standard Time": "America/New_York", "Central Standard Time": "America/Chicago", "Mountain Standard Time": "America/Denver",
	"Pacific Standard Time": "America/Los_Angeles", "E. South America Standard Time": "America/Sao_Paulo", "South Africa Standard Time": "Africa/Johannesburg",
}

// zones finds zones by the names a calendar gives them.
type zones struct {
	// aliases are IANA names by the names of the calendar's own definitions.
	aliases map[string]string
	// floating is the zone of times that name none, empty for UTC.
	floating string
}

func (c *calendar) zonesOf() *zones {
	z := &zones{aliases: map[string]string{}, floating: c.props.value("X-WR-TIMEZONE")}
	for _, zone := range c.zones {
		if iana := zone.value("X-LIC-LOCATION"); iana != "" {
			z.aliases[zone.value("TZID")] = iana
		}
	}
	return z
}

// find is a zone with its IANA name.
func (z *zones) find(name string) (*time.Location, string, bool) {
	if name == "" || strings.EqualFold(name, "UTC") || name == "Etc/UTC" {
		return time.UTC, "", true
	}
	candidates := []string{name, z.aliases[name], windowsZones[name]}
	// Programs write /their.own.org/20260101_1/Europe/Berlin.
	parts := strings.Split(name, "/")
	for i := 1; i < len(parts) && i <= 4; i++ {
		candidates = append(candidates, strings.Join(parts[i:], "/"))
	}
	candidates = append(candidates, cityZones(name)...)
	for _, candidate := range candidates {
		if loc, ok := zone.Find(candidate); ok {
			return loc, candidate, true
		}
	}
	return nil, "", false
}

// continents are what IANA's names of zones begin with.
var continents = []string{"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"}

// cityZones are the zones that a name such as "(UTC+01:00) Amsterdam, Berlin" may
// mean, which Outlook shows to people and writes at times.
func cityZones(name string) []string {
	_, cities, shown := strings.Cut(name, ") ")
	if !shown || !strings.HasPrefix(name, "(UTC") && !strings.HasPrefix(name, "(GMT") {
		return nil
	}
	var out []string
	for city := range strings.SplitSeq(cities, ",") {
		city = strings.ReplaceAll(strings.TrimSpace(city), " ", "_")
		for _, continent := range continents {
			out = append(out, continent+"/"+city)
		}
	}
	return out
}

// read reads a date or a time as a property says it.
func (z *zones) read(p *property, value string) (instant, error) {
	value = strings.TrimSpace(value)
	if len(value) == len("20060102") {
		at, err := time.Parse("20060102", value)
		if err != nil {
			return instant{}, fmt.Errorf("%q is no day", value)
		}
		return instant{at: at, day: true}, nil
	}
	name := p.param("TZID")
	if name == "" && !strings.HasSuffix(value, "Z") {
		name = z.floating
	}
	loc, zone, known := z.find(name)
	if !known {
		return instant{}, fmt.Errorf("the zone %q is not known", name)
	}
	if utc, cut := strings.CutSuffix(value, "Z"); cut {
		value, loc, zone = utc, time.UTC, ""
	}
	at, err := time.ParseInLocation("20060102T150405", value, loc)
	if err != nil {
		return instant{}, fmt.Errorf("%q is no time", value)
	}
	return instant{at: at, zone: zone}, nil
}
