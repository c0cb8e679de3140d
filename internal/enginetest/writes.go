package enginetest

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/record"
)

// Writes makes maps by chance and lets people write by chance. Two things have to
// hold: what a mutation answers is what it answers on the share of the map that its
// writer sees, mistakes included,
//
//	answer(M, viewer, map) = answer(M, viewer, map without what viewer may not see)
//
// and what it wrote comes to the map that the oracle makes of the same changeset, for
// everybody who asks then.
func Writes(t *testing.T, open Open, o Options) {
	o = o.withDefaults(t)
	t.Logf("OPSMAP_SEED=%d %+v", o.Seed, o)
	did := map[bool]int{}
	for n := range o.Worlds {
		r := newRound(t, o, n)
		kept := &keeping{}
		s := openStore(t, func(t testing.TB) engine.Engine {
			kept.Engine = open(t)
			return kept
		})
		for range 2 {
			c := r.maker.changeset()
			_, got := s.apply(c)
			if _, want := r.oracle.apply(c); (got == nil) != (want == nil) {
				t.Fatalf("%s: %v, want %v", c.ID, got, want)
			}
		}
		for i := range o.Changesets {
			did[r.write(s, kept, open, i)]++
		}
	}
	t.Logf("%d mutations were done, %d refused", did[true], did[false])
	if did[true] < o.Worlds || did[false] < o.Worlds {
		t.Errorf("%d mutations were done and %d refused: too few to mean anything", did[true], did[false])
	}
}

// keeping is an engine that keeps the last changeset it was given to write.
type keeping struct {
	engine.Engine
	last *record.Changeset
}

func (k *keeping) Apply(ctx context.Context, c *record.Changeset) (record.Outcome, error) {
	if !c.DryRun {
		kept := *c
		k.last = &kept
	}
	return k.Engine.Apply(ctx, c)
}

// write lets somebody write, on the map and on their share of it, and asks a few
// others what they see then. It reports whether anything was done.
func (r *round) write(s *store, kept *keeping, open Open, number int) bool {
	by := r.asker()
	by.viewer.Role, by.viewer.Token, by.viewer.Person = access.Curator, "t", r.key("Person")
	q := r.mutation(number)
	q.viewer, q.now = by.viewer, by.now
	part := openStore(r.t, open)
	part.load(r.oracle.without(r.oracle.sightOf(q.viewer, q.now)))
	kept.last = nil
	got, want := s.ask(q), part.ask(q)
	if got != want {
		r.t.Fatalf("a leak: %+v writes %s %s\nand is told\n%s\non their share\n%s", q.viewer, q.query, q.variables, got, want)
	}
	if kept.last == nil {
		return false
	}
	if _, err := r.oracle.apply(kept.last); err != nil {
		r.t.Fatalf("%s %s was done, and the oracle says %v", q.query, q.variables, err)
	}
	for range r.options.Operations {
		asked, _ := r.invent(inventor{naive: true}, r.asker())
		if got, want := s.ask(asked), r.oracle.ask(asked); got != want {
			r.t.Fatalf("after %s %s by %+v\n%s %s by %+v gives\n%s\nwant\n%s", q.query, q.variables, q.viewer, asked.query, asked.variables, asked.viewer, got, want)
		}
	}
	return true
}

// key of some record of a type, or of none.
func (r *round) key(typ string) string {
	keys := r.maker.keys[typ]
	if len(keys) == 0 || r.chance.IntN(8) == 0 {
		return "nothing"
	}
	return keys[r.chance.IntN(len(keys))]
}

// id of some record of a type, hidden or not, of none, or of another type.
func (r *round) id(types ...string) string {
	typ := types[r.chance.IntN(len(types))]
	if r.chance.IntN(12) == 0 {
		return "Layer:" + r.key(typ)
	}
	return typ + ":" + r.key(typ)
}

func (r *round) ids(types ...string) []string {
	out := []string{}
	for range r.chance.IntN(3) {
		out = append(out, r.id(types...))
	}
	return out
}

func oneOf(chance *rand.Rand, words ...string) string { return words[chance.IntN(len(words))] }

