package enginetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// House makes maps with meetings under the Chatham House Rule, and of each a twin in
// which others said it: whoever links of attribution name is another person or
// organisation, or nobody, who was there and who voted is somebody else, and what was
// said is written down at other hours of the day and in another order. Whoever may
// not know who said something is told the same by both, byte for byte:
//
//	answer(Q, viewer, map) = answer(Q, viewer, twin)
//
// The same questions by who sees everything have to tell the twins apart now and
// then, or nothing was asked.
func House(t *testing.T, open Open, o Options) {
	o = o.withDefaults(t)
	t.Logf("OPSMAP_SEED=%d %+v", o.Seed, o)
	asked, differ := 0, 0
	for n := range o.Worlds {
		p := newTwins(t, o, n, twinsOf{ruled: true, who: true})
		if p == nil {
			continue
		}
		questions := p.questions(o.Operations)
		got, want := p.answers(open, p.world, questions), p.answers(open, p.twin, questions)
		for i, q := range questions {
			if q.viewer.AllSeeing {
				if got[i] != want[i] {
					differ++
				}
				continue
			}
			asked++
			if got[i] != want[i] {
				t.Fatalf("who said it shows: %+v at %s is told\n%s\nand of the twin\n%s\nwhen asked\n%s%s\nthe map\n%s\nthe twin\n%s", q.viewer, q.now.Format(time.RFC3339),
					got[i], want[i], q.query, q.variables, formatWorld(p.oracle.catalog, p.world), formatWorld(p.oracle.catalog, p.twin))
			}
		}
	}
	t.Logf("%d questions by who may not know; %d told the twins apart where everything is seen", asked, differ)
	if asked < o.Worlds*min(10, o.Operations/2) || differ*20 < asked {
		t.Errorf("%d questions, of which %d would tell: too few to mean anything", asked, differ)
	}
}

// HouseBites plants faults and wants each found by the difference between twins.
func HouseBites(t *testing.T, open Open, o Options) {
	o = o.withDefaults(t)
	plants := housePlantings()
	for _, name := range keysOf(plants) {
		found := false
		for n := 0; n < 40 && !found; n++ {
			p := newTwins(t, o, n, twinsOf{ruled: plants[name] != nil, who: name != "the rule for hours"})
			if p == nil {
				continue
			}
			spoilt := open
			if plant := plants[name]; plant != nil {
				spoilt = func(t testing.TB) engine.Engine {
					return &wrapped{open(t), func(v engine.View) engine.View { return &faultyView{View: v, fault: plant} }}
				}
			}
			questions := slices.DeleteFunc(p.questions(o.Operations), func(q question) bool { return q.viewer.AllSeeing })
			found = !slices.Equal(p.answers(spoilt, p.world, questions), p.answers(spoilt, p.twin, questions))
		}
		if !found {
			t.Errorf("%s: twins do not show it", name)
		}
	}
}

// housePlantings are the faults, by what lost its guard; without a view it is the
// rule that does not hold.
func housePlantings() map[string]spoiling {
	tells := func(l *schema.Link) bool { return l.Relation.Attribution != nil }
	link := func(many, inverse bool) spoiling {
		return within(func(l *schema.Link, set, open *plan.Set) *plan.Set {
			if tells(l) && l.Many == many && l.Inverse == inverse {
				return open
			}
			return set
		})
	}
	return map[string]spoiling{
		"the rule": nil, "the rule for hours": nil, "a list of facts": scanned, "a look-up": lookedUp, "a search": searched, "groups": grouped, "an order": ordered,
		"who": link(false, false), "those who were there": link(true, false), "what somebody said": link(true, true),
		"how much somebody said": within(func(l *schema.Link, set, open *plan.Set) *plan.Set {
			if tells(l) {
				set.Total = open.Total
			}
			return set
		}),
		"a filter": filtered(func(e plan.Expr) bool {
			l, is := e.(plan.Linked)
			return is && tells(l.Link)
		}),
		"a filter by a count": filtered(func(e plan.Expr) bool {
			l, is := e.(plan.LinkCount)
			return is && tells(l.Link)
		}),
	}
}

