package neo4j

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/open-operations/opsmap/internal/text"
)

// encodeRows is rows as they are kept: deflated JSON, which the server writes and reads as
// it is, and a fifth as long.
func encodeRows(rows []any) ([]byte, error) {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestSpeed)
	if err != nil {
		return nil, err
	}
	b := []byte{'['}
	for i, row := range rows {
		if b = appendRow(b, row); i < len(rows)-1 {
			b = append(b, ',')
		}
		if _, err := w.Write(b); err != nil {
			return nil, err
		}
		b = b[:0]
	}
	if _, err := w.Write(append(b, ']')); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

// appendRow appends a row, or a value in it, as JSON. It knows what rows are made of: what
// encoding/json takes to find that out would be a tenth of a large load.
func appendRow(b []byte, v any) []byte { return text.AppendValue(b, v, appendMap) }

func appendMap(b []byte, v any) []byte {
	row, ok := v.(map[string]any)
	if !ok {
		panic(fmt.Sprintf("BUG: %T is in no row", v))
	}
	b = append(b, '{')
	start := len(b)
	for name, value := range row {
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(text.AppendJSON(b, name), ':')
		b = appendRow(b, value)
	}
	return append(b, '}')
}

// decodeRows reads what encodeRows made, or the plain JSON that the first version
// kept.
func decodeRows(kept any) ([]any, error) {
	var in io.Reader
	switch kept := kept.(type) {
	case []byte:
		in = flate.NewReader(bytes.NewReader(kept))
	case string:
		in = strings.NewReader(kept)
	default:
		return nil, fmt.Errorf("the store is damaged: what is left of a changeset is %T", kept)
	}
	d := json.NewDecoder(in)
	d.UseNumber()
	var rows []any
	if err := d.Decode(&rows); err != nil {
		return nil, fmt.Errorf("the store is damaged: what is left of a changeset cannot be read: %w", err)
	}
	for i := range rows {
		rows[i] = integers(rows[i])
	}
	return rows, nil
}

// integers turns the numbers in a decoded value into what they were.
func integers(v any) any {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			panic("BUG: " + v.String() + " was no integer")
		}
		return n
	case []any:
		for i := range v {
			v[i] = integers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = integers(v[k])
		}
	}
	return v
}
