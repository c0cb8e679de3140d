package neo4j

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// condition is an expression of the plan in Cypher, where a comparison with an
// absent value is neither true nor false. As a plain condition that comes to the
// same as false, and Neo4j can use an index for it. Wherever it would not come to
// the same, as under a NOT, two says it in two values.
type condition struct {
	text string
	// null: it may be neither.
	null bool
}

func (c condition) two() string {
	if c.null {
		return "coalesce(" + c.text + ", false)"
	}
	return c.text
}

// scope is what the fields in a condition belong to: a record, or a value object
// of one.
type scope struct {
	// record is the variable of the record; empty for a value object.
	record string
	value  func(*schema.Field) operand
	// list is a stored list of scalars by the form of its elements.
	list func(*schema.Field) operand
}

func recordScope(variable string) scope {
	return scope{
		record: variable,
		value:  func(f *schema.Field) operand { return fieldOperand(variable, f) },
		list:   func(f *schema.Field) operand { return listOperand(variable, f.Name, f) },
	}
}

// restrict adds what is asked of the records of a pattern. What is asked of a
// record at the other end of a link whose key is given becomes part of the
// pattern, with the label that the index of keys needs, so that Neo4j can begin
// there.
func (b *builder) restrict(p *pattern, e plan.Expr) {
	switch e := e.(type) {
	case nil:
	case plan.And:
		for _, x := range e.Exprs {
			b.restrict(p, x)
		}
	case plan.Match:
		b.propose(p, e)
		if b.late == nil || *b.late != e {
			p.conditions = append(p.conditions, b.enough(e, b.match(e, p.node)))
		}
	case plan.Linked:
		if !keyed(e) {
			p.conditions = append(p.conditions, b.linked(e, p.node))
			return
		}
		end := b.walk(e.Link, p.node, true)
		b.restrict(&end, e.Where)
		p.matches = append(p.matches, end.matches...)
		p.conditions = append(p.conditions, end.conditions...)
		p.repeats = p.repeats || end.repeats || e.Link.Many
	default:
		p.conditions = append(p.conditions, b.condition(e, recordScope(p.node)).text)
	}
}

// keyed reports whether a condition can only hold for records that are linked to
// one whose key is given.
func keyed(e plan.Expr) bool {
	l, ok := e.(plan.Linked)
	return ok && l.Quant == plan.Some && givesKey(l.Where)
}

func givesKey(e plan.Expr) bool {
	switch e := e.(type) {
	case plan.And:
		return slices.ContainsFunc(e.Exprs, givesKey)
	case plan.Compare:
		return e.Field.System == schema.SysKey && (e.Op == plan.Eq || e.Op == plan.In) && !e.Fold
	default:
		return keyed(e)
	}
}

func (b *builder) condition(e plan.Expr, s scope) condition {
	switch e := e.(type) {
	case plan.And:
		return b.join(e.Exprs, " AND ", "true", s)
	case plan.Or:
		return b.join(e.Exprs, " OR ", "false", s)
	case plan.Not:
		return condition{text: "NOT (" + b.condition(e.Expr, s).two() + ")"}
	case plan.Compare:
		return b.compare(s.value(e.Field), e.Op, e.Fold, e.Param)
	case plan.Items:
		return b.items(e, s)
	}
	if s.record == "" {
		b.fail("%T cannot be asked of a value object", e)
		return condition{}
	}
	return b.recordCondition(e, s.record)
}

// recordCondition is what can be asked of records only.
func (b *builder) recordCondition(e plan.Expr, variable string) condition {
	switch e := e.(type) {
	case plan.Objects:
		return b.objects(e, variable)
	case plan.Linked:
		return condition{text: b.linked(e, variable)}
	case plan.LinkCount:
		return b.compare(operand{raw: b.linkCount(e.Link, variable)}, e.Op, false, e.Param)
	case plan.AtLevel:
		p := b.fromLevel(e.Type, variable)
		b.restrict(&p, e.Where)
		return condition{text: "EXISTS " + p.found()}
	case plan.OfType:
		return condition{text: ofType(e.Types, variable)}
	case plan.Match:
		return condition{text: b.enough(e, b.match(e, variable))}
	default:
		b.fail("unknown condition %T", e)
		return condition{}
	}
}

func (b *builder) join(exprs []plan.Expr, with, empty string, s scope) condition {
	if len(exprs) == 0 {
		return condition{text: empty}
	}
	out := condition{}
	parts := make([]string, 0, len(exprs))
	for _, e := range exprs {
		c := b.condition(e, s)
		parts = append(parts, c.text)
		out.null = out.null || c.null
	}
	out.text = "(" + strings.Join(parts, with) + ")"
	return out
}

