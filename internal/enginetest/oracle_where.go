package enginetest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// readVariables gives the variables of the operation their values.
func (r *reading) readVariables(given string) {
	raw := map[string]any{}
	if given != "" {
		dec := json.NewDecoder(bytes.NewReader([]byte(given)))
		dec.UseNumber()
		if err := dec.Decode(&raw); err != nil {
			panic(err)
		}
	}
	for _, def := range r.doc.Operations[0].VariableDefinitions {
		if v, ok := raw[def.Variable]; ok {
			r.variables[def.Variable] = r.fromJSON(v, def.Type)
		} else if def.DefaultValue != nil {
			r.variables[def.Variable], _ = r.literal(def.DefaultValue, def.Type)
		}
	}
}

// literal reads a value of the document; given is false for a variable without a
// value. A nil type reads it as it stands.
func (r *reading) literal(v *ast.Value, t *ast.Type) (value any, given bool) {
	switch {
	case v.Kind == ast.Variable:
		value, given = r.variables[v.Raw]
		return value, given
	case v.Kind == ast.NullValue:
		return nil, true
	case v.Kind == ast.ListValue:
		out := []any{}
		for _, child := range v.Children {
			item, _ := r.literal(child.Value, t.Elem)
			out = append(out, item)
		}
		return out, true
	case t != nil && t.Elem != nil:
		item, _ := r.literal(v, t.Elem)
		return []any{item}, true
	case v.Kind == ast.ObjectValue:
		out := map[string]any{}
		for _, child := range v.Children {
			out[child.Name], _ = r.literal(child.Value, r.catalog.Served.Types[t.NamedType].Fields.ForName(child.Name).Type)
		}
		return out, true
	case v.Kind == ast.IntValue:
		n, err := strconv.ParseInt(v.Raw, 10, 64)
		if err != nil {
			panic(err)
		}
		return n, true
	case v.Kind == ast.BooleanValue:
		return v.Raw == "true", true
	default:
		return inUTC(v.Raw, t), true
	}
}

func (r *reading) fromJSON(raw any, t *ast.Type) any {
	items, isList := raw.([]any)
	switch {
	case raw == nil:
		return nil
	case t.Elem != nil && !isList:
		return []any{r.fromJSON(raw, t.Elem)}
	case t.Elem != nil:
		out := []any{}
		for _, item := range items {
			out = append(out, r.fromJSON(item, t.Elem))
		}
		return out
	}
	switch raw := raw.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, v := range raw {
			out[name] = r.fromJSON(v, r.catalog.Served.Types[t.NamedType].Fields.ForName(name).Type)
		}
		return out
	case json.Number:
		// JSON does not tell 1 from 1.0.
		n, err := strconv.ParseInt(strings.TrimSuffix(raw.String(), ".0"), 10, 64)
		if err != nil {
			panic(err)
		}
		return n
	case string:
		return inUTC(raw, t)
	default:
		return raw
	}
}

func inUTC(s string, t *ast.Type) string {
	if t == nil || t.NamedType != "DateTime" {
		return s
	}
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return at.UTC().Format(time.RFC3339)
}

// meets reports whether an entry meets every condition of a filter of t.
func (r *reading) meets(e *entry, t *schema.Type, where map[string]any) bool {
	for name, v := range where {
		if !r.meetsOne(e, t, name, v) {
			return false
		}
	}
	return true
}

func (r *reading) meetsOne(e *entry, t *schema.Type, name string, v any) bool {
	part := func(item any) bool { return r.meets(e, t, item.(map[string]any)) }
	switch name {
	case "and":
		return !slices.ContainsFunc(v.([]any), func(item any) bool { return !part(item) })
	case "or":
		return slices.ContainsFunc(v.([]any), part)
	case "not":
		return !part(v)
	case "confidentiality":
		level := r.level(e)
		return level != nil && r.meets(level, level.typ, v.(map[string]any))
	}
	conditions := v.(map[string]any)
	if f := t.Field(name); f != nil {
		return meetsValue(r.shown(e, e.typ.Field(name)), f, conditions)
	}
	l := t.Link(name)
	ends := r.linked(e, name)
	passes := func(where any) func(*entry) bool {
		return func(end *entry) bool { return r.meets(end, l.Target, where.(map[string]any)) }
	}
	if !l.Many {
		return slices.ContainsFunc(ends, passes(conditions))
	}
	for quantifier, condition := range conditions {
		if quantifier == "count" {
			if !meetsScalar(int64(len(ends)), condition.(map[string]any)) {
				return false
			}
		} else if !quantified(quantifier, ends, passes(condition)) {
			return false
		}
	}
	return true
}

// quantified reports whether some, all, none or a single one of items passes.
func quantified[T any](quantifier string, items []T, passes func(T) bool) bool {
	n := 0
	for _, item := range items {
		n += truth(passes(item))
	}
	switch quantifier {
	case "some":
		return n > 0
	case "all":
		return n == len(items)
	case "none":
		return n == 0
	case "single":
		return n == 1
	}
	panic("no quantifier " + quantifier)
}

// meetsValue holds a value of a field against the conditions of its kind.
func meetsValue(v any, f *schema.Field, conditions map[string]any) bool {
	one := func(item any, conditions map[string]any) bool {
		if f.Kind == schema.Object {
			return meetsObject(item, f.Object, conditions)
		}
		return meetsScalar(item, conditions)
	}
	if !f.List {
		return one(v, conditions)
	}
	for quantifier, condition := range conditions {
		if !quantified(quantifier, v.([]any), func(item any) bool { return one(item, condition.(map[string]any)) }) {
			return false
		}
	}
	return true
}

func meetsObject(v any, o *schema.ObjectType, conditions map[string]any) bool {
	object, there := v.(record.Object)
	if want, asked := conditions["exists"]; asked && want != there {
		return false
	}
	for name, condition := range conditions {
		if name == "exists" {
			continue
		}
		f := o.Field(name)
		if !there || !meetsValue(object[f.Index], f, condition.(map[string]any)) {
			return false
		}
	}
	return true
}

// meetsScalar: nothing is true of an absent value but that it does not exist.
func meetsScalar(v any, conditions map[string]any) bool {
	for op, param := range conditions {
		switch {
		case op == "exists":
			if (v != nil) != param.(bool) {
				return false
			}
		case v == nil:
			return false
		case op == "ignoreCase":
			for op, param := range param.(map[string]any) {
				if !compares(text.Fold(v.(string)), op, folded(param)) {
					return false
				}
			}
		case !compares(v, op, param):
			return false
		}
	}
	return true
}

func folded(param any) any {
	if list, ok := param.([]any); ok {
		out := []any{}
		for _, item := range list {
			out = append(out, text.Fold(item.(string)))
		}
		return out
	}
	return text.Fold(param.(string))
}

// compares holds a value against a parameter.
func compares(v any, op string, param any) bool {
	switch op {
	case "eq":
		return v == param
	case "in":
		return slices.Contains(param.([]any), v)
	case "lt":
		return compareValues(v, param, nil, false) < 0
	case "lte":
		return compareValues(v, param, nil, false) <= 0
	case "gt":
		return compareValues(v, param, nil, false) > 0
	case "gte":
		return compareValues(v, param, nil, false) >= 0
	case "contains":
		return strings.Contains(v.(string), param.(string))
	case "startsWith":
		return strings.HasPrefix(v.(string), param.(string))
	case "endsWith":
		return strings.HasSuffix(v.(string), param.(string))
	}
	panic("no operator " + op)
}
