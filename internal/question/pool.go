package question

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/meetup"
	"github.com/open-operations/opsmap/internal/text"
)

// poolQuery reads everything that a plan of meetings is made of, as far as the viewer
// may see it.
const poolQuery = `query Pool {
  levels: confidentialityLevels(orderBy: [{rank: ASC}]) { nodes { key rank } }
  layers(orderBy: [{ordinal: ASC}]) { nodes { key name inScope } }
  series: seriesList { nodes { key curated preparedMax } }
  topics { nodes {
    key title kind status votes audience
    confidentiality { key }
    confidentialityConditions { until then }
    sources { uri path kind }
    layers { nodes { key } }
    practices { nodes { key classic stories { nodes { key } } layers { nodes { key } } } }
    stories { nodes { key sessions { nodes { key speakers { nodes { key } } } } } }
    outcome parent { key }
    raisedBy { key }
    volunteers { nodes { key dates person { key } } }
    platforms { nodes { key organisation { key members { nodes { key } } } } }
  } }
  sessions { nodes { key state meeting { startsAt date zone } topics { nodes { key } } speakers { nodes { key } } } }
  persons { nodes { key } }
}`

// pool is what is known about meetings: the topics that can be talked about, and what
// arguments may name.
type pool struct {
	topics []meetup.Topic
	// ranks of the levels by key; lowest is the key of the first.
	ranks  map[string]int
	lowest string
	levels []string
	// layers by key, in their order; inScope are those a season is about.
	layers, inScope []string
	series          map[string]seriesRule
	program         program
	persons         map[string]bool
}

// seriesRule is how many prepared sessions a curated series may have.
type seriesRule struct {
	curated     bool
	preparedMax int
}

func (a *Asker) readPool(ctx context.Context, c Call) (*pool, error) {
	op, answer, err := a.ask(ctx, c, a.pool)
	if err != nil {
		return nil, err
	}
	p := &pool{ranks: map[string]int{}, series: map[string]seriesRule{}, persons: map[string]bool{}}
	for _, f := range facts(op, answer, "levels") {
		p.ranks[f.text("key")] = f.number("rank")
		p.levels = append(p.levels, f.text("key"))
	}
	if len(p.levels) > 0 {
		p.lowest = p.levels[0]
	}
	for _, f := range facts(op, answer, "layers") {
		p.layers = append(p.layers, f.text("key"))
		if f.flag("inScope") {
			p.inScope = append(p.inScope, f.text("key"))
		}
	}
	for _, f := range facts(op, answer, "series") {
		rule := seriesRule{curated: f.flag("curated"), preparedMax: -1}
		if n, given := f.value("preparedMax").(int64); given && rule.curated {
			rule.preparedMax = int(n)
		}
		p.series[f.text("key")] = rule
	}
	for _, f := range facts(op, answer, "persons") {
		p.persons[f.text("key")] = true
	}
	p.program = programOf(facts(op, answer, "sessions"), c.Guard.Now)
	topics := facts(op, answer, "topics")
	for _, f := range topics {
		if f.text("kind") != "OFF_TOPIC" && f.text("status") != "PARKED" {
			p.topics = append(p.topics, p.topic(f))
		}
	}
	p.followUps(topics)
	return p, nil
}

