package audit

import (
	"context"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

const (
	levelType  = "ConfidentialityLevel"
	unknown    = "unknown"
	levelCells = 2
)

// View answers plans like the view it stands before, and notes in an event what
// was read: every read is asked for the level of each of its rows too.
type View struct {
	engine.View
	catalog *schema.Catalog
	event   *Event
	rank    int64
}

// NewView makes a view that notes what is read in event.
func NewView(v engine.View, catalog *schema.Catalog, event *Event) *View {
	return &View{View: v, catalog: catalog, event: event, rank: -1}
}

// Run answers p and notes what is in the answer.
func (v *View) Run(ctx context.Context, p *plan.Plan) (*plan.Answer, error) {
	asked := *p
	asked.Roots = make([]*plan.Read, len(p.Roots))
	for i, r := range p.Roots {
		asked.Roots[i] = v.withLevel(r, p.Guard)
	}
	answer, err := v.View.Run(ctx, &asked)
	if err != nil {
		return nil, err
	}
	for i, r := range asked.Roots {
		if from, byID := r.From.(plan.FromIDs); byID {
			if err := v.denied(ctx, p, from, r, answer.Sets[i]); err != nil {
				return nil, err
			}
		}
		v.note(r, answer.Sets[i])
	}
	return answer, nil
}

// withLevel is r with two columns more at its end: the level of the row, and its
// key.
func (v *View) withLevel(r *plan.Read, g *plan.Guard) *plan.Read {
	if !r.Rows {
		return r
	}
	out := *r
	out.Columns = slices.Clone(r.Columns)
	for i := range out.Columns {
		if nested := out.Columns[i].Read; nested != nil {
			out.Columns[i].Read = v.withLevel(nested, g)
		}
	}
	out.Columns = append(out.Columns, v.levelColumn(g), plan.Column{Field: keyOf(r.From)})
	return &out
}

func keyOf(from plan.From) *schema.Field {
	switch from := from.(type) {
	case plan.FromType:
		return from.Type.Field("key")
	case plan.FromIDs:
		return from.Type.Field("key")
	case plan.FromLink:
		return from.Link.Target.Field("key")
	case plan.FromLevel:
		return from.Type.Field("key")
	}
	return nil
}

func (v *View) levelColumn(g *plan.Guard) plan.Column {
	t := v.catalog.Type(levelType)
	return plan.Column{Read: &plan.Read{
		From: plan.FromLevel{Type: t}, Guard: g, Rows: true, Page: plan.Page{Limit: plan.NoParam},
		Columns: []plan.Column{{Field: t.Field("key")}, {Field: t.Field("rank")}},
	}}
}

// note counts the rows of a set, and takes the columns away again that nobody but
// this view asked for.
func (v *View) note(r *plan.Read, set *plan.Set) {
	if set == nil {
		return
	}
	if r.Count || len(set.Groups) > 0 {
		v.event.Counted = true
	}
	if !r.Rows {
		return
	}
	for i := range set.Rows {
		row := &set.Rows[i]
		asked := len(row.Cells) - levelCells
		level, _ := row.Cells[asked].(*plan.Set)
		if row.Type.Name != levelType {
			// Levels are what records have, and part of every answer that names one.
			v.count(row.Type.Name, level)
		}
		if link, ok := r.From.(plan.FromLink); ok && link.Link.Relation.Attribution != nil {
			v.event.Attribution = true
		}
		row.Cells = row.Cells[:asked]
		for n := range row.Cells {
			if nested, ok := row.Cells[n].(*plan.Set); ok && r.Columns[n].Read != nil {
				v.note(r.Columns[n].Read, nested)
			}
		}
	}
}

func (v *View) count(typ string, level *plan.Set) {
	if v.event.Records == nil {
		v.event.Records = map[string]int{}
	}
	v.event.Records[typ]++
	key, rank := levelOf(level)
	if rank > v.rank {
		v.rank, v.event.Level = rank, key
	}
}

// levelOf is the level a row was read with; one whose record the viewer may not
// see is unknown, and counts as the highest.
func levelOf(level *plan.Set) (key string, rank int64) {
	if level == nil || len(level.Rows) == 0 {
		return unknown, 1 << 40
	}
	key, _ = level.Rows[0].Cells[0].(string)
	rank, _ = level.Rows[0].Cells[1].(int64)
	return key, rank
}

// denied notes which of the records that were asked for by id are there and not
// to be seen. The look-up is made for those that are not there too, so that it
// takes as long.
func (v *View) denied(ctx context.Context, p *plan.Plan, from plan.FromIDs, r *plan.Read, set *plan.Set) error {
	ids, _ := p.Params[from.IDs].([]record.ID)
	seen := map[record.ID]bool{}
	for i := range set.Rows {
		key, _ := set.Rows[i].Cells[len(set.Rows[i].Cells)-1].(string)
		seen[record.ID{Type: set.Rows[i].Type.Name, Key: key}] = true
	}
	rest := slices.DeleteFunc(slices.Clone(ids), func(id record.ID) bool { return seen[id] })
	if len(rest) == 0 || r.Where != nil {
		return nil
	}
	guard := &plan.Guard{Viewer: access.Viewer{AllSeeing: true, Role: access.Owner}, Now: p.Guard.Now}
	if p.Asker != nil {
		guard.Now = p.Asker.Now
	}
	read := &plan.Read{
		From: plan.FromIDs{Type: from.Type, IDs: 0}, Guard: guard, Rows: true, Page: plan.Page{Limit: plan.NoParam},
		Columns: []plan.Column{v.levelColumn(guard)},
	}
	answer, err := v.View.Run(ctx, &plan.Plan{Guard: guard, Params: []any{rest}, Roots: []*plan.Read{read}})
	if err != nil {
		return err
	}
	for _, row := range answer.Sets[0].Rows {
		level, _ := row.Cells[0].(*plan.Set)
		key, _ := levelOf(level)
		v.event.Denied = append(v.event.Denied, Denial{Type: row.Type.Name, Level: key})
	}
	if found := len(answer.Sets[0].Rows); found == 0 && len(seen) == 0 {
		// A key is asked for in every type of its family; it is one that is missing.
		v.event.Missing++
	}
	return nil
}
