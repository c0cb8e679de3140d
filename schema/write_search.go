package schema

import "strings"

// searchArgument is that of every connection to a type in which words are
// searched for.
func searchArgument(t *Type) string {
	if len(t.Texts) == 0 {
		return ""
	}
	return "search: String, "
}

// search prints the types of what a search over several types finds.
func (w *writer) search() {
	if w.catalog.Searched == nil {
		return
	}
	w.line(`"A type that a search can be narrowed to."`)
	w.line("enum %s {", SearchTypes)
	for _, t := range w.catalog.Types {
		if len(t.Texts) > 0 {
			w.line("  %s", t.Name)
		}
	}
	w.line("}\n")
	w.line(searchTypes, SearchHit)
	w.oneConnection(SearchHit, "")
}

// searchTypes are the types of what a search finds; %s is that of a hit.
const searchTypes = `"A record that a search found."
type %s {
  node: Node!
  "How well it fits what was searched for: the higher, the better. It depends on the record and the text alone."
  score: Int!
  "Where the words stand in the record, in the order of its fields; the first ten places."
  highlights: [SearchHighlight!]!
}

"A value in which words were found."
type SearchHighlight {
  "Name of the field, such as title; reasons.text for a part of a value object."
  field: String!
  "Which item of a list it is, from 0; null for a single value."
  item: Int
  "The value, or a stretch of it around the first word found when it is long."
  text: String!
  "Where text begins in the value, in Unicode code points; 0 unless it was cut."
  start: Int!
  "Where the words stand in text, from the left; they do not overlap."
  ranges: [SearchRange!]!
}

"A stretch of a text, counted in Unicode code points: in JavaScript [...text].slice(start, end)."
type SearchRange {
  "Of the first code point."
  start: Int!
  "Of the one after the last."
  end: Int!
}
`

// searchField prints the root field that searches over several types.
func (w *writer) searchField() {
	if w.catalog.Searched == nil {
		return
	}
	w.describe("  ", strings.Join([]string{
		"What has the words of a text in it, the best first; a pasted line of a log will do.",
		`A record is found when it has three of the words, or two that stand side by side as in the text; all of them when there are fewer than three. "Words in quotes" have to stand together, word* stands for every word that begins so, and the last word does too.`,
		"types narrows the search; null searches everything, an empty list nothing.",
	}, "\n"))
	w.line("  search(text: String!, types: [%s!], %s): %s", SearchTypes, pageArguments, ConnectionName(SearchHit))
}
