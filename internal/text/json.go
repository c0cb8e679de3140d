package text

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends s as a JSON string, the bytes that encoding/json writes
// without the escapes for HTML. Text without anything to escape but quotes and
// backslashes, which is nearly all of it, is copied.
func AppendJSON(b []byte, s string) []byte {
	if !isPlain(s) {
		return appendEscaped(b, s)
	}
	b = append(b, '"')
	copied := 0
	for i := range len(s) {
		if c := s[i]; c == '"' || c == '\\' {
			b = append(append(b, s[copied:i]...), '\\')
			copied = i
		}
	}
	return append(append(b, s[copied:]...), '"')
}

// AppendValue appends v as JSON: nil, a bool, an int64, a string, or a list of values.
// Values of any other kind are appended by other.
func AppendValue(b []byte, v any, other func(b []byte, v any) []byte) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case bool:
		return strconv.AppendBool(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case string:
		return AppendJSON(b, v)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = AppendValue(b, item, other)
		}
		return append(b, ']')
	default:
		return other(b, v)
	}
}

func appendEscaped(b []byte, s string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic("BUG: a string is always JSON: " + err.Error())
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
}

// isPlain reports whether s is valid UTF-8 without control characters and the two
// line separators that JavaScript does not allow in strings.
func isPlain(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ', c == 0x7f, c == 0xe2:
			return false
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return ascii || utf8.ValidString(s)
}
