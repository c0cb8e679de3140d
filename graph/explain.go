package graph

import (
	"context"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// Explanation is what extensions.explain holds: every plan that was run for an
// operation, in order. It is for curators and owners.
type Explanation struct {
	Plans []PlanExplanation `json:"plans,omitempty"`
	// Refused says why there is none.
	Refused string `json:"refused,omitempty"`
}

// PlanExplanation is one guarded plan: the operation's own, one that a question
// that is worked out in Go has read, or the one that reads the records it named.
type PlanExplanation struct {
	// Plan as text; params stand in it as $0, $1 …
	Plan   string `json:"plan"`
	Params []any  `json:"params"`
	// Reads are the roots of the plan.
	Reads []ReadExplanation `json:"reads"`
}

// ReadExplanation is one root of a plan.
type ReadExplanation struct {
	// Cypher that answers it on Neo4j, and its parameters but for those of the guard.
	Cypher     string         `json:"cypher"`
	Parameters map[string]any `json:"parameters"`
	// Steps say which index or walk of the store serves each read.
	Steps []string `json:"steps"`
	// Rows that came back, those within others among them.
	Rows int `json:"rows"`
	// Touched is how much the store looked at; for viewers who see everything only,
	// as it counts what is hidden.
	Touched *int64 `json:"touched,omitempty"`
}

// explains reports whether the viewer may see how answers come about.
func explains(v access.Viewer) bool {
	return v.AllSeeing || v.Role.Includes(access.Curator)
}

// recorder is a view that keeps the plans that are run and what came back.
type recorder struct {
	engine.View
	runs []run
}

type run struct {
	plan   *plan.Plan
	answer *plan.Answer
}

// Run runs a plan and keeps it.
func (r *recorder) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	answer, err := r.View.Run(ctx, p)
	if err == nil && len(p.Roots) > 0 {
		r.runs = append(r.runs, run{p, answer})
	}
	return answer, err
}

// answerAndExplain reads and asks, and keeps how that came about.
func (e *execution) answerAndExplain(ctx context.Context) error {
	recorded := &recorder{View: e.view}
	e.view = recorded
	err := e.answerRoots(ctx)
	if err == nil {
		e.explained, err = e.explain(ctx, recorded)
	}
	return err
}

// explain says how the plans that were run are answered. The view has to be open
// still.
func (e *execution) explain(ctx context.Context, r *recorder) (*Explanation, error) {
	out := &Explanation{}
	for _, run := range r.runs {
		x := PlanExplanation{Plan: plan.Format(run.plan), Params: shownParams(run.plan.Params)}
		var steps []engine.Access
		if explainer, ok := r.View.(engine.Explainer); ok {
			var err error
			if steps, err = explainer.Explain(ctx, run.plan); err != nil {
				return nil, err
			}
		}
		for i, root := range run.plan.Roots {
			read := ReadExplanation{Rows: rowsOf(run.answer.Sets[i]), Steps: []string{}, Parameters: map[string]any{}}
			if e.config.Cypher != nil {
				text, parameters, err := e.config.Cypher(run.plan, root)
				if err != nil {
					return nil, err
				}
				read.Cypher, read.Parameters = text, parameters
			}
			if i < len(steps) {
				read.Steps = steps[i].Steps
				if ViewerFrom(ctx).AllSeeing {
					read.Touched = &steps[i].Touched
				}
			}
			x.Reads = append(x.Reads, read)
		}
		out.Plans = append(out.Plans, x)
	}
	return out, nil
}

func shownParams(params []any) []any {
	out := make([]any, len(params))
	for i, v := range params {
		if ids, ok := v.([]record.ID); ok {
			texts := make([]string, len(ids))
			for n, id := range ids {
				texts[n] = id.String()
			}
			v = texts
		}
		out[i] = v
	}
	return out
}

// rowsOf counts the rows of a set and of those within it.
func rowsOf(s *plan.Set) int {
	n := len(s.Rows)
	for _, row := range s.Rows {
		for _, cell := range row.Cells {
			if within, ok := cell.(*plan.Set); ok && within != nil {
				n += rowsOf(within)
			}
		}
	}
	return n
}
