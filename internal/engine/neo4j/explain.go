package neo4j

import (
	"context"
	"fmt"
	"strings"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
)

// Explain is the Cypher statement that answers a root of a plan. Values are
// parameters, so it depends on the shape of the read alone.
func Explain(r *plan.Read) (string, error) {
	s, err := build(r)
	if err != nil {
		return "", err
	}
	return s.text, nil
}

// Statement is the Cypher of a root of a plan with its parameters, but for those of
// the guard ($open, $levels), which are nobody's to see.
func Statement(p *plan.Plan, r *plan.Read) (text string, params map[string]any, err error) {
	s, err := build(r)
	if err != nil {
		return "", nil, err
	}
	params = make(map[string]any, len(s.args))
	for i := range s.args {
		a := &s.args[i]
		if params[a.name], err = a.value(p.Params[a.param]); err != nil {
			return "", nil, err
		}
	}
	return s.text, params, nil
}

var _ engine.Explainer = (*view)(nil)

// untold stands for the choice of Neo4j's planner.
const untold = "what Neo4j's planner chooses, by how much there is of everything; it is told to who sees everything"

// Explain asks Neo4j how it answers each root, where the viewer sees everything: the
// choice of its planner depends on what is hidden, too. The statement is run for it,
// to count what it touches.
func (v *view) Explain(ctx context.Context, p *plan.Plan) ([]engine.Access, error) {
	guard := newGuarded(v.engine.table.Load(), p.For())
	out := make([]engine.Access, 0, len(p.Roots))
	for _, r := range p.Roots {
		if !p.For().Viewer.AllSeeing {
			out = append(out, engine.Access{Steps: []string{untold}})
			continue
		}
		s, err := build(r)
		if err != nil {
			return nil, err
		}
		params, err := s.bind(p, guard)
		if err != nil {
			return nil, err
		}
		access, err := v.explain(ctx, s.text, params)
		if err != nil {
			return nil, failure(ctx, err)
		}
		out = append(out, access)
	}
	return out, nil
}

func (v *view) explain(ctx context.Context, text string, params map[string]any) (engine.Access, error) {
	result, err := alone{v.session}.Run(ctx, "PROFILE "+text, params)
	if err != nil {
		return engine.Access{}, err
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		return engine.Access{}, err
	}
	var access engine.Access
	if summary.Profile() != nil {
		profiled(&access, summary.Profile())
	}
	return access, nil
}

// reads reports whether an operator of Neo4j's plan reads the store; the others
// only handle rows.
func reads(operator string) bool {
	for _, word := range []string{"Seek", "Scan", "Expand", "Count", "ProcedureCall"} {
		if strings.Contains(operator, word) {
			return true
		}
	}
	return false
}

func profiled(access *engine.Access, p driver.ProfiledPlan) {
	step(access, p.Operator(), p.Arguments())
	access.Touched += p.DbHits()
	for _, child := range p.Children() {
		profiled(access, child)
	}
}

func step(access *engine.Access, operator string, arguments map[string]any) {
	name, _, _ := strings.Cut(operator, "@")
	if reads(name) {
		access.Steps = append(access.Steps, fmt.Sprintf("%s %v", name, arguments["Details"]))
	}
}
