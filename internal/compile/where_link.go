package compile

import (
	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// linkFilter compiles the condition of a link: on the one record of a to-one
// link, or quantified over the records of the others.
func (c *compiler) linkFilter(l *schema.Link, value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	if !l.Many {
		return c.quantified(l, plan.Some, in)
	}
	if len(in) == 0 {
		return nil, newFailure(fault.BadInput, "{} asks nothing; right is one of some, all, none, single, count")
	}
	var all []plan.Expr
	for _, q := range quantifiers {
		value, given := in[string(q)]
		if !given {
			continue
		}
		e, err := c.quantifiedValue(l, q, value)
		if err != nil {
			return nil, err.argument(string(q))
		}
		all = append(all, e)
	}
	if value, given := in["count"]; given {
		e, err := c.countFilter(l, value)
		if err != nil {
			return nil, err.argument("count")
		}
		all = append(all, e)
	}
	return conjunction(all), nil
}

func (c *compiler) quantifiedValue(l *schema.Link, q plan.Quantifier, value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	return c.quantified(l, q, in)
}

func (c *compiler) quantified(l *schema.Link, q plan.Quantifier, in input) (plan.Expr, *failure) {
	where, err := c.where(in, l.Target)
	if err != nil {
		return nil, err
	}
	return plan.Linked{Link: l, Guard: c.plan.Guard, Quant: q, Where: where}, nil
}

func (c *compiler) countFilter(l *schema.Link, value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	if len(in) == 0 {
		return nil, newFailure(fault.BadInput, "{} asks nothing; right is an operator such as gte")
	}
	return c.operators(in, func(op plan.Op, _ bool, p plan.Param) plan.Expr {
		return plan.LinkCount{Link: l, Guard: c.plan.Guard, Op: op, Param: p}
	})
}

// confidentiality is the field of Node that comes from the guard class, and
// levelType the type it leads to.
const (
	confidentiality = "confidentiality"
	levelType       = "ConfidentialityLevel"
)

func (c *compiler) levelFilter(value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	t := c.Catalog.Type(levelType)
	where, err := c.where(in, t)
	if err != nil {
		return nil, err
	}
	return plan.AtLevel{Type: t, Guard: c.plan.Guard, Where: always(where)}, nil
}

// idFilter turns conditions on the global id into conditions on type and key.
func (c *compiler) idFilter(t *schema.Type, value any) (plan.Expr, *failure) {
	in, err := needObject(value)
	if err != nil {
		return nil, err
	}
	key := t.Field("key")
	return c.operators(in, func(op plan.Op, _ bool, p plan.Param) plan.Expr {
		if op == plan.Exists {
			return plan.Compare{Field: key, Op: op, Param: p}
		}
		return c.idIn(t, key, c.plan.Params[p])
	})
}

// idIn is true for the records of t named by an id or a list of ids; ids of other
// types name none of them.
func (c *compiler) idIn(t *schema.Type, key *schema.Field, value any) plan.Expr {
	ids, isList := value.([]any)
	if !isList {
		ids = []any{value}
	}
	byType := map[*schema.Type][]any{}
	for _, v := range ids {
		s, _ := v.(string)
		id, _ := record.ParseID(s)
		for _, concrete := range t.Concrete {
			if concrete.Name == id.Type {
				byType[concrete] = append(byType[concrete], id.Key)
			}
		}
	}
	var one plan.Or
	for _, concrete := range t.Concrete {
		if keys := byType[concrete]; keys != nil {
			one.Exprs = append(one.Exprs, plan.And{Exprs: []plan.Expr{
				plan.OfType{Types: []*schema.Type{concrete}},
				plan.Compare{Field: key, Op: plan.In, Param: c.param(keys)},
			}})
		}
	}
	return one
}
