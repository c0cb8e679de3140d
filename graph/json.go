package graph

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// appendString appends s as a JSON string. Text without anything to escape, which
// is nearly all of it, is copied; the rest goes through encoding/json.
func appendString(b []byte, s string) []byte {
	if plainText(s) {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("BUG: a string is always JSON: " + err.Error())
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// plainText reports whether s is valid UTF-8 without quotes, backslashes, control
// characters and the two line separators that JavaScript does not allow in
// strings.
func plainText(s string) bool {
	ascii := true
	for i := range len(s) {
		c := s[i]
		if c < 0x20 || c == '"' || c == '\\' || c == 0x7f {
			return false
		}
		if c >= utf8.RuneSelf {
			ascii = false
			if c == 0xe2 {
				return false
			}
		}
	}
	return ascii || utf8.ValidString(s)
}

// appendScalar appends a value of package record that is no object.
func appendScalar(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case string:
		return appendString(b, v)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendScalar(b, item)
		}
		return append(b, ']')
	default:
		out, err := json.Marshal(v)
		if err != nil {
			panic("BUG: a value that is no JSON: " + err.Error())
		}
		return append(b, out...)
	}
}

// appendKey appends "key":, with a comma before it unless it is the first.
func appendKey(b []byte, key string, first bool) []byte {
	if !first {
		b = append(b, ',')
	}
	// Response keys are GraphQL names: nothing in them needs escaping.
	b = append(b, '"')
	b = append(b, key...)
	return append(b, '"', ':')
}
