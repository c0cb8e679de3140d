package enginetest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

// doubt is what an engine and the oracle were seen to differ in: the answer to an
// operation or, without one, the outcome of a changeset.
type doubt struct {
	world     []*record.Changeset
	operation *operation
	viewer    access.Viewer
	now       time.Time
	// refused: the answer has errors; else one that has some is another matter.
	refused bool
	// got and want are what was seen first.
	got, want string
}

// patience is how long a failure is made smaller.
const patience = 45 * time.Second

// disagree reports the smallest form of a doubt that can be found in time.
func (r *round) disagree(d doubt) {
	d.world = r.world
	end := time.Now().Add(patience)
	fails := func(d doubt) bool {
		differs := false
		if time.Now().Before(end) {
			r.t.Run("smaller", func(t *testing.T) { got, want := r.hold(t, d); differs = got != want })
		}
		return differs
	}
	if !fails(d) {
		r.t.Errorf("what follows was seen once, and not again on a fresh store:\n%s", r.shown(d, d.got, d.want))
		return
	}
	d = smallest(d, fails)
	r.t.Run("smallest", func(t *testing.T) {
		got, want := r.hold(t, d)
		r.t.Error(r.shown(d, got, want))
	})
}

// hold asks both once more, from nothing.
func (r *round) hold(t *testing.T, d doubt) (got, want string) {
	p := r.fresh(t)
	got, want = outcomes(p, d.world)
	if d.operation == nil {
		return got, want
	}
	if got != want {
		// Another matter than the one that is looked into.
		return "", ""
	}
	defer func() {
		if recover() != nil {
			// Made smaller, it is no operation any more.
			got, want = "", ""
		}
	}()
	q := question{viewer: d.viewer, now: d.now}
	q.query, q.variables = d.operation.text()
	if got, want = p.on.ask(q), p.by.ask(q); !d.refused && refused(got) {
		return "", ""
	}
	return got, want
}

// refused reports whether an answer has errors.
func refused(answer string) bool { return strings.HasPrefix(answer, `{"errors"`) }

// shown is a doubt as a case for the corpus.
func (r *round) shown(d doubt, got, want string) string {
	text := fmt.Sprintf("OPSMAP_SEED=%d\n-- world --\n%s", r.options.Seed, formatWorld(r.oracle.catalog, d.world))
	if d.operation != nil {
		query, variables := d.operation.text()
		viewer := fmt.Sprintf(`{"clearance":%q,"groups":%s,"allSeeing":%v}`, d.viewer.Clearance, jsonText(d.viewer.Groups), d.viewer.AllSeeing)
		text += fmt.Sprintf("-- viewer.json --\n%s\n-- now --\n%s\n-- query.graphql --\n%s-- variables.json --\n%s\n",
			viewer, d.now.Format(time.RFC3339), query, variables)
	}
	return text + fmt.Sprintf("-- got --\n%s\n-- want --\n%s\n", got, want)
}

// smallest makes a doubt smaller as long as it fails: the operation first, which
// costs least to try, then the map, then the operation again.
func smallest(d doubt, fails func(doubt) bool) doubt {
	for range 2 {
		d = smallerOperation(d, fails)
		d = smallerWorld(d, fails)
	}
	return d
}

func smallerOperation(d doubt, fails func(doubt) bool) doubt {
	if d.operation == nil {
		return d
	}
	for at := 0; ; {
		c := cutter{at: at}
		less := &operation{pieces: c.pieces(clonePieces(d.operation.pieces))}
		if c.seen <= at {
			return d
		}
		if smaller := d; fails(smaller.with(less)) {
			d.operation = less
			continue
		}
		at++
	}
}

func (d doubt) with(o *operation) doubt {
	d.operation = o
	return d
}

