package identity

import "github.com/open-operations/opsmap/internal/text"

// Slug is a text as part of a key; see text.Slug.
func Slug(s string) string { return text.Slug(s) }
