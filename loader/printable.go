package loader

import (
	"fmt"
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// printable leaves control characters out of what a file says, and warns of the first of
// each statement: whoever pastes from a terminal does not mean them.
func (r *Reading) printable(s *record.Statement) {
	for _, field := range slices.Sorted(maps.Keys(s.Fields)) {
		var first rune
		s.Fields[field] = cleaned(s.Fields[field], &first)
		if first != 0 {
			r.Warnings = append(r.Warnings, Problem{
				Line: CitedBy(s).Line, Message: fmt.Sprintf("%s holds the control character U+%04X, which is left out", field, first), Hint: "right is text without it",
			})
		}
	}
}

// cleaned is a value without control characters; first is set to the first there was.
func cleaned(v any, first *rune) any {
	switch v := v.(type) {
	case string:
		out, stray := text.Printable(v)
		if stray == 0 && len(out) == len(v) {
			return v
		}
		if *first == 0 {
			*first = stray
		}
		return out
	case []any:
		for i := range v {
			v[i] = cleaned(v[i], first)
		}
	case record.Object:
		for i := range v {
			v[i] = cleaned(v[i], first)
		}
	}
	return v
}
