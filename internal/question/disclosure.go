package question

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// disclosureQuery reads what operators usually tell of things, and who may see the
// records, as far as the viewer may see it.
const disclosureQuery = `query Disclosure {
  levels: confidentialityLevels(orderBy: [{rank: ASC}]) { nodes { key rank } }
  grades: disclosureGrades { nodes { habit level { key } } }
  layers { nodes { key ordinal } }
  factors: disclosureFactors { nodes { key } }
  practices { nodes { key kind disclosure { typically dependsOn opensWhen contentKind } layers { nodes { key } }
    confidentiality { key } audience confidentialityConditions { reason until then } } }
  topics { nodes { key kind disclosure { typically dependsOn opensWhen contentKind } layers { nodes { key } }
    confidentiality { key } audience confidentialityConditions { reason until then } } }
  stories { nodes { key kind confidentiality { key } audience confidentialityConditions { reason until then } } }
}`

// secrecy is what is known about who tells what.
type secrecy struct {
	a *Asker
	// ranks of the levels by key, habits the level that a habit of disclosure means.
	ranks map[string]int64
	// levels are the keys of the levels, the lowest first.
	levels []string
	habits map[string]string
	layers map[string]int64
	factor map[string]bool
	things []thing
}

// thing is a practice, a topic or a story.
type thing struct {
	id         record.ID
	kind       string
	layers     []string
	habit      record.Object
	level      string
	audience   []string
	conditions []record.Object
}

func (a *Asker) readSecrecy(ctx context.Context, c Call) (*secrecy, error) {
	op, err := a.disclosure.Compile(compile.Request{Viewer: c.Guard.Viewer, Now: c.Guard.Now})
	if err != nil {
		return nil, fmt.Errorf("BUG: %w", err)
	}
	answer, err := c.View.Run(ctx, op.Plan)
	if err != nil {
		return nil, err
	}
	s := &secrecy{a: a, ranks: map[string]int64{}, habits: map[string]string{}, layers: map[string]int64{}, factor: map[string]bool{}}
	for _, f := range facts(op, answer, "levels") {
		s.ranks[f.text("key")], _ = f.value("rank").(int64)
		s.levels = append(s.levels, f.text("key"))
	}
	for _, f := range facts(op, answer, "grades") {
		s.habits[f.text("habit")] = f.one("level")
	}
	for _, f := range facts(op, answer, "layers") {
		s.layers[f.text("key")], _ = f.value("ordinal").(int64)
	}
	for _, f := range facts(op, answer, "factors") {
		s.factor[f.text("key")] = true
	}
	for plural, typ := range map[string]string{"practices": "Practice", "topics": "Topic", "stories": "Story"} {
		for _, f := range facts(op, answer, plural) {
			t := thing{
				id: record.ID{Type: typ, Key: f.text("key")}, kind: f.text("kind"), level: f.one("confidentiality"),
				audience: f.texts("audience"), conditions: f.objects("confidentialityConditions"),
			}
			if typ != "Story" {
				t.layers = f.many("layers")
				t.habit, _ = f.value("disclosure").(record.Object)
			}
			s.things = append(s.things, t)
		}
	}
	slices.SortFunc(s.things, func(a, b thing) int { return strings.Compare(a.id.String(), b.id.String()) })
	return s, nil
}

// of is a part of a habit of disclosure.
func (s *secrecy) of(habit record.Object, part string) any {
	if habit == nil {
		return nil
	}
	return habit[s.a.config.Catalog.Object("Disclosure").Field(part).Index]
}

func (s *secrecy) word(habit record.Object, part string) string {
	text, _ := s.of(habit, part).(string)
	return text
}

// dependsOn are the factors a habit depends on that the viewer may see.
func (s *secrecy) dependsOn(habit record.Object) []string {
	list, _ := s.of(habit, "dependsOn").([]any)
	var out []string
	for _, item := range list {
		if key, _ := item.(string); s.factor[key] {
			out = append(out, key)
		}
	}
	return out
}

// disclosures groups what is usually told and kept.
func (a *Asker) disclosures(ctx context.Context, c Call) (any, error) {
	s, err := a.readSecrecy(ctx, c)
	if err != nil {
		return nil, err
	}
	by, _ := c.Args["by"].(string)
	groups := map[string][]thing{}
	for _, t := range s.things {
		if t.habit == nil {
			continue
		}
		for _, key := range s.groupsOf(t, by) {
			groups[key] = append(groups[key], t)
		}
	}
	var items []Item
	for key, members := range groups {
		items = append(items, Item{Place: []any{s.layers[key], key}, Result: s.group(by, key, members)})
	}
	slices.SortFunc(items, func(x, y Item) int { return compare(x.Place, y.Place) })
	return cut(items, c.Paging)
}

// groupsOf are the keys of the groups a thing is in.
func (s *secrecy) groupsOf(t thing, by string) []string {
	switch by {
	case "KIND":
		return []string{t.id.Type + " " + t.kind}
	case "CONTENT":
		return []string{s.word(t.habit, "contentKind")}
	case "HABIT":
		return []string{s.word(t.habit, "typically")}
	case "FACTOR":
		return s.dependsOn(t.habit)
	default:
		return t.layers
	}
}

