package enginetest

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// notAskedAtRandom are coordinates of the served schema that random operations do
// not reach, each with what covers it. One that they do reach has no business here.
var notAskedAtRandom = map[string]string{}

// TestEverythingServedIsAsked holds the random operations to the served schema:
// every field, argument and member of an input has to turn up in them. A field
// that is new is asked by its type (random_schema.go); one that is not fails here.
func TestEverythingServedIsAsked(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: thousands of operations")
	}
	c := coordinates{schema: Catalog(t).Served, asked: map[string]bool{}}
	for n := 0; n < 1000 && !c.whole(); n++ {
		r := newRound(t, Options{Seed: 7}, n)
		if _, err := r.oracle.apply(r.maker.changeset()); err != nil {
			t.Fatal(err)
		}
		for range 100 {
			q, _ := r.invent(inventor{}, r.asker())
			c.note(t, q.query)
		}
	}
	missing := 0
	for _, at := range c.all() {
		_, excused := notAskedAtRandom[at]
		switch {
		case c.asked[at] && excused:
			t.Errorf("%s is asked at random; take it off the list of what is not", at)
		case !c.asked[at] && !excused:
			if missing++; missing <= 40 {
				t.Errorf("%s: no random operation asks it; teach random_*.go to, or name what covers it", at)
			}
		}
	}
	t.Logf("%d of %d coordinates are asked", len(c.asked), len(c.all()))
}

// coordinates are fields, arguments and members of inputs by their names in the
// schema, as Type.field, Type.field(argument) and Input.member.
type coordinates struct {
	schema *ast.Schema
	asked  map[string]bool
}

// reach marks a type and all that its fields and arguments lead to.
func (c *coordinates) reach(seen map[string]bool, name string) {
	def := c.schema.Types[name]
	if seen[name] {
		return
	}
	seen[name] = true
	for _, possible := range c.schema.GetPossibleTypes(def) {
		c.reach(seen, possible.Name)
	}
	for _, f := range def.Fields {
		c.reach(seen, f.Type.Name())
		for _, a := range f.Arguments {
			c.reach(seen, a.Type.Name())
		}
	}
}

// whole reports whether nothing is missing that is not excused.
func (c *coordinates) whole() bool {
	return !slices.ContainsFunc(c.all(), func(at string) bool {
		_, excused := notAskedAtRandom[at]
		return !c.asked[at] && !excused
	})
}

// all that the schema has, as far as a query gets.
func (c *coordinates) all() []string {
	reached := map[string]bool{}
	c.reach(reached, "Query")
	var out []string
	for name, def := range c.schema.Types {
		if !reached[name] || strings.HasPrefix(name, "__") || (def.Kind != ast.Object && def.Kind != ast.Interface && def.Kind != ast.InputObject) {
			continue
		}
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			out = append(out, name+"."+f.Name)
			for _, a := range f.Arguments {
				out = append(out, name+"."+f.Name+"("+a.Name+")")
			}
		}
	}
	slices.Sort(out)
	return out
}

// note what an operation asks, in the document or in its variables' types.
func (c *coordinates) note(t *testing.T, query string) {
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		t.Fatal(err)
	}
	if errs := validator.ValidateWithRules(c.schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		t.Fatalf("%v in %s", errs, query)
	}
	for _, op := range doc.Operations {
		c.selection(op.SelectionSet)
		for _, v := range op.VariableDefinitions {
			if v.DefaultValue != nil {
				c.value(v.DefaultValue)
			}
		}
	}
	for _, f := range doc.Fragments {
		c.selection(f.SelectionSet)
	}
}

func (c *coordinates) selection(set ast.SelectionSet) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			at := s.ObjectDefinition.Name + "." + s.Name
			c.asked[at] = true
			for _, a := range s.Arguments {
				c.asked[at+"("+a.Name+")"] = true
				c.value(a.Value)
			}
			c.selection(s.SelectionSet)
		case *ast.InlineFragment:
			c.selection(s.SelectionSet)
		}
	}
}

func (c *coordinates) value(v *ast.Value) {
	for _, child := range v.Children {
		if v.Kind == ast.ObjectValue && v.Definition != nil {
			c.asked[v.Definition.Name+"."+child.Name] = true
		}
		c.value(child.Value)
	}
}
