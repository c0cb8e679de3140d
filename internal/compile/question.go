package compile

import (
	"maps"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// Question is a root field that a Go function answers. Its answer is a tree of
// results; the records in it are references, which Joins then read.
type Question struct {
	Name string
	// Args are coerced: nil, bool, int64, string, []any, map[string]any for an input
	// object, without an entry for what was not given; the arguments of type
	// …Where are in Where instead, those of paging in the answer's Connection.
	Args map[string]any
	// Where maps an argument to the plan root that reads the matching records; the
	// only cell of a row is the key.
	Where map[string]int
	// Answer is how the result is written.
	Answer ResultOut
	// Joins are reads of the records that results refer to.
	Joins []*Join
}

// Join reads records by id once a question has named them.
type Join struct {
	Type *schema.Type
	// Read lacks its source: FromIDs with the ids that were named. Its last column
	// is the key.
	Read   *plan.Read
	Record *Record
}

// ResultOut is one response key of a result. At most one of the parts is set;
// without any it is a scalar, an enum word or a list of them.
type ResultOut struct {
	Key string
	// Name of the field in the result.
	Name     string
	Typename string
	// Required: null is not allowed.
	Required bool
	// Object is what is asked of a value object, or of each of a list.
	Object []ObjectOut
	// Result is what is asked of a nested result, or of each of a list.
	Result []ResultOut
	// Join is the index of the join that reads the record, or the list of them; -1
	// for none.
	Join int
	// Nodes are the joins by the name of a type, where the record may be of any.
	Nodes map[string]int
	// Connection of results.
	Connection *ResultConnection
}

// JoinOf is the index of the join that reads records of a concrete type; -1 for
// none.
func (o *ResultOut) JoinOf(typeName string) int {
	if o.Nodes == nil {
		return o.Join
	}
	if join, known := o.Nodes[typeName]; known {
		return join
	}
	return -1
}

// ResultConnection is how a page of results is written.
type ResultConnection struct {
	Parts  []ResultPart
	Digest string
	Paging Paging
}

// ResultPart is one response key of a connection of results.
type ResultPart struct {
	Key      string
	Part     ConnectionPart
	Typename string
	Node     []ResultOut
	Edge     []ResultEdge
	PageInfo []PageInfoOut
}

// ResultEdge is one response key of an edge of results; without Typename and with
// a nil Node it is the cursor.
type ResultEdge struct {
	Key      string
	Typename string
	IsNode   bool
	Node     []ResultOut
}

func (c *compiler) question(out *Field, f *collected) *failure {
	q := &Question{Name: f.Name, Where: map[string]int{}}
	c.joins = &q.Joins
	args, err := c.arguments(f.Field)
	if err != nil {
		return err
	}
	if q.Answer, err = c.result(f, args); err != nil {
		return err
	}
	for _, def := range f.Definition.Arguments {
		if err := c.whereArgument(q, args, def); err != nil {
			return err
		}
	}
	q.Args = plain(args).(map[string]any)
	out.Question = q
	return nil
}

// plain is a coerced value in types that other packages know.
func plain(value any) any {
	switch v := value.(type) {
	case input:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = plain(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = plain(item)
		}
		return out
	default:
		return value
	}
}

// whereArgument compiles an argument that filters records into a read of keys.
func (c *compiler) whereArgument(q *Question, args input, def *ast.ArgumentDefinition) *failure {
	name, isWhere := strings.CutSuffix(def.Type.Name(), "Where")
	t := c.Catalog.Type(name)
	if !isWhere || t == nil {
		return nil
	}
	value, given := args[def.Name]
	delete(args, def.Name)
	in, ok := value.(input)
	if !given || !ok {
		return nil
	}
	where, err := c.where(in, t)
	if err != nil {
		return err.argument(def.Name)
	}
	key := t.Field("key")
	q.Where[def.Name] = c.addRoot(&plan.Read{
		From: plan.FromType{Type: t}, Guard: c.plan.Guard, Where: where, Rows: true,
		Order: []plan.Term{{Field: key}}, Page: everything, Columns: []plan.Column{{Field: key}},
	})
	return nil
}

// result compiles a field of a result by its declared type.
func (c *compiler) result(f *collected, args input) (ResultOut, *failure) {
	out := ResultOut{Key: f.Alias, Name: f.Name, Join: -1}
	if f.Name == "__typename" {
		out.Typename = f.ObjectDefinition.Name
		return out, nil
	}
	name := f.Definition.Type.Name()
	out.Required = f.Definition.Type.NonNull
	var err *failure
	switch def := c.Catalog.Served.Types[name]; {
	case c.Catalog.Type(name) != nil:
		out.Join, err = c.join(c.Catalog.Type(name), f.below())
	case name == "Node":
		out.Nodes, err = c.nodeJoins(f.below())
	case c.Catalog.Object(name) != nil && c.Catalog.Object(name).Value:
		out.Object, err = c.object(f.below(), c.Catalog.Object(name))
		if out.Object == nil {
			out.Object = []ObjectOut{}
		}
	case strings.HasSuffix(name, "Connection"):
		out.Connection, err = c.resultConnection(f, args, strings.TrimSuffix(name, "Connection"))
	case def.Kind == ast.Object:
		out.Result, err = c.results(f.below(), name)
	}
	return out, err
}

func (c *compiler) results(s selection, typeName string) ([]ResultOut, *failure) {
	fields, err := c.collect(s, typeName)
	if err != nil {
		return nil, err
	}
	outs := make([]ResultOut, 0, len(fields))
	for _, f := range fields {
		var args input
		if f.Definition != nil && len(f.Definition.Arguments) > 0 {
			if args, err = c.arguments(f.Field); err != nil {
				return nil, err.in(f.Alias)
			}
		}
		if f.Name == "__typename" {
			outs = append(outs, ResultOut{Key: f.Alias, Typename: typeName, Join: -1})
			continue
		}
		out, err := c.result(f, args)
		if err != nil {
			return nil, err.in(f.Alias)
		}
		outs = append(outs, out)
	}
	return outs, nil
}

// nodeJoins compiles what is asked of records of any type, once for each.
func (c *compiler) nodeJoins(s selection) (map[string]int, *failure) {
	joins := map[string]int{}
	for _, t := range c.Catalog.Types {
		if t.Interface {
			continue
		}
		var err *failure
		if joins[t.Name], err = c.join(t, s); err != nil {
			return nil, err
		}
	}
	return joins, nil
}

func (c *compiler) join(t *schema.Type, s selection) (int, *failure) {
	read := &plan.Read{Guard: c.plan.Guard, Rows: true, Page: everything}
	r, err := c.columns(read).record(s, t)
	if err != nil {
		return 0, err
	}
	read.Columns = append(read.Columns, plan.Column{Field: t.Field("key")})
	*c.joins = append(*c.joins, &Join{Type: t, Read: read, Record: r})
	return len(*c.joins) - 1, nil
}

func (c *compiler) resultConnection(f *collected, args input, item string) (*ResultConnection, *failure) {
	conn := &ResultConnection{Digest: orderDigest(f.Name, nil, "")}
	var err *failure
	if before := f.Definition.Arguments.ForName("before"); before != nil && before.Type.Name() == "Date" {
		// Here it is a day, and the list is read forwards only.
		args = maps.Clone(args)
		delete(args, "before")
	}
	if conn.Paging, err = c.paging(args, conn.Digest, -1, nil); err != nil {
		return nil, err
	}
	fields, err := c.collect(f.below(), schema.ConnectionName(item))
	if err != nil {
		return nil, err
	}
	for _, p := range fields {
		part, err := c.resultPart(p, item)
		if err != nil {
			return nil, err.in(p.Alias)
		}
		conn.Parts = append(conn.Parts, part)
	}
	return conn, nil
}

func (c *compiler) resultPart(p *collected, item string) (ResultPart, *failure) {
	part := ResultPart{Key: p.Alias}
	var err *failure
	switch p.Name {
	case "__typename":
		part.Part, part.Typename = TypenamePart, schema.ConnectionName(item)
	case "totalCount":
		part.Part = TotalCount
	case "nodes":
		part.Part = NodesPart
		part.Node, err = c.results(p.below(), item)
	case "edges":
		part.Part = EdgesPart
		part.Edge, err = c.resultEdge(p.below(), item)
	case "pageInfo":
		part.Part = PageInfoPart
		part.PageInfo, err = c.pageInfo(p.below())
	}
	return part, err
}

func (c *compiler) resultEdge(s selection, item string) ([]ResultEdge, *failure) {
	fields, err := c.collect(s, item+"Edge")
	if err != nil {
		return nil, err
	}
	outs := make([]ResultEdge, 0, len(fields))
	for _, f := range fields {
		out := ResultEdge{Key: f.Alias}
		switch f.Name {
		case "__typename":
			out.Typename = item + "Edge"
		case "node":
			out.IsNode = true
			if out.Node, err = c.results(f.below(), item); err != nil {
				return nil, err.in(f.Alias)
			}
		}
		outs = append(outs, out)
	}
	return outs, nil
}
