package graph

import (
	"encoding/json"
	"strconv"

	"github.com/open-operations/opsmap/internal/text"
)

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
		return text.AppendJSON(b, v)
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