// invented are mutations with their inputs made by chance; what is told of a version or
// of a time is left out, as a share has others.
func (r *round) invented() (name, payload string, in map[string]any) {
	topic := `topic { key title votes ballots { totalCount } practices { totalCount } volunteers { totalCount } confidentiality { key } audience }`
	switch r.chance.IntN(15) {
	case 0, 1:
		return "vote", topic + ` ballot { key person { name } confidentiality { key } }`, map[string]any{"topic": r.id("Topic")}
	case 2:
		return "withdrawVote", topic, map[string]any{"topic": r.id("Topic"), "person": r.id("Person")}
	case 3:
		return "proposeTopic", topic, map[string]any{"title": "T", "layers": r.ids("Layer"), "practices": r.ids("Practice"), "raisedIn": r.id("Meeting")}
	case 4:
		return "linkTopic", topic + ` practice { key }`, map[string]any{"topic": r.id("Topic"), "practice": r.id("Practice")}
	case 5:
		return "volunteer", topic + ` volunteer { dates person { key } }`, map[string]any{"topic": r.id("Topic"), "dates": []string{"2027-01-01"}}
	case 6:
		platforms := []string{"Solution", "Provider", "Platform"}
		return "recordNote", `note { verdict practice { key } from { key } to { key } confidentiality { key } audience }`, map[string]any{
			"practice": r.id("Practice"), "from": r.id(platforms...), "to": r.id(platforms...), "verdict": "ADAPT", "reasons": []any{map[string]any{"kind": "WORKFLOW", "text": "x"}},
		}
	case 7:
		return "confirm", `note { verdict confirmations { totalCount } } confirmation { person { key } }`, map[string]any{"note": r.id("PortabilityNote"), "person": r.id("Person")}
	case 8:
		typ := oneOf(r.chance, "Topic", "Practice", "Meeting", "Person", "Story", "Layer")
		in := map[string]any{"id": r.id(typ), "level": oneOf(r.chance, "clear", "green", "amber", "amber-strict", "red")}
		if r.chance.IntN(3) == 0 {
			in["audience"] = []string{oneOf(r.chance, "csirt", "ops", "board")}
		}
		return "setLevel", `record { id confidentiality { key } audience }`, in
	case 9:
		return "createSession", `session { title meeting { key } topics { totalCount } speakers { totalCount } confidentiality { key } }`, map[string]any{
			"title": "S", "format": "TALK", "meeting": r.id("Meeting"), "topics": r.ids("Topic"), "speakers": r.ids("Person"),
		}
	case 10:
		return "recordOffer", `offer { state platform { key } capability { key } confidentiality { key } audience }`, map[string]any{
			"platform": r.id("Solution", "Provider", "Platform"), "capability": r.id("Capability"), "state": oneOf(r.chance, "YES", "RESTRICTED", "NO"),
		}
	case 11:
		return "recordImplementation", `implementation { mechanism practice { key } platform { key } confidentiality { key } audience }`, map[string]any{
			"practice": r.id("Practice"), "platform": r.id("Solution", "Provider", "Platform"), "mechanism": r.id("Mechanism"),
		}
	case 12, 13:
		return r.plannedSeason()
	default:
		return "addToAgenda", `item { state topic { key } } session { agenda { totalCount } }`, map[string]any{"session": r.id("Session"), "topic": r.id("Topic")}
	}
}

// plannedSeason is a season of a day or two out of a few, so that plans meet.
func (r *round) plannedSeason() (name, payload string, in map[string]any) {
	slots := []any{}
	for _, day := range r.chance.Perm(3)[:1+r.chance.IntN(2)] {
		slot := map[string]any{"date": fmt.Sprintf("2027-01-0%d", 1+day), "topic": r.key("Topic")}
		if r.chance.IntN(4) == 0 {
			slot["speaker"] = r.key("Person")
		}
		slots = append(slots, slot)
	}
	in = map[string]any{"slots": slots, "series": r.id("Series"), "audienceLevel": oneOf(r.chance, "clear", "green", "amber", "red")}
	return "planSeason", `meetings { key title date series { key } audienceLevel { key } confidentiality { key } sessions { totalCount } }
		sessions { key title state topics { nodes { key status } } speakers { totalCount } confidentiality { key } }`, in
}

// mutation is one of these as a request. It has an id, which makes its keys.
func (r *round) mutation(number int) question {
	name, payload, in := r.invented()
	in["clientMutationId"] = fmt.Sprint(number)
	for _, optional := range []string{"person", "raisedIn", "meeting", "series"} {
		if _, there := in[optional]; there && r.chance.IntN(2) == 0 {
			delete(in, optional)
		}
	}
	if slices.Contains([]string{"proposeTopic", "recordNote", "createSession", "volunteer", "confirm", "recordOffer", "recordImplementation", "planSeason"}, name) && r.chance.IntN(2) == 0 {
		in["level"] = oneOf(r.chance, "clear", "green", "amber")
	}
	text, err := json.Marshal(map[string]any{"in": in})
	if err != nil {
		r.t.Fatal(err)
	}
	input := []byte(name)
	input[0] -= 'a' - 'A'
	return question{query: fmt.Sprintf("mutation($in: %sInput!) { %s(input: $in) { %s } }", input, name, payload), variables: string(text)}
}
