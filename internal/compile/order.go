package compile

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/open-operations/opsmap/internal/fault"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// order compiles orderBy into a total order: what was asked, then the key, and
// the type where the keys of several types could meet.
func (c *compiler) order(value any, t *schema.Type) ([]plan.Term, *failure) {
	var terms []plan.Term
	items, _ := value.([]any)
	for _, item := range items {
		in, _ := item.(input)
		if len(in) != 1 {
			return nil, newFailure(fault.BadInput, "each criterion names exactly one field; right is [{votes: DESC}, {title: ASC}]").argument("orderBy")
		}
		for name, direction := range in {
			term, err := c.term(name, direction, t)
			if err != nil {
				return nil, err.argument(name).argument("orderBy")
			}
			terms = append(terms, term)
		}
	}
	return endWithKey(terms, t), nil
}

// endWithKey makes an order total and drops what comes after the key, which
// decides everything.
func endWithKey(terms []plan.Term, t *schema.Type) []plan.Term {
	key := t.Field("key")
	for i, term := range terms {
		if term.Field == key {
			return terms[:i+1]
		}
	}
	return append(terms, plan.Term{Field: key})
}

func (c *compiler) term(name string, direction any, t *schema.Type) (plan.Term, *failure) {
	if f := t.Field(name); f != nil {
		word, ok := direction.(string)
		if !ok {
			return plan.Term{}, newFailure(fault.BadInput, "null is no direction; right is ASC or DESC")
		}
		return plan.Term{Field: f, Descending: word == "DESC"}, nil
	}
	in, _ := direction.(input)
	word, ok := in["count"].(string)
	if !ok {
		return plan.Term{}, newFailure(fault.BadInput, "an order by a link names what of it; right is {%s: {count: DESC}}", name)
	}
	return plan.Term{LinkCount: t.Link(name), Descending: word == "DESC"}, nil
}

// A cursor is base64url of a JSON list: a digest of the order, then the values of
// a row in that order. It holds nothing its holder has not seen.

// orderDigest tells the cursors of one order from those of another. An order by
// score is another one for every text that is searched for.
func orderDigest(t string, terms []plan.Term, searched string) string {
	var b strings.Builder
	b.WriteString(t)
	for _, term := range terms {
		switch {
		case term.Field != nil:
			b.WriteString("|" + term.Field.Name)
		case term.LinkCount != nil:
			b.WriteString("|#" + term.LinkCount.Name)
		case term.Score != nil:
			b.WriteString("|score of " + searched)
		case term.Type:
			b.WriteString("|type")
		}
		if term.Descending {
			b.WriteString(" desc")
		}
	}
	sum := sha256.Sum256([]byte(b.String()))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// EncodeCursor makes the cursor of a row with these values.
func EncodeCursor(digest string, values []any) string {
	b, err := json.Marshal(append([]any{digest}, values...))
	if err != nil {
		panic("BUG: values of an order are scalars: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// DecodeCursor reads a cursor of the order with that digest; ok is false when it
// is of another order or none of ours. n is how many values it must have, -1 for
// any number. Numbers come back as int64.
func DecodeCursor(cursor, digest string, n int) (values []any, ok bool) {
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil {
		return nil, false
	}
	dec := json.NewDecoder(strings.NewReader(string(b)))
	dec.UseNumber()
	if dec.Decode(&values) != nil || dec.More() || len(values) == 0 || values[0] != digest || (n >= 0 && len(values) != n+1) {
		return nil, false
	}
	values = values[1:]
	for i, v := range values {
		switch v := v.(type) {
		case json.Number:
			number, err := v.Int64()
			if err != nil {
				return nil, false
			}
			values[i] = number
		case nil, bool, string:
		default:
			return nil, false
		}
	}
	return values, true
}

// fits reports whether a cursor's value is one that the term can have.
func fits(v any, term plan.Term) bool {
	if v == nil {
		return term.Field != nil && !term.Field.Required
	}
	kind := schema.Int
	switch {
	case term.Field != nil:
		kind = term.Field.Kind
	case term.Type:
		kind = schema.String
	}
	switch v := v.(type) {
	case int64:
		return kind == schema.Int
	case bool:
		return kind == schema.Boolean
	case string:
		return kind != schema.Int && kind != schema.Boolean && (kind != schema.EnumKind || term.Field.Enum.Rank(v) >= 0)
	}
	return false
}
