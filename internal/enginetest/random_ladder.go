package enginetest

import "github.com/open-operations/opsmap/schema"

// ladder asks where stories, issues and practices stand.
func (v *inventor) ladder(*schema.Type) *piece {
	var args []member
	if v.chance(3) {
		args = append(args, member{"stage", enumValue(ladderStages[v.values.IntN(len(ladderStages))]).as(v.variable("LadderStage"), false)})
	}
	if v.chance(2) {
		args = append(args, member{[]string{"first", "last"}[v.form.IntN(2)], scalar(v.values.IntN(7)).as(v.variable("Int"), false)})
	}
	for _, name := range []string{"after", "before"} {
		if v.chance(6) {
			t := v.catalog.Type([]string{"Practice", "Story", "Topic"}[v.values.IntN(3)])
			place := []any{int64(v.values.IntN(4)), t.Name, v.someKey(t)}
			args = append(args, member{name, scalar(resultCursor("ladder", place)).as(v.variable("String"), false)})
		}
	}
	stand := v.below("LadderStand", 1)
	below := []*piece{{name: "totalCount"}, {name: "nodes", below: stand}}
	if v.chance(3) {
		below = []*piece{
			{name: "edges", below: []*piece{{name: "cursor"}, {name: "node", below: stand}}},
			{name: "pageInfo", below: []*piece{{name: "hasNextPage"}, {name: "hasPreviousPage"}, {name: "startCursor"}, {name: "endCursor"}}},
		}
	}
	return &piece{name: "ladder", args: args, below: below}
}
