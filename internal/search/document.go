package search

import (
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// Document is the words of a record, tier by tier. Within a tier each value (each
// item of a list) is its words with a blank before, between and behind them:
// " live migrate " " the host ". So a word, or words side by side, are in it exactly
// when the text of a Term is, and never across two values.
type Document struct {
	words string
	// ends of the tiers in words.
	ends [schema.Tiers]uint32
}

// Tier is the words of the record in one tier.
func (d *Document) Tier(t schema.Tier) string {
	start := uint32(0)
	if t > 1 {
		start = d.ends[t-2]
	}
	return d.words[start:d.ends[t-1]]
}

// Equal reports whether two documents have the same words; either may be nil.
func (d *Document) Equal(other *Document) bool {
	if d == nil || other == nil {
		return d == other
	}
	return *d == *other
}

// Words calls visit for every word of the document, as often as it is there.
func (d *Document) Words(visit func(word string)) {
	for word := range strings.FieldsSeq(d.words) {
		visit(word)
	}
}

// DocumentOf is the document of a record of a concrete type by its values, which
// are indexed like Type.Fields; nil for a type in which nothing is searched for.
func DocumentOf(t *schema.Type, values []any) *Document {
	if len(t.Texts) == 0 {
		return nil
	}
	d := &Document{}
	var b strings.Builder
	for tier := schema.Tier(1); int(tier) <= schema.Tiers; tier++ {
		for i := range t.Texts {
			if t.Texts[i].Tier != tier {
				continue
			}
			EachText(&t.Texts[i], values[t.Texts[i].Field.Index], func(_ int, s string) { write(&b, s) })
		}
		d.ends[tier-1] = uint32(b.Len())
	}
	d.words = b.String()
	return d
}

func write(b *strings.Builder, s string) {
	words := text.Words(s)
	for _, w := range words {
		b.WriteByte(' ')
		b.WriteString(w.Text)
	}
	if len(words) > 0 {
		b.WriteByte(' ')
	}
}

// EachText visits the texts in a field's value: item is its place in the list, -1
// for a single value.
func EachText(st *schema.SearchedText, value any, visit func(item int, s string)) {
	if items, isList := value.([]any); isList {
		for i, item := range items {
			if s, ok := textIn(st, item); ok {
				visit(i, s)
			}
		}
		return
	}
	if s, ok := textIn(st, value); ok {
		visit(-1, s)
	}
}

func textIn(st *schema.SearchedText, value any) (string, bool) {
	if object, isObject := value.(record.Object); isObject && st.Part != nil {
		value = object[st.Part.Index]
	}
	s, ok := value.(string)
	return s, ok
}
