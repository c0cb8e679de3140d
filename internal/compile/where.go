package compile

import (
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// The logic of filters. Every input is the conjunction of its entries; {} as a
// `where` or as the condition of a link asks nothing, while {} as the operators
// of a value is a mistake, as is {eq: null}: exists asks whether there is a value.
// in: [] and or: [] match nothing, and: [] everything.

// param adds a value of the operation to the plan.
func (c *compiler) param(v any) plan.Param {
	c.plan.Params = append(c.plan.Params, v)
	return plan.Param(len(c.plan.Params) - 1)
}

// condition is one entry that a filter may have.
type condition struct {
	name    string
	compile func(value any) (plan.Expr, *failure)
}

// conditions are the entries of the filter of t, always in the same order: two
// filters that ask the same have one shape.
func (c *compiler) conditions(t *schema.Type) []condition {
	var all []condition
	for _, name := range []string{"and", "or", "not"} {
		all = append(all, condition{name, func(value any) (plan.Expr, *failure) { return c.combined(name, value, t) }})
	}
	for _, f := range t.Fields {
		if f.System == schema.SysID {
			all = append(all, condition{f.Name, func(value any) (plan.Expr, *failure) { return c.idFilter(t, value) }})
			continue
		}
		all = append(all, condition{f.Name, func(value any) (plan.Expr, *failure) { return c.fieldFilter(f, value) }})
	}
	all = append(all, condition{confidentiality, c.levelFilter})
	for _, l := range t.Links {
		all = append(all, condition{l.Name, func(value any) (plan.Expr, *failure) { return c.linkFilter(l, value) }})
	}
	return all
}

// where compiles the filter of a type; nil when it asks nothing.
func (c *compiler) where(in input, t *schema.Type) (plan.Expr, *failure) {
	if len(in) == 0 {
		return nil, nil
	}
	var all []plan.Expr
	for _, condition := range c.conditions(t) {
		value, given := in[condition.name]
		if !given {
			continue
		}
		e, err := condition.compile(value)
		if err != nil {
			return nil, err.argument(condition.name)
		}
		if e != nil {
			all = append(all, e)
		}
	}
	return conjunction(all), nil
}

func conjunction(all []plan.Expr) plan.Expr {
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	default:
		return plan.And{Exprs: all}
	}
}

// always turns the nil of a filter that asks nothing into an expression.
func always(e plan.Expr) plan.Expr {
	if e == nil {
		return plan.And{}
	}
	return e
}

func needObject(value any) (input, *failure) {
	in, ok := value.(input)
	if !ok {
		return nil, newFailure(fault.BadInput, "null is no condition; leave it out, or ask exists: false")
	}
	return in, nil
}

func (c *compiler) combined(name string, value any, t *schema.Type) (plan.Expr, *failure) {
	if name == "not" {
		in, err := needObject(value)
		if err != nil {
			return nil, err
		}
		e, err := c.where(in, t)
		if err != nil {
			return nil, err
		}
		return plan.Not{Expr: always(e)}, nil
	}
	items, ok := value.([]any)
	if !ok {
		return nil, newFailure(fault.BadInput, "null is no list of conditions; leave it out")
	}
	exprs := make([]plan.Expr, 0, len(items))
	for _, item := range items {
		e, err := c.where(item.(input), t)
		if err != nil {
			return nil, err
		}
		exprs = append(exprs, always(e))
	}
	if name == "or" {
		return plan.Or{Exprs: exprs}, nil
	}
	return plan.And{Exprs: exprs}, nil
}

func (c *compiler) fieldFilter(f *schema.Field, value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 {
		return nil, newFailure(fault.BadInput, "{} asks nothing; right is an operator such as eq")
	}
	if !f.List {
		if f.Kind == schema.Object {
			return c.objectFilter(f, plan.Some, in)
		}
		return c.operators(in, func(op plan.Op, fold bool, p plan.Param) plan.Expr {
			return plan.Compare{Field: f, Op: op, Fold: fold, Param: p}
		})
	}
	return c.listFilter(f, in)
}

