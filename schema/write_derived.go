package schema

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// connections prints a connection for every type of records, and for every result
// that a domain field returns many of.
func (w *writer) connections(doc *ast.SchemaDocument) {
	w.line(`"Where a page stands in its list."
type PageInfo {
  "True when more follows the page."
  hasNextPage: Boolean!
  "True when something comes before the page."
  hasPreviousPage: Boolean!
  "Cursor of the first edge; null for an empty page."
  startCursor: String
  "Cursor of the last edge; null for an empty page."
  endCursor: String
}
`)
	for _, t := range w.catalog.Types {
		w.oneConnection(t.Name, w.divided(t.Name))
	}
	for _, d := range doc.Definitions {
		if d.Kind == ast.Object && !roots[d.Name] && w.catalog.types[d.Name] == nil && returned(doc, ConnectionName(d.Name)) {
			w.oneConnection(d.Name, "")
		}
	}
}

func returned(doc *ast.SchemaDocument, name string) bool {
	for _, d := range doc.Definitions {
		for _, f := range d.Fields {
			if f.Type.Name() == name {
				return true
			}
		}
	}
	return false
}

// divided are the fields of a connection that say how the whole list divides.
func (w *writer) divided(name string) string {
	return fmt.Sprintf(`
  "How the whole list divides by each field, whatever the page."
  facets: %s!
  "Figures of the whole list, whatever the page."
  aggregate: %s!
  "How the whole list divides by one or several fields together, whatever the page: the largest groups first, 20 of them unless first says otherwise, at most 100."
  groups(by: [%s!]!, first: Int): [%s!]!`,
		FacetsName(name), AggregateName(name), GroupKeyName(name), GroupName(name))
}

// oneConnection prints a connection and its edge; more are further fields of it.
func (w *writer) oneConnection(name, more string) {
	w.line(`"A page of a list of %[1]s."
type %[1]sConnection {
  edges: [%[1]sEdge!]!
  "The nodes of the edges."
  nodes: [%[1]s!]!
  pageInfo: PageInfo!
  "How many there are on all pages."
  totalCount: Int!%[2]s
}

"A place in a list of %[1]s."
type %[1]sEdge {
  "Give it as after or before to go on from here."
  cursor: String!
  node: %[1]s!
}
`, name, more)
}

// operators of the kinds of values that a filter compares.
var operators = map[Kind][]string{
	String:   {"eq", "in[]", "lt", "lte", "gt", "gte", "contains", "startsWith", "endsWith"},
	ID:       {"eq", "in[]"},
	Int:      {"eq", "in[]", "lt", "lte", "gt", "gte"},
	Date:     {"eq", "in[]", "lt", "lte", "gt", "gte"},
	DateTime: {"eq", "in[]", "lt", "lte", "gt", "gte"},
	EnumKind: {"eq", "in[]"},
	Boolean:  {"eq"},
}

// filters prints the inputs of `where`.
func (w *writer) filters() {
	w.line(`"Conditions on text that do not tell case, width and composition of letters apart. All of them have to hold."
input StringFoldFilter {
  eq: String
  in: [String!]
  contains: String
  startsWith: String
  endsWith: String
}
`)
	done := map[string]bool{}
	for _, t := range w.catalog.Types {
		w.valueFilters(t.Fields, done)
		w.where(t)
	}
}

func (w *writer) valueFilters(fields []*Field, done map[string]bool) {
	for _, f := range fields {
		single := *f
		single.List = false
		if f.Kind == Object {
			w.valueFilters(f.Object.Fields, done)
			w.once(done, FilterName(&single), func() { w.objectFilter(f.Object) })
		} else {
			w.once(done, FilterName(&single), func() { w.scalarFilter(&single) })
		}
		if f.List {
			w.once(done, FilterName(f), func() { w.listFilter(f, FilterName(&single)) })
		}
	}
}

func (w *writer) once(done map[string]bool, name string, write func()) {
	if !done[name] {
		done[name] = true
		write()
	}
}

