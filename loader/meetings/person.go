package meetings

import (
	"strings"

	"github.com/open-operations/opsmap/loader/speech"
)

// unnamed is a text without the people of the file, where who said something is
// told to fewer than what was said.
func (s *speaker) unnamed(line int, whole string) string {
	if !s.discreet {
		return whole
	}
	text := s.withoutNames(whole)
	if text != whole && (s.named == 0 || line < s.named) {
		s.named = line
	}
	return text
}

func (s *speaker) withoutNames(text string) string {
	text = speech.WithoutHandles(text)
	for _, p := range s.doc.Participants {
		if len(p.Name) > 2 {
			text = strings.ReplaceAll(text, p.Name, "…")
		}
	}
	return text
}
