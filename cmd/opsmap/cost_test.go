package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// introspectionQuery is what GraphiQL and others ask first.
const introspectionQuery = `query IntrospectionQuery {
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type {
  kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
}`

// TestWhatShipsIsCheap: whatever we show to people costs at most half of what an
// operation may cost, and so does what a fair client asks.
func TestWhatShipsIsCheap(t *testing.T) {
	catalog, err := schema.Load()
	if err != nil {
		t.Fatal(err)
	}
	all := questions(t)
	all["introspection"] = introspectionQuery
	all["20 aliases"] = "{ " + repeated(20, `a%[1]d: topic(key: "t%[1]d") { title votes layers { nodes { name } } practices(first: 5) { nodes { title } } } `) + "}"
	all["20 questions"] = "{ " + repeated(20, `a%d: portability(practice: "p", from: "vsphere", to: "osism") { verdict basis reasons { kind text } sources { uri } } `) + "}"
	for _, t := range catalog.Types {
		fields := ""
		for _, f := range t.Fields {
			if f.Kind != schema.Object {
				fields += " " + f.Name
			}
		}
		all["100 "+t.Plural] = "{ " + t.Plural + "(first: 100) { totalCount pageInfo { hasNextPage endCursor } nodes {" + fields + " } } }"
	}
	all["a page with lists in it"] = `{ topics { nodes { title layers { nodes { name } } practices { nodes { title implementations { nodes { how platform { name } } } } } } } }`
	all["a neighbourhood to draw"] = `{ neighbourhood(id: "Topic:a", depth: 3, first: 100) { truncated nodes { distance node { id __typename } } links { from to name } } }`
	all["paths"] = `{ paths(from: "Topic:a", to: "Topic:b", first: 100) { totalCount nodes { length nodes { id } links { name } } } }`
	maps.Copy(all, explorerOperations(t))
	for name, text := range all {
		cost := costOf(t, catalog, text)
		t.Logf("%6d %s", cost.Used, name)
		if cost.Used > cost.Max/2 {
			t.Errorf("%s costs %d of %d", name, cost.Used, cost.Max)
		}
	}
}

// explorerOperations are what the explorer asks and writes.
func explorerOperations(t *testing.T) map[string]string {
	t.Helper()
	var files []string
	for _, folder := range []string{"operations", "writes"} {
		found, err := filepath.Glob(filepath.Join("..", "..", "web", "src", "explorer", folder, "*.graphql"))
		if err != nil || len(found) == 0 {
			t.Fatalf("the explorer has no %s: %v", folder, err)
		}
		files = append(files, found...)
	}
	out := map[string]string{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out["explorer/"+filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file)] = string(b)
	}
	return out
}

// costOf is that of the dearest operation of a document.
func costOf(t *testing.T, catalog *schema.Catalog, text string) compile.Cost {
	t.Helper()
	doc, err := compile.Parse(catalog, text)
	if err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	var cost compile.Cost
	for _, op := range doc.Operations {
		compiled, failed := compile.Compile(compile.Request{
			Catalog: catalog, Document: doc, Operation: op, Viewer: access.Viewer{}, Now: time.Now(), Variables: variablesOf(catalog, op),
		})
		if failed != nil {
			t.Fatalf("%v in %s", failed, text)
		}
		if compiled.Cost.Used >= cost.Used {
			cost = compiled.Cost
		}
	}
	return cost
}

// variablesOf gives every variable that is needed a value.
func variablesOf(catalog *schema.Catalog, op *ast.OperationDefinition) map[string]any {
	out := map[string]any{}
	for _, v := range op.VariableDefinitions {
		if v.Type.NonNull && v.DefaultValue == nil {
			out[v.Variable] = valueOf(catalog, v.Type)
		}
	}
	return out
}

// valueOf is some value of a type, in an input the members that are needed.
func valueOf(catalog *schema.Catalog, typ *ast.Type) any {
	if typ.Elem != nil {
		return []any{valueOf(catalog, typ.Elem)}
	}
	switch definition := catalog.Served.Types[typ.NamedType]; {
	case definition.Kind == ast.InputObject:
		in := map[string]any{}
		for _, f := range definition.Fields {
			if f.Type.NonNull && f.DefaultValue == nil {
				in[f.Name] = valueOf(catalog, f.Type)
			}
		}
		return in
	case definition.Kind == ast.Enum:
		return definition.EnumValues[0].Name
	case typ.NamedType == "Date":
		return "2027-01-13"
	case typ.NamedType == "Int":
		return json.Number("1")
	default:
		return "x"
	}
}

func repeated(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}
