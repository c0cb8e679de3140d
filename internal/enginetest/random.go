package enginetest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/record"
)

// Options say how much of chance there is to be. Zero values have defaults, which
// are small under -short and large under OPSMAP_NIGHTLY.
type Options struct {
	// Seed of everything. Defaults to OPSMAP_SEED, else to a fixed one; the nights have
	// one each. It is printed.
	Seed uint64
	// Worlds is how many maps are made.
	Worlds int
	// Changesets is how many make a map. Defaults to 6.
	Changesets int
	// Operations is how many are asked of every state of a map.
	Operations int
	// Forms is how many different forms the operations have in all, where an
	// engine pays for a new one: each is asked once of every state, by another
	// viewer with other values. 0 lets every operation have its own.
	Forms int
	// Reduced is how many viewers' shares of each map are stored by themselves and
	// asked the same.
	Reduced int
	// Shared is how many operations are asked about each share. Defaults to
	// Operations.
	Shared int
	// Promised is the least that has to be asked.
	Promised Promise
}

// Nightly reports whether the long runs are asked for.
func Nightly() bool { return os.Getenv("OPSMAP_NIGHTLY") == "1" }

// nightSeed is another one every night, so that the long runs reach what no run has.
var nightSeed = uint64(time.Now().Unix())

func (o Options) withDefaults(t testing.TB) Options {
	if o.Seed == 0 {
		o.Seed = 20261124
		if Nightly() {
			o.Seed = nightSeed
		}
		if text := os.Getenv("OPSMAP_SEED"); text != "" {
			seed, err := strconv.ParseUint(text, 10, 64)
			if err != nil {
				t.Fatalf("OPSMAP_SEED is %q; right is a whole number", text)
			}
			o.Seed = seed
		}
	}
	set := func(n *int, value int) {
		if *n == 0 {
			*n = value
		}
	}
	set(&o.Worlds, 4)
	set(&o.Changesets, 6)
	set(&o.Operations, 20)
	if o.Forms > 0 {
		// Each form once of every state.
		o.Operations = o.Forms
	}
	set(&o.Shared, o.Operations)
	return o
}

// Random makes maps and operations by chance and holds the engine to the oracle:
// the outcome of every changeset, the change log, every answer byte for byte, and
// for each viewer's share of the map
//
//	answer(Q, viewer, map) = answer(Q, all-seeing, map without what viewer may not see)
//
// What differs is made small and printed as a case for the corpus.
func Random(t *testing.T, open Open, o Options) {
	play(t, o, open, func(t *testing.T, r *round, open Open) pair {
		by := r.oracle
		if len(r.world) > 0 {
			by = newOracle(r.oracle.catalog)
		}
		return pair{on: openStore(t, open), by: by}
	})
}

// Differential makes maps and operations by chance and holds a to b: outcomes,
// change logs and answers, also to the questions of the domain, of which the
// oracle knows nothing.
//
// Every other operation is one that the oracle answers too, and is held to it as
// well: naive = a = b. Shares are asked of a.
func Differential(t *testing.T, a, b Open, o Options) {
	play(t, o, a, func(t *testing.T, _ *round, a Open) pair { return pair{on: openStore(t, a), by: openStore(t, b)} })
}

// naive reports whether s answers only what the oracle knows.
func naive(s subject) bool {
	_, whole := s.(*store)
	return !whole
}

// pair is a subject and what it is held to.
type pair struct{ on, by subject }

func play(t *testing.T, o Options, open Open, fresh func(*testing.T, *round, Open) pair) {
	o = o.withDefaults(t)
	t.Logf("OPSMAP_SEED=%d %+v", o.Seed, o)
	count := newTally()
	for n := range o.Worlds {
		t.Run(fmt.Sprintf("world-%d", n), func(t *testing.T) {
			defer func() { count.skipped = count.skipped || t.Skipped() }()
			r := newRound(t, o, n)
			r.tally = count
			r.fresh = func(t *testing.T) pair { return fresh(t, r, count.counted(open)) }
			r.play(r.fresh(t))
			for _, s := range r.shares {
				t.Run("share", func(t *testing.T) { s.check(t, openStore(t, open)) })
			}
		})
	}
	count.close(t, o.Promised)
}

// round is one map with what is asked of it.
type round struct {
	t       *testing.T
	options Options
	chance  *rand.Rand
	// oracle knows the map as it is, to make what comes next.
	oracle *oracle
	maker  *maker
	// seen are cursors in earlier answers, by the field that was asked.
	seen map[string][]string
	// fresh is one more empty pair, to try a failure again on.
	fresh  func(*testing.T) pair
	world  []*record.Changeset
	shares []share
	// form is the number of the next operation's form, where there are few.
	form  int
	tally *tally
}

func newRound(t *testing.T, o Options, number int) *round {
	r := &round{t: t, options: o, chance: rand.New(rand.NewPCG(o.Seed, uint64(number)))}
	r.oracle, r.seen, r.tally = newOracle(Catalog(t)), map[string][]string{}, newTally()
	r.maker = newMaker(r.chance, r.oracle)
	return r
}

