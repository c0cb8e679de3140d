package graph

import (
	"encoding/json"

	"github.com/open-operations/opsmap/internal/text"
)

// appendScalar appends a value of package record that is no object, or a list of
// them.
func appendScalar(b []byte, v any) []byte { return text.AppendValue(b, v, appendMarshalled) }

func appendMarshalled(b []byte, v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic("BUG: a value that is no JSON: " + err.Error())
	}
	return append(b, out...)
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
