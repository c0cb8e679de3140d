package text_test

import (
	"testing"

	"github.com/open-operations/opsmap/internal/text"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		text                 string
		address, web, unsafe bool
	}{
		{"https://example.org/a?b#c", true, true, false},
		{"http://localhost:8080", true, true, false},
		{"HTTPS://EXAMPLE.ORG/", true, true, false},
		{"https://[::1]/x", true, true, false},
		{"https://müller.example/ü", true, true, false},
		{"mailto:ops@example.org?subject=x", true, false, false},
		{"mailto:", false, false, false},
		{"https://", false, false, false},
		{"https:example.org", false, false, false},
		{"https:///path", false, false, false},
		{"//example.org", false, false, false},
		{"ftp://example.org", false, false, false},
		{"minutes", false, false, false},
		{"person:ada", false, false, false},
		{"C:/minutes", false, false, false},
		{"", false, false, false},
		{"javascript:alert(1)", false, false, true},
		{"JaVaScRiPt:alert(1)", false, false, true},
		{" \x01java\nscript\t:alert(1)", false, false, true},
		{"data:text/html,x", false, false, true},
		{"file:///etc/passwd", false, false, true},
		{"view-source:https://example.org", false, false, true},
		{"see javascript: the good parts", false, false, false},
		{"data", false, false, false},
	} {
		if got := text.IsAddress(c.text); got != c.address {
			t.Errorf("%q is an address: %v", c.text, got)
		}
		if got := text.IsWebAddress(c.text); got != c.web {
			t.Errorf("%q is an address of the web: %v", c.text, got)
		}
		if got := text.Unsafe(c.text); got != c.unsafe {
			t.Errorf("%q is unsafe: %v", c.text, got)
		}
	}
}
