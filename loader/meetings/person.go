package meetings

import (
	"fmt"
	"strings"

	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/speech"
)

// unnamed is a text without people, where who said something is told to fewer than
// what was said. Those by whom the record is linked (its owners, its assignees) and
// the names of participants are left out; what else names somebody is a problem, as
// nobody can know what the sentence is without it.
func (s *speaker) unnamed(line int, whole string, linked ...string) string {
	if !s.nameless {
		return whole
	}
	said := whole
	if len(linked) > 0 {
		said = speech.WithoutHandles(said, linked...)
	}
	for _, p := range s.doc.Participants {
		name, _ := p.Affiliated()
		if len(name) > 2 && strings.Contains(said, name) {
			said = strings.ReplaceAll(said, name, "…")
			if s.named == 0 || line < s.named {
				s.named = line
			}
		}
	}
	for _, name := range text.Handles(said) {
		s.problems = append(s.problems, loader.Problem{
			File: s.File.Name, Line: s.part.at(line), Message: fmt.Sprintf("names @%s, and the meeting is under the Chatham House Rule", name),
			Hint: "right is the statement without a name; --allow-handles takes it as it is",
		})
	}
	return said
}

// linked are the handles of those by whom an entry is linked.
func (e *entry) linked() []string {
	switch {
	case e.topic != nil:
		if m := leading.FindStringSubmatch(e.topic.Title); m != nil {
			return append(m[1:], e.topic.Owners...)
		}
		return e.topic.Owners
	case e.action != nil:
		return e.action.Assignees
	case e.slot != nil && e.slot.Speaker != "":
		return []string{e.slot.Speaker}
	}
	return nil
}
