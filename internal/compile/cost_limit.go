package compile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Cost is what an operation costs and what it may cost at most.
type Cost struct {
	Used int `json:"used"`
	Max  int `json:"max"`
}

// measure gives the cost of the operation, or says that it is too much and how it
// would be less.
func (c *compiler) measure() (Cost, *gqlerror.Error) {
	m := c.measurer()
	w := m.set(c.Operation.SelectionSet)
	cost := Cost{Used: w.total(), Max: c.Limits.Cost}
	if w.fields > c.Limits.Fields {
		f := newFailure(fault.LimitExceeded, "the operation asks for more than %d fields with its fragments spread; ask for less at a time", c.Limits.Fields)
		return cost, costError(f, cost, m.heaviest(c.Operation.SelectionSet))
	}
	if cost.Used <= cost.Max {
		return cost, nil
	}
	way := m.heaviest(c.Operation.SelectionSet)
	f := newFailure(fault.LimitExceeded, "the operation costs %s, the limit is %d; %s", shownCost(cost.Used), cost.Max, c.cheaper(way))
	return cost, costError(f, cost, way)
}

func shownCost(n int) string {
	if n >= maxCost {
		return fmt.Sprintf("more than %d", maxCost-1)
	}
	return strconv.Itoa(n)
}

func costError(f *failure, cost Cost, way []*ast.Field) *gqlerror.Error {
	for _, field := range way {
		f.path = append(f.path, ast.PathName(field.Alias))
	}
	var at *ast.Position
	if len(way) > 0 {
		at = way[0].Position
	}
	e := f.at(at)
	e.Extensions["cost"] = cost
	return e
}

// heaviest is the way down to the dearest list: at every level the field that costs
// most, as far as there are pages.
func (m *measurer) heaviest(set ast.SelectionSet) []*ast.Field {
	var way []*ast.Field
	last := 0
	for set != nil && len(way) < m.Limits.Depth {
		var most *ast.Field
		weightOfMost := -1
		m.each(set, map[string]bool{}, func(f *ast.Field) {
			w := m.field(f)
			if n := saturated(w.total(), w.perItem); n > weightOfMost {
				most, weightOfMost = f, n
			}
		})
		if most == nil {
			break
		}
		way = append(way, most)
		if _, sized := m.pageOf(most); sized || last == 0 {
			last = len(way)
		}
		set = most.SelectionSet
	}
	return way[:last]
}

// each visits the fields of a set with its fragments spread, each fragment once.
func (m *measurer) each(set ast.SelectionSet, spread map[string]bool, visit func(*ast.Field)) {
	for _, s := range set {
		switch s := s.(type) {
		case *ast.Field:
			if s.Definition != nil && s.ObjectDefinition != nil {
				visit(s)
			}
		case *ast.InlineFragment:
			m.each(s.SelectionSet, spread, visit)
		case *ast.FragmentSpread:
			if !spread[s.Name] {
				spread[s.Name] = true
				m.each(s.Definition.SelectionSet, spread, visit)
			}
		}
	}
}

// tried are the smaller pages that are thought of, and of how many lists.
var tried = []int{50, 20, 10, 5, 1}

const triedLists = 4

// cheaper says which smaller page would be within the limit, from the innermost
// list outwards.
func (c *compiler) cheaper(way []*ast.Field) string {
	lists := 0
	for i := len(way) - 1; i >= 0 && lists < triedLists; i-- {
		m := c.measurer()
		now, sized := m.pageOf(way[i])
		if !sized {
			continue
		}
		lists++
		for _, n := range tried {
			if n >= now {
				continue
			}
			m := c.measurer()
			m.resized, m.size = way[i], n
			w := m.set(c.Operation.SelectionSet)
			if used := w.total(); used <= c.Limits.Cost {
				return fmt.Sprintf("first: %d on %s would make it %d", n, dotted(way[:i+1]), used)
			}
		}
	}
	return "ask for smaller pages (first) where lists are nested, for fewer fields, or in several operations"
}

func dotted(way []*ast.Field) string {
	names := make([]string, len(way))
	for i, f := range way {
		names[i] = f.Alias
	}
	return strings.Join(names, ".")
}
