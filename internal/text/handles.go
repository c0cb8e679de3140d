package text

import "regexp"

// handle is @name as people write it in minutes and issues; not an address of
// mail, a scoped package or a path.
var handle = regexp.MustCompile(`(?:^|[^\pL\pN_@/.+-])@([A-Za-z0-9](?:[A-Za-z0-9_-]{0,37}[A-Za-z0-9])?)(?:$|[^A-Za-z0-9_/@.-]|[.]$|[.]\s)`)

// Handles are the names that a text mentions as @name, in the order they stand in
// it: under the Chatham House Rule a statement must not have any.
func Handles(s string) []string {
	var names []string
	for rest := s; ; {
		at := handle.FindStringSubmatchIndex(rest)
		if at == nil {
			return names
		}
		names = append(names, rest[at[2]:at[3]])
		rest = rest[at[3]:]
	}
}
