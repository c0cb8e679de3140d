package neo4j

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestKeptRowsComeBack: numbers stay numbers, also in the form of the first
// version.
func TestKeptRowsComeBack(t *testing.T) {
	rows := []any{
		map[string]any{"title": "Überblick", "votes": int64(1) << 62, "open": true, "sources.line": []any{int64(3), int64(0)}},
		[]any{"a", "b", int64(7)}, "key", []any{}, map[string]any{}, []any{nil, []any{}, false, ","},
	}
	deflated, err := encodeRows(rows)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, kept := range []any{deflated, string(plain)} {
		got, err := decodeRows(kept)
		if err != nil || !reflect.DeepEqual(got, rows) {
			t.Errorf("%T: %v, %v", kept, got, err)
		}
	}
	for _, kept := range []any{nil, "[", []byte{1}} {
		if _, err := decodeRows(kept); err == nil {
			t.Errorf("%v is read", kept)
		}
	}
}
