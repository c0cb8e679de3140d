package compile

import (
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// root compiles one field of Query.
func (c *compiler) root(f *collected) Field {
	out := Field{Key: f.Alias, Set: -1}
	roots, params := len(c.plan.Roots), len(c.plan.Params)
	if err := c.fill(&out, f); err != nil {
		// What was planned for the field so far is not asked.
		c.plan.Roots, c.plan.Params = c.plan.Roots[:roots], c.plan.Params[:params]
		out = Field{Key: f.Alias, Set: -1, Err: err.in(f.Alias).at(f.Position)}
	}
	return out
}

func (c *compiler) fill(out *Field, f *collected) *failure {
	switch f.Name {
	case "__typename":
		out.Typename = rootOf(c.Operation)
		return nil
	case "__schema", "__type":
		out.Introspection = &Introspection{Field: f.Field, Variables: c.variables}
		return nil
	case "node":
		return c.node(out, f)
	case "nodes":
		return c.nodes(out, f)
	case "search":
		return c.search(out, f)
	}
	switch c.Operation.Operation {
	case ast.Mutation:
		return c.question(out, f)
	case ast.Subscription:
		return c.subscription(out, f)
	}
	for _, t := range c.Catalog.Types {
		switch f.Name {
		case t.Singular:
			return c.byKey(out, f, t)
		case t.Plural:
			read := &plan.Read{From: plan.FromType{Type: t}, Guard: c.plan.Guard}
			conn, err := c.connection(f, t, read)
			out.Set, out.Connection = c.addRoot(read), conn
			return err
		}
	}
	return c.question(out, f)
}

func (c *compiler) addRoot(r *plan.Read) int {
	c.plan.Roots = append(c.plan.Roots, r)
	return len(c.plan.Roots) - 1
}

// byIDs reads records of t by id and compiles what is asked of them.
func (c *compiler) byIDs(t *schema.Type, ids []record.ID, s selection) (int, *Record, *failure) {
	read := &plan.Read{From: plan.FromIDs{Type: t, IDs: c.param(ids)}, Guard: c.plan.Guard, Rows: true, Page: everything}
	r, err := c.columns(read).record(s, t)
	return c.addRoot(read), r, err
}

func (c *compiler) byKey(out *Field, f *collected, t *schema.Type) *failure {
	args, err := c.arguments(f.Field)
	if err != nil {
		return err
	}
	// The types of a family share one key space, so at most one of these is there.
	var ids []record.ID
	for _, concrete := range t.Concrete {
		ids = append(ids, record.ID{Type: concrete.Name, Key: args["key"].(string)})
	}
	out.Set, out.Record, err = c.byIDs(t, ids, f.below())
	return err
}

func (c *compiler) node(out *Field, f *collected) *failure {
	args, err := c.arguments(f.Field)
	if err != nil {
		return err
	}
	id, _ := record.ParseID(args["id"].(string))
	t := c.Catalog.Type(id.Type)
	if t == nil || t.Interface {
		// Malformed, unknown and hidden ids have the same answer.
		return c.checkSelections(f)
	}
	out.Set, out.Record, err = c.byIDs(t, []record.ID{id}, f.below())
	return err
}

func (c *compiler) nodes(out *Field, f *collected) *failure {
	args, err := c.arguments(f.Field)
	if err != nil {
		return err
	}
	list, _ := args["ids"].([]any)
	if len(list) > c.Limits.Page {
		return newFailure("LIMIT_EXCEEDED", "%d ids are more than the %d that one field may name; ask in several", len(list), c.Limits.Page).argument("ids")
	}
	out.Nodes = &Nodes{Sets: map[string]NodeSet{}}
	byType := map[string][]record.ID{}
	var order []string
	for _, item := range list {
		id, _ := record.ParseID(item.(string))
		out.Nodes.IDs = append(out.Nodes.IDs, id)
		if t := c.Catalog.Type(id.Type); t == nil || t.Interface {
			continue
		}
		if byType[id.Type] == nil {
			order = append(order, id.Type)
		}
		byType[id.Type] = append(byType[id.Type], id)
	}
	for _, name := range order {
		var set NodeSet
		if set.Set, set.Record, err = c.byIDs(c.Catalog.Type(name), byType[name], f.below()); err != nil {
			return err
		}
		// The id of a row is needed to put the rows back in the order asked.
		read := c.plan.Roots[set.Set]
		read.Columns = append(read.Columns, plan.Column{Field: c.Catalog.Type(name).Field("key")})
		out.Nodes.Sets[name] = set
	}
	return nil
}

// checkSelections compiles what is asked of a record that is not there, so that
// mistakes in it are reported whether or not the id is good.
func (c *compiler) checkSelections(f *collected) *failure {
	probe := &compiler{Request: c.Request, plan: &plan.Plan{Guard: c.plan.Guard}, variables: c.variables}
	for _, t := range c.Catalog.Types {
		if t.Interface {
			continue
		}
		if _, _, err := probe.byIDs(t, nil, f.below()); err != nil {
			return err
		}
	}
	return nil
}