func (s *secrecy) group(by, key string, members []thing) Result {
	counts := map[string]int64{}
	list := make([]any, 0, len(members))
	for _, t := range members {
		counts[s.word(t.habit, "typically")]++
		counts[s.word(t.habit, "contentKind")]++
		list = append(list, s.member(t))
	}
	out := Result{
		"key": key, "total": int64(len(members)), "public": counts["PUBLIC"], "anonymised": counts["ANONYMISED"], "circle": counts["CIRCLE"],
		"secret": counts["SECRET"], "howTo": counts["HOW_TO"], "experience": counts["EXPERIENCE"], "members": list,
	}
	switch by {
	case "LAYER":
		out["layer"] = record.ID{Type: "Layer", Key: key}
	case "FACTOR":
		out["factor"] = record.ID{Type: "DisclosureFactor", Key: key}
	}
	return out
}

func (s *secrecy) member(t thing) Result {
	factors := []any{}
	for _, key := range s.dependsOn(t.habit) {
		factors = append(factors, record.ID{Type: "DisclosureFactor", Key: key})
	}
	out := Result{
		"typically": s.word(t.habit, "typically"), "contentKind": s.word(t.habit, "contentKind"),
		"dependsOn": factors, "opensWhen": s.of(t.habit, "opensWhen"),
	}
	s.name(out, t)
	return out
}

// name puts the record a result is about where its type has its place.
func (s *secrecy) name(out Result, t thing) {
	out[map[string]string{"Practice": "practice", "Topic": "topic", "Story": "story"}[t.id.Type]] = t.id
}

// openable tells what an audience may hear, at once or after which steps.
func (a *Asker) openable(ctx context.Context, c Call) (any, error) {
	s, err := a.readSecrecy(ctx, c)
	if err != nil {
		return nil, err
	}
	rank, err := s.rank(c.Args["audience"])
	if err != nil {
		return nil, err
	}
	var groups []string
	named, _ := c.Args["groups"].([]any)
	for _, g := range named {
		groups = append(groups, g.(string))
	}
	items := make([]Item, 0, len(s.things))
	for _, t := range s.things {
		steps := s.steps(t, rank, groups)
		result := Result{"discussable": len(steps) == 0, "steps": steps}
		s.name(result, t)
		items = append(items, Item{Place: []any{int64(len(steps)), t.id.String()}, Result: result})
	}
	slices.SortFunc(items, func(x, y Item) int { return compare(x.Place, y.Place) })
	return cut(items, c.Paging)
}

// lowest is the key of the lowest level, empty where there is none.
func (s *secrecy) lowest() string {
	if len(s.levels) == 0 {
		return ""
	}
	return s.levels[0]
}

// rank of the level an audience may hear up to.
func (s *secrecy) rank(audience any) (int64, error) {
	key, given := audience.(string)
	if !given {
		key = s.lowest()
	}
	rank, known := s.ranks[key]
	if !known {
		return 0, fault.New(fault.NotFound, "audience: there is no level %q%s", key, text.DidYouMean(key, s.levels))
	}
	return rank, nil
}

// steps are what has to happen before an audience may hear of a thing.
func (s *secrecy) steps(t thing, rank int64, groups []string) []any {
	steps := []any{}
	if step := s.release(t, rank, groups); step != nil {
		steps = append(steps, step)
	}
	switch habit := s.word(t.habit, "typically"); habit {
	case "ANONYMISED":
		steps = append(steps, Result{"kind": "DROP_ATTRIBUTION", "text": "who said it, and for whom they work, is left out"})
	case "CIRCLE", "SECRET":
		needs, known := s.ranks[s.habits[habit]]
		if known && needs <= rank {
			break
		}
		text := s.of(t.habit, "opensWhen")
		if text == nil {
			text = "nobody has said when it can be told"
		}
		steps = append(steps, Result{"kind": "OPENS_WHEN", "text": text})
	}
	return steps
}

// release is how the record itself comes to the audience: nil when it may see it
// now, at the end of an embargo, or by somebody who lowers its level.
func (s *secrecy) release(t thing, rank int64, groups []string) any {
	meets := len(t.audience) == 0 || slices.ContainsFunc(t.audience, func(g string) bool { return slices.Contains(groups, g) })
	if at, known := s.ranks[t.level]; known && at <= rank && meets {
		return nil
	}
	condition := s.a.config.Catalog.Object("Condition")
	before, known := s.ranks[t.level]
	for _, c := range t.conditions {
		then, _ := c[condition.Field("then").Index].(string)
		after, isLevel := s.ranks[then]
		// What an embargo opens is no longer limited to its audience.
		if isLevel && after <= rank && (meets || (known && after < before)) {
			return Result{"kind": "EMBARGO_ENDS", "on": c[condition.Field("until").Index], "text": c[condition.Field("reason").Index]}
		}
	}
	if !meets {
		return Result{"kind": "AUDIENCE", "text": "it is limited to other groups"}
	}
	return Result{"kind": "LOWER_LEVEL", "text": "somebody who may see it lowers its level"}
}
