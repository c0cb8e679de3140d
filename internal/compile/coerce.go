package compile

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A coerced value is nil (explicit null), bool, int64, float64, string, []any or
// input: one form for literals and variables alike.

// input is a coerced input object; what was not given has no entry.
type input map[string]any

// coerceVariables gives every variable its value; a variable that was not given
// and has no default has no entry.
func (c *compiler) coerceVariables() (map[string]any, *gqlerror.Error) {
	out := map[string]any{}
	for _, def := range c.Operation.VariableDefinitions {
		raw, given := c.Variables[def.Variable]
		var value any
		var err *failure
		switch {
		case given:
			value, err = c.fromJSON(raw, def.Type)
		case def.DefaultValue != nil:
			value, _, err = c.literal(def.DefaultValue, def.Type)
		case def.Type.NonNull:
			err = newFailure(fault.BadInput, "a value of type %s is needed and none was given", def.Type)
		default:
			continue
		}
		if err != nil {
			return nil, err.argument("variable $" + def.Variable).at(def.Position)
		}
		out[def.Variable] = value
	}
	return out, nil
}

// arguments coerces the arguments of a field. An argument whose variable was not
// given counts as not given.
func (c *compiler) arguments(f *ast.Field) (input, *failure) {
	out := input{}
	for _, def := range f.Definition.Arguments {
		var value any
		var err *failure
		present := false
		if a := f.Arguments.ForName(def.Name); a != nil {
			value, present, err = c.literal(a.Value, def.Type)
		}
		if err == nil && !present && def.DefaultValue != nil {
			value, present, err = c.literal(def.DefaultValue, def.Type)
		}
		if err == nil && !present && def.Type.NonNull {
			err = newFailure(fault.BadInput, "a value of type %s is needed and none was given", def.Type)
		}
		if err != nil {
			return nil, err.argument(def.Name)
		}
		if present {
			out[def.Name] = value
		}
	}
	return out, nil
}

// literal coerces a value of the document. present is false only for a variable
// that was not given.
func (c *compiler) literal(v *ast.Value, t *ast.Type) (value any, present bool, err *failure) {
	switch {
	case v.Kind == ast.Variable:
		value, present = c.variables[v.Raw]
		if present && value == nil && t.NonNull {
			return nil, false, newFailure(fault.BadInput, "$%s is null, a value of type %s is needed", v.Raw, t)
		}
		return value, present, nil
	case v.Kind == ast.NullValue:
		if t.NonNull {
			return nil, false, newFailure(fault.BadInput, "null where a value of type %s is needed", t)
		}
		return nil, true, nil
	case t.Elem != nil:
		value, err = c.literalList(v, t)
	case v.Kind == ast.ObjectValue:
		value, err = c.literalObject(v, t)
	default:
		value, err = c.scalar(plainLiteral(v), t.NamedType)
	}
	return value, err == nil, err
}

// absentVariable refuses a variable without a value inside an input: leaving the
// condition out would silently match more than was asked.
func absentVariable(name string) *failure {
	return newFailure(fault.BadInput, "$%s has no value; give it one, or leave the condition out", name)
}

func (c *compiler) literalList(v *ast.Value, t *ast.Type) (any, *failure) {
	if v.Kind != ast.ListValue {
		// A single value stands for a list of one (GraphQL specification, 3.11).
		item, _, err := c.literal(v, t.Elem)
		return []any{item}, err
	}
	out := make([]any, 0, len(v.Children))
	for i, child := range v.Children {
		item, present, err := c.literal(child.Value, t.Elem)
		if err == nil && !present {
			err = absentVariable(child.Value.Raw)
		}
		if err != nil {
			return nil, err.argument(strconv.Itoa(i))
		}
		out = append(out, item)
	}
	return out, nil
}

func (c *compiler) literalObject(v *ast.Value, t *ast.Type) (any, *failure) {
	def := c.Catalog.Served.Types[t.NamedType]
	if def == nil || def.Kind != ast.InputObject {
		return nil, newFailure(fault.BadInput, "an object where a value of type %s is needed", t.NamedType)
	}
	out := input{}
	for _, child := range v.Children {
		field := def.Fields.ForName(child.Name)
		if field == nil {
			return nil, unknownField(child.Name, def)
		}
		value, present, err := c.literal(child.Value, field.Type)
		if err == nil && !present {
			err = absentVariable(child.Value.Raw)
		}
		if err != nil {
			return nil, err.argument(child.Name)
		}
		out[child.Name] = value
	}
	return out, nil
}

func unknownField(name string, def *ast.Definition) *failure {
	names := make([]string, 0, len(def.Fields))
	for _, f := range def.Fields {
		names = append(names, f.Name)
	}
	return newFailure(fault.BadInput, "%s has no %q%s", def.Name, clipped(name), text.DidYouMean(name, names))
}

// fromJSON coerces a value of a variable.
func (c *compiler) fromJSON(raw any, t *ast.Type) (any, *failure) {
	if raw == nil {
		if t.NonNull {
			return nil, newFailure(fault.BadInput, "null where a value of type %s is needed", t)
		}
		return nil, nil
	}
	if t.Elem != nil {
		return c.jsonList(raw, t)
	}
	if fields, ok := raw.(map[string]any); ok {
		return c.jsonObject(fields, t)
	}
	return c.scalar(raw, t.NamedType)
}

