package enginetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// ask evaluates an operation that has no mistakes; the bytes are those of the
// response. It panics for what it does not know, which is a mistake of the suite.
func (o *oracle) ask(q question) string {
	doc, err := parser.ParseQuery(&ast.Source{Input: q.query})
	if err != nil {
		panic(fmt.Sprintf("%v in %s", err, q.query))
	}
	if errs := validator.ValidateWithRules(o.catalog.Served, doc, rules.NewDefaultRules()); len(errs) > 0 {
		panic(fmt.Sprintf("%v in %s", errs, q.query))
	}
	r := &reading{sight: o.sightOf(q.viewer, q.now), doc: doc, variables: map[string]any{}}
	r.readVariables(q.variables)
	r.buf.WriteString(`{"data":{`)
	for i, g := range r.collect([]ast.SelectionSet{doc.Operations[0].SelectionSet}, "Query") {
		r.key(g.key, i)
		r.root(g)
	}
	r.buf.WriteString("}}")
	return r.buf.String()
}

// reading is one operation being answered.
type reading struct {
	*sight
	doc       *ast.QueryDocument
	variables map[string]any
	buf       bytes.Buffer
}

// asked is a response key with all the places that ask for it.
type asked struct {
	key    string
	fields []*ast.Field
}

func (g *asked) field() *ast.Field { return g.fields[0] }

func (g *asked) below() []ast.SelectionSet {
	var out []ast.SelectionSet
	for _, f := range g.fields {
		out = append(out, f.SelectionSet)
	}
	return out
}

// collect follows CollectFields of the GraphQL specification.
func (r *reading) collect(sets []ast.SelectionSet, typeName string) []*asked {
	var out []*asked
	spread := map[string]bool{}
	var walk func(set ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				if !r.included(s.Directives) {
					continue
				}
				i := slices.IndexFunc(out, func(g *asked) bool { return g.key == s.Alias })
				if i < 0 {
					out = append(out, &asked{key: s.Alias})
					i = len(out) - 1
				}
				out[i].fields = append(out[i].fields, s)
			case *ast.InlineFragment:
				if r.included(s.Directives) && r.applies(s.TypeCondition, typeName) {
					walk(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				f := r.doc.Fragments.ForName(s.Name)
				if r.included(s.Directives) && !spread[s.Name] {
					spread[s.Name] = true
					if r.applies(f.TypeCondition, typeName) {
						walk(f.SelectionSet)
					}
				}
			}
		}
	}
	for _, set := range sets {
		walk(set)
	}
	return out
}

func (r *reading) included(list ast.DirectiveList) bool {
	for _, d := range list {
		v, _ := r.literal(d.Arguments.ForName("if").Value, nil)
		if (d.Name == "skip" && v == true) || (d.Name == "include" && v == false) {
			return false
		}
	}
	return true
}

func (r *reading) applies(condition, typeName string) bool {
	return condition == "" || condition == typeName || slices.Contains(r.catalog.Served.Types[typeName].Interfaces, condition)
}

func (r *reading) record(sets []ast.SelectionSet, e *entry) {
	r.buf.WriteByte('{')
	for i, g := range r.collect(sets, e.typ.Name) {
		r.key(g.key, i)
		r.member(g, e)
	}
	r.buf.WriteByte('}')
}

func (r *reading) member(g *asked, e *entry) {
	name := g.field().Name
	if name == "__typename" {
		r.scalar(e.typ.Name)
		return
	}
	if name == "confidentiality" {
		level := r.level(e)
		if level == nil {
			panic("the oracle does not know records without a level")
		}
		r.record(g.below(), level)
		return
	}
	if f := e.typ.Field(name); f != nil {
		r.plain(g, f, r.shown(e, f))
		return
	}
	l := e.typ.Link(name)
	ends := r.linked(e, name)
	switch {
	case l.Many:
		r.connection(g, l.Target, ends)
	case len(ends) == 0:
		r.scalar(nil)
	default:
		r.record(g.below(), ends[0])
	}
}

// plain writes a value, a value object or a list.
func (r *reading) plain(g *asked, f *schema.Field, v any) {
	switch v := v.(type) {
	case []any:
		r.buf.WriteByte('[')
		for i, item := range v {
			r.comma(i)
			r.plain(g, f, item)
		}
		r.buf.WriteByte(']')
	case record.Object:
		r.buf.WriteByte('{')
		for i, below := range r.collect(g.below(), f.Object.Name) {
			r.key(below.key, i)
			if below.field().Name == "__typename" {
				r.scalar(f.Object.Name)
				continue
			}
			part := f.Object.Field(below.field().Name)
			r.plain(below, part, v[part.Index])
		}
		r.buf.WriteByte('}')
	default:
		r.scalar(v)
	}
}

func (r *reading) comma(i int) {
	if i > 0 {
		r.buf.WriteByte(',')
	}
}

func (r *reading) key(key string, i int) {
	r.comma(i)
	r.buf.WriteString(`"` + key + `":`)
}

func (r *reading) scalar(v any) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	r.buf.WriteString(strings.TrimSuffix(b.String(), "\n"))
}
