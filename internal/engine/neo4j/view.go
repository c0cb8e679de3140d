package neo4j

import (
	"context"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
)

// view answers the plans of one operation. It is not for concurrent use.
type view struct {
	engine   *Engine
	session  driver.SessionWithContext
	revision int64
}

// Read opens a view; the server is asked when a plan is run.
func (e *Engine) Read(ctx context.Context) (engine.View, error) {
	return &view{engine: e, session: e.session(ctx, driver.AccessModeRead), revision: e.seen.Load()}, nil
}

// Revision of the store when the last plan began to be read; before the first,
// the newest that this process has seen.
func (v *view) Revision() int64 { return v.revision }

// Close ends the view.
func (v *view) Close() error {
	closeSession(context.Background(), v.session)
	return nil
}

// moves is how often an answer is read again because classes moved meanwhile,
// before the reader gives up.
const moves = 20

// Run answers a plan with a statement for each of its roots.
func (v *view) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	if err := plan.Check(p); err != nil {
		return nil, err
	}
	statements := make([]*statement, len(p.Roots))
	for i, r := range p.Roots {
		var err error
		if statements[i], err = build(r); err != nil {
			return nil, err
		}
	}
	if len(statements) == 0 {
		return &plan.Answer{}, nil
	}
	t := v.engine.table.Load()
	for range moves {
		a := &attempt{view: v, plan: p, statements: statements, guard: newGuarded(t, p.For())}
		answer, err := a.run(ctx)
		if err != nil || answer != nil {
			return answer, failure(ctx, err)
		}
		if t, err = v.engine.refresh(ctx, alone{v.session}); err != nil {
			return nil, failure(ctx, err)
		}
	}
	return nil, fault.New(fault.Unavailable, "the levels of confidentiality are changing; try again")
}

// attempt is one reading of an answer under one table.
type attempt struct {
	*view
	plan       *plan.Plan
	statements []*statement
	guard      *guarded
	moved      bool
	sets       []*plan.Set
}

// run gives no answer when the table is not the store's.
func (a *attempt) run(ctx context.Context) (*plan.Answer, error) {
	var err error
	if len(a.statements) == 1 {
		err = a.read(ctx, alone{a.session})
	}
	if len(a.statements) > 1 || driver.IsRetryable(err) {
		err = read(ctx, a.session, func(run runner) error { return a.read(ctx, run) })
	}
	if err != nil || a.moved {
		return nil, err
	}
	return &plan.Answer{Sets: a.sets}, nil
}

func (a *attempt) read(ctx context.Context, run runner) error {
	a.sets, a.moved = a.sets[:0], false
	d := &decoder{plan: a.plan, guard: a.guard}
	for i, s := range a.statements {
		params, err := s.bind(a.plan, a.guard)
		if err != nil {
			return err
		}
		row, err := one(ctx, run, s.text, params)
		if err != nil {
			return err
		}
		if row[1] != a.guard.access || row[2] != a.guard.access {
			a.moved = true
			return nil
		}
		if i == 0 {
			a.revision, _ = row[0].(int64)
			a.engine.saw(a.revision)
		}
		set, err := d.set(s.set, row[3])
		if err != nil {
			return err
		}
		a.sets = append(a.sets, set)
	}
	return nil
}
