package enginetest

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// matter is what one question of the domain is about: names that fit together, as
// somebody would ask who knows the map. An empty one is left to chance.
type matter struct {
	practice, capability string
	from, to             string
	// dates of a season, each once; slot is the number of the next slot in it.
	dates []string
	slot  int
}

// ahead are days that lie after every clock, so that a season can be planned for them.
var ahead = []string{"2026-08-04", "2026-08-15", "2026-09-01", "2026-10-06", "9999-12-31"}

// someMatter is what some fact that the asker sees is about.
func (v *inventor) someMatter() matter {
	var m matter
	if note := v.someSeen("PortabilityNote"); note != nil {
		m.practice, m.from, m.to = v.end(note, "practice"), v.end(note, "from"), v.end(note, "to")
	}
	if offer := v.someSeen("Offer"); offer != nil {
		m.capability = v.end(offer, "capability")
		if m.to == "" {
			m.to = v.end(offer, "platform")
		}
	}
	if implementation := v.someSeen("Implementation"); implementation != nil && (m.practice == "" || v.values.IntN(12) == 0) {
		m.practice, m.from = v.end(implementation, "practice"), v.end(implementation, "platform")
	}
	m.dates = slices.Clone(ahead)
	v.values.Shuffle(len(m.dates), func(i, j int) { m.dates[i], m.dates[j] = m.dates[j], m.dates[i] })
	m.dates = m.dates[:1+v.values.IntN(3)]
	return m
}

// someSeen is a record of a type that the asker sees, nil where there is none.
func (v *inventor) someSeen(typeName string) *entry {
	var found []*entry
	s := v.seer()
	for _, id := range slices.SortedFunc(maps.Keys(s.entries), byID) {
		if id.Type == typeName {
			found = append(found, s.entries[id])
		}
	}
	if len(found) == 0 {
		return nil
	}
	return found[v.values.IntN(len(found))]
}

// end is the key of what a link of a record leads to, empty for nothing.
func (v *inventor) end(e *entry, link string) string {
	for _, t := range e.ties {
		if t.field == link {
			return t.to.Key
		}
	}
	return ""
}

// seer is what the asker sees; everything, where nobody is known to ask.
func (v *inventor) seer() *sight {
	if v.sees == nil {
		v.sees = v.sightOf(all, noon)
	}
	return v.sees
}

// about is the name that fits the matter, else any.
func (v *inventor) about(name string, other func() string) string {
	if name == "" || v.values.IntN(8) == 0 {
		return other()
	}
	return name
}

// season is what a plan of meetings is asked for: dates of the matter, and now and
// then what stands already.
func (v *inventor) season(at string) *value {
	out := object()
	for _, f := range v.catalog.Served.Types["MeetupPlanInput"].Fields {
		if f.Name == "dates" {
			dates := list()
			for _, day := range v.matter.dates {
				dates.list = append(dates.list, scalar(day))
			}
			out.members = append(out.members, member{f.Name, dates.as(v.variable("[Date!]!"), false)})
		} else if v.chance(4) {
			out.members = append(out.members, member{f.Name, v.input(at+"."+f.Name, f.Type)})
		}
	}
	return out
}

// slotDate is the date of the next slot: each on a date of its own, as far as there are dates.
func (v *inventor) slotDate() string {
	v.matter.slot++
	return v.matter.dates[v.matter.slot%len(v.matter.dates)]
}

// someEnds are the ids of two records, mostly ones that the asker sees a way between.
func (v *inventor) someEnds() (from, to string) {
	ways, s := map[record.ID][]record.ID{}, v.seer()
	for _, id := range slices.SortedFunc(maps.Keys(s.entries), byID) {
		for _, t := range s.entries[id].ties {
			ways[id] = append(ways[id], t.to)
			ways[t.to] = append(ways[t.to], id)
		}
	}
	tied := slices.SortedFunc(maps.Keys(ways), byID)
	if len(tied) == 0 || v.values.IntN(5) == 0 {
		return v.someAnyID(), v.someAnyID()
	}
	start := tied[v.values.IntN(len(tied))]
	end := start
	for range 1 + min(v.values.IntN(3), v.values.IntN(3)) {
		next := ways[end]
		end = next[v.values.IntN(len(next))]
	}
	if end == start {
		// There is no way from a record to itself.
		end = ways[start][v.values.IntN(len(ways[start]))]
	}
	return start.String(), end.String()
}

// rare reports whether an argument that may be left out mostly is: what cuts an answer
// down until nothing is left of it.
func (v *inventor) rare(name, typeName string) bool {
	switch {
	case name == "after" || name == "before":
		return !v.chance(10)
	case name == "assume":
		return !v.chance(3)
	case name == "atMost":
		return v.chance(4)
	case name == "reasonKinds" || name == "actor" || strings.HasSuffix(typeName, "Where"):
		return !v.chance(4)
	default:
		return !v.chance(2)
	}
}

// keysSeen are the keys of the records of a type that the asker sees.
func (v *inventor) keysSeen(t *schema.Type) []string {
	var keys []string
	for id, e := range v.seer().entries {
		if isA(e.typ, t) {
			keys = append(keys, id.Key)
		}
	}
	return keys
}
