package question

import (
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// subject is what a table of coverage counts.
type subject struct {
	typ        string
	dimensions map[string]dimension
}

func (s *subject) words() []string { return slices.Sorted(maps.Keys(s.dimensions)) }

// dimension is what a subject is counted by: the words of an enum, or the records
// at the end of a path.
type dimension struct {
	// field of the subject that holds a word.
	field string
	// hops lead to the records: names of links, several where a hop goes over any of
	// them.
	hops [][]string
	// typ of the records, empty for words; member is the field of CoverageValue that
	// has them, order what they are ordered by.
	typ, member string
	order       []string
}

func word(field string) dimension { return dimension{field: field} }

// leading to records of a type over some hops.
func leading(to dimension, hops ...[]string) dimension {
	to.hops = hops
	return to
}

// over any of some links.
func over(links ...string) []string { return links }

// The records that things are counted by. Layers go from the lowest to the highest.
var (
	toLayers    = dimension{typ: "Layer", member: "layer", order: []string{"ordinal", "key"}}
	toTopics    = dimension{typ: "Topic", member: "topic", order: []string{"key"}}
	toPractices = dimension{typ: "Practice", member: "practice", order: []string{"key"}}
	toPlatforms = dimension{typ: "Platform", member: "platform", order: []string{"key"}}
)

// subjects by the words of CoverageSubject. What a session is about is what its
// topics and its story are about; a practice is on the platforms on which it is
// implemented.
var subjects = map[string]subject{
	"TOPICS": {"Topic", map[string]dimension{
		"LAYERS": leading(toLayers, over("layers")), "PRACTICES": leading(toPractices, over("practices")),
		"PLATFORMS": leading(toPlatforms, over("platforms")), "KIND": word("kind"), "STATUS": word("status"),
	}},
	"PRACTICES": {"Practice", map[string]dimension{
		"LAYERS": leading(toLayers, over("layers")), "TOPICS": leading(toTopics, over("topics")),
		"PLATFORMS": leading(toPlatforms, over("implementations"), over("platform")),
		"KIND":      word("kind"), "STATUS": word("status"), "ACTOR": word("actor"), "AUTOMATION": word("automation"), "SCOPE": word("scope"),
	}},
	"STORIES": {"Story", map[string]dimension{
		"LAYERS": leading(toLayers, over("layers")), "TOPICS": leading(toTopics, over("topics")),
		"PRACTICES": leading(toPractices, over("distilledInto")), "PLATFORMS": leading(toPlatforms, over("platform")),
		"KIND": word("kind"), "OUTCOME": word("outcome"),
	}},
	"SESSIONS": {"Session", map[string]dimension{
		"TOPICS": leading(toTopics, over("topics")), "LAYERS": leading(toLayers, over("topics", "story"), over("layers")),
		"PRACTICES": leading(toPractices, over("topics", "story"), over("practices", "distilledInto")),
		"PLATFORMS": leading(toPlatforms, over("topics", "story"), over("platforms", "platform")),
		"FORMAT":    word("format"), "STATE": word("state"),
	}},
}

// key of a grouping by the dimension.
func (d *dimension) key(of *schema.Type, guard *plan.Guard) plan.GroupKey {
	if d.typ == "" {
		return plan.GroupKey{Field: of.Field(d.field)}
	}
	out := plan.GroupKey{Guard: guard}
	at := []*schema.Type{of}
	for _, names := range d.hops {
		var hop plan.Hop
		var next []*schema.Type
		for _, t := range at {
			for _, name := range names {
				if l := t.Link(name); l != nil {
					hop, next = append(hop, l), append(next, l.Target)
				}
			}
		}
		out.Path, at = append(out.Path, hop), next
	}
	return out
}
