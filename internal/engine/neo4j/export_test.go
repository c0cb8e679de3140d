package neo4j

import (
	"context"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// Bound is the statement for a root of a plan with its parameters.
func Bound(p *plan.Plan, r *plan.Read) (string, map[string]any, error) {
	s, err := build(r)
	if err != nil {
		return "", nil, err
	}
	classes := []access.Class{access.NewClass(access.Atom{Level: "clear"}), access.NewClass(access.Atom{Level: "green"})}
	t := &table{Table: access.NewTable(access.Ladder{{Key: "clear"}, {Key: "green", Rank: 1}}, classes)}
	params, err := s.bind(p, newGuarded(t, p.Guard))
	return s.text, params, err
}

// Begin does the first part of an Apply whose changeset has to be marked: what is
// left when the process dies right after it.
func (e *Engine) Begin(ctx context.Context, c *record.Changeset) (begun bool, err error) {
	r, err := (&application{engine: e, changeset: c, name: "dead"}).transaction(ctx)
	return r.begun != nil, err
}

// Limit sets how many rows one transaction writes, and how many are remembered of what
// has more.
func (e *Engine) Limit(whole, remembers int) { e.whole, e.remembers = whole, remembers }
