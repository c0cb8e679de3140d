package merge

import (
	"maps"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

// EncodeFields is the fields of a statement about a record of type t as a JSON
// object, readable and with its keys in order: what a store keeps of them.
func EncodeFields(t *schema.Type, fields map[string]any) string {
	b := []byte{'{'}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		b = appendMember(b, name)
		b = appendValue(b, t.Field(name), fields[name])
	}
	return string(append(b, '}'))
}

// EncodeValues is the stored fields of a record, those that have a value, as a
// JSON object.
func EncodeValues(t *schema.Type, values []any) string {
	b := []byte{'{'}
	for _, f := range t.Fields {
		if v := values[f.Index]; v != nil && f.Stored() {
			b = appendMember(b, f.Name)
			b = appendValue(b, f, v)
		}
	}
	return string(append(b, '}'))
}

func appendMember(b []byte, name string) []byte {
	if len(b) > 1 {
		b = append(b, ',')
	}
	b = text.AppendJSON(b, name)
	return append(b, ':')
}

func appendValue(b []byte, f *schema.Field, v any) []byte {
	return text.AppendValue(b, v, func(b []byte, v any) []byte { return appendObject(b, f, v.(record.Object)) })
}

// appendObject appends the members of a value object that have a value.
func appendObject(b []byte, f *schema.Field, o record.Object) []byte {
	b = append(b, '{')
	start := len(b)
	for i, member := range f.Object.Fields {
		if o[i] == nil {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(text.AppendJSON(b, member.Name), ':')
		b = appendValue(b, member, o[i])
	}
	return append(b, '}')
}

// EncodeLinks is the links of a statement as a JSON object of lists of global
// ids.
func EncodeLinks(links map[string][]record.ID) string {
	b := []byte{'{'}
	for _, name := range slices.Sorted(maps.Keys(links)) {
		b = append(appendMember(b, name), '[')
		for i, id := range links[name] {
			if i > 0 {
				b = append(b, ',')
			}
			b = text.AppendJSON(b, id.String())
		}
		b = append(b, ']')
	}
	return string(append(b, '}'))
}

// DecodeLinks reads what EncodeLinks wrote.
func DecodeLinks(text string) (map[string][]record.ID, error) {
	return new(Decoder).Links(text)
}

// Links are those that EncodeLinks wrote.
func (d *Decoder) Links(text string) (map[string][]record.ID, error) {
	out := map[string][]record.ID{}
	err := d.EachLink(text, func(name string, to []record.ID) error {
		out[d.word(name)] = to
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// EachLink uses each link that EncodeLinks wrote, by name, and stops where that fails;
// the name is part of the text.
func (d *Decoder) EachLink(text string, use func(name string, to []record.ID) error) error {
	d.text, d.at = text, 0
	return d.end(d.each(func(name string) error {
		to, err := d.idList()
		if err != nil {
			return err
		}
		return use(name, to)
	}))
}

func (d *Decoder) idList() ([]record.ID, error) {
	if !d.eat('[') {
		return nil, d.fail("no list")
	}
	out := []record.ID{}
	for first := true; !d.eat(']'); first = false {
		if !first && !d.eat(',') {
			return nil, d.fail("no comma")
		}
		text, err := d.string()
		if err != nil {
			return nil, err
		}
		id, ok := d.id(text)
		if !ok {
			return nil, d.fail("no id")
		}
		out = append(out, id)
	}
	return out, nil
}

// id shares nothing with the text, and is in memory once where it comes back.
func (d *Decoder) id(text string) (record.ID, bool) {
	if id, known := d.ids[text]; known {
		return id, true
	}
	text = strings.Clone(text)
	id, ok := record.ParseID(text)
	if d.ids == nil || len(d.ids) >= wordsKept {
		d.ids = map[string]record.ID{}
	}
	if ok {
		d.ids[text] = id
	}
	return id, ok
}
