package enginetest

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/schema"
)

// coverage asks for a table of one or two dimensions.
func (v *inventor) coverage(*schema.Type) *piece {
	subject := slices.Sorted(maps.Keys(coveredBy))[v.form.IntN(4)]
	words := slices.Sorted(maps.Keys(coveredBy[subject]))
	v.form.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	words = words[:1+v.form.IntN(2)]
	by, place := list(), []any{subject + " " + strings.Join(words, " ")}
	value := []*piece{{name: "dimension"}, {name: "value"}}
	var args []member
	if subject != "TOPICS" || v.chance(2) {
		args = append(args, member{"of", enumValue(subject)})
	}
	filter := func(typeName string) {
		if typeName != "" && v.chance(4) {
			args = append(args, member{v.catalog.Type(typeName).Plural, v.where(v.catalog.Type(typeName), 1)})
		}
	}
	filter(coverageSubjects[subject])
	for _, word := range words {
		by.list = append(by.list, enumValue(word))
		typeName := coveredBy[subject][word]
		if typeName != coverageSubjects[subject] {
			filter(typeName)
		}
		if typeName == "" {
			place = append(place, int64(v.values.IntN(3)))
			continue
		}
		if word == "LAYERS" {
			place = append(place, int64(v.values.IntN(3)))
		}
		place = append(place, v.someKey(v.catalog.Type(typeName)))
		if v.chance(3) {
			value = append(value, &piece{alias: v.alias(), name: strings.TrimSuffix(strings.ToLower(word), "s"), below: v.record(v.catalog.Type(typeName), 0)})
		}
	}
	args = append(args, member{"by", by})
	if v.chance(3) {
		args = append(args, member{"empty", scalar(v.chance(2)).as(v.variable("Boolean"), false)})
	}
	if v.chance(2) {
		args = append(args, member{[]string{"first", "last"}[v.form.IntN(2)], scalar(v.values.IntN(7)).as(v.variable("Int"), false)})
	}
	for _, name := range []string{"after", "before"} {
		if v.chance(6) {
			args = append(args, member{name, scalar(resultCursor("coverage", place)).as(v.variable("String"), false)})
		}
	}
	cell := []*piece{{name: "count"}, {name: "values", below: value}}
	below := []*piece{{name: "totalCount"}, {name: "nodes", below: cell}}
	if v.chance(3) {
		below = []*piece{
			{name: "edges", below: []*piece{{name: "cursor"}, {name: "node", below: cell}}},
			{name: "pageInfo", below: []*piece{{name: "hasNextPage"}, {name: "hasPreviousPage"}, {name: "startCursor"}, {name: "endCursor"}}},
		}
	}
	return &piece{name: "coverage", args: args, below: below}
}