// smallerWorld leaves out changesets, then statements in ever smaller stretches,
// then what they say.
func smallerWorld(d doubt, fails func(doubt) bool) doubt {
	try := func(change func(world []*record.Changeset) []*record.Changeset) bool {
		smaller := d
		smaller.world = change(cloneWorld(d.world))
		if !fails(smaller) {
			return false
		}
		d = smaller
		return true
	}
	for i := range slices.Backward(d.world) {
		try(func(w []*record.Changeset) []*record.Changeset { return slices.Delete(w, i, i+1) })
	}
	for i := range d.world {
		for size := len(d.world[i].Say); size > 0; size /= 2 {
			for from := 0; from < len(d.world[i].Say); {
				to := min(from+size, len(d.world[i].Say))
				if !try(func(w []*record.Changeset) []*record.Changeset {
					w[i].Say = slices.Delete(w[i].Say, from, to)
					return w
				}) {
					from = to
				}
			}
		}
		for n := range slices.Backward(d.world[i].Retire) {
			try(func(w []*record.Changeset) []*record.Changeset {
				w[i].Retire = slices.Delete(w[i].Retire, n, n+1)
				return w
			})
		}
		for n := range d.world[i].Say {
			smallerStatement(&d.world[i].Say[n], func(change func(*record.Statement)) {
				try(func(w []*record.Changeset) []*record.Changeset { change(&w[i].Say[n]); return w })
			})
		}
	}
	return d
}

func smallerStatement(s *record.Statement, try func(func(*record.Statement))) {
	try(func(s *record.Statement) { s.Class = access.Class{} })
	for _, name := range slices.Sorted(maps.Keys(s.Fields)) {
		try(func(s *record.Statement) { delete(s.Fields, name) })
	}
	for _, name := range slices.Sorted(maps.Keys(s.Links)) {
		try(func(s *record.Statement) { delete(s.Links, name) })
	}
}

func cloneWorld(world []*record.Changeset) []*record.Changeset {
	out := make([]*record.Changeset, len(world))
	for i, c := range world {
		clone := *c
		clone.Say = slices.Clone(c.Say)
		clone.Retire = slices.Clone(c.Retire)
		for n, s := range clone.Say {
			clone.Say[n].Fields, clone.Say[n].Links = maps.Clone(s.Fields), maps.Clone(s.Links)
		}
		out[i] = &clone
	}
	return out
}

// cutter leaves out the part of an operation with the number at.
type cutter struct{ at, seen int }

func (c *cutter) here() bool {
	c.seen++
	return c.seen == c.at+1
}

func (c *cutter) pieces(all []*piece) []*piece {
	for i, p := range all {
		if len(all) > 1 && c.here() {
			return slices.Delete(all, i, i+1)
		}
		p.args = c.members(p.args)
		if p.directive != "" && c.here() {
			p.directive, p.condition = "", nil
		}
		if p.spread && c.here() {
			p.spread = false
		}
		p.below = c.pieces(p.below)
	}
	return all
}

func (c *cutter) members(all []member) []member {
	for i, m := range all {
		if c.here() {
			return slices.Delete(all, i, i+1)
		}
		c.value(m.value)
	}
	return all
}

func (c *cutter) value(v *value) {
	if v.variable != "" && c.here() {
		v.variable, v.byDefault = "", false
	}
	v.members = c.members(v.members)
	for i, item := range v.list {
		if c.here() {
			v.list = slices.Delete(v.list, i, i+1)
			return
		}
		c.value(item)
	}
}

func clonePieces(all []*piece) []*piece {
	out := make([]*piece, len(all))
	for i, p := range all {
		clone := *p
		clone.args, clone.below = cloneMembers(p.args), clonePieces(p.below)
		out[i] = &clone
	}
	return out
}

func cloneMembers(all []member) []member {
	out := make([]member, len(all))
	for i, m := range all {
		out[i] = member{m.name, m.value.clone()}
	}
	return out
}

func (v *value) clone() *value {
	clone := *v
	clone.members = cloneMembers(v.members)
	clone.list = make([]*value, len(v.list))
	for i, item := range v.list {
		clone.list[i] = item.clone()
	}
	return &clone
}