func (w *writer) scalarFilter(f *Field) {
	name := f.typeName()
	name = strings.TrimSuffix(name, "!")
	w.line(`"Conditions on a value of type %s. All of them have to hold; an absent value meets none but exists: false."`, name)
	w.line("input %s {", FilterName(f))
	for _, op := range operators[f.Kind] {
		if op, list := strings.CutSuffix(op, "[]"); list {
			w.line("  %s: [%s!]", op, name)
			continue
		}
		w.line("  %s: %s", op, name)
	}
	w.describe("  ", "Whether there is a value.")
	w.line("  exists: Boolean")
	if f.Kind == String {
		w.describe("  ", "The same, without telling upper from lower case.")
		w.line("  ignoreCase: StringFoldFilter")
	}
	w.line("}\n")
}

func (w *writer) objectFilter(o *ObjectType) {
	w.line(`"Conditions on a %s. All of them have to hold."`, o.Name)
	w.line("input %sFilter {", o.Name)
	for _, f := range o.Fields {
		w.line("  %s: %s", f.Name, FilterName(f))
	}
	w.line("  exists: Boolean\n}\n")
}

func (w *writer) listFilter(f *Field, item string) {
	w.line(`"Conditions on the items of a list. All of them have to hold; over an empty list all and none hold, some and single do not."`)
	w.line("input %s {\n  some: %[2]s\n  all: %[2]s\n  none: %[2]s\n  single: %[2]s\n}\n", FilterName(f), item)
}

func (w *writer) where(t *Type) {
	w.line(`"Conditions on a %s. All of them have to hold."`, t.Name)
	w.line("input %s {", WhereName(t.Name))
	w.line("  and: [%[1]s!]\n  or: [%[1]s!]\n  not: %[1]s", WhereName(t.Name))
	for _, f := range t.Fields {
		if f.Filterable() {
			w.line("  %s: %s", f.Name, FilterName(f))
		}
	}
	w.line("  %s: %s", levelField, WhereName("ConfidentialityLevel"))
	for _, l := range t.Links {
		if l.Many {
			w.line("  %s: %s", l.Name, LinksName(l.Target.Name))
			continue
		}
		w.describe("  ", "Holds when there is one and it meets the conditions.")
		w.line("  %s: %s", l.Name, WhereName(l.Target.Name))
	}
	w.line("}\n")
	w.line(`"Conditions on the %s that a link leads to. All of them have to hold; over none all and none hold, some and single do not."`, t.Name)
	w.line("input %s {\n  some: %[2]s\n  all: %[2]s\n  none: %[2]s\n  single: %[2]s", LinksName(t.Name), WhereName(t.Name))
	w.describe("  ", "How many it leads to.")
	w.line("  count: IntFilter\n}\n")
}

// orders prints the inputs of `orderBy`.
func (w *writer) orders() {
	w.line(`"Which end comes first. What has no value comes last either way."
enum OrderDirection {
  ASC
  DESC
}

"Order by where a link leads to."
input LinkOrder {
  "By how many it leads to."
  count: OrderDirection
}
`)
	for _, t := range w.catalog.Types {
		w.line(`"One criterion; exactly one field."`)
		w.line("input %s {", OrderName(t.Name))
		for _, f := range t.Fields {
			if f.Orderable() {
				w.line("  %s: OrderDirection", f.Name)
			}
		}
		for _, l := range t.Links {
			if l.Many {
				w.line("  %s: LinkOrder", l.Name)
			}
		}
		w.line("}\n")
	}
}

// Filterable reports whether a filter may name the field. What is read off the
// guard class is not a stored value; the level itself has a filter of its own.
func (f *Field) Filterable() bool { return f.System != Conditions && f.System != Audience }

// Orderable reports whether an order may name the field: single values that are
// no prose. An id orders like the key it ends with.
func (f *Field) Orderable() bool {
	return !f.List && !f.Prose && f.Kind != Object && f.System != SysID
}
