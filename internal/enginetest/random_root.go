package enginetest

import (
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// rootForm makes fields of Query of one kind; the weight says how often, against
// the others.
type rootForm struct {
	weight int
	make   func(*inventor, *schema.Type) *piece
}

func rootForms() []rootForm {
	return []rootForm{
		{2, (*inventor).singular},
		{2, (*inventor).node},
		{2, (*inventor).nodes},
		{14, (*inventor).list},
		{8, (*inventor).question},
		{3, (*inventor).search},
		{1, (*inventor).paths},
		{1, (*inventor).neighbourhood},
		{1, (*inventor).coverage},
		{1, (*inventor).ladder},
	}
}

// root is a field of Query.
func (v *inventor) root() *piece {
	t := v.catalog.Types[v.form.IntN(len(v.catalog.Types))]
	forms, all := rootForms(), 0
	for _, f := range forms {
		all += f.weight
	}
	n := v.form.IntN(all)
	for _, f := range forms {
		if n -= f.weight; n < 0 || v.filters || v.asks != nil {
			switch {
			case v.asks != nil:
				f.make = v.asks
			case v.filters:
				f.make = (*inventor).list
			}
			p := f.make(v, t)
			p.alias = v.alias()
			v.direct(p)
			return p
		}
	}
	panic("BUG: no form of a root")
}

func (v *inventor) singular(t *schema.Type) *piece {
	key := scalar(v.someKey(t)).as(v.variable("String!"), false)
	return &piece{name: t.Singular, args: []member{{"key", key}}, below: v.record(t, 2)}
}

func (v *inventor) node(t *schema.Type) *piece {
	id := scalar(v.someID(concrete(v.form, t))).as(v.variable("ID!"), false)
	return &piece{name: "node", args: []member{{"id", id}}, below: v.anyRecord(concrete(v.form, t), 2)}
}

func (v *inventor) nodes(t *schema.Type) *piece {
	var ids []*value
	for range 1 + v.form.IntN(3) {
		other := concrete(v.form, v.catalog.Types[v.form.IntN(len(v.catalog.Types))])
		for range 1 + v.values.IntN(3) {
			ids = append(ids, scalar(v.someID(other)))
		}
	}
	all := list(ids...).as(v.variable("[ID!]!"), false)
	return &piece{name: "nodes", args: []member{{"ids", all}}, below: v.anyRecord(concrete(v.form, t), 1)}
}

func (v *inventor) list(t *schema.Type) *piece {
	p := &piece{name: t.Plural}
	v.connection(p, v.catalog.Served.Query.Fields.ForName(t.Plural), t, 2)
	return p
}

// question is a field that is not the model's own, where there is one.
func (v *inventor) question(t *schema.Type) *piece {
	fields := v.extraRoots()
	if len(fields) == 0 {
		return v.list(t)
	}
	return v.asked(fields)
}

// asked asks one of the questions.
func (v *inventor) asked(of []*ast.FieldDefinition) *piece {
	v.matter = v.someMatter()
	return v.selected(of[v.form.IntN(len(of))], 3)
}