// play makes the map changeset by changeset and asks every state of it.
func (r *round) play(p pair) {
	for range r.options.Changesets {
		c := r.maker.changeset()
		r.world = append(r.world, c)
		got, wrong, gotErr := applied(p.on, c)
		if wrong != "" {
			r.t.Errorf("%s\n%s", wrong, formatWorld(r.oracle.catalog, r.world))
		}
		want, wantErr := p.by.apply(c)
		if !sameOutcome(got, gotErr, want, wantErr) {
			r.disagree(doubt{got: shownOutcome(got, gotErr), want: shownOutcome(want, wantErr)})
			return
		}
		if p.by != subject(r.oracle) {
			// It only has to know the map; what it thinks of the changeset is Random's.
			_, _ = r.oracle.apply(c)
		}
		r.tally.did.Graphs++
		for range r.options.Operations {
			if !r.agree(p) {
				return
			}
		}
	}
	if got, want := shownLog(p.on.changes()), shownLog(p.by.changes()); got != want {
		r.t.Errorf("the change log\n%s\nwant\n%s\n%s", got, want, formatWorld(r.oracle.catalog, r.world))
	}
	if s, ok := p.on.(*store); ok {
		r.sameStatements(s)
	}
	for range r.options.Reduced {
		r.shares = append(r.shares, r.share(p.on))
	}
}

// applied writes a changeset, after a store has said what it would do; wrong is what
// did not come as it said.
func applied(on subject, c *record.Changeset) (got record.Outcome, wrong string, err error) {
	s, ok := on.(*store)
	if !ok {
		got, err = on.apply(c)
		return got, "", err
	}
	dry, dryErr := s.dryRun(c)
	got, err = on.apply(c)
	return got, foretold(dry, dryErr, got, err), err
}

// agree asks both the same.
func (r *round) agree(p pair) bool {
	r.tally.did.Cases++
	kind := r.kind(p.on, p.by)
	q, op := r.invent(kind, r.asker())
	got, want := p.on.ask(q), p.by.ask(q)
	r.remember(op, got)
	if got == want && kind.naive && p.by != subject(r.oracle) {
		want = r.oracle.ask(q)
	}
	if got == want {
		return true
	}
	r.disagree(doubt{operation: op, viewer: q.viewer, now: q.now, refused: refused(got), got: got, want: want})
	return false
}

// kind says what the next operation may have in it. Where there are few forms, most
// can be asked about shares as they are, and each question of the domain has one.
func (r *round) kind(asked ...subject) inventor {
	v := inventor{
		naive:    slices.ContainsFunc(asked, naive) || r.form%2 == 0,
		timeless: r.options.Forms > 0 && r.form%8 != 0,
	}
	if turn := r.form % max(r.options.Forms, 1) / 2; !v.naive && v.timeless && turn < len(sharedQuestions()) {
		v.asks = asking(sharedQuestions()[turn])
	}
	return v
}

// sharedQuestions are those of the domain that can be asked about shares. Some have
// a form of root of their own, which knows what to ask for.
func sharedQuestions() []string {
	return slices.DeleteFunc(slices.Clone(questionNames()), func(name string) bool {
		return slices.Contains(namesTheViewer, "Query."+name) || slices.Contains([]string{"search", "paths", "neighbourhood", "coverage", "ladder"}, name)
	})
}

// asker is somebody at some time, and what they see then.
func (r *round) asker() *sight {
	return r.oracle.sightOf(randomViewer(r.chance), clocks[r.chance.IntN(len(clocks))])
}

// invent makes a question of the map as it is, of the kind that v says.
func (r *round) invent(v inventor, by *sight) (question, *operation) {
	v.form, v.values, v.oracle, v.seen, v.sees = r.chance, r.chance, r.oracle, r.seen, by
	if r.options.Forms > 0 {
		v.form = rand.New(rand.NewPCG(r.options.Seed+1, uint64(r.form%r.options.Forms)))
	}
	r.form++
	op := v.operation()
	q := question{viewer: by.viewer, now: by.now}
	q.query, q.variables = op.text()
	return q, op
}

// remember keeps the cursors in an answer, by the field that was asked, for later
// questions of anybody.
func (r *round) remember(op *operation, answer string) {
	r.tally.heard(op, answer)
	var response struct{ Data map[string]json.RawMessage }
	if json.Unmarshal([]byte(answer), &response) != nil {
		return
	}
	for _, p := range op.pieces {
		for _, quoted := range maybeCursor.FindAllString(string(response.Data[p.alias]), 4) {
			cursor := strings.Trim(quoted, `"`)
			if _, ok := decodeCursor(cursor); ok && len(r.seen[p.name]) < 100 {
				r.seen[p.name] = append(r.seen[p.name], cursor)
			}
		}
	}
}

func sameOutcome(got record.Outcome, gotErr error, want record.Outcome, wantErr error) bool {
	if (gotErr == nil) != (wantErr == nil) {
		return false
	}
	if gotErr != nil {
		return fault.CodeOf(gotErr) == fault.CodeOf(wantErr)
	}
	return reflect.DeepEqual(got, want)
}

// outcomes of a map's changesets on both, up to the first that differ.
func outcomes(p pair, world []*record.Changeset) (got, want string) {
	for _, c := range world {
		gotOutcome, gotErr := p.on.apply(c)
		wantOutcome, wantErr := p.by.apply(c)
		if !sameOutcome(gotOutcome, gotErr, wantOutcome, wantErr) {
			return c.ID + ": " + shownOutcome(gotOutcome, gotErr), c.ID + ": " + shownOutcome(wantOutcome, wantErr)
		}
	}
	return "", ""
}
