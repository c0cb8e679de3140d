package merge

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Decoder reads what EncodeFields and EncodeValues wrote. It is made for reading
// a whole store: it is guided by the model, and keeps words that come back again
// and again (of enums, dates, addresses of sources) in memory once. The zero
// Decoder is ready; it is not safe for concurrent use.
//
// Members that the model no longer has, and values it no longer allows there, are
// left out: a store outlives the model it was written with.
type Decoder struct {
	text  string
	at    int
	words map[string]any
	ids   map[string]record.ID
}

const (
	// wordLength is the length in bytes up to which text is looked for among words.
	wordLength = 48
	// wordsKept bounds the words, and the ids.
	wordsKept = 1 << 16
)

// Fields of a statement about a record of type t.
func (d *Decoder) Fields(t *schema.Type, text string) (map[string]any, error) {
	out := map[string]any{}
	err := d.fields(t, text, func(f *schema.Field, v any) { out[f.Name] = v })
	return out, err
}

// fields uses those of a statement that the model has, in the order of their names.
func (d *Decoder) fields(t *schema.Type, text string, use func(*schema.Field, any)) error {
	d.text, d.at = text, 0
	err := d.members(t.Field, func(f *schema.Field, v any) {
		if f.Stored() && fits(f, v) {
			use(f, v)
		}
	})
	return d.end(err)
}

// Values of a record of type t, into values, which is as long as t.Fields. Lists
// that are not in text become empty ones.
func (d *Decoder) Values(t *schema.Type, text string, values []any) error {
	d.text, d.at = text, 0
	for _, f := range t.Fields {
		if f.List && f.Stored() {
			values[f.Index] = emptyList
		}
	}
	err := d.members(t.Field, func(f *schema.Field, v any) {
		if f.Stored() && v != nil && fits(f, v) {
			values[f.Index] = v
		}
	})
	return d.end(err)
}

var emptyList any = []any{}

// end wants nothing but the end of the text.
func (d *Decoder) end(err error) error {
	if err == nil && d.at != len(d.text) {
		err = d.fail("something follows")
	}
	d.text = ""
	return err
}

func (d *Decoder) fail(what string) error {
	from := max(0, min(d.at, len(d.text))-20)
	return fmt.Errorf("decode: %s at byte %d, after %q", what, d.at, d.text[from:min(d.at, len(d.text))])
}

// eat skips c if it comes next.
func (d *Decoder) eat(c byte) bool {
	if d.at < len(d.text) && d.text[d.at] == c {
		d.at++
		return true
	}
	return false
}

// members reads an object and uses the members that are fields.
func (d *Decoder) members(field func(string) *schema.Field, use func(*schema.Field, any)) error {
	return d.each(func(name string) error {
		f := field(name)
		v, err := d.value(f)
		if err == nil && f != nil {
			use(f, v)
		}
		return err
	})
}

// each reads an object; member reads the value of a name.
func (d *Decoder) each(member func(name string) error) error {
	if !d.eat('{') {
		return d.fail("no object")
	}
	for first := true; !d.eat('}'); first = false {
		if !first && !d.eat(',') {
			return d.fail("no comma")
		}
		name, err := d.string()
		if err != nil {
			return err
		}
		if !d.eat(':') {
			return d.fail("no colon")
		}
		if err := member(name); err != nil {
			return err
		}
	}
	return nil
}

// misfit is read where the model wants something else.
type misfit struct{}

// value reads any value. f is nil where nobody wants it.
func (d *Decoder) value(f *schema.Field) (any, error) {
	if d.at >= len(d.text) {
		return nil, d.fail("no value")
	}
	switch c := d.text[d.at]; {
	case c == '"':
		s, err := d.string()
		return d.box(f, s), err
	case c == '[':
		return d.list(f)
	case c == '{':
		return d.object(f)
	case c == '-' || '0' <= c && c <= '9':
		return d.number()
	}
	switch rest := d.text[d.at:]; {
	case strings.HasPrefix(rest, "true"):
		d.at += len("true")
		return true, nil
	case strings.HasPrefix(rest, "false"):
		d.at += len("false")
		return false, nil
	case strings.HasPrefix(rest, "null"):
		d.at += len("null")
		return nil, nil
	}
	return nil, d.fail("no value")
}

func (d *Decoder) number() (any, error) {
	start := d.at
	for d.at < len(d.text) && strings.IndexByte("+-.eE0123456789", d.text[d.at]) >= 0 {
		d.at++
	}
	n, err := strconv.ParseInt(d.text[start:d.at], 10, 64)
	if err != nil {
		return nil, d.fail("no number")
	}
	return n, nil
}

// string reads a string; what it gives is part of the text where it can be.
func (d *Decoder) string() (string, error) {
	if !d.eat('"') {
		return "", d.fail("no string")
	}
	start, escaped := d.at, false
	for ; d.at < len(d.text); d.at++ {
		switch d.text[d.at] {
		case '\\':
			escaped = true
			d.at++
		case '"':
			d.at++
			if !escaped {
				return d.text[start : d.at-1], nil
			}
			var out string
			if json.Unmarshal([]byte(d.text[start-1:d.at]), &out) != nil {
				return "", d.fail("no escape")
			}
			return out, nil
		}
	}
	return "", d.fail("no end of a string")
}

// box makes a value of text that shares nothing with the text it was read from.
func (d *Decoder) box(f *schema.Field, s string) any {
	if f == nil {
		return nil
	}
	if len(s) > wordLength {
		return strings.Clone(s)
	}
	if v, known := d.words[s]; known {
		return v
	}
	s = strings.Clone(s)
	v := any(s)
	if d.words == nil || len(d.words) >= wordsKept {
		d.words = map[string]any{}
	}
	d.words[s] = v
	return v
}

func (d *Decoder) list(f *schema.Field) (any, error) {
	d.at++
	var out []any
	for first := true; !d.eat(']'); first = false {
		if !first && !d.eat(',') {
			return nil, d.fail("no comma")
		}
		v, err := d.value(f)
		if err != nil {
			return nil, err
		}
		if f != nil {
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return emptyList, nil
	}
	return out, nil
}

func (d *Decoder) object(f *schema.Field) (any, error) {
	if f == nil || f.Object == nil {
		none := func(string) *schema.Field { return nil }
		return misfit{}, d.members(none, nil)
	}
	out := make(record.Object, len(f.Object.Fields))
	for _, member := range f.Object.Fields {
		if member.List {
			out[member.Index] = emptyList
		}
	}
	err := d.members(f.Object.Field, func(member *schema.Field, v any) { out[member.Index] = v })
	return out, err
}

// Word is a string value, kept in memory once where it comes back.
func (d *Decoder) Word(s string) any { return d.box(wordField, s) }

func (d *Decoder) word(s string) string { return d.Word(s).(string) }

var wordField = &schema.Field{Kind: schema.String}
