package byhand

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
)

// writer appends JSON.
type writer struct {
	buf []byte
	// digest of the order that cursors are of.
	digest string
}

func (w *writer) raw(s string) { w.buf = append(w.buf, s...) }

func (w *writer) each(n int, item func(i int)) {
	for i := range n {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		item(i)
	}
}

func (w *writer) value(v any) {
	switch v := v.(type) {
	case nil:
		w.raw("null")
	case bool:
		w.buf = strconv.AppendBool(w.buf, v)
	case int64:
		w.buf = strconv.AppendInt(w.buf, v, 10)
	case string:
		w.text(v)
	default:
		panic(fmt.Sprintf("a value of type %T", v))
	}
}

func (w *writer) text(s string) {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c >= 0x7f {
			var out bytes.Buffer
			enc := json.NewEncoder(&out)
			enc.SetEscapeHTML(false)
			if err := enc.Encode(s); err != nil {
				panic(err)
			}
			w.buf = append(w.buf, bytes.TrimSuffix(out.Bytes(), []byte("\n"))...)
			return
		}
	}
	w.buf = append(w.buf, '"')
	w.buf = append(w.buf, s...)
	w.buf = append(w.buf, '"')
}

// pair is a key and one thing more.
func (w *writer) pair(pair []any, name string) {
	w.raw(`{"key":`)
	w.value(pair[0])
	w.raw(`,"` + name + `":`)
	w.value(pair[1])
	w.raw(`}`)
}

// one is the only pair of a list, or null.
func (w *writer) one(list any, name string) {
	pairs := list.([]any)
	if len(pairs) == 0 {
		w.raw("null")
		return
	}
	w.pair(pairs[0].([]any), name)
}

// cursor of a topic in the order by votes.
func (w *writer) cursor(row []any) {
	text := fmt.Sprintf(`["%s",%d,"%s"]`, w.digest, row[2], row[0])
	w.buf = append(w.buf, '"')
	w.buf = base64.RawURLEncoding.AppendEncode(w.buf, []byte(text))
	w.buf = append(w.buf, '"')
}

// place reads a cursor of the order by votes into the parameters that stand for
// it.
func place(after string, params map[string]any) (digest string, err error) {
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err != nil {
		return "", err
	}
	var votes int64
	var key string
	if err := json.Unmarshal(text, &[]any{&digest, &votes, &key}); err != nil {
		return "", err
	}
	delete(params, "after")
	params["votes"], params["key"] = votes, key
	return digest, nil
}
