package compile

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// mostKeys is how many fields a list can be grouped by together.
const mostKeys = 3

// dividing compiles the parts of a connection that say how its whole list divides.
type dividing struct {
	*columns
	of *schema.Type
}

// part compiles one of the parts.
func (d *dividing) part(out *ConnectionOut, f *collected) (err *failure) {
	switch f.Name {
	case "facets":
		out.Part = FacetsPart
		out.Facets, err = d.facets(f.below())
	case "aggregate":
		out.Part = AggregatePart
		out.Aggregate, err = d.whole(f.below())
	case "groups":
		out.Part = GroupsPart
		out.Groups, err = d.groups(f)
	}
	return err
}

// grouping adds one to the read and gives its index.
func (d *dividing) grouping(g plan.Grouping) int {
	d.read.Groupings = append(d.read.Groupings, g)
	return len(d.read.Groupings) - 1
}

// size is the argument first of a facet or of groups.
func (d *dividing) size(args input) (plan.Param, *failure) {
	first, given := args["first"].(int64)
	most := int64(d.Limits.Page)
	switch {
	case !given && d.Limits.Unpaged:
		return plan.NoParam, nil
	case !given:
		first = int64(d.Limits.PageDefault)
	case first < 0:
		return plan.NoParam, newFailure(fault.BadInput, "%d is no number of values; right is 0 to %d", first, most).argument("first")
	case first > most:
		return plan.NoParam, newFailure(fault.LimitExceeded, "%d is more than the %d values that come at most; ask for fewer, or about a part of the list (where)", first, most).argument("first")
	}
	return d.param(first), nil
}

// key of the plan for one of the schema.
func (d *dividing) key(k schema.Key) plan.GroupKey {
	switch {
	case k.Field != nil:
		return plan.GroupKey{Field: k.Field}
	case k.Link != nil:
		return plan.GroupKey{Path: []plan.Hop{{k.Link}}, Guard: d.plan.Guard}
	default:
		return plan.GroupKey{Level: k.Target, Guard: d.plan.Guard}
	}
}

// facets compiles a grouping for every facet that is asked for.
func (d *dividing) facets(s selection) ([]FacetOut, *failure) {
	name := schema.FacetsName(d.of.Name)
	fields, err := d.collect(s, name)
	if err != nil {
		return nil, err
	}
	keys := d.Catalog.Keys(d.of)
	outs := make([]FacetOut, 0, len(fields))
	for _, f := range fields {
		if f.Name == "__typename" {
			outs = append(outs, FacetOut{Key: f.Alias, Typename: name})
			continue
		}
		i := slices.IndexFunc(keys, func(k schema.Key) bool { return k.Name == f.Name })
		out, err := d.facet(f, keys[i])
		if err != nil {
			return nil, err.in(f.Alias)
		}
		outs = append(outs, out)
	}
	return outs, nil
}

func (d *dividing) facet(f *collected, k schema.Key) (FacetOut, *failure) {
	out := FacetOut{Key: f.Alias}
	args, err := d.arguments(f.Field)
	if err != nil {
		return out, err
	}
	limit, err := d.size(args)
	if err != nil {
		return out, err
	}
	name := schema.FacetName(k)
	fields, err := d.collect(f.below(), name)
	if err != nil {
		return out, err
	}
	g := plan.Grouping{By: []plan.GroupKey{d.key(k)}, Limit: limit}
	for _, f := range fields {
		v := FacetValueOut{Key: f.Alias, Name: f.Name}
		switch f.Name {
		case "__typename":
			v.Typename = name
		case "node":
			told := d.compiler.columns(&plan.Read{Columns: g.Columns})
			if v.Record, err = told.record(f.below(), k.Target); err != nil {
				return out, err.in(f.Alias)
			}
			g.Rows, g.Columns = true, told.read.Columns
		}
		out.Values = append(out.Values, v)
	}
	out.Grouping = d.grouping(g)
	return out, nil
}

// aggregate compiles figures; add gives the cell of one.
func (d *dividing) aggregate(s selection, add func(plan.Figure) int) ([]AggregateOut, *failure) {
	name := schema.AggregateName(d.of.Name)
	fields, err := d.collect(s, name)
	if err != nil {
		return nil, err
	}
	outs := make([]AggregateOut, 0, len(fields))
	for _, f := range fields {
		out := AggregateOut{Key: f.Alias}
		switch measured := d.of.Field(f.Name); {
		case f.Name == "__typename":
			out.Typename = name
		case measured == nil:
			out.Count = true
		default:
			if out.Measure, err = d.measure(f, measured, add); err != nil {
				return nil, err.in(f.Alias)
			}
		}
		outs = append(outs, out)
	}
	return outs, nil
}