func (c *compiler) jsonList(raw any, t *ast.Type) (any, *failure) {
	items, ok := raw.([]any)
	if !ok {
		item, err := c.fromJSON(raw, t.Elem)
		return []any{item}, err
	}
	out := make([]any, 0, len(items))
	for i, item := range items {
		value, err := c.fromJSON(item, t.Elem)
		if err != nil {
			return nil, err.argument(strconv.Itoa(i))
		}
		out = append(out, value)
	}
	return out, nil
}

func (c *compiler) jsonObject(raw map[string]any, t *ast.Type) (any, *failure) {
	def := c.Catalog.Served.Types[t.NamedType]
	if def == nil || def.Kind != ast.InputObject {
		return nil, newFailure(fault.BadInput, "an object where a value of type %s is needed", t.NamedType)
	}
	for name := range raw {
		if def.Fields.ForName(name) == nil {
			return nil, unknownField(name, def)
		}
	}
	out := input{}
	for _, field := range def.Fields {
		item, given := raw[field.Name]
		if !given {
			continue
		}
		value, err := c.fromJSON(item, field.Type)
		if err != nil {
			return nil, err.argument(field.Name)
		}
		out[field.Name] = value
	}
	return out, nil
}

// enumWord is an enum value written as such in a document, which is not the same
// as a string.
type enumWord string

func plainLiteral(v *ast.Value) any {
	switch v.Kind {
	case ast.IntValue, ast.FloatValue:
		return json.Number(v.Raw)
	case ast.BooleanValue:
		return v.Raw == "true"
	case ast.EnumValue:
		return enumWord(v.Raw)
	default:
		return v.Raw
	}
}

// scalar coerces a JSON scalar, or a literal made to look like one.
func (c *compiler) scalar(raw any, name string) (any, *failure) {
	if e := c.Catalog.Served.Types[name]; e != nil && e.Kind == ast.Enum {
		return enumValue(raw, e)
	}
	switch name {
	case "Int":
		return intValue(raw)
	case "Boolean":
		if b, ok := raw.(bool); ok {
			return b, nil
		}
	case "ID":
		if n, ok := raw.(json.Number); ok {
			if _, err := n.Int64(); err == nil {
				return n.String(), nil
			}
		}
		if s, ok := raw.(string); ok {
			return s, nil
		}
	case "Date", "DateTime", "String":
		if s, ok := raw.(string); ok {
			return timeValue(s, name)
		}
	}
	return nil, newFailure(fault.BadInput, "%s where a value of type %s is needed", shown(raw), name)
}

func enumValue(raw any, e *ast.Definition) (any, *failure) {
	var word string
	switch raw := raw.(type) {
	case enumWord:
		word = string(raw)
	case string:
		word = raw
	default:
		return nil, newFailure(fault.BadInput, "%s where one of the words of %s is needed", shown(raw), e.Name)
	}
	words := make([]string, 0, len(e.EnumValues))
	for _, v := range e.EnumValues {
		if v.Name == word {
			return word, nil
		}
		words = append(words, v.Name)
	}
	return nil, newFailure(fault.BadInput, "%s has no %q%s", e.Name, clipped(word), text.DidYouMean(word, words))
}

// intValue takes 32-bit integers only (GraphQL specification, 3.5.1); JSON does
// not tell 1 from 1.0.
func intValue(raw any) (any, *failure) {
	n, ok := raw.(json.Number)
	if !ok {
		return nil, newFailure(fault.BadInput, "%s where a whole number is needed", shown(raw))
	}
	i, err := n.Int64()
	if err != nil {
		f, ferr := n.Float64()
		if ferr != nil || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32+1 {
			return nil, newFailure(fault.BadInput, "%s where a whole number between -2147483648 and 2147483647 is needed", clipped(n.String()))
		}
		i = int64(f)
	}
	if i < math.MinInt32 || i > math.MaxInt32 {
		return nil, newFailure(fault.BadInput, "%s where a whole number between -2147483648 and 2147483647 is needed", clipped(n.String()))
	}
	return i, nil
}

func timeValue(s, name string) (any, *failure) {
	switch name {
	case "Date":
		if _, err := time.Parse(time.DateOnly, s); err != nil {
			return nil, newFailure(fault.BadInput, "%q is no date; right is a day such as 2026-11-24", clipped(s))
		}
	case "DateTime":
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			return nil, newFailure(fault.BadInput, "%q is no instant; right is one such as 2026-11-24T18:00:00Z", clipped(s))
		}
		return t.UTC().Format(time.RFC3339), nil
	}
	return s, nil
}

func shown(raw any) string {
	switch raw := raw.(type) {
	case string:
		return strconv.Quote(clipped(raw))
	case enumWord:
		return "the word " + clipped(string(raw))
	default:
		return clipped(fmt.Sprint(raw))
	}
}

// clipped keeps a message from repeating all that a client sent.
func clipped(s string) string {
	const most = 40
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
