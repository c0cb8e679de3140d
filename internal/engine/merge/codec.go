package merge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/open-operations/opsmap/internal/record"
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
	b = appendText(b, name)
	return append(b, ':')
}

func appendValue(b []byte, f *schema.Field, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case string:
		return appendText(b, v)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, f, item)
		}
		return append(b, ']')
	case record.Object:
		b = append(b, '{')
		start := len(b)
		for i, member := range f.Object.Fields {
			if v[i] == nil {
				continue
			}
			if len(b) > start {
				b = append(b, ',')
			}
			b = append(appendText(b, member.Name), ':')
			b = appendValue(b, member, v[i])
		}
		return append(b, '}')
	}
	panic(fmt.Sprintf("BUG: %T is no value", v))
}

func appendText(b []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic("BUG: text is always JSON: " + err.Error())
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte("\n"))...)
}

// isPlain reports whether s stands for itself between quotes.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			return false
		}
	}
	return true
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
			b = appendText(b, id.String())
		}
		b = append(b, ']')
	}
	return string(append(b, '}'))
}

// DecodeLinks reads what EncodeLinks wrote.
func DecodeLinks(text string) (map[string][]record.ID, error) {
	var raw map[string][]string
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, fmt.Errorf("decode %.60q: %w", text, err)
	}
	out := make(map[string][]record.ID, len(raw))
	for name, ids := range raw {
		targets := make([]record.ID, len(ids))
		for i, text := range ids {
			id, ok := record.ParseID(text)
			if !ok {
				return nil, fmt.Errorf("decode links: %q is no id", text)
			}
			targets[i] = id
		}
		out[name] = targets
	}
	return out, nil
}
