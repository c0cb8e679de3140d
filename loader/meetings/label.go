package meetings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/minutes"
)

// label gives a file the level that its own text states, where nobody else gave it one.
// A label that is stricter than what was given is a mistake of one of the two.
func label(in loader.Reader, f *loader.File, doc *minutes.Document) *loader.Problem {
	rank, known := in.Ladder.Rank(doc.Label)
	if doc.Label == "" || !known {
		return unknownLabel(in, doc.Marking)
	}
	atom := access.Atom{Level: doc.Label, Audience: doc.Groups}
	if !f.Unlabelled {
		for _, given := range f.Class.Atoms {
			if at, _ := in.Ladder.Rank(given.Level); at >= rank {
				return nil
			}
		}
		if lowest, _ := in.Ladder.Rank(in.Ladder.Lowest()); rank <= lowest {
			return nil
		}
		return &loader.Problem{
			Message: "its own label is " + doc.Label + ", which is stricter than the level it is loaded with",
			Hint:    "right is --level " + doc.Label + ", or another label in the file",
		}
	}
	if in.Ladder.WithoutAudience(atom) != "" {
		return &loader.Problem{
			Message: "its label is " + doc.Label + ", which stays with people who are named, and it names no groups",
			Hint:    "right is a line such as Groups: csirt below the label, or --level " + doc.Label + " --audience csirt",
		}
	}
	class := access.NewClass(atom)
	if doc.Label == in.Ladder.Lowest() && len(doc.Groups) == 0 {
		class = access.Class{}
	}
	f.Class, f.Attribution = class, class
	return nil
}

// namedMeeting is the key that the heading at a line gives its meeting; empty for none.
func namedMeeting(doc *minutes.Document, line int) string {
	if m := ownKey.FindStringSubmatch(titleOn(doc, line)); m != nil {
		return m[1]
	}
	return ""
}

// titleOn is that of the first heading on a line; empty for none.
func titleOn(doc *minutes.Document, line int) string {
	at, found := slices.BinarySearchFunc(doc.Sections, line, func(s minutes.Section, line int) int { return cmp.Compare(s.Line, line) })
	if !found {
		return ""
	}
	return doc.Sections[at].Title
}

// withoutKey is a title without the key that it names.
func withoutKey(title string) string {
	if m := ownKey.FindStringIndex(title); m != nil && m[0] > 0 {
		return strings.TrimSpace(title[:m[0]])
	}
	return title
}
