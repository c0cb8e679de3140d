package text_test

import (
	"slices"
	"testing"

	"github.com/open-operations/opsmap/internal/text"
)

func TestHandles(t *testing.T) {
	for sentence, want := range map[string][]string{
		"": nil, "no one": nil, "@ada": {"ada"}, "says @ada.": {"ada"}, "(@ada-b, @bob_2)": {"ada-b", "bob_2"}, "@ada @bob": {"ada", "bob"},
		"mail ada@example.org": nil, "npm i @scope/pkg": nil, "a@b": nil, "@": nil, "@@ada": nil, "@ada.example": nil, "ask @ada. Then": {"ada"},
		"line\n@ada\n": {"ada"}, "user@host:/path": nil, "@über": nil, "„@ada“": {"ada"}, "https://x/@ada": nil,
	} {
		if got := text.Handles(sentence); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", sentence, got, want)
		}
	}
}