var quantifiers = []plan.Quantifier{plan.Some, plan.All, plan.None, plan.Single}

func (c *compiler) listFilter(f *schema.Field, in input) (plan.Expr, *failure) {
	var all []plan.Expr
	for _, q := range quantifiers {
		value, given := in[string(q)]
		if !given {
			continue
		}
		e, err := c.itemFilter(f, q, value)
		if err != nil {
			return nil, err.argument(string(q))
		}
		all = append(all, e)
	}
	return conjunction(all), nil
}

func (c *compiler) itemFilter(f *schema.Field, q plan.Quantifier, value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	if f.Kind == schema.Object {
		return c.objectFilter(f, q, in)
	}
	if len(in) == 0 {
		return nil, newFailure(fault.BadInput, "{} asks nothing; right is an operator such as eq")
	}
	items := plan.Items{Field: f, Quant: q}
	_, err = c.operators(in, func(op plan.Op, fold bool, p plan.Param) plan.Expr {
		items.Tests = append(items.Tests, plan.Test{Op: op, Fold: fold, Param: p})
		return nil
	})
	return items, err
}

func (c *compiler) objectFilter(f *schema.Field, q plan.Quantifier, in input) (plan.Expr, *failure) {
	var all []plan.Expr
	for _, part := range f.Object.Fields {
		value, given := in[part.Name]
		if !given {
			continue
		}
		e, err := c.fieldFilter(part, value)
		if err != nil {
			return nil, err.argument(part.Name)
		}
		all = append(all, e)
	}
	e := plan.Expr(plan.Objects{Field: f, Quant: q, Where: plan.And{Exprs: all}})
	exists, given := in["exists"]
	if !given {
		return e, nil
	}
	want, ok := exists.(bool)
	switch {
	case !ok:
		return nil, newFailure(fault.BadInput, "exists takes true or false")
	case want:
		return e, nil
	case len(all) > 0:
		return nil, newFailure(fault.BadInput, "exists: false leaves nothing for the other conditions; leave one of them out")
	case f.List:
		// An item of a list is there: no item meets this.
		return plan.Objects{Field: f, Quant: q, Where: plan.Or{}}, nil
	default:
		return plan.Not{Expr: e}, nil
	}
}

// operators compiles eq, in, … of a value; build makes the comparison.
func (c *compiler) operators(in input, build func(plan.Op, bool, plan.Param) plan.Expr) (plan.Expr, *failure) {
	var all []plan.Expr
	for _, op := range []plan.Op{plan.Eq, plan.In, plan.Lt, plan.Lte, plan.Gt, plan.Gte, plan.Contains, plan.StartsWith, plan.EndsWith, plan.Exists} {
		value, given := in[string(op)]
		if !given {
			continue
		}
		if value == nil {
			return nil, newFailure(fault.BadInput, "null is no value to compare with; right is exists: false").argument(string(op))
		}
		all = append(all, build(op, false, c.param(value)))
	}
	if value, given := in["ignoreCase"]; given {
		folded, err := c.foldOperators(value, build)
		if err != nil {
			return nil, err.argument("ignoreCase")
		}
		all = append(all, folded...)
	}
	return conjunction(all), nil
}

func (c *compiler) foldOperators(value any, build func(plan.Op, bool, plan.Param) plan.Expr) ([]plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 {
		return nil, newFailure(fault.BadInput, "{} asks nothing; right is an operator such as contains")
	}
	var all []plan.Expr
	for _, op := range []plan.Op{plan.Eq, plan.In, plan.Contains, plan.StartsWith, plan.EndsWith} {
		value, given := in[string(op)]
		if !given {
			continue
		}
		switch v := value.(type) {
		case string:
			all = append(all, build(op, true, c.param(text.Fold(v))))
		case []any:
			words := make([]any, len(v))
			for i, w := range v {
				words[i] = text.Fold(w.(string))
			}
			all = append(all, build(op, true, c.param(words)))
		default:
			return nil, newFailure(fault.BadInput, "null is no value to compare with").argument(string(op))
		}
	}
	return all, nil
}
