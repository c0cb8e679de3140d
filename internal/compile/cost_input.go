package compile

import (
	"slices"
	"strconv"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/vektah/gqlparser/v2/ast"
)

// inputWeight is what an input costs each time it is applied: its values, and the
// reads that its conditions on links are.
type inputWeight struct{ values, reads int }

func (w *inputWeight) add(other inputWeight) {
	w.values, w.reads = saturated(w.values, other.values), saturated(w.reads, other.reads)
}

// named counts a member of an input object. Conditions on what a link leads to are
// reads; those on the items of a list look the same and count as much.
func (w *inputWeight) named(name string) {
	if name == "" {
		return
	}
	w.values = saturated(w.values, priceOfCondition)
	if name == "count" || slices.Contains(quantifiers, plan.Quantifier(name)) {
		w.reads = saturated(w.reads, 1)
	}
}

// arguments weighs the arguments of a field beside those of its page.
func (m *measurer) arguments(f *ast.Field) inputWeight {
	var w inputWeight
	for _, a := range f.Arguments {
		switch a.Name {
		case "first", "last", "after", "before":
			continue
		}
		w.values = saturated(w.values, argumentPrices[a.Name])
		w.add(m.literalWeight(a.Value))
	}
	return w
}

func (m *measurer) literalWeight(v *ast.Value) inputWeight {
	switch v.Kind {
	case ast.Variable:
		w, known := m.inputs[v.Raw]
		if !known {
			w = valueWeight(m.variables[v.Raw])
			m.inputs[v.Raw] = w
		}
		return w
	case ast.ListValue, ast.ObjectValue:
		var w inputWeight
		for _, child := range v.Children {
			w.named(child.Name)
			w.add(m.literalWeight(child.Value))
		}
		return w
	default:
		return inputWeight{values: 1}
	}
}

// valueWeight weighs the value of a variable.
func valueWeight(v any) inputWeight {
	var w inputWeight
	switch v := v.(type) {
	case input:
		for name, item := range v {
			w.named(name)
			w.add(valueWeight(item))
		}
	case []any:
		for _, item := range v {
			w.add(valueWeight(item))
		}
	default:
		w.values = 1
	}
	return w
}

// number is a whole number that a literal or its variable holds.
func (m *measurer) number(v *ast.Value) (int, bool) {
	if v.Kind == ast.Variable {
		n, ok := m.variables[v.Raw].(int64)
		return int(n), ok
	}
	n, err := strconv.Atoi(v.Raw)
	return n, err == nil && v.Kind == ast.IntValue
}

// items is the length of a list.
func (m *measurer) items(v *ast.Value) int {
	if v.Kind == ast.Variable {
		list, _ := m.variables[v.Raw].([]any)
		return len(list)
	}
	if v.Kind == ast.ListValue {
		return len(v.Children)
	}
	return 1
}
