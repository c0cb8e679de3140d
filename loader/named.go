package loader

import "github.com/open-operations/opsmap/internal/record"

// Named is a record with what it is called beside its key: name or title, aliases.
type Named struct {
	ID    record.ID
	Names []string
}

// IsCalled reports whether forms may name records of a type by what they are called.
func IsCalled(typ string) bool {
	switch typ {
	case "Practice", "Capability", "Solution", "Provider":
		return true
	}
	return false
}

// NamedBy is what a statement calls its record.
func NamedBy(s *record.Statement) Named {
	n := Named{ID: s.ID}
	for _, field := range []string{"name", "title"} {
		if name, _ := s.Fields[field].(string); name != "" {
			n.Names = append(n.Names, name)
		}
	}
	aliases, _ := s.Fields["aliases"].([]any)
	for _, alias := range aliases {
		if name, _ := alias.(string); name != "" {
			n.Names = append(n.Names, name)
		}
	}
	return n
}
