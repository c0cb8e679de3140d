package engine

import (
	"context"

	"github.com/open-operations/opsmap/internal/plan"
)

// Explainer is a view that can say how it answers a plan. Both engines' views can.
type Explainer interface {
	// Explain says for each root of a plan how it is read.
	Explain(ctx context.Context, p *plan.Plan) ([]Access, error)
}

// Access is how a root of a plan is read.
type Access struct {
	// Steps are the reads in the order of the plan, or of the database's own: what is
	// read and which index or walk serves it. Where that depends on how much there is of
	// everything, it is told to viewers who see everything only.
	Steps []string
	// Touched is how much was looked at to answer: records and links of the embedded
	// engine, hits of a database. What is hidden is among it, so that only a viewer
	// who sees everything is told.
	Touched int64
}
