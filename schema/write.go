package schema

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// writer prints SDL.
type writer struct {
	strings.Builder
	catalog *Catalog
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.Builder, format+"\n", args...)
}

func (w *writer) describe(indent, text string) {
	if text == "" {
		return
	}
	if strings.ContainsAny(text, "\n") {
		w.line(`%s"""`, indent)
		for l := range strings.SplitSeq(text, "\n") {
			w.line("%s%s", indent, strings.ReplaceAll(l, `"""`, `\"""`))
		}
		w.line(`%s"""`, indent)
		return
	}
	w.line(`%s"%s"`, indent, strings.ReplaceAll(strings.ReplaceAll(text, `\`, `\\`), `"`, `\"`))
}

// pageArguments are those of every connection.
const pageArguments = "first: Int, after: String, last: Int, before: String"

// connection is a field that leads to many records of t.
func (w *writer) connection(indent, name string, t *Type, description string) {
	w.describe(indent, description)
	w.line("%s%s(where: %s, %sorderBy: [%s!], %s): %s!", indent, name, WhereName(t.Name), searchArgument(t), OrderName(t.Name), pageArguments, ConnectionName(t.Name))
}

// served prints the declared types as clients see them: with Node's fields, links
// as connections, without our directives.
func (w *writer) served(doc *ast.SchemaDocument) {
	for _, d := range doc.Definitions {
		switch {
		case d.Kind == ast.Scalar:
			w.describe("", d.Description)
			w.line("scalar %s\n", d.Name)
		case d.Kind == ast.Enum:
			w.enum(d)
		case d.Name == "Query":
			w.query(d)
		case roots[d.Name]:
			w.root(d)
		case d.Name == "Node":
			w.node(d)
		case w.catalog.types[d.Name] != nil:
			w.record(w.catalog.types[d.Name])
		default:
			w.plain(d)
		}
	}
}

func (w *writer) enum(d *ast.Definition) {
	w.describe("", d.Description)
	w.line("enum %s {", d.Name)
	for _, v := range d.EnumValues {
		w.describe("  ", v.Description)
		w.line("  %s", v.Name)
	}
	w.line("}\n")
}

func (w *writer) node(d *ast.Definition) {
	w.describe("", d.Description)
	w.line("interface Node {")
	for _, f := range d.Fields {
		w.describe("  ", f.Description)
		w.line("  %s: %s", f.Name, f.Type)
	}
	w.line("}\n")
}

func (w *writer) record(t *Type) {
	w.describe("", t.Description)
	kind, implements := "type", "Node"
	if t.Interface {
		kind = "interface"
	}
	if t.Family != t {
		implements = t.Family.Name + " & Node"
	}
	w.line("%s %s implements %s {", kind, t.Name, implements)
	for _, f := range t.Fields {
		w.describe("  ", f.Description)
		w.line("  %s: %s", f.Name, f.typeName())
		if f.Name == "key" {
			w.describe("  ", "How far this record may travel now.")
			w.line("  %s: ConfidentialityLevel!", levelField)
		}
	}
	for _, l := range t.Links {
		if l.Many {
			w.connection("  ", l.Name, l.Target, l.Description)
			continue
		}
		w.describe("  ", l.Description)
		w.line("  %s: %s%s", l.Name, l.Target.Name, bang(l.Required))
	}
	w.line("}\n")
}

func bang(required bool) string {
	if required {
		return "!"
	}
	return ""
}

func (f *Field) typeName() string {
	name := string(f.Kind)
	switch f.Kind {
	case EnumKind:
		name = f.Enum.Name
	case Object:
		name = f.Object.Name
	}
	if f.List {
		return "[" + name + "!]!"
	}
	return name + bang(f.Required)
}

// plain prints a value object, a result or an input as it was declared.
func (w *writer) plain(d *ast.Definition) {
	w.describe("", d.Description)
	kind := "type"
	if d.Kind == ast.InputObject {
		kind = "input"
	}
	w.line("%s %s {", kind, d.Name)
	w.fields(d.Fields)
	w.line("}\n")
}

func (w *writer) fields(fields ast.FieldList) {
	for _, f := range fields {
		w.describe("  ", f.Description)
		w.line("  %s%s: %s", f.Name, w.arguments(f.Arguments), f.Type)
	}
}

func (w *writer) arguments(list ast.ArgumentDefinitionList) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	for i, a := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s: %s", a.Name, a.Type)
		if a.DefaultValue != nil {
			b.WriteString(" = " + a.DefaultValue.String())
		}
	}
	return "(" + b.String() + ")"
}

// root prints Mutation and Subscription, each mutation with the role that it needs.
func (w *writer) root(d *ast.Definition) {
	w.describe("", d.Description)
	w.line("type %s {", d.Name)
	for _, f := range d.Fields {
		description := f.Description
		if role := w.catalog.needs[f.Name]; role != "" && d.Name == "Mutation" {
			description += " Needs the role " + role + "."
		}
		w.describe("  ", description)
		w.line("  %s%s: %s", f.Name, w.arguments(f.Arguments), f.Type)
	}
	w.line("}\n")
}

func (w *writer) query(d *ast.Definition) {
	w.line("type Query {")
	w.describe("  ", "The record with that id; null when there is none that you may see.")
	w.line("  node(id: ID!): Node")
	w.describe("  ", "The records with those ids in the order asked, null for each that you may not see or that is not there.")
	w.line("  nodes(ids: [ID!]!): [Node]!")
	for _, t := range w.catalog.Types {
		w.describe("  ", "The "+t.Name+" with that key; null when there is none that you may see.")
		w.line("  %s(key: String!): %s", t.Singular, t.Name)
		w.describe("  ", t.Description)
		w.line("  %s(where: %s, %sorderBy: [%s!], %s): %s", t.Plural, WhereName(t.Name), searchArgument(t), OrderName(t.Name), pageArguments, ConnectionName(t.Name))
	}
	w.searchField()
	w.fields(d.Fields)
	w.line("}\n")
}
