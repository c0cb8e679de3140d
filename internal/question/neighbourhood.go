package question

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Bounds of a neighbourhood.
const (
	maxDepth      = 3
	maxNeighbours = 100
)

// neighbourhood answers the field of that name.
func (a *Asker) neighbourhood(ctx context.Context, c Call) (any, error) {
	depth, first := int(c.Args["depth"].(int64)), int(c.Args["first"].(int64))
	if depth < 0 || depth > maxDepth {
		return nil, fault.New(fault.BadInput, "depth: %d is no depth; right is 0 to %d", depth, maxDepth)
	}
	if first < 0 {
		return nil, fault.New(fault.BadInput, "first: %d is no number of records; right is 0 to %d", first, maxNeighbours)
	}
	if first > maxNeighbours {
		return nil, fault.New(fault.LimitExceeded, "first: %d is more than the %d records that can be drawn at once; ask for less, or name links and types in via", first, maxNeighbours)
	}
	v, err := readVia(a.config.Catalog, c)
	if err != nil {
		return nil, err
	}
	id, _ := record.ParseID(c.Args["id"].(string))
	h := &hood{walker: &walker{catalog: a.config.Catalog, call: c, via: v}, first: first, distance: map[record.ID]int{}}
	if there, err := h.spread(ctx, id, depth); err != nil || !there {
		return nil, err
	}
	links, err := h.between(ctx, h.nodes)
	if err != nil {
		return nil, err
	}
	return h.result(links), nil
}

// hood is the part of the map around a record.
type hood struct {
	*walker
	first     int
	distance  map[record.ID]int
	nodes     []record.ID
	truncated bool
}

// spread goes outwards level by level until there are enough records.
func (h *hood) spread(ctx context.Context, id record.ID, depth int) (there bool, err error) {
	edge := []record.ID{id}
	for d := 0; ; d++ {
		// Along each link so many suffice that one is left over when all that are known
		// already are among them.
		found, err := h.around(ctx, edge, h.first+len(h.distance)+1, math.MaxInt, h.met)
		if err != nil {
			return false, err
		}
		if d == 0 {
			if !found.there[id] {
				return false, nil
			}
			h.keep([]record.ID{id}, 0)
		}
		if d == depth || h.truncated {
			return true, nil
		}
		edge = h.keep(h.beyond(found.ties), d+1)
		if len(edge) == 0 || d+1 == depth || h.truncated {
			return true, nil
		}
	}
}

// met reads the first records that a link leads to of the types that are met, so
// that others do not take their places.
func (h *hood) met(l *schema.Link, limit plan.Param) *plan.Read {
	r := h.neighbours(l, limit)
	var types []*schema.Type
	for _, t := range l.Target.Concrete {
		if h.via.meets(t.Name) {
			types = append(types, t)
		}
	}
	switch len(types) {
	case 0:
		return nil
	case len(l.Target.Concrete):
	default:
		r.Where = plan.OfType{Types: types}
	}
	return r
}

// beyond are the ends of ties that were not met before, in order.
func (h *hood) beyond(ties []tie) []record.ID {
	var out []record.ID
	seen := map[record.ID]bool{}
	for _, t := range ties {
		for _, id := range []record.ID{t.from, t.to} {
			if _, known := h.distance[id]; !known && !seen[id] && h.via.meets(id.Type) {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	slices.SortFunc(out, func(a, b record.ID) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Type, b.Type))
	})
	return out
}

// keep takes as many of ids as there is room for.
func (h *hood) keep(ids []record.ID, distance int) []record.ID {
	if room := h.first - len(h.nodes); len(ids) > room {
		ids, h.truncated = ids[:room], true
	}
	for _, id := range ids {
		h.distance[id] = distance
	}
	h.nodes = append(h.nodes, ids...)
	return ids
}

func (h *hood) result(ties []tie) Result {
	nodes, links := []any{}, []any{}
	for _, id := range h.nodes {
		nodes = append(nodes, Result{"distance": int64(h.distance[id]), "node": id})
	}
	for _, t := range ties {
		links = append(links, linkResult(t))
	}
	return Result{"nodes": nodes, "links": links, "truncated": h.truncated}
}
