package compile

import (
	"math"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// The cost of an operation is a bound on its work, known before it runs: from the
// sizes of its pages, its depth and its shape, never from the map or the viewer.
// It takes time in proportion to the document: every selection set is looked at
// once, those of fragments too, however often they are spread. Numbers that would
// be too large stay at the largest.

// maxCost is where sums and products stay.
const maxCost = math.MaxInt32

func saturated(numbers ...int) int {
	sum := 0
	for _, n := range numbers {
		if n > maxCost-sum {
			return maxCost
		}
		sum += n
	}
	return sum
}

func saturatedProduct(a, b int) int {
	if a > 0 && b > maxCost/a {
		return maxCost
	}
	return a * b
}

// weight is what a selection set costs, as far as that depends on it alone.
type weight struct {
	// values are read and written whatever the page around holds, perItem for each
	// of its items. Both are for each row around.
	values, perItem int
	// planning is paid once; reads are those of the statement that is not complete.
	planning, reads int
	// fields after fragments are spread.
	fields int
}

func (w *weight) add(other weight) {
	w.values = saturated(w.values, other.values)
	w.perItem = saturated(w.perItem, other.perItem)
	w.planning = saturated(w.planning, other.planning)
	w.reads = saturated(w.reads, other.reads)
	w.fields = saturated(w.fields, other.fields)
}

// settle counts the reads so far as one statement.
func (w *weight) settle() {
	w.planning = saturated(w.planning, planningOf(w.reads))
	w.reads = 0
}

// total of a whole operation.
func (w *weight) total() int { return saturated(w.values, w.planning) }

// measurer measures one operation.
type measurer struct {
	*compiler
	// fragments that were measured, by name; variables by name.
	fragments map[string]weight
	inputs    map[string]inputWeight
	// resized is a field that is measured as if its page had another size.
	resized *ast.Field
	size    int
}

func (c *compiler) measurer() *measurer {
	return &measurer{compiler: c, fragments: map[string]weight{}, inputs: map[string]inputWeight{}}
}

// set measures a selection set.
func (m *measurer) set(set ast.SelectionSet) weight {
	var w weight
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			w.add(m.left(s.Directives, m.field(s)))
		case *ast.InlineFragment:
			w.add(m.left(s.Directives, m.oneType(m.set(s.SelectionSet), s.ObjectDefinition, s.TypeCondition)))
		case *ast.FragmentSpread:
			w.add(m.left(s.Directives, m.oneType(m.fragment(s), s.ObjectDefinition, s.Definition.TypeCondition)))
		}
	}
	return w
}

func (m *measurer) fragment(s *ast.FragmentSpread) weight {
	w, known := m.fragments[s.Name]
	if !known {
		w = m.set(s.Definition.SelectionSet)
		m.fragments[s.Name] = w
	}
	return w
}

// left is what a selection costs under @skip and @include.
func (m *measurer) left(directives ast.DirectiveList, w weight) weight {
	if wanted, err := (&collector{compiler: m.compiler}).wanted(directives); err == nil && !wanted {
		return weight{fields: w.fields}
	}
	return w
}

// oneType settles what is asked of records of one type where they may be of any:
// each type is read by a statement of its own.
func (m *measurer) oneType(w weight, around *ast.Definition, condition string) weight {
	if around != nil && around.Name == "Node" && m.Catalog.Type(condition) != nil {
		w.settle()
	}
	return w
}

func (m *measurer) field(f *ast.Field) weight {
	if f.Definition == nil || f.ObjectDefinition == nil {
		return weight{values: 1, fields: 1}
	}
	p := m.priceOf(f)
	below := m.set(f.SelectionSet)
	w := weight{planning: below.planning, reads: below.reads, fields: saturated(below.fields, 1)}
	arguments := m.arguments(f)
	own := saturated(1, p.own, arguments.values)
	w.reads = saturated(w.reads, arguments.reads)
	if m.reads(f) || divides(f) {
		own, w.reads = saturated(own, priceOfRead), saturated(w.reads, 1)
	}
	size, sized := m.pageOf(f)
	items := saturatedProduct(size, saturated(below.perItem, p.each))
	switch inner := below.values; {
	case paged(f):
		w.values, w.perItem = own, saturated(inner, 1)
	case f.Definition.Type.Elem != nil && len(f.SelectionSet) > 0:
		length := m.lengthOf(f, p)
		if sized {
			length = size
		}
		w.values = saturated(own, saturatedProduct(length, saturated(inner, p.each, 1)))
	case sized:
		w.values = saturated(own, inner, items)
	default:
		w.values = saturated(own, inner)
	}
	if isRoot(f.ObjectDefinition.Name) {
		w.settle()
	}
	return w
}

// paged reports whether the items of a list are those of the page around it.
func paged(f *ast.Field) bool {
	parent := f.ObjectDefinition.Name
	return (strings.HasSuffix(parent, "Connection") && (f.Name == "nodes" || f.Name == "edges")) || pagedLists[parent+"."+f.Name]
}

// reads reports whether a field is a read of its own: a link, a level, or a root.
func (m *measurer) reads(f *ast.Field) bool {
	parent := f.ObjectDefinition.Name
	if parent == "Query" {
		return f.Name == "node" || f.Name == "nodes" || m.root(f.Name)
	}
	if t := m.Catalog.Type(parent); t != nil {
		return f.Name == confidentiality || t.Link(f.Name) != nil
	}
	// Records in the answers of questions are joined; those of facets come with them.
	name := f.Definition.Type.Name()
	return m.Catalog.Type(name) != nil && !strings.HasSuffix(parent, "Connection") && !strings.HasSuffix(parent, "Edge") && !strings.HasSuffix(parent, "Facet")
}

// pageOf is the size of the page a field names; sized is false for one that has
// none. A size that will be refused counts as the nearest that is not.
func (m *measurer) pageOf(f *ast.Field) (size int, sized bool) {
	if f == m.resized {
		return m.size, true
	}
	def := f.Definition.Arguments.ForName("first")
	if def == nil {
		return 0, false
	}
	size = m.Limits.PageDefault
	if def.DefaultValue != nil {
		if n, ok := m.number(def.DefaultValue); ok {
			size = n
		}
	}
	for _, name := range []string{"first", "last"} {
		if a := f.Arguments.ForName(name); a != nil {
			if n, ok := m.number(a.Value); ok {
				size = n
			}
		}
	}
	return min(max(size, 0), m.Limits.Page), true
}

// lengthOf a list that is no connection: its own page, that of the ids asked for,
// what is stated, or what is assumed.
func (m *measurer) lengthOf(f *ast.Field, p price) int {
	if size, sized := m.pageOf(f); sized {
		return size
	}
	if ids := f.Arguments.ForName("ids"); ids != nil {
		return min(m.items(ids.Value), m.Limits.Page)
	}
	if p.size > 0 {
		return p.size
	}
	return sizeOfLists
}
