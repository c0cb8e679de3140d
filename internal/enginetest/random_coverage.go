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
	t := tableForm{inventor: v, subject: subject, value: []*piece{{name: "dimension"}, {name: "value"}}}
	t.place = []any{subject + " " + strings.Join(words, " ")}
	if subject != "TOPICS" || v.chance(2) {
		t.args = append(t.args, member{"of", enumValue(subject)})
	}
	t.filter(coverageSubjects[subject])
	by := list()
	for _, word := range words {
		by.list = append(by.list, enumValue(word))
		t.dimension(word)
	}
	t.args = append(t.args, member{"by", by})
	t.page()
	cell := []*piece{{name: "count"}, {name: "values", below: t.value}}
	below := []*piece{{name: "totalCount"}, {name: "nodes", below: cell}}
	if v.chance(3) {
		below = []*piece{
			{name: "edges", below: []*piece{{name: "cursor"}, {name: "node", below: cell}}},
			{name: "pageInfo", below: []*piece{{name: "hasNextPage"}, {name: "hasPreviousPage"}, {name: "startCursor"}, {name: "endCursor"}}},
		}
	}
	return &piece{name: "coverage", args: t.args, below: below}
}

// tableForm is a table of coverage in the making.
type tableForm struct {
	*inventor
	subject string
	args    []member
	// place is a cell that could be, value what is asked of a value.
	place []any
	value []*piece
}

// filter says which records of a type there are, now and then.
func (t *tableForm) filter(typeName string) {
	if typeName != "" && t.chance(4) {
		typ := t.catalog.Type(typeName)
		t.args = append(t.args, member{typ.Plural, t.where(typ, 1)})
	}
}

func (t *tableForm) dimension(word string) {
	typeName := coveredBy[t.subject][word]
	if typeName != coverageSubjects[t.subject] {
		t.filter(typeName)
	}
	if typeName == "" || word == "LAYERS" {
		t.place = append(t.place, int64(t.values.IntN(3)))
	}
	if typeName == "" {
		return
	}
	typ := t.catalog.Type(typeName)
	t.place = append(t.place, t.someKey(typ))
	if t.chance(3) {
		t.value = append(t.value, &piece{alias: t.alias(), name: strings.TrimSuffix(strings.ToLower(word), "s"), below: t.record(typ, 0)})
	}
}

func (t *tableForm) page() {
	if t.chance(3) {
		t.args = append(t.args, member{"empty", scalar(t.chance(2)).as(t.variable("Boolean"), false)})
	}
	if t.chance(2) {
		t.args = append(t.args, member{[]string{"first", "last"}[t.form.IntN(2)], scalar(t.values.IntN(7)).as(t.variable("Int"), false)})
	}
	for _, name := range []string{"after", "before"} {
		if t.chance(6) {
			t.args = append(t.args, member{name, scalar(resultCursor("coverage", t.place)).as(t.variable("String"), false)})
		}
	}
}
