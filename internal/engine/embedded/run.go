package embedded

import (
	"context"
	"sync"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// walk answers one plan over one snapshot. What does not depend on the record at
// hand is resolved before the first one is looked at.
type walk struct {
	*snapshot
	ctx    context.Context
	params []any
	now    time.Time
	// open marks the classes the viewer may see; classes are what else they mean at
	// now, worked out when first asked.
	open []bool
	// matchers by the param of their query.
	matchers map[plan.Param]*matcher
	*scratch
	// steps until the context is looked at again, looked those before it was last
	// looked at; err is why the walk ended early.
	steps  int
	looked int64
	err    error
}

// scratch is what a walk fills. It is used again for another one when whoever
// asked says that they are done with the answer.
type scratch struct {
	classes []classFacts
	cells   arena[any]
	rows    arena[plan.Row]
	sets    arena[plan.Set]
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

func (s *scratch) done() {
	clear(s.classes)
	s.cells.reset()
	s.rows.reset()
	s.sets.reset()
	scratches.Put(s)
}

// classFacts are the values that are read off a class.
type classFacts struct {
	known                bool
	conditions, audience any
	// level is the record of the class's level, nil when there is none or it is
	// hidden.
	level *node
	// levelAt is one more than the number of level, 0 for none.
	levelAt uint32
}

// run answers p, which has been checked.
func (s *snapshot) run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	return s.walk(ctx, p).answer(p)
}

func (s *snapshot) walk(ctx context.Context, p *plan.Plan) *walk {
	asker := p.For()
	w := &walk{
		snapshot: s, ctx: ctx, params: p.Params, now: asker.Now,
		open:    s.table.Open(asker.Viewer, asker.Now),
		scratch: scratches.Get().(*scratch),
		steps:   stepsPerLook,
	}
	if n := s.table.Len(); cap(w.classes) >= n {
		w.classes = w.classes[:n]
	} else {
		w.classes = make([]classFacts, n)
	}
	return w
}

func (w *walk) answer(p *plan.Plan) (*plan.Answer, error) {
	answer := &plan.Answer{Sets: make([]*plan.Set, 0, len(p.Roots)), Done: w.done}
	for _, read := range p.Roots {
		r, err := w.reader(read)
		if err != nil {
			return nil, err
		}
		answer.Sets = append(answer.Sets, r.set(nil))
		if w.err != nil {
			return nil, w.err
		}
	}
	return answer, nil
}

// stepsPerLook is how many records are looked at between two looks at the
// context.
const stepsPerLook = 1024

// step counts a record that is looked at; false ends the walk, and once it has
// done so it does for every step.
func (w *walk) step() bool {
	if w.steps--; w.steps > 0 {
		return true
	}
	if w.err == nil && w.ctx.Err() != nil {
		w.err = fault.Wrap(fault.Timeout, w.ctx.Err(), "the question takes longer than it may; ask for less, or for smaller pages")
	}
	if w.err != nil {
		return false
	}
	w.looked += stepsPerLook
	w.steps = stepsPerLook
	return true
}

// facts of a class at now.
func (w *walk) facts(class uint32) *classFacts {
	f := &w.classes[class]
	if f.known {
		return f
	}
	f.known = true
	n := access.ClassNumber(class)
	conditions := []any{}
	for _, c := range w.table.Conditions(n, w.now) {
		conditions = append(conditions, record.Object{c.Reason, c.Until.UTC().Format(time.RFC3339), c.Then})
	}
	audience := []any{}
	for _, group := range w.table.Audience(n, w.now) {
		audience = append(audience, group)
	}
	f.conditions, f.audience = conditions, audience
	id := record.ID{Type: levelType, Key: w.table.LevelAt(n, w.now)}
	if at, ok := w.find(id); ok && w.open[w.node(at).class] {
		f.level, f.levelAt = w.node(at), at+1
	}
	return f
}

// levelType is the type of the records that are the ladder.
const levelType = "ConfidentialityLevel"

// arena hands out slices of chunks that grow, so that an answer of thousands of
// cells costs a few allocations and a small one a small one.
type arena[T any] struct {
	// chunk is the one that slices are handed out of, free what is left of it.
	chunk, free []T
}

const (
	firstChunk = 16
	lastChunk  = 4096
)

// take n that are zero.
func (a *arena[T]) take(n int) []T {
	if n > len(a.free) {
		a.chunk = make([]T, max(min(len(a.chunk)*2, lastChunk), firstChunk, n))
		a.free = a.chunk
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	return out
}

// reset takes back what was handed out of the last chunk, which is the largest.
// Slices of earlier ones are left to whoever has them.
func (a *arena[T]) reset() {
	if len(a.chunk) > lastChunk {
		a.chunk = nil
	}
	clear(a.chunk[:len(a.chunk)-min(len(a.free), len(a.chunk))])
	a.free = a.chunk
}
