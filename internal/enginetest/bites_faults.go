package enginetest

import (
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// plantings are the faults, by the operator that has lost its guard.
func plantings() map[string]planting {
	out := map[string]planting{
		"scan": {view: scanned}, "look-up by id": {view: lookedUp}, "search": {view: searched, by: func(v *inventor) bool {
			return v.catalog.Served.Query.Fields.ForName("topics").Arguments.ForName("search") != nil
		}},
		"count": {view: counted}, "groups of a facet": {view: grouped, by: func(v *inventor) bool {
			return v.catalog.Served.Types["TopicConnection"].Fields.ForName("facets") != nil
		}},
		"a next page": {view: paged}, "a page cut before the guard": {view: cutBefore},
		"expand": {view: within(func(l *schema.Link, set, open *plan.Set) *plan.Set {
			if l.Many {
				return open
			}
			return set
		})},
		"to-one link": {view: within(func(l *schema.Link, set, open *plan.Set) *plan.Set {
			if !l.Many {
				return open
			}
			return set
		})},
		"count of a link": {view: within(func(_ *schema.Link, set, open *plan.Set) *plan.Set {
			set.Total = open.Total
			return set
		})},
		"order by a count": {view: ordered},
		"filter by a count": {filters: true, view: filtered(func(e plan.Expr) bool {
			_, is := e.(plan.LinkCount)
			return is
		})},
		"filter by a level": {filters: true, view: filtered(func(e plan.Expr) bool {
			_, is := e.(plan.AtLevel)
			return is
		})},
		"cache":      {front: func(s *store) subject { return &cached{s, map[string]string{}} }},
		"suggestion": {front: func(s *store) subject { return &suggesting{s} }},
	}
	maps.Copy(out, questionPlantings())
	for _, q := range []plan.Quantifier{plan.Some, plan.All, plan.None, plan.Single} {
		out["quantifier "+string(q)] = planting{filters: true, view: filtered(func(e plan.Expr) bool {
			l, is := e.(plan.Linked)
			return is && l.Quant == q
		})}
	}
	return out
}

func scanned(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	if _, scan := r.From.(plan.FromType); scan {
		return v.as(p, true, *r)
	}
	return set
}

func lookedUp(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	if _, byID := r.From.(plan.FromIDs); byID {
		return v.as(p, true, *r)
	}
	return set
}

func searched(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	if matched(r.Where) {
		return v.as(p, true, *r)
	}
	return set
}

func counted(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	set.Total = v.as(p, true, *r).Total
	return set
}

func grouped(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	set.Groups = v.as(p, true, *r).Groups
	return set
}

func paged(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	set.More = v.as(p, true, *r).More
	return set
}

// cutBefore takes a page of everything and leaves out what is hidden.
func cutBefore(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	if !listed(r) || matched(r.Where) {
		return set
	}
	open := v.as(p, true, bare(r))
	seen := v.as(p, false, withKey(r, plan.FromIDs{Type: typeOf(r), IDs: plan.Param(len(p.Params))}), idsOf(open))
	seen.Total, seen.Groups, seen.More = set.Total, set.Groups, open.More
	for i := range seen.Rows {
		seen.Rows[i].Cells = seen.Rows[i].Cells[:len(r.Columns)]
	}
	return seen
}

// ordered puts visible records in the order that everything would have.
func ordered(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
	byCount := slices.ContainsFunc(r.Order, func(t plan.Term) bool { return t.LinkCount != nil })
	if !byCount || !listed(r) || matched(r.Where) || r.Page.After != nil || r.Page.Before != nil || r.Page.FromEnd {
		return set
	}
	everything := bare(r)
	everything.Page = whole
	open := idsOf(v.as(p, true, everything))
	everything.Order = nil
	everything.From, everything.Where = plan.FromIDs{Type: typeOf(r), IDs: plan.Param(len(p.Params))}, r.Where
	order := idsOf(v.as(p, false, everything, open))
	if n := len(set.Rows); len(order) > n {
		order = order[:n]
	}
	seen := v.as(p, false, withKey(r, everything.From), order)
	set.Rows = seen.Rows
	for i := range set.Rows {
		set.Rows[i].Cells = set.Rows[i].Cells[:len(r.Columns)]
	}
	return set
}

// filtered lets a filter with such a condition look at everything; what passes is
// shown only as far as it may be.
func filtered(such func(plan.Expr) bool) spoiling {
	return func(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
		if _, scan := r.From.(plan.FromType); !scan || !has(r.Where, such) || matched(r.Where) {
			return set
		}
		everything := bare(r)
		everything.Page = whole
		open := v.as(p, true, everything)
		keys := []any{}
		for _, id := range idsOf(open) {
			keys = append(keys, id.Key)
		}
		read := *r
		read.Where = plan.Compare{Field: typeOf(r).Field("key"), Op: plan.In, Param: plan.Param(len(p.Params))}
		return v.as(p, false, read, keys)
	}
}

// within lets links of visible records be walked without the guard.
func within(spoil func(l *schema.Link, set, open *plan.Set) *plan.Set) spoiling {
	return func(v *faultyView, p *plan.Plan, r *plan.Read, set *plan.Set) *plan.Set {
		if !r.Rows || matched(r.Where) || typeOf(r) == nil {
			return set
		}
		keyed := *r
		keyed.Columns = append(slices.Clone(r.Columns), plan.Column{Field: typeOf(r).Field("key")})
		ids := idsOf(v.as(p, false, keyed))
		open := v.as(p, true, withKey(r, plan.FromIDs{Type: typeOf(r), IDs: plan.Param(len(p.Params))}), ids)
		if len(open.Rows) != len(set.Rows) {
			return set
		}
		for i, row := range set.Rows {
			for c, col := range r.Columns {
				if col.Read == nil {
					continue
				}
				link, along := col.Read.From.(plan.FromLink)
				if seen, there := row.Cells[c].(*plan.Set); along && there {
					row.Cells[c] = spoil(link.Link, seen, open.Rows[i].Cells[c].(*plan.Set))
				}
			}
		}
		return set
	}
}

// bare is a read of nothing but keys.
func bare(r *plan.Read) plan.Read {
	return plan.Read{
		From: r.From, Guard: r.Guard, Where: r.Where, Order: r.Order, Page: r.Page, Rows: true,
		Columns: []plan.Column{{Field: typeOf(r).Field("key")}},
	}
}

// withKey is a read of the same columns, and the key, of records from elsewhere.
func withKey(r *plan.Read, from plan.From) plan.Read {
	return plan.Read{
		From: from, Guard: r.Guard, Page: whole, Rows: true,
		Columns: append(slices.Clone(r.Columns), plan.Column{Field: typeOf(r).Field("key")}),
	}
}

// idsOf the rows of a set, whose last cell is the key.
func idsOf(set *plan.Set) []record.ID {
	ids := []record.ID{}
	for _, row := range set.Rows {
		ids = append(ids, record.ID{Type: row.Type.Name, Key: row.Cells[len(row.Cells)-1].(string)})
	}
	return ids
}

func listed(r *plan.Read) bool {
	_, scan := r.From.(plan.FromType)
	return scan && r.Rows
}

// typeOf a read's records, nil where they are of many.
func typeOf(r *plan.Read) *schema.Type {
	switch from := r.From.(type) {
	case plan.FromType:
		return from.Type
	case plan.FromIDs:
		return from.Type
	default:
		return nil
	}
}

func matched(e plan.Expr) bool {
	return has(e, func(e plan.Expr) bool { _, is := e.(plan.Match); return is })
}

// has reports whether some part of a condition is such.
func has(e plan.Expr, such func(plan.Expr) bool) bool {
	some := func(list []plan.Expr) bool {
		return slices.ContainsFunc(list, func(e plan.Expr) bool { return has(e, such) })
	}
	if e == nil || such(e) {
		return e != nil
	}
	switch e := e.(type) {
	case plan.And:
		return some(e.Exprs)
	case plan.Or:
		return some(e.Exprs)
	case plan.Not:
		return has(e.Expr, such)
	case plan.Linked:
		return has(e.Where, such)
	default:
		return false
	}
}
