package neo4j

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/search"
	"github.com/open-operations/opsmap/schema"
)

// A search is answered in two steps: the full-text index proposes records that
// have some of the words, and arithmetic over the words that each record keeps
// (search.Document) decides which of them are found and how well they fit. What
// Lucene thinks of them plays no part.

// searchIndex is the full-text index over the words of all records. Its analyzer
// parts words at white space only, as they were parted and folded in Go.
const searchIndex = indexPrefix + "search"

// textOf is the property with a record's words of one tier.
func textOf(t schema.Tier) string { return "_text" + strconv.Itoa(int(t)) }

// putTexts stores the words of a record.
func putTexts(props map[string]any, t *schema.Type, values []any) {
	d := search.DocumentOf(t, values)
	if d == nil {
		return
	}
	for tier := schema.Tier(1); int(tier) <= schema.Tiers; tier++ {
		if words := d.Tier(tier); words != "" {
			props[textOf(tier)] = words
		}
	}
}

// The value of a match in a statement is its points times pointUnit and its score;
// a term that a record cannot do without costs more than all points are worth.
const (
	pointUnit = 1 << 32
	missing   = -1 << 52
)

// place is where a term may be found: in a tier, whole or as a prefix.
type matchPlace struct {
	tier   schema.Tier
	prefix bool
}

// places in the order of what a term is worth there; of those that are worth the
// same either will do.
var places = []matchPlace{
	{schema.Title, false}, {schema.Signal, false}, {schema.Title, true}, {schema.Signal, true},
	{schema.Summary, false}, {schema.Summary, true}, {schema.Detail, false}, {schema.Detail, true},
}

// A term is a list in a parameter: its text, its prefix or null, what it is worth at
// each of the places, and what it costs when it is not there.
const firstPlace = 2

// terms are the parameter for the terms of a query.
func terms(q *search.Query) []any {
	out := make([]any, len(q.Terms))
	for i, t := range q.Terms {
		row := []any{t.Exact, nil}
		if t.Prefix != "" {
			row[1] = t.Prefix
		}
		for _, p := range places {
			worth := search.Weight(p.tier) * t.Gain
			if p.prefix {
				worth = search.Weight(p.tier) * (t.Gain / 2)
			}
			row = append(row, worth+t.Points*pointUnit)
		}
		miss := int64(0)
		if t.Required {
			miss = missing
		}
		out[i] = append(row, miss)
	}
	return out
}

// match is the value of a match for the record in a variable.
func (b *builder) match(m plan.Match, variable string) string {
	var text strings.Builder
	text.WriteString("reduce(s = 0, t IN " + b.arg(m.Query, termsForm, nil, nil) + " | s + CASE")
	for i, p := range places {
		part := "t[0]"
		if p.prefix {
			part = "t[1]"
		}
		fmt.Fprintf(&text, " WHEN %s CONTAINS %s THEN t[%d]", property(variable, textOf(p.tier)), part, firstPlace+i)
	}
	fmt.Fprintf(&text, " ELSE t[%d] END)", firstPlace+len(places))
	return text.String()
}

// enough is the condition that the value of a match is that of a record found.
func (b *builder) enough(m plan.Match, value string) string {
	return value + " >= " + b.arg(m.Query, needForm, nil, nil)
}

// scored is the match by whose score an order goes; nil when it does not.
func scored(order []plan.Term) *plan.Match {
	for _, t := range order {
		if t.Score != nil {
			return t.Score
		}
	}
	return nil
}

// found are the conditions that records are found, where keys have the values of
// their matches.
func (b *builder) found(keys []key) []string {
	for _, k := range keys {
		if k.term.Score != nil {
			return []string{b.enough(*k.term.Score, k.name)}
		}
	}
	return nil
}

// scoreIn is the score in the value of a match of a record found.
func scoreIn(value string) string { return value + " % " + strconv.FormatInt(pointUnit, 10) }

// propose lets the full-text index find the records of a pattern that is a scan.
func (b *builder) propose(p *pattern, m plan.Match) {
	if !p.scan {
		return
	}
	p.scan = false
	types := "' +_type:(" + strings.Join(namesOf(p.typ), " ") + ")'"
	if p.names != plan.NoParam {
		types = b.arg(p.names, typesForm, nil, nil)
	}
	p.call = "CALL db.index.fulltext.queryNodes('" + searchIndex + "', " + b.arg(m.Query, luceneForm, nil, nil) + " + " + types + ") YIELD node AS " + p.node
}

func namesOf(t *schema.Type) []string {
	names := make([]string, 0, len(t.Concrete))
	for _, c := range t.Concrete {
		names = append(names, c.Name)
	}
	return names
}

// fromSearched is a scan of several types; without a match it cannot be made.
func (b *builder) fromSearched(from plan.FromSearched) pattern {
	n, _ := b.variable()
	return pattern{matches: []string{"(" + n + ")"}, node: n, typ: from.Type, conditions: []string{open(n)}, scan: true, names: from.Names}
}

// lucene is the question to the index: in Lucene's language, of which nothing comes
// from outside, as words are letters, marks and digits only.
func lucene(q *search.Query) (string, error) {
	var parts []string
	add := func(words ...string) bool {
		for _, w := range words {
			if !isWord(w) {
				return false
			}
		}
		return true
	}
	for _, phrase := range q.Phrases {
		if !add(phrase...) {
			return "", fmt.Errorf("BUG: %q is no phrase of words", phrase)
		}
		parts = append(parts, `+"`+strings.Join(phrase, " ")+`"`)
	}
	var words []string
	for _, w := range q.Words {
		if !add(w.Text) {
			return "", fmt.Errorf("BUG: %q is no word", w.Text)
		}
		text := w.Text
		if w.Prefix {
			text += "*"
		}
		words = append(words, text)
	}
	switch {
	case len(words) == 0:
	case q.Least == len(words):
		parts = append(parts, "+"+strings.Join(words, " +"))
	default:
		parts = append(parts, "+("+strings.Join(words, " ")+")")
	}
	return strings.Join(parts, " "), nil
}

// isWord reports whether a word has nothing that means something to Lucene.
func isWord(s string) bool {
	for _, r := range s {
		if !unicode.In(r, unicode.L, unicode.M, unicode.N) || unicode.IsUpper(r) && r < unicode.MaxASCII {
			return false
		}
	}
	return s != ""
}

// luceneTypes narrows the question to the types with these names, which are those
// of the model; none finds nothing.
func luceneTypes(names []any) (string, error) {
	list := []string{"_"}
	for _, name := range names {
		s, ok := name.(string)
		if !ok || !isName(s) {
			return "", fmt.Errorf("BUG: %v is no name of a type", name)
		}
		list = append(list, s)
	}
	return " +_type:(" + strings.Join(list, " ") + ")", nil
}

func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || i > 0 && '0' <= c && c <= '9') {
			return false
		}
	}
	return s != ""
}

// boundSearch is the value of a parameter that comes from a query.
func boundSearch(form argForm, v any) (any, error) {
	if form == typesForm {
		names, _ := v.([]any)
		return luceneTypes(names)
	}
	q, ok := v.(*search.Query)
	if !ok {
		return nil, fmt.Errorf("BUG: a match with %T", v)
	}
	switch form {
	case termsForm:
		return terms(q), nil
	case needForm:
		return q.Need * pointUnit, nil
	default:
		return lucene(q)
	}
}