func (p *pool) topic(f fact) meetup.Topic {
	t := meetup.Topic{
		Key: f.text("key"), Title: f.text("title"), Kind: f.text("kind"), Votes: f.number("votes"), Layers: f.many("layers"),
		Raised: raised(f), Said: p.said(f),
	}
	practices := f.linked("practices")
	t.Classic = len(practices) > 0
	t.Stories = f.many("stories")
	onPractices := []string{}
	for _, practice := range practices {
		onPractices = append(onPractices, practice.many("layers")...)
		t.Classic = t.Classic && practice.flag("classic")
		t.Stories = append(t.Stories, practice.many("stories")...)
	}
	slices.Sort(t.Stories)
	t.Stories = slices.Compact(t.Stories)
	if len(t.Layers) == 0 {
		slices.Sort(onPractices)
		t.Layers = slices.Compact(onPractices)
	}
	t.Held, t.HeldOn, t.Planned = p.program.held[t.Key], p.program.heldOn[t.Key], p.program.planned[t.Key]
	if f.text("status") == "COVERED" && t.Held == 0 {
		t.Held = 1
	}
	for _, v := range f.linked("volunteers") {
		person := v.one("person")
		t.Volunteers = append(t.Volunteers, meetup.Volunteer{Person: person, Dates: v.texts("dates"), Busy: p.program.busy(person, t.Key)})
	}
	t.Candidates = candidates(f, t.Volunteers)
	return t
}

// raised counts the minutes and issues that a topic comes from.
func raised(f fact) int {
	seen := map[string]bool{}
	for _, s := range f.objects("sources") {
		kind, _ := s[4].(string)
		path, _ := s[1].(string)
		if kind == "MINUTES" || kind == "ISSUE" {
			seen[s[0].(string)+" "+path] = true
		}
	}
	return len(seen)
}

// said is what may be said of a topic when: its level now, and what its conditions
// make of that.
func (p *pool) said(f fact) []meetup.Step {
	level := f.one("confidentiality")
	steps := []meetup.Step{{Level: level, Rank: p.ranks[level], Limited: len(f.texts("audience")) > 0}}
	for _, c := range f.objects("confidentialityConditions") {
		until, then := c[1].(string), c[2].(string)
		at, err := time.Parse(time.RFC3339, until)
		if err != nil {
			continue
		}
		// A day begins before most meetings do: what opens at noon is said the day after.
		day := at.UTC()
		if !day.Truncate(24 * time.Hour).Equal(day) {
			day = day.AddDate(0, 0, 1)
		}
		steps = append(steps, meetup.Step{From: day.Format(time.DateOnly), Level: then, Rank: p.ranks[then]})
	}
	slices.SortStableFunc(steps[1:], func(a, b meetup.Step) int { return cmp.Compare(a.From, b.From) })
	return steps
}

// candidates are those who might speak about a topic, each for the best reason.
func candidates(f fact, volunteers []meetup.Volunteer) []meetup.Candidate {
	var out []meetup.Candidate
	seen := map[string]bool{}
	add := func(because meetup.Because, persons ...string) {
		slices.Sort(persons)
		for _, person := range persons {
			if person != "" && !seen[person] {
				seen[person] = true
				out = append(out, meetup.Candidate{Person: person, Because: because})
			}
		}
	}
	var volunteered, told, run []string
	for _, v := range volunteers {
		volunteered = append(volunteered, v.Person)
	}
	for _, story := range f.linked("stories") {
		for _, session := range story.linked("sessions") {
			told = append(told, session.many("speakers")...)
		}
	}
	for _, platform := range f.linked("platforms") {
		if organisation := platform.oneFact("organisation"); organisation != nil {
			run = append(run, organisation.many("members")...)
		}
	}
	add(meetup.Volunteered, volunteered...)
	add(meetup.ToldStory, told...)
	add(meetup.RaisedIt, f.one("raisedBy"))
	add(meetup.RunsPlatform, run...)
	return out
}

// rank of the level an argument names.
func (p *pool) rank(value any, argument string) (int, error) {
	key, given := value.(string)
	if !given {
		key = p.lowest
	}
	rank, known := p.ranks[key]
	if !known {
		return 0, fault.New(fault.NotFound, "%s: there is no level %q%s", argument, key, text.DidYouMean(key, p.levels))
	}
	return rank, nil
}

// layer checks the key of a layer.
func (p *pool) layer(key, argument string) error {
	if !slices.Contains(p.layers, key) {
		return fault.New(fault.NotFound, "%s: there is no layer %q that you may see; there are %s", argument, key, strings.Join(p.layers, ", "))
	}
	return nil
}
