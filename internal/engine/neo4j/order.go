package neo4j

import (
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// key is a term of an order, as an expression.
type key struct {
	operand
	term plan.Term
	// name of what is worked out once for it, empty for none.
	name string
}

// keys of an order. Numbers of links and scores are worked out once, before the
// order, under names of their own: counted is what a WITH has to say for it.
func (b *builder) keys(order []plan.Term, variable string) (keys []key, counted []string) {
	for _, t := range order {
		k := key{term: t}
		switch {
		case t.Type:
			k.order = property(variable, propType)
		case t.LinkCount != nil:
			k.name = "c" + b.element()[1:]
			k.order = k.name
			counted = append(counted, b.linkCount(t.LinkCount, variable)+" AS "+k.name)
		case t.Score != nil:
			k.name = "c" + b.element()[1:]
			k.order = scoreIn(k.name)
			counted = append(counted, b.match(*t.Score, variable)+" AS "+k.name)
		case t.Field == nil || t.Field.List || t.Field.Kind == schema.Object:
			b.fail("an order by something that has none")
		default:
			k.operand = fieldOperand(variable, t.Field)
		}
		keys = append(keys, k)
	}
	return keys, counted
}

// names of what keys counted, to carry on.
func countNames(keys []key) string {
	var names strings.Builder
	for _, k := range keys {
		if k.name != "" {
			names.WriteString(", " + k.name)
		}
	}
	return names.String()
}

// orderBy is the order as Cypher has it, from the front or from the end. There
// null comes last ascending and first descending; here it is last both ways.
func orderBy(keys []key, fromEnd bool) string {
	parts := make([]string, 0, len(keys))
	for _, k := range keys {
		text := k.order
		if k.term.Descending != fromEnd {
			text += " DESC"
		}
		if k.term.Descending && k.nullable {
			null := k.order + " IS NULL"
			if fromEnd {
				null += " DESC"
			}
			text = null + ", " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// indexed lets Neo4j take the first term of the order from an index, where there
// is one: it has to be told that every record is in it.
func indexed(keys []key) []string {
	if len(keys) == 0 || keys[0].field == nil || !hasIndex(keys[0].field) {
		return nil
	}
	return []string{keys[0].order + " IS NOT NULL"}
}

// cursors are the conditions that a row stands between two places.
func (b *builder) cursors(r *plan.Read, keys []key) []string {
	var out []string
	for _, c := range []struct {
		place  []plan.Param
		before bool
	}{{r.Page.After, false}, {r.Page.Before, true}} {
		if len(c.place) == 0 || len(c.place) != len(keys) {
			continue
		}
		if len(keys) > 1 && !keys[0].nullable {
			// This an index can answer, in order. The rest must not look as if one could:
			// Neo4j would look up both sides of an OR and sort all of it.
			k, value := keys[0], b.placeOf(keys[0], c.place[0])
			rest := b.cursor(keys[1:], c.place[1:], c.before)
			out = append(out, k.order+k.sign(c.before)+"= "+value, "("+k.order+" <> "+value+" OR "+rest+")")
			continue
		}
		out = append(out, b.cursor(keys, c.place, c.before))
	}
	return out
}

// cursor is the condition that a row stands strictly after (or before) a place.
func (b *builder) cursor(keys []key, place []plan.Param, before bool) string {
	text := ""
	for i, p := range slices.Backward(place) {
		k, value := keys[i], b.placeOf(keys[i], p)
		beyond := k.beyond(value, before)
		if text == "" {
			text = beyond
			continue
		}
		text = "(" + beyond + " OR (" + k.equal(value) + " AND " + text + "))"
	}
	return text
}

// placeOf is the parameter for a value of a cursor.
func (b *builder) placeOf(k key, p plan.Param) string {
	switch {
	case k.field != nil && isText(k.field):
		return b.arg(p, orderForm, nil, nil)
	case k.field != nil && k.field.Kind == schema.EnumKind:
		return b.arg(p, rankForm, k.field, nil)
	default:
		return b.arg(p, rawForm, nil, nil)
	}
}

// sign is where a value stands that comes after (or before) another.
func (k *key) sign(before bool) string {
	if k.term.Descending != before {
		return " <"
	}
	return " >"
}

func (k *key) beyond(value string, before bool) string {
	text := k.order + k.sign(before) + " " + value
	switch {
	case !k.nullable:
		return text
	case before:
		// Everything that has a value stands before what has none.
		return "(" + text + " OR (" + k.order + " IS NOT NULL AND " + value + " IS NULL))"
	default:
		return "(" + text + " OR (" + k.order + " IS NULL AND " + value + " IS NOT NULL))"
	}
}

func (k *key) equal(value string) string {
	text := k.order + " = " + value
	if k.nullable {
		text = "(" + text + " OR (" + k.order + " IS NULL AND " + value + " IS NULL))"
	}
	return text
}
