package enginetest

import (
	"fmt"
	"strings"
)

// An operation in pieces, so that it can be made at random and taken apart again.

// operation is one query.
type operation struct{ pieces []*piece }

// piece is a field with its arguments and what is asked below it, or a fragment.
type piece struct {
	alias, name string
	args        []member
	// on is the type condition of a fragment, which has no name; spread gives it a
	// definition of its own.
	on     string
	spread bool
	// skip or include, with a value.
	directive string
	condition *value
	below     []*piece
}

// member of an object, or an argument.
type member struct {
	name  string
	value *value
}

// value is a literal: a scalar, a list or an object.
type value struct {
	scalar  any
	enum    bool
	list    []*value
	members []member
	kind    valueKind
	// variable is the type of the variable that stands for it, empty for none.
	variable string
	// byDefault: the variable is not given, but has the value as its default.
	byDefault bool
}

type valueKind int

const (
	scalarValue valueKind = iota
	listValue
	objectValue
)

func scalar(v any) *value          { return &value{scalar: v} }
func enumValue(word string) *value { return &value{scalar: word, enum: true} }
func list(items ...*value) *value  { return &value{kind: listValue, list: items} }
func object(m ...member) *value    { return &value{kind: objectValue, members: m} }

// as lets a variable of a type stand for v.
func (v *value) as(typeName string, byDefault bool) *value {
	v.variable, v.byDefault = typeName, byDefault
	return v
}

// text is the document and the variables.
func (o *operation) text() (query, variables string) {
	w := writer{}
	w.pieces(o.pieces, 1)
	body := []string{"{\n" + w.b.String() + "}\n"}
	for n := 1; len(w.spreads) > 0; n++ {
		// What a fragment spreads itself comes behind all others.
		p := w.spreads[0]
		w.spreads = w.spreads[1:]
		w.b.Reset()
		w.pieces(p.below, 1)
		body = append(body, fmt.Sprintf("fragment F%d on %s {\n%s}\n", n, p.on, w.b.String()))
	}
	head := "query "
	if len(w.declared) > 0 {
		head = "query (" + strings.Join(w.declared, ", ") + ") "
	}
	return head + strings.Join(body, ""), "{" + strings.Join(w.given, ", ") + "}"
}

type writer struct {
	b        strings.Builder
	declared []string
	given    []string
	// spreads are the fragments still to be defined, fragments how many there are.
	spreads   []*piece
	fragments int
}

func (w *writer) pieces(all []*piece, depth int) {
	for _, p := range all {
		w.b.WriteString(strings.Repeat("  ", depth))
		w.piece(p, depth)
		w.b.WriteByte('\n')
	}
}

func (w *writer) piece(p *piece, depth int) {
	switch {
	case p.spread:
		w.spreads = append(w.spreads, p)
		w.fragments++
		fmt.Fprintf(&w.b, "...F%d", w.fragments)
	case p.name == "" && p.on == "":
		w.b.WriteString("...")
	case p.name == "":
		w.b.WriteString("... on " + p.on)
	case p.alias != "":
		w.b.WriteString(p.alias + ": " + p.name)
	default:
		w.b.WriteString(p.name)
	}
	if len(p.args) > 0 {
		w.b.WriteByte('(')
		w.members(p.args)
		w.b.WriteByte(')')
	}
	if p.directive != "" {
		w.b.WriteString(" @" + p.directive + "(if: ")
		w.value(p.condition)
		w.b.WriteByte(')')
	}
	if !p.spread && len(p.below) > 0 {
		w.b.WriteString(" {\n")
		w.pieces(p.below, depth+1)
		w.b.WriteString(strings.Repeat("  ", depth) + "}")
	}
}

func (w *writer) members(all []member) {
	for i, m := range all {
		if i > 0 {
			w.b.WriteString(", ")
		}
		w.b.WriteString(m.name + ": ")
		w.value(m.value)
	}
}

// value writes a literal, or the variable that stands for it.
func (w *writer) value(v *value) {
	if v.variable != "" {
		w.variable(v)
		return
	}
	switch v.kind {
	case listValue:
		w.b.WriteByte('[')
		for i, item := range v.list {
			if i > 0 {
				w.b.WriteString(", ")
			}
			w.value(item)
		}
		w.b.WriteByte(']')
	case objectValue:
		w.b.WriteByte('{')
		w.members(v.members)
		w.b.WriteByte('}')
	default:
		w.b.WriteString(v.render(false))
	}
}

func (w *writer) variable(v *value) {
	name := fmt.Sprintf("v%d", len(w.declared)+1)
	declared := "$" + name + ": " + v.variable
	if v.byDefault {
		declared += " = " + v.render(false)
	} else {
		w.given = append(w.given, fmt.Sprintf("%q: %s", name, v.render(true)))
	}
	w.declared = append(w.declared, declared)
	w.b.WriteString("$" + name)
}

// render writes v whole, without variables in it, as GraphQL or as JSON.
func (v *value) render(asJSON bool) string {
	var parts []string
	switch v.kind {
	case listValue:
		for _, item := range v.list {
			parts = append(parts, item.render(asJSON))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case objectValue:
		for _, m := range v.members {
			name := m.name
			if asJSON {
				name = `"` + name + `"`
			}
			parts = append(parts, name+": "+m.value.render(asJSON))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	default:
		if word, ok := v.scalar.(string); ok && v.enum && !asJSON {
			return word
		}
		return jsonText(v.scalar)
	}
}
