package issues

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
	"github.com/open-operations/opsmap/loader/mapping"
	"github.com/open-operations/opsmap/loader/naming"
	"github.com/open-operations/opsmap/schema"
)

// meaning is what the labels of an issue say together.
type meaning struct {
	layers       []record.ID
	kind, status string
	// atom is the strictest level, one without a key for none.
	atom access.Atom
	skip bool
}

var (
	aboutLayer = regexp.MustCompile(`(?i)^(?:layer|area)[:/ ]\s*`)
	aboutLevel = regexp.MustCompile(`(?i)^(?:tlp|level|confidentiality)[:/ ]\s*`)
)

// usualKinds are labels that mean a kind without a mapping, as slugs.
var usualKinds = map[string]string{
	"question": "QUESTION", "recurring": "RECURRING_ISSUE", "recurring-issue": "RECURRING_ISSUE", "recurring-problem": "RECURRING_ISSUE",
	"story": "STORY_OFFER", "war-story": "STORY_OFFER", "story-offer": "STORY_OFFER", "talk": "STORY_OFFER",
	"off-topic": "OFF_TOPIC", "offtopic": "OFF_TOPIC",
}

// labels read labels by the rules of a mapping, and by what they say themselves
// where it says nothing.
type labels struct {
	rules  mapping.Issues
	ladder access.Ladder
	known  map[record.ID]bool
	// catalog is the model.
	catalog *schema.Catalog
	// called gives what forms may name beside keys; nil where there is no store.
	called func() (*naming.Index, error)
	// guesses is how often somebody was told what they may have meant.
	guesses int
}

// read is the meaning of the labels of an issue. A problem is a level that is none.
func (l *labels) read(i *issue) (meaning, *loader.Problem) {
	var m meaning
	for _, name := range i.labels {
		if p := l.noLayer(i, name); p != nil {
			return m, p
		}
		if !l.byRules(&m, name) {
			if p := l.byItself(&m, name); p != nil {
				return m, p
			}
		}
	}
	if level := l.ladder.WithoutAudience(m.atom); level != "" {
		return m, &loader.Problem{
			Message: fmt.Sprintf("%s is %s by its labels, and names no audience", i.name(), level),
			Hint:    "right is a mapping with issues: labels: that gives the label a level and an audience",
		}
	}
	return m, nil
}

// noLayer is the problem that a rule gives a label a layer that is not on the map.
func (l *labels) noLayer(i *issue, name string) *loader.Problem {
	for r := range slices.Values(l.rules.Labels) {
		if r.Layer == "" || !r.Fits(name) || l.known[record.ID{Type: "Layer", Key: r.Layer}] {
			continue
		}
		var keys []string
		for id := range l.known {
			if id.Type == "Layer" {
				keys = append(keys, id.Key)
			}
		}
		slices.Sort(keys)
		return &loader.Problem{
			Message: fmt.Sprintf("the mapping gives the label %q of %s the layer %q, and there is no such layer", name, i.name(), r.Layer),
			Hint:    "right is one of " + strings.Join(keys, ", "),
		}
	}
	return nil
}

// byRules says what the mapping says of a label, and whether it says anything.
func (l *labels) byRules(m *meaning, name string) bool {
	spoken := false
	for r := range slices.Values(l.rules.Labels) {
		if !r.Fits(name) {
			continue
		}
		spoken = true
		m.skip = m.skip || r.Skip
		m.layer(r.Layer)
		if m.kind == "" {
			m.kind = r.Kind
		}
		if m.status == "" {
			m.status = r.Status
		}
		if r.Level != "" {
			l.raise(m, access.Atom{Level: r.Level, Audience: r.Audience})
		}
	}
	return spoken
}

// byItself says what a label says without a mapping: the key of a layer, a level,
// a kind.
func (l *labels) byItself(m *meaning, name string) *loader.Problem {
	if at := aboutLevel.FindStringIndex(name); at != nil {
		level := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name[at[1]:])), "+", "-")
		if _, known := l.ladder.Level(level); !known {
			return &loader.Problem{Message: fmt.Sprintf("the label %q names no level", name), Hint: "right is one of " + strings.Join(l.ladder.Keys(), ", ")}
		}
		l.raise(m, access.Atom{Level: level})
		return nil
	}
	slug := identity.Slug(aboutLayer.ReplaceAllString(name, ""))
	if l.known[record.ID{Type: "Layer", Key: slug}] {
		m.layer(slug)
	}
	if kind := usualKinds[identity.Slug(name)]; kind != "" && m.kind == "" {
		m.kind = kind
	}
	return nil
}

func (m *meaning) layer(key string) {
	if id := (record.ID{Type: "Layer", Key: key}); key != "" && !slices.Contains(m.layers, id) {
		m.layers = append(m.layers, id)
	}
}

// raise keeps the stricter of two levels.
func (l *labels) raise(m *meaning, a access.Atom) {
	have, _ := l.ladder.Rank(m.atom.Level)
	if rank, _ := l.ladder.Rank(a.Level); m.atom.Level == "" || rank > have {
		m.atom = a
	}
}

// votes are what reactions add up to.
func (l *labels) votes(i *issue) int {
	worth := l.rules.Reactions
	if len(worth) == 0 {
		worth = map[string]int{"+1": 1, "-1": -1}
	}
	sum := 0
	for name, n := range i.reactions {
		sum += worth[name] * n
	}
	return sum
}