func (b *builder) compare(o operand, op plan.Op, fold bool, p plan.Param) condition {
	c, ok := comparisonOf(o.field, op, fold)
	if !ok || o.in(c.form) == "" {
		b.fail("%s cannot be asked of this value", op)
		return condition{}
	}
	if op == plan.Exists {
		return condition{text: "(" + o.raw + " IS NOT NULL) = " + b.arg(p, rawForm, nil, nil)}
	}
	text := o.in(c.form) + " " + c.cypher + " " + b.arg(p, c.form, nil, nil)
	return condition{text: text, null: o.nullable}
}

// items is a condition on the elements of a list of scalars. It walks over the list
// in the form that the tests take, or over its indexes where they take different ones.
func (b *builder) items(e plan.Items, s scope) condition {
	if s.list == nil || len(e.Tests) == 0 {
		b.fail("nothing can be asked of the items of %s", e.Field.Name)
		return condition{}
	}
	element, list := b.element(), s.list(e.Field)
	if form, one := formOf(e); one {
		o := operand{raw: element, order: element, fold: element, field: e.Field}
		return quantified(e.Quant, element, list.in(form), b.passes(o, e.Tests))
	}
	at := func(list string) string { return list + "[" + element + "]" }
	o := operand{raw: at(list.raw), order: at(list.order), fold: at(list.fold), field: e.Field}
	return quantified(e.Quant, element, "range(0, size("+list.raw+") - 1)", b.passes(o, e.Tests))
}

// formOf is the one form that all tests take of an item, if there is one.
func formOf(e plan.Items) (form argForm, one bool) {
	for i, t := range e.Tests {
		c, _ := comparisonOf(e.Field, t.Op, t.Fold)
		if i > 0 && c.form != form {
			return form, false
		}
		form = c.form
	}
	return form, true
}

// passes is that an item passes every test.
func (b *builder) passes(o operand, tests []plan.Test) condition {
	out, parts := condition{}, make([]string, len(tests))
	for i, t := range tests {
		c := b.compare(o, t.Op, t.Fold, t.Param)
		parts[i], out.null = c.text, out.null || c.null
	}
	out.text = strings.Join(parts, " AND ")
	return out
}

// element is a new variable for what a quantifier walks over.
func (b *builder) element() string {
	n, _ := b.variable()
	return "x" + n[1:]
}

// quantified is a condition on the elements of a list. any and all of Cypher pass
// on what is neither true nor false, none and single must not see it.
func quantified(q plan.Quantifier, element, list string, c condition) condition {
	text := c.text
	if q == plan.None || q == plan.Single {
		text, c.null = c.two(), false
	}
	words := map[plan.Quantifier]string{plan.Some: "any", plan.All: "all", plan.None: "none", plan.Single: "single"}
	return condition{text: words[q] + "(" + element + " IN " + list + " WHERE " + text + ")", null: c.null}
}

// objects is a condition on a value object or a list of them.
func (b *builder) objects(e plan.Objects, variable string) condition {
	name := func(part *schema.Field) string { return partOf(e.Field.Name, part.Name) }
	if !e.Field.List {
		c := b.condition(e.Where, scope{
			value: func(part *schema.Field) operand { return storedOperand(variable, name(part), part) },
			list:  func(part *schema.Field) operand { return listOperand(variable, name(part), part) },
		})
		return condition{text: "(" + property(variable, e.Field.Name) + " IS NOT NULL AND " + c.text + ")", null: c.null}
	}
	index := b.element()
	c := b.condition(e.Where, scope{value: func(part *schema.Field) operand {
		return itemOperand(variable, name(part), index, part)
	}})
	number := "coalesce(" + property(variable, e.Field.Name) + ", 0)"
	return quantified(e.Quant, index, "range(0, "+number+" - 1)", c)
}

// linked is a condition on the visible records that a visible link leads to.
func (b *builder) linked(e plan.Linked, variable string) string {
	p := b.fromLink(e.Link, variable)
	if e.Quant == plan.All {
		// None for which it does not hold.
		not := plan.Expr(plan.Or{})
		if e.Where != nil {
			not = plan.Not{Expr: e.Where}
		}
		b.restrict(&p, not)
	} else {
		b.restrict(&p, e.Where)
	}
	switch e.Quant {
	case plan.Some:
		return "EXISTS " + p.found()
	case plan.None, plan.All:
		return "NOT EXISTS " + p.found()
	case plan.Single:
		return "COUNT " + p.found() + " = 1"
	default:
		b.fail("unknown quantifier %q", e.Quant)
		return ""
	}
}

// linkCount is how many visible records a link leads to.
func (b *builder) linkCount(l *schema.Link, variable string) string {
	p := b.fromLink(l, variable)
	return "COUNT " + p.found()
}

func ofType(types []*schema.Type, variable string) string {
	if len(types) == 0 {
		return "false"
	}
	parts := make([]string, 0, len(types))
	for _, t := range types {
		parts = append(parts, variable+":"+quoted(t.Name))
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}
