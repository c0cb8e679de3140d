package text

import (
	"net/url"
	"regexp"
	"strings"
)

var (
	// ignored are the characters that browsers read over in an address.
	ignored = regexp.MustCompile(`[\x00-\x20\x7f]+`)
	aScheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)
	// unsafe are the schemes under which a browser runs what stands behind them, or
	// opens what is its user's own.
	unsafe = map[string]bool{
		"javascript": true, "vbscript": true, "livescript": true, "data": true, "blob": true,
		"file": true, "filesystem": true, "view-source": true, "about": true,
	}
)

// Unsafe reports whether a text must never become a link, as what a browser makes of
// it is no page of the web: javascript:, data:, file: and the like.
func Unsafe(s string) bool {
	m := aScheme.FindStringSubmatch(ignored.ReplaceAllString(s, ""))
	return m != nil && unsafe[strings.ToLower(m[1])]
}

// IsWebAddress reports whether a text is an address of the web: http or https, and a
// host.
func IsWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
}

// IsAddress reports whether a text is an address of the web or of mail, mailto:.
func IsAddress(s string) bool {
	u, err := url.Parse(s)
	return IsWebAddress(s) || err == nil && u.Scheme == "mailto" && strings.Contains(u.Opaque, "@")
}
