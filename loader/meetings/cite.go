package meetings

import (
	"sort"

	"github.com/open-operations/opsmap/loader/speech"
)

// cite gives links and references to the records they stand with: that of their
// line; else the last one above it in the same section; else the topic of the
// section's heading, which is such a line; else the meeting.
func (s *speaker) cite() {
	for _, l := range s.doc.Links {
		s.citeAt(l.Line, l.URL)
	}
	for _, r := range s.doc.Refs {
		if url := issueAddress(r.Ref, s.File.Repository); url != "" {
			s.citeAt(r.Line, url)
		}
	}
}

func (s *speaker) citeAt(line int, url string) {
	st := s.About(s.meetingAt(line), line)
	// The last entry at or above the line.
	at := sort.Search(len(s.entries), func(i int) bool { return s.entries[i].line > line }) - 1
	if at >= 0 && s.entries[at].line >= s.sectionAt(line) {
		for at > 0 && s.entries[at-1].line == s.entries[at].line {
			at--
		}
		st = s.Said(s.entries[at].id())
	}
	s.Cite(st, url, speech.KindOf(url))
}

// sectionAt is the line of the section that a line stands in, 0 before the first.
func (s *speaker) sectionAt(line int) int {
	at := sort.Search(len(s.doc.Sections), func(i int) bool { return s.doc.Sections[i].Line > line }) - 1
	if at < 0 {
		return 0
	}
	return s.doc.Sections[at].Line
}
