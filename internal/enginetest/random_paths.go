package enginetest

import "github.com/open-operations/opsmap/schema"

// paths asks for the ways between two records.
func (v *inventor) paths(*schema.Type) *piece {
	from, to := v.someEnds()
	length := 1 + v.form.IntN(4)
	args := []member{
		{"from", scalar(from).as(v.variable("ID!"), false)}, {"to", scalar(to).as(v.variable("ID!"), false)},
		{"maxLength", scalar(length).as(v.variable("Int!"), v.chance(3))},
	}
	args = append(args, v.via()...)
	if v.chance(2) {
		name := []string{"first", "first", "last"}[v.form.IntN(3)]
		args = append(args, member{name, scalar(v.values.IntN(5)).as(v.variable("Int"), v.chance(3))})
	}
	for _, name := range []string{"after", "before"} {
		if v.chance(6) {
			args = append(args, member{name, scalar(v.wayCursor(from, to)).as(v.variable("String"), false)})
		}
	}
	path := []*piece{{name: "length"}, {name: "nodes", below: v.anyNode()}, {name: "links", below: []*piece{{name: "from"}, {name: "to"}, {name: "name"}}}}
	below := []*piece{{name: "totalCount"}, {name: "nodes", below: path[v.form.IntN(3):]}}
	if v.chance(3) {
		below = []*piece{
			{name: "edges", below: []*piece{{name: "cursor"}, {name: "node", below: path}}},
			{name: "pageInfo", below: []*piece{{name: "hasNextPage"}, {name: "hasPreviousPage"}, {name: "startCursor"}, {name: "endCursor"}}},
		}
	}
	return &piece{name: "paths", args: args, below: below}
}

// wayCursor is the cursor of one of the ways, or of one that could be.
func (v *inventor) wayCursor(from, to string) string {
	r := &reading{sight: v.sightOf(all, noon)}
	ways := r.ways(map[string]any{"from": from, "to": to, "maxLength": int64(3)})
	if len(ways) == 0 || v.values.IntN(4) == 0 {
		return resultCursor("paths", []any{int64(2), v.someAnyID(), "topics-", to, "layers+", "", "", "", ""})
	}
	return resultCursor("paths", ways[v.values.IntN(len(ways))].place())
}

// neighbourhood asks what lies around a record.
func (v *inventor) neighbourhood(*schema.Type) *piece {
	args := []member{{"id", scalar(v.someAnyID()).as(v.variable("ID!"), false)}}
	if !v.chance(4) {
		args = append(args, member{"depth", scalar(v.values.IntN(4)).as(v.variable("Int!"), v.chance(3))})
	}
	if !v.chance(4) {
		args = append(args, member{"first", scalar(v.values.IntN(16)).as(v.variable("Int!"), false)})
	}
	return &piece{name: "neighbourhood", args: append(args, v.via()...), below: []*piece{
		{name: "truncated"}, {name: "nodes", below: []*piece{{name: "distance"}, {name: "node", below: v.anyNode()}}},
		{name: "links", below: []*piece{{name: "from"}, {name: "name"}, {name: "to"}}},
	}}
}

// via names links and types now and then.
func (v *inventor) via() []member {
	if !v.chance(3) {
		return nil
	}
	names := list()
	for range v.form.IntN(4) {
		t := v.catalog.Types[v.form.IntN(len(v.catalog.Types))]
		name := t.Name
		if len(t.Links) > 0 && !v.chance(3) {
			name = t.Links[v.form.IntN(len(t.Links))].Name
			if v.chance(3) {
				name = t.Name + "." + name
			}
		}
		names.list = append(names.list, scalar(name))
	}
	return []member{{"via", names.as(v.variable("[String!]"), false)}}
}

// someAnyID is the id of a record of any type.
func (v *inventor) someAnyID() string {
	return v.someID(concrete(v.values, v.catalog.Types[v.values.IntN(len(v.catalog.Types))]))
}

// anyNode asks of records of any type.
func (v *inventor) anyNode() []*piece {
	if v.chance(2) {
		return []*piece{{name: "id"}}
	}
	return v.anyRecord(concrete(v.form, v.catalog.Types[v.form.IntN(len(v.catalog.Types))]), 1)
}
