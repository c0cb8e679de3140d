package question

import (
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/record"
)

// ladderQuery reads the levels, lowest first.
const ladderQuery = `query Ladder { levels: confidentialityLevels(orderBy: [{rank: ASC}]) { nodes { key } } }`

// viewer says who is asking. A viewer without a clearance has the lowest level, one
// that sees everything the highest.
func (a *Asker) viewer(ctx context.Context, c Call) (Result, error) {
	v := c.Guard.Viewer
	clearance := v.Clearance
	if clearance == "" || v.AllSeeing {
		op, err := a.ladder.Compile(compile.Request{Viewer: v, Now: c.Guard.Now})
		if err != nil {
			return nil, err
		}
		answer, err := c.View.Run(ctx, op.Plan)
		if err != nil {
			return nil, err
		}
		if levels := facts(op, answer, "levels"); len(levels) > 0 && v.AllSeeing {
			clearance = levels[len(levels)-1].text("key")
		} else if len(levels) > 0 {
			clearance = levels[0].text("key")
		}
	}
	role := v.Role
	if role == "" {
		role = access.Reader
	}
	result := Result{"clearance": clearance, "role": string(role), "groups": anys(slices.Sorted(slices.Values(v.Groups)))}
	if v.Person != "" {
		result["person"] = record.ID{Type: "Person", Key: v.Person}
	}
	return result, nil
}