// twins are a map and the other one.
type twins struct {
	*round
	world, twin []*record.Changeset
}

// twinsOf is what twins are like: the rule holds at most meetings, or at none; others
// said it, or they said it at other hours only.
type twinsOf struct{ ruled, who bool }

// newTwins makes the n-th pair, nil where chance made no map.
func newTwins(t *testing.T, o Options, n int, of twinsOf) *twins {
	t.Helper()
	p := &twins{round: newRound(t, o, n+2_000_000)}
	base := p.maker.changeset()
	for i := range base.Say {
		if s := &base.Say[i]; p.oracle.catalog.Type(s.ID.Type).Field("chathamHouse") != nil {
			s.Fields["chathamHouse"] = p.chance.IntN(4) > 0
		}
	}
	model := newOracle(p.oracle.catalog)
	if _, err := model.apply(base); err != nil {
		return nil
	}
	later := model.movable()
	p.world = p.spread(base, later)
	other := base
	if of.who {
		other = p.others(base, model)
	}
	p.twin = p.spread(other, later)
	if !of.ruled {
		for _, w := range [][]*record.Changeset{p.world, p.twin} {
			unrule(w)
		}
	}
	for _, c := range p.world {
		if _, err := p.oracle.apply(c); err != nil {
			t.Fatalf("%s: %v in\n%s", c.ID, err, formatWorld(p.oracle.catalog, p.world))
		}
	}
	return p
}

func unrule(world []*record.Changeset) {
	for _, c := range world {
		for i := range c.Say {
			delete(c.Say[i].Fields, "chathamHouse")
		}
	}
}

// spokenIDs are the records of which there are statements, in order.
func (o *oracle) spokenIDs() []record.ID {
	var out []record.ID
	for at := range o.said {
		out = append(out, at.ID)
	}
	slices.SortFunc(out, byID)
	return slices.Compact(out)
}

// movable is what was said under the rule and might have been written down at another
// hour. What others hang on is not: they come when it does.
func (o *oracle) movable() []record.ID {
	held := map[record.ID]bool{}
	for at, u := range o.said {
		for name, targets := range u.Links {
			for _, to := range targets {
				held[to] = held[to] || o.catalog.Type(at.ID.Type).Link(name).Binding
			}
		}
	}
	var out []record.ID
	for _, id := range o.spokenIDs() {
		if e := o.entries[id]; e != nil && e.blurred && !held[id] {
			out = append(out, id)
		}
	}
	return out
}

// spread says some of a map later on the same day, in an order by chance.
func (p *twins) spread(base *record.Changeset, later []record.ID) []*record.Changeset {
	first := &record.Changeset{ID: "c1", Actor: "tester", At: base.At}
	forget := &record.Changeset{ID: "forget", Actor: "tester", At: base.At.Add(9 * time.Hour), Replace: []string{"names"}}
	world := []*record.Changeset{first}
	hours := p.chance.Perm(8)[:4]
	slices.Sort(hours)
	for i, hour := range hours {
		world = append(world, &record.Changeset{ID: fmt.Sprintf("c%d", i+2), Actor: "tester", At: base.At.Add(time.Duration(hour+1) * time.Hour)})
	}
	at := map[record.ID]int{}
	for _, id := range later {
		at[id] = 1 + p.chance.IntN(4)
		first.Say = append(first.Say, record.Statement{Source: "names", ID: id, Fields: map[string]any{}, Links: map[string][]record.ID{}})
	}
	for _, s := range base.Say {
		c := world[at[s.ID]]
		c.Say = append(c.Say, s)
	}
	return append(world, forget)
}

