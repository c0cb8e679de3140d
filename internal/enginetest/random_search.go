package enginetest

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/schema"
	"github.com/vektah/gqlparser/v2/ast"
)

// wanted is a text to search for: words that records have, mostly, whole or cut
// short, in quotes, with others between them.
func (v *inventor) wanted() string {
	pool := v.pool()
	word := func() string {
		if len(pool) == 0 || v.values.IntN(6) == 0 {
			return texts[v.values.IntN(len(texts))]
		}
		return pool[v.values.IntN(len(pool))]
	}
	var parts []string
	for range 1 + min(v.values.IntN(4), v.values.IntN(12)) {
		w := word()
		switch v.values.IntN(8) {
		case 0:
			w += "*"
		case 1:
			w = `"` + w + " " + word() + `"`
		case 2:
			w = `"` + w + `"`
		case 3:
			if points := []rune(w); len(points) > 2 {
				w = string(points[:2+v.values.IntN(len(points)-2)])
			}
		}
		parts = append(parts, w)
	}
	text := strings.Join(parts, " ") + []string{"", "", " ", "."}[v.values.IntN(4)]
	if len(wordsOf(text)) == 0 {
		return "a"
	}
	return text
}

// pool is words of records, and runs of two.
func (v *inventor) pool() []string {
	s := v.sightOf(all, noon)
	var out []string
	for _, id := range slices.SortedFunc(maps.Keys(v.entries), byID) {
		for _, t := range s.textsOf(v.entries[id]) {
			words := strings.Fields(t.text)
			for i, w := range words {
				out = append(out, w)
				if i > 0 {
					out = append(out, words[i-1]+" "+w)
				}
			}
		}
	}
	return out
}

// searched adds the argument search to a list now and then, and is the order that
// follows from it when no other is asked.
func (v *inventor) searched(p *piece, def *ast.FieldDefinition, order []place) []place {
	if def.Arguments.ForName("search") == nil || !v.chance(6) {
		return order
	}
	text := v.wanted()
	p.args = append(p.args, member{"search", scalar(text).as(v.variable("String"), v.chance(4))})
	if len(order) == 0 {
		return []place{scorePlace(soughtOf(text))}
	}
	return order
}

// search asks for whatever a text finds.
func (v *inventor) search(t *schema.Type) *piece {
	text := v.wanted()
	p := &piece{name: "search", args: []member{{"text", scalar(text).as(v.variable("String!"), false)}}}
	if v.chance(3) {
		types := list()
		for _, value := range v.catalog.Served.Types[schema.SearchTypes].EnumValues {
			if v.values.IntN(4) == 0 {
				types.list = append(types.list, enumValue(value.Name))
			}
		}
		p.args = append(p.args, member{"types", types.as("["+schema.SearchTypes+"!]", v.chance(4))})
	}
	if v.chance(2) {
		name := []string{"first", "first", "last"}[v.form.IntN(3)]
		p.args = append(p.args, member{name, scalar(v.values.IntN(5)).as(v.variable("Int"), v.chance(3))})
	}
	for _, name := range []string{"after", "before"} {
		if v.chance(6) {
			p.args = append(p.args, member{name, scalar(v.hitCursor(text)).as(v.variable("String"), false)})
		}
	}
	hit := []*piece{
		{name: "score"}, {name: "node", below: v.anyRecord(concrete(v.form, t), 1)},
		{name: "highlights", below: []*piece{{name: "field"}, {name: "item"}, {name: "text"}, {name: "start"}, {name: "ranges", below: []*piece{{name: "start"}, {name: "end"}}}}},
	}
	p.below = []*piece{{name: "totalCount"}, {name: "nodes", below: hit[v.form.IntN(3):]}}
	if v.chance(3) {
		p.below = []*piece{
			{name: "edges", below: []*piece{{name: "cursor"}, {name: "node", below: hit[:1+v.form.IntN(3)]}}},
			{name: "pageInfo", below: []*piece{{name: "hasNextPage"}, {name: "hasPreviousPage"}, {name: "startCursor"}, {name: "endCursor"}}},
		}
	}
	return p
}

// hitCursor is the cursor of a place among what a text finds.
func (v *inventor) hitCursor(text string) string {
	order := []place{scorePlace(soughtOf(text)), {name: "type"}, {name: "key"}}
	name := v.catalog.Searched.Concrete[v.values.IntN(len(v.catalog.Searched.Concrete))].Name
	score := int64(v.values.IntN(60))
	s := v.sightOf(all, noon)
	for _, e := range s.all(v.catalog.Type(name)) {
		score = max(score, s.score(e, order[0].sought))
	}
	return cursorOf(&schema.Type{Name: schema.SearchHit}, order, []any{score, name, keyPool[v.values.IntN(len(keyPool))]})
}
