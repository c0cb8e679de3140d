package enginetest

import (
	"slices"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// What the questions of the domain go by is rare in maps made by chance alone: notes
// that have expired, mechanisms that no two platforms share, meetings long ago. In a
// dense map most statements are fitted.

// size is how many records a type may have. In a dense map there are few practices
// and platforms and many facts about them, so that the questions of the domain have
// something to go by.
func (m *maker) size(t *schema.Type) int {
	if !m.dense {
		return 2 + m.IntN(8)
	}
	switch t.Name {
	case "Practice", "Provider", "Capability", "Mechanism", "Topic", "Layer", "Person", "Meeting":
		return 3
	case "Solution":
		return 2
	case "PortabilityNote":
		return 20
	case "Offer", "Implementation":
		return 14
	case "LockIn", "Confirmation", "Volunteer", "Session", "Story":
		return 5
	default:
		return 1 + m.IntN(3)
	}
}

// fitted lets a statement say what holds at some clock and has a like elsewhere.
func (m *maker) fitted(s *record.Statement) {
	if !m.dense || m.IntN(4) == 0 {
		return
	}
	past := []string{"2024-02-29", "2025-12-31", "2026-01-01", "2026-02-28"}
	if slices.Contains([]string{"Practice", "Topic"}, s.ID.Type) && s.Fields["disclosure"] == nil {
		s.Fields["disclosure"] = randomValue(m.Rand, m.catalog.Type(s.ID.Type).Field("disclosure"))
	}
	switch s.ID.Type {
	case "PortabilityNote":
		s.Fields["observedOn"] = m.pick(past)
		delete(s.Fields, "expiresOn")
	case "Confirmation":
		s.Fields["on"] = m.pick(past)
	case "Implementation":
		if keys := m.keys["Mechanism"]; len(keys) > 0 {
			s.Fields["mechanism"] = m.pick(keys)
		}
	case "Topic":
		s.Fields["kind"], s.Fields["status"] = m.pick([]string{"TOPIC", "QUESTION"}), m.pick([]string{"PROPOSED", "CONFIRMED"})
	case "Layer":
		s.Fields["inScope"] = true
	case "Volunteer":
		s.Fields["dates"] = []any{m.pick(ahead), m.pick(ahead)}
	case "Meeting":
		s.Fields["startsAt"] = m.pick([]string{"2026-08-15T16:00:00Z", "2026-09-01T16:00:00Z", "9999-12-31T23:59:59Z"})
	}
}
