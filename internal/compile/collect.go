package compile

import (
	"slices"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
)

// selection is one or several selection sets that are answered together, because
// the same response key was asked for more than once.
type selection struct {
	sets  []ast.SelectionSet
	depth int
}

// collected is a response key with everything asked under it.
type collected struct {
	*ast.Field
	// fields are all the places that ask for the key; the first is Field.
	fields []*ast.Field
	depth  int
}

// below is what is asked under the key.
func (f *collected) below() selection {
	s := selection{depth: f.depth + 1}
	for _, field := range f.fields {
		if len(field.SelectionSet) > 0 {
			s.sets = append(s.sets, field.SelectionSet)
		}
	}
	return s
}

// same reports whether two collected keys are asked for in the same places, so
// that one column can serve both.
func (f *collected) same(fields []*ast.Field) bool {
	if len(f.fields) != len(fields) {
		return false
	}
	for i := range fields {
		if f.fields[i] != fields[i] {
			return false
		}
	}
	return true
}

// collect gives the response keys that apply to a concrete type, in the order of
// the response (GraphQL specification, CollectFields).
func (c *compiler) collect(s selection, typeName string) ([]*collected, *failure) {
	if s.depth > c.Limits.Depth {
		return nil, newFailure(fault.LimitExceeded, "the operation is nested more than %d levels deep; ask for less at a time", c.Limits.Depth)
	}
	k := collector{compiler: c, typeName: typeName, byKey: map[string]*collected{}, visited: map[string]bool{}, depth: s.depth}
	for _, set := range s.sets {
		if err := k.set(set); err != nil {
			return nil, err
		}
	}
	return k.out, nil
}

type collector struct {
	*compiler
	typeName string
	out      []*collected
	byKey    map[string]*collected
	visited  map[string]bool
	depth    int
}

func (k *collector) set(set ast.SelectionSet) *failure {
	for _, s := range set {
		var err *failure
		switch s := s.(type) {
		case *ast.Field:
			err = k.field(s)
		case *ast.InlineFragment:
			err = k.fragment(s.Directives, s.TypeCondition, s.SelectionSet)
		case *ast.FragmentSpread:
			if k.visited[s.Name] {
				continue
			}
			f := k.Document.Fragments.ForName(s.Name)
			before := len(k.out)
			err = k.fragment(s.Directives, f.TypeCondition, f.SelectionSet)
			// A spread that was skipped may come again without the directive.
			if len(k.out) > before || len(s.Directives) == 0 {
				k.visited[s.Name] = true
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *collector) fragment(directives ast.DirectiveList, condition string, set ast.SelectionSet) *failure {
	wanted, err := k.wanted(directives)
	if err != nil || !wanted || !k.applies(condition) {
		return err
	}
	return k.set(set)
}

// applies reports whether a type condition holds for the concrete type.
func (k *collector) applies(condition string) bool {
	if condition == "" || condition == k.typeName {
		return true
	}
	def := k.Catalog.Served.Types[k.typeName]
	if def == nil {
		return false
	}
	return slices.Contains(def.Interfaces, condition)
}

func (k *collector) field(f *ast.Field) *failure {
	wanted, err := k.wanted(f.Directives)
	if err != nil || !wanted {
		return err
	}
	key := f.Alias
	if known := k.byKey[key]; known != nil {
		known.fields = append(known.fields, f)
		return nil
	}
	entry := &collected{Field: f, fields: []*ast.Field{f}, depth: k.depth}
	k.byKey[key] = entry
	k.out = append(k.out, entry)
	return nil
}

// wanted evaluates @skip and @include.
func (k *collector) wanted(directives ast.DirectiveList) (bool, *failure) {
	for _, d := range directives {
		if d.Name != "skip" && d.Name != "include" {
			continue
		}
		value, present, err := k.literal(d.Arguments.ForName("if").Value, d.Definition.Arguments.ForName("if").Type)
		if err != nil {
			return false, err.argument("@" + d.Name + "(if:)")
		}
		if on, ok := value.(bool); !present || !ok {
			return false, newFailure(fault.BadInput, "@%s needs true or false", d.Name)
		} else if on == (d.Name == "skip") {
			return false, nil
		}
	}
	return true, nil
}