// others is a map in which others said what was said under the rule.
func (p *twins) others(base *record.Changeset, model *oracle) *record.Changeset {
	out := *base
	out.Say = nil
	all := model.spokenIDs()
	for _, s := range base.Say {
		e := model.entries[s.ID]
		links := map[string][]record.ID{}
		for name, targets := range s.Links {
			links[name] = targets
			if l := p.oracle.catalog.Type(s.ID.Type).Link(name); e != nil && e.underRule(name) {
				links[name] = p.somebodyElse(l, targets, all)
			}
		}
		s.Links = links
		out.Say = append(out.Say, s)
	}
	return &out
}

// underRule reports whether a link of an entry is for those who were there.
func (e *entry) underRule(field string) bool {
	return slices.ContainsFunc(e.ties, func(t tie) bool { return t.field == field && len(t.present) > 0 })
}

// somebodyElse takes the place of those who are named: another one, the same, or
// nobody.
func (p *twins) somebodyElse(l *schema.Link, named, all []record.ID) []record.ID {
	fit := slices.DeleteFunc(slices.Clone(all), func(id record.ID) bool { return !isA(p.oracle.catalog.Type(id.Type), l.Target) })
	out := []record.ID{}
	for range max(1, len(named)) {
		switch n := p.chance.IntN(4); {
		case n == 0 || len(fit) == 0:
		case n == 1 && len(named) > 0:
			out = append(out, named[p.chance.IntN(len(named))])
		default:
			out = append(out, fit[p.chance.IntN(len(fit))])
		}
	}
	if !l.Many {
		return out[:min(1, len(out))]
	}
	return out
}

// questions are half about who said something, half about anything, where each may have
// a form of its own; each is asked by
// who sees everything too, which is how we know that it would tell.
func (p *twins) questions(n int) []question {
	var out []question
	if p.options.Forms > 0 {
		n *= 4
	}
	for i := range n {
		by := p.asker()
		for by.viewer.AllSeeing {
			by = p.asker()
		}
		q := question{viewer: by.viewer, now: by.now}
		switch forms := p.options.Forms; {
		case forms > 0:
			q.query, q.variables = p.pointed(i%forms, by)
		case i%2 == 0:
			q.query, q.variables = p.pointed(i/2, by)
		default:
			q, _ = p.invent(inventor{}, by)
		}
		everything := q
		everything.viewer = all
		out = append(out, q, everything)
	}
	return out
}

// answers asks a map everything.
func (p *twins) answers(open Open, world []*record.Changeset, questions []question) []string {
	s := openStore(p.t, open)
	s.load(world)
	out := make([]string, len(questions))
	for i, q := range questions {
		out[i] = s.ask(q)
	}
	return out
}

// pointed is a question about who said something: each of the forms in its turn,
// about somebody and something by chance.
func (p *twins) pointed(n int, by *sight) (query, variables string) {
	v := inventor{form: p.chance, values: p.chance, oracle: p.oracle, sees: by}
	key := func(typ string) string { return jsonText(v.someKey(p.oracle.catalog.Type(typ))) }
	id := func(types ...string) string {
		typ := types[p.chance.IntN(len(types))]
		return jsonText(typ + ":" + v.someKey(p.oracle.catalog.Type(typ)))
	}
	form := pointedForms[n%len(pointedForms)]
	values := map[string]string{
		"$person": key("Person"), "$organisation": key("Organisation"), "$meeting": key("Meeting"), "$topic": key("Topic"), "$session": key("Session"),
		"$who": id("Person", "Organisation"), "$what": id("Topic", "Meeting", "Session", "ActionItem"), "$fact": id("Ballot", "Attendance"),
	}
	var declared, given []string
	for _, name := range keysOf(values) {
		if strings.Contains(form, name) {
			typ := "String!"
			if slices.Contains([]string{"$who", "$what", "$fact"}, name) {
				typ = "ID!"
			}
			declared = append(declared, name+": "+typ)
			given = append(given, jsonText(name[1:])+": "+values[name])
		}
	}
	query = form
	if len(declared) > 0 {
		query = "query(" + strings.Join(declared, ", ") + ") " + form
	}
	return query, "{" + strings.Join(given, ", ") + "}"
}

func keysOf[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
