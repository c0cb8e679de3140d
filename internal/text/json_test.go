package text_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/open-operations/opsmap/internal/text"
)

func TestAppendJSONWritesWhatTheStandardLibraryWrites(t *testing.T) {
	check := func(t rapid.TB, s string) {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
		got := text.AppendJSON([]byte("before "), s)
		if string(got) != "before "+strings.TrimSuffix(want.String(), "\n") {
			t.Fatalf("%q: %s, not %s", s, got, want.String())
		}
	}
	for _, s := range []string{"", `"`, `\`, `a "b" \c`, "a\nb", "\x00\x7f", "ä – €", "\u2028", "\xff", "<a&b>", `\"`, "日本"} {
		check(t, s)
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.String().Draw(t, "text")) })
	rapid.Check(t, func(t *rapid.T) { check(t, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))) })
}

func TestAppendValueWritesScalarsAndListsAndHandsOnTheRest(t *testing.T) {
	type point struct{ x, y int }
	other := func(b []byte, v any) []byte {
		return append(b, fmt.Sprint(v.(point))...)
	}
	for _, c := range []struct {
		value any
		want  string
	}{
		{nil, `null`},
		{true, `true`},
		{int64(math.MinInt64), `-9223372036854775808`},
		{`a "b"`, `"a \"b\""`},
		{[]any{}, `[]`},
		{point{1, 2}, `{1 2}`},
		{[]any{[]any{false, nil}, point{3, 4}, int64(0)}, `[[false,null],{3 4},0]`},
	} {
		if got := string(text.AppendValue([]byte("before "), c.value, other)); got != "before "+c.want {
			t.Errorf("%v: %s, not before %s", c.value, got, c.want)
		}
	}
}
