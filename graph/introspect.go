package graph

import (
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/text"
)

// introspector writes the meta schema: gqlgen's introspection types know the
// answers, reflection finds them by the name of the field.
type introspector struct {
	oc  *graphql.OperationContext
	buf []byte
}

func (e *execution) introspect(buf []byte, in *compile.Introspection) []byte {
	w := introspector{oc: e.oc, buf: buf}
	// Defaults of variables and absent ones have been settled by compile.
	w.oc.Variables = in.Variables
	served := e.config.Catalog.Served
	if in.Field.Name == "__schema" {
		w.object(reflect.ValueOf(introspection.WrapSchema(served)), in.Field.SelectionSet)
		return w.buf
	}
	name, _ := w.argument(in.Field, "name").(string)
	def := served.Types[name]
	if def == nil {
		return append(w.buf, "null"...)
	}
	w.object(reflect.ValueOf(introspection.WrapTypeFromDef(served, def)), in.Field.SelectionSet)
	return w.buf
}

func (w *introspector) argument(f *ast.Field, name string) any {
	arguments := f.ArgumentMap(w.oc.Variables)
	return arguments[name]
}

// object writes v, a pointer to one of gqlgen's introspection types.
func (w *introspector) object(v reflect.Value, set ast.SelectionSet) {
	typeName := "__" + v.Elem().Type().Name()
	w.buf = append(w.buf, '{')
	for i, f := range graphql.CollectFields(w.oc, set, []string{typeName}) {
		w.buf = appendKey(w.buf, f.Alias, i == 0)
		if f.Name == "__typename" {
			w.buf = text.AppendJSON(w.buf, typeName)
			continue
		}
		w.value(w.field(v, f.Field), f.Selections)
	}
	w.buf = append(w.buf, '}')
}

// visible are the fields whose method leaves deprecated entries out on request.
var visible = map[string]string{"args": "VisibleArgs", "inputFields": "VisibleInputFields"}

// lists that are null, not empty, for kinds of types that cannot have them
// (GraphQL specification, 4.2.2).
var onlyFor = map[string][]string{
	"fields": {"OBJECT", "INTERFACE"}, "interfaces": {"OBJECT", "INTERFACE"}, "possibleTypes": {"INTERFACE", "UNION"},
	"enumValues": {"ENUM"}, "inputFields": {"INPUT_OBJECT"}, "isOneOf": {"INPUT_OBJECT"},
}

func (w *introspector) field(v reflect.Value, f *ast.Field) reflect.Value {
	if t, ok := reflect.TypeAssert[*introspection.Type](v); ok {
		if kinds := onlyFor[f.Name]; kinds != nil && !strings.Contains(strings.Join(kinds, " "), t.Kind()) {
			return reflect.Value{}
		}
	}
	name := strings.ToUpper(f.Name[:1]) + f.Name[1:]
	if other := visible[f.Name]; other != "" && v.MethodByName(other).IsValid() {
		name = other
	}
	m := v.MethodByName(name)
	if !m.IsValid() {
		return v.Elem().FieldByName(name)
	}
	var in []reflect.Value
	if m.Type().NumIn() == 1 {
		include, _ := w.argument(f, "includeDeprecated").(bool)
		in = append(in, reflect.ValueOf(include))
	}
	return m.Call(in)[0]
}

func (w *introspector) value(v reflect.Value, set ast.SelectionSet) {
	switch {
	case !v.IsValid(), v.Kind() == reflect.Pointer && v.IsNil():
		w.buf = append(w.buf, "null"...)
	case v.Kind() == reflect.Pointer && v.Elem().Kind() == reflect.Struct:
		w.object(v, set)
	case v.Kind() == reflect.Pointer:
		w.buf = appendScalar(w.buf, v.Elem().Interface())
	case v.Kind() == reflect.Slice:
		w.buf = append(w.buf, '[')
		for i := range v.Len() {
			if i > 0 {
				w.buf = append(w.buf, ',')
			}
			if item := v.Index(i); item.Kind() == reflect.Struct {
				w.object(item.Addr(), set)
			} else {
				w.value(item, set)
			}
		}
		w.buf = append(w.buf, ']')
	default:
		w.buf = appendScalar(w.buf, v.Interface())
	}
}
