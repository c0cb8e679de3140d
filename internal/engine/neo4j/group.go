package neo4j

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// groupForm is how a group lies in what Neo4j returns: a list of its count, its
// keys and its figures; where there are columns, a list of that and of their row.
type groupForm struct {
	keys    int
	figures []plan.Figure
	row     *setForm
}

// word is what a sum is split by: neither half of the sum of as many 64-bit
// numbers as there can be overflows, while Cypher's sum of the numbers could.
const word = "4294967296"

// grouping is how the records before paging divide.
type grouping struct {
	*builder
	p      pattern
	absent bool
	line   string
	// matches lead to the records of keys.
	matches string
	// ends are the variables of those records, repeats: a path may lead to one twice.
	ends    []string
	repeats bool
	// by are the names that groups have in common, order what they are ordered by,
	// cells what is told of them.
	by, order, cells []string
	// figures are the names of figures.
	figures []string
}

// groups is the expression for the groups of a read.
func (b *builder) groups(r *plan.Read, g *plan.Grouping, outer string, depth int) (string, *groupForm) {
	d := &grouping{builder: b, p: b.from(r.From, outer), absent: g.Absent, line: "\n" + strings.Repeat("  ", depth)}
	b.restrict(&d.p, r.Where)
	end := pattern{}
	for _, k := range g.By {
		end = d.key(k)
	}
	text := d.p.text(d.line)
	if d.p.repeats {
		text += d.line + "WITH DISTINCT " + d.p.node
	}
	text += d.matches
	if d.repeats {
		text += d.line + "WITH DISTINCT " + strings.Join(append([]string{d.p.node}, d.ends...), ", ")
	}
	size := b.name("c")
	with := slices.Concat(d.by, []string{"count(*) AS " + size})
	for _, f := range g.Figures {
		with = append(with, d.figure(f)...)
	}
	text += d.line + "WITH " + strings.Join(with, ", ")
	text += " ORDER BY " + strings.Join(append([]string{size + " DESC"}, d.order...), ", ")
	if g.Limit != plan.NoParam {
		text += " LIMIT " + b.arg(g.Limit, rawForm, nil, nil)
	}
	form := &groupForm{keys: len(g.By), figures: g.Figures}
	told := "[" + strings.Join(append([]string{size}, d.cells...), ", ") + "]"
	if g.Rows {
		form.row = &setForm{ids: plan.NoParam, limit: plan.NoParam}
		told = "[" + told + ", [" + b.row(g.Columns, end, depth+1, form.row) + "]]"
		text += form.row.workedOut(d.line, append(d.figures, end.node, size)...)
	}
	return "COLLECT {" + text + d.line + "RETURN " + told + d.line[:len(d.line)-2] + "}", form
}

// name is a new one that begins like this.
func (b *builder) name(letter string) string { return letter + b.element()[1:] }

// key adds what groups have in common. What it leads to, if it does, is given back.
func (d *grouping) key(k plan.GroupKey) pattern {
	if k.Field != nil {
		d.field(k.Field)
		return pattern{}
	}
	var end pattern
	var hops []pattern
	if k.Level != nil {
		end = d.fromLevel(k.Level, d.p.node)
		hops = append(hops, end)
	} else {
		end = d.p
		for _, hop := range k.Path {
			end = d.hop(hop, end.node)
			hops = append(hops, end)
		}
	}
	for _, p := range hops {
		text := p.text(d.line)
		if d.absent {
			text = strings.Replace(text, d.line+"MATCH", d.line+"OPTIONAL MATCH", 1)
		}
		d.matches += text
	}
	if d.absent && len(hops) > 1 {
		d.fail("groups of what is absent at the end of several hops")
	}
	d.repeats = d.repeats || len(hops) > 1
	d.ends = append(d.ends, end.node)
	d.by = append(d.by, end.node)
	d.order = append(d.order, property(end.node, keyProperty))
	if len(end.typ.Concrete) > 1 {
		d.order = append(d.order, property(end.node, propType))
	}
	d.cells = append(d.cells, property(end.node, "key"))
	return end
}

// field groups by a field of the records.
func (d *grouping) field(f *schema.Field) {
	o, name := fieldOperand(d.p.node, f), d.name("k")
	d.by = append(d.by, o.raw+" AS "+name)
	d.cells = append(d.cells, name)
	if o.order != o.raw {
		order := d.name("o")
		d.by = append(d.by, o.order+" AS "+order)
		name = order
	}
	d.order = append(d.order, name)
	if o.nullable && !d.absent {
		d.p.conditions = append(d.p.conditions, o.raw+" IS NOT NULL")
	}
}

// hop walks over any of some links.
func (b *builder) hop(links plan.Hop, outer string) pattern {
	p := b.fromLink(links[0], outer)
	if len(links) == 1 {
		return p
	}
	names := make([]string, 0, len(links))
	for _, l := range links {
		end := l.Relation.To
		if l.Inverse {
			end = l.Relation.From
		}
		if end != l.Target {
			b.fail("a hop over %s, which leads to some only of what its relation does", l.Name)
		}
		names = append(names, quoted(l.Relation.Name))
	}
	slices.Sort(names)
	first := ":" + quoted(links[0].Relation.Name) + "]"
	p.matches[0] = strings.Replace(p.matches[0], first, ":"+strings.Join(slices.Compact(names), "|")+"]", 1)
	p.typ = links[0].Target
	return p
}

// figure works out a figure under names of its own.
func (d *grouping) figure(f plan.Figure) []string {
	value := property(d.p.node, f.Field.Name)
	var all []string
	add := func(expression string) {
		name := d.name("f")
		d.cells, d.figures = append(d.cells, name), append(d.figures, name)
		all = append(all, expression+" AS "+name)
	}
	switch f.Of {
	case plan.Values:
		add("count(" + value + ")")
	case plan.Min:
		add("min(" + value + ")")
	case plan.Max:
		add("max(" + value + ")")
	case plan.Sum:
		add("sum(" + value + " / " + word + ")")
		add("sum(" + value + " % " + word + ")")
	default:
		d.fail("the figure %q", f.Of)
	}
	return all
}
