package neo4j

import (
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// operand is a value in a statement, as the expressions it can be compared by.
type operand struct {
	// raw is the value itself. order is what it is compared and ordered by, fold its
	// folded form; they are raw where there is no difference.
	raw, order, fold string
	// field the value comes from; nil for a number of links or a type's name.
	field *schema.Field
	// nullable values may be absent.
	nullable bool
}

// fieldOperand is a field of the record in a variable.
func fieldOperand(variable string, f *schema.Field) operand {
	if f.System == schema.SysID {
		// The type's name is ASCII, so that it is its own order key.
		prefix := "(" + property(variable, propType) + " + ':' + "
		return operand{
			raw:   prefix + property(variable, "key") + ")",
			order: prefix + property(variable, keyProperty) + ")",
			fold:  "", field: f,
		}
	}
	return storedOperand(variable, f.Name, f)
}

// storedOperand is a value stored under a name.
func storedOperand(variable, name string, f *schema.Field) operand {
	o := operand{raw: property(variable, name), field: f, nullable: !f.Required && !f.List}
	o.order, o.fold = o.raw, o.raw
	switch {
	case f.System == schema.SysKey:
		o.order, o.fold = property(variable, keyProperty), orRaw(variable, foldOf(name), o.raw)
	case isText(f):
		o.order, o.fold = orRaw(variable, orderOf(name), o.raw), orRaw(variable, foldOf(name), o.raw)
	case f.Kind == schema.EnumKind:
		o.order = property(variable, rankOf(name))
	}
	return o
}

// orRaw is a form of a value, which is stored where it is not the value itself.
func orRaw(variable, form, raw string) string {
	return "coalesce(" + property(variable, form) + ", " + raw + ")"
}

// listOperand is a list of scalars stored under a name, or an empty one.
func listOperand(variable, name string, f *schema.Field) operand {
	o := storedOperand(variable, name, f)
	orEmpty := func(list string) string { return "coalesce(" + list + ", [])" }
	o.raw, o.order, o.fold = orEmpty(o.raw), orEmpty(o.order), orEmpty(o.fold)
	return o
}

// itemOperand is the part of the value object at an index of a list.
func itemOperand(variable, name, index string, part *schema.Field) operand {
	o := storedOperand(variable, name, part)
	at := func(list string) string {
		if !o.nullable {
			return list + "[" + index + "]"
		}
		set := "coalesce(" + property(variable, setOf(name)) + "[" + index + "], true)"
		return "CASE WHEN " + set + " THEN " + list + "[" + index + "] END"
	}
	o.raw, o.order, o.fold = at(o.raw), at(o.order), at(o.fold)
	return o
}

// comparison is how an operator is written and which form of a value it takes.
type comparison struct {
	cypher string
	form   argForm
}

// comparisonOf finds the form in which op can be answered for a field. Text is
// equal, or begins with another, where the order keys do; what is within it or at
// its end has to be looked for in the text itself.
func comparisonOf(f *schema.Field, op plan.Op, fold bool) (comparison, bool) {
	text := f != nil && isText(f)
	enum := f != nil && f.Kind == schema.EnumKind
	form := rawForm
	if text {
		form = orderForm
	}
	if fold {
		form = foldForm
	}
	switch op {
	case plan.Eq:
		return comparison{"=", form}, true
	case plan.In:
		return comparison{"IN", form}, true
	case plan.Lt:
		return comparison{"<", form}, !enum && !fold
	case plan.Lte:
		return comparison{"<=", form}, !enum && !fold
	case plan.Gt:
		return comparison{">", form}, !enum && !fold
	case plan.Gte:
		return comparison{">=", form}, !enum && !fold
	case plan.StartsWith:
		return comparison{"STARTS WITH", form}, text
	case plan.Contains:
		return comparison{"CONTAINS", within(form)}, text
	case plan.EndsWith:
		return comparison{"ENDS WITH", within(form)}, text
	case plan.Exists:
		return comparison{"IS NOT NULL", rawForm}, true
	}
	return comparison{}, false
}

// within is the form in which a part of a text is looked for.
func within(form argForm) argForm {
	if form == orderForm {
		return rawForm
	}
	return form
}

// in is the expression of the operand in a form.
func (o operand) in(form argForm) string {
	switch form {
	case orderForm:
		return o.order
	case foldForm:
		return o.fold
	default:
		return o.raw
	}
}
