package text_test

import (
	"bytes"
	"encoding/json"
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
