package linking

import (
	"iter"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// Type is the type of proposals.
const Type = "LinkProposal"

// most is how many proposals a text gets: one that names everything is about
// nothing.
const most = 6

// fields are the links of a topic and of a story by the type they lead to.
var fields = map[string]map[string]string{
	"Topic": {"Layer": "layers", "Practice": "practices", "Solution": "platforms", "Provider": "platforms", "Template": "templates"},
	"Story": {"Layer": "layers", "Practice": "distilledInto", "Solution": "platform", "Provider": "platform", "Template": "template"},
}

// ends are the links of a proposal by the type they lead to.
var ends = map[string]string{
	"Topic": "topic", "Story": "story", "Layer": "layer", "Practice": "practice",
	"Solution": "platform", "Provider": "platform", "Template": "template",
}

// ToOne reports whether a field of the records of a type leads to one record: a story has
// one platform, a topic several.
func ToOne(typ, field string) bool {
	return typ == "Story" && (field == "platform" || field == "template")
}

// Propose is the proposals for what statements about topics and stories say, each
// said by the same source, under the same class and from the same place as its
// statement. What a statement links itself is not proposed.
func (v *Vocabulary) Propose(say iter.Seq[*record.Statement]) []record.Statement {
	found, about := v.mentions(say)
	var out []record.Statement
	for _, at := range found {
		s, matches := at.by, at.of
		about.weigh(s, matches)
		for _, m := range matches[:min(len(matches), most)] {
			field := fields[s.ID.Type][m.ID.Type]
			if said := s.Links[field]; field != "" && !slices.Contains(said, m.ID) && (len(said) == 0 || !ToOne(s.ID.Type, field)) {
				out = append(out, proposal(s.Source, s.ID, field, m, s.Class, s.Fields["sources"]))
			}
		}
	}
	return out
}

// mention is what a statement mentions.
type mention struct {
	by *record.Statement
	of []Match
}

// mentions are those of the statements, which are not kept where they have none.
func (v *Vocabulary) mentions(say iter.Seq[*record.Statement]) ([]mention, *subjects) {
	var found []mention
	about := newSubjects()
	for s := range say {
		if !Speaks(s.ID.Type) {
			continue
		}
		matches := v.mentionedBy(s)
		about.count(s, matches)
		if len(matches) > 0 {
			found = append(found, mention{s, matches})
		}
	}
	return found, about
}

// Speaks reports whether links are proposed for what is said of records of a type.
func Speaks(typ string) bool { return fields[typ] != nil }

// told are the parts of a story beside its title, with the words for where they stand.
var told = []struct{ field, in string }{{"rootCause", ", in its root cause"}, {"lessons", ", in its lessons"}, {"impact", ", in its impact"}}

// inPart is how much less sure a mention is that does not stand in the title, in
// hundredths.
const inPart = 15

// mentionedBy is what the title of a topic or a story mentions, and what the rest of a
// story does, the surest first.
func (v *Vocabulary) mentionedBy(s *record.Statement) []Match {
	title, _ := s.Fields["title"].(string)
	out := v.Find(title)
	if s.ID.Type != "Story" {
		return out
	}
	have := map[record.ID]bool{}
	for _, m := range out {
		have[m.ID] = true
	}
	for _, part := range told {
		for _, line := range linesOf(s.Fields[part.field]) {
			for _, m := range v.Find(line) {
				if m.Confidence -= inPart; m.Confidence >= leastSure && !have[m.ID] {
					m.Reason += part.in
					have[m.ID], out = true, append(out, m)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Match) int { return b.Confidence - a.Confidence })
	return out
}

// linesOf are the lines of a text, or of a list of texts.
func linesOf(value any) []string {
	switch value := value.(type) {
	case string:
		return strings.Split(value, "\n")
	case []any:
		var out []string
		for _, item := range value {
			out = append(out, linesOf(item)...)
		}
		return out
	}
	return nil
}

// proposal is the statement of one.
func proposal(source string, from record.ID, field string, m Match, class access.Class, sources any) record.Statement {
	words := make([]any, len(m.Words))
	for i, w := range m.Words {
		words[i] = w
	}
	s := record.Statement{
		Source: source, Class: class,
		ID: record.Proposing(from, field, m.ID),
		Fields: map[string]any{
			"field": field, "words": words, "reason": m.Reason, "confidence": int64(m.Confidence),
		},
		Links: map[string][]record.ID{ends[from.Type]: {from}, ends[m.ID.Type]: {m.ID}},
	}
	if first, ok := sources.([]any); ok && len(first) > 0 {
		s.Fields["sources"] = first[:1:1]
	}
	return s
}