func (d *dividing) measure(f *collected, of *schema.Field, add func(plan.Figure) int) ([]MeasureOut, *failure) {
	name := schema.MeasureName(of)
	fields, err := d.collect(f.below(), name)
	if err != nil {
		return nil, err
	}
	outs := make([]MeasureOut, 0, len(fields))
	for _, f := range fields {
		out := MeasureOut{Key: f.Alias}
		figure := func(kind plan.FigureKind) int { return add(plan.Figure{Field: of, Of: kind}) }
		switch f.Name {
		case "__typename":
			out.Typename = name
		case "count":
			out.Cell = figure(plan.Values)
		case "min":
			out.Cell = figure(plan.Min)
		case "max":
			out.Cell = figure(plan.Max)
		case "sum":
			out.Cell = figure(plan.Sum)
		case "avg":
			out.Cell, out.Average, out.Of = figure(plan.Sum), true, figure(plan.Values)
		}
		outs = append(outs, out)
	}
	return outs, nil
}

// figures collects figures, each once.
func figures(of *[]plan.Figure) func(plan.Figure) int {
	return func(f plan.Figure) int {
		if at := slices.Index(*of, f); at >= 0 {
			return at
		}
		*of = append(*of, f)
		return len(*of) - 1
	}
}

// whole compiles the aggregate of the whole list. Its count is that of the read.
func (d *dividing) whole(s selection) (*Aggregate, *failure) {
	g := plan.Grouping{Limit: plan.NoParam}
	out := &Aggregate{Grouping: -1}
	var err *failure
	if out.Outs, err = d.aggregate(s, figures(&g.Figures)); err != nil {
		return nil, err
	}
	d.read.Count = d.read.Count || slices.ContainsFunc(out.Outs, func(o AggregateOut) bool { return o.Count })
	if len(g.Figures) > 0 {
		out.Grouping = d.grouping(g)
	}
	return out, nil
}

// groups compiles a grouping by the keys that are asked for.
func (d *dividing) groups(f *collected) (*Groups, *failure) {
	args, err := d.arguments(f.Field)
	if err != nil {
		return nil, err
	}
	by, err := d.by(args)
	if err != nil {
		return nil, err.argument("by")
	}
	limit, err := d.size(args)
	if err != nil {
		return nil, err
	}
	g := plan.Grouping{Absent: true, Limit: limit}
	for _, k := range by {
		g.By = append(g.By, d.key(k))
	}
	out := &Groups{}
	if out.Outs, err = d.group(f.below(), by, figures(&g.Figures)); err != nil {
		return nil, err
	}
	out.Grouping = d.grouping(g)
	return out, nil
}

func (d *dividing) by(args input) ([]schema.Key, *failure) {
	asked, _ := args["by"].([]any)
	if len(asked) == 0 || len(asked) > mostKeys {
		return nil, newFailure(fault.BadInput, "groups are by 1 to %d fields; right is [%s]", mostKeys, d.Catalog.Keys(d.of)[0].Word)
	}
	var by []schema.Key
	for _, word := range asked {
		for _, k := range d.Catalog.Keys(d.of) {
			if k.Word == word {
				by = append(by, k)
			}
		}
		if slices.ContainsFunc(by[:len(by)-1], func(k schema.Key) bool { return k.Word == word }) {
			return nil, newFailure(fault.BadInput, "%s stands there twice; right is to name it once", word)
		}
	}
	return by, nil
}

func (d *dividing) group(s selection, by []schema.Key, add func(plan.Figure) int) ([]GroupOut, *failure) {
	name := schema.GroupName(d.of.Name)
	fields, err := d.collect(s, name)
	if err != nil {
		return nil, err
	}
	outs := make([]GroupOut, 0, len(fields))
	for _, f := range fields {
		out := GroupOut{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Typename = name
		case "count":
			out.Count = true
		case "keys":
			out.Keys, err = d.groupKeys(f.below(), by)
		case "aggregate":
			out.Aggregate, err = d.aggregate(f.below(), add)
		}
		if err != nil {
			return nil, err.in(f.Alias)
		}
		outs = append(outs, out)
	}
	return outs, nil
}

func (d *dividing) groupKeys(s selection, by []schema.Key) ([]GroupKeyOut, *failure) {
	name := schema.GroupKeysName(d.of.Name)
	fields, err := d.collect(s, name)
	if err != nil {
		return nil, err
	}
	outs := make([]GroupKeyOut, 0, len(fields))
	for _, f := range fields {
		if f.Name == "__typename" {
			outs = append(outs, GroupKeyOut{Key: f.Alias, Typename: name})
			continue
		}
		at := slices.IndexFunc(by, func(k schema.Key) bool { return k.Name == f.Name })
		if at < 0 {
			return nil, newFailure(fault.BadInput, "the groups are by %s; right is one of these, or %s among them", words(by), f.Name).in(f.Alias)
		}
		outs = append(outs, GroupKeyOut{Key: f.Alias, At: at})
	}
	return outs, nil
}

func words(by []schema.Key) string {
	names := make([]string, 0, len(by))
	for _, k := range by {
		names = append(names, k.Name)
	}
	return strings.Join(names, ", ")
}
