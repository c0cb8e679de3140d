package minutes

import (
	"regexp"
	"slices"
	"strings"
)

// list is several people on one line.
func (b *peopleBlock) list(l *line, text string) {
	if body := struckName.ReplaceAllString(adjacentLinks.ReplaceAllString(l.body, "), ["), ""); body != l.body {
		text = plain(body)
		if m := labelled.FindStringSubmatch(text); m != nil {
			text = m[2]
		}
	}
	text = trimStop(danglingAnd.ReplaceAllString(inBrackets.ReplaceAllString(text, "$1, "), ""))
	if nicknames.MatchString(text) {
		text = strings.Join(strings.Fields(text), ", ")
	}
	for _, part := range splitPeople(text) {
		part = strings.TrimSpace(part)
		if strings.Count(part, "@") < 2 {
			b.person(l, part)
			continue
		}
		for _, handle := range handlesOf(part) {
			b.out = append(b.out, Participant{Line: l.number, Handle: handle})
		}
	}
}

var (
	// adjacentLinks are people named by links with nothing between them.
	adjacentLinks = regexp.MustCompile(`\)[ \t]+\[`)
	// struckName is somebody on a list who was not there.
	struckName = regexp.MustCompile(`~~?[^~]+~~?`)
	// inBrackets is a list of people that brackets hold together: "(Ada, Ben) + Cyra".
	inBrackets = regexp.MustCompile(`^\(([^()]*,[^()]*)\) *[,;&+]+ *`)
	// danglingAnd ends a line of people that goes on in the next.
	danglingAnd = regexp.MustCompile(`,? (?:and|und|&) *$`)
	// nicknames are several with nothing but blanks between them: "ada benno cy".
	nicknames = regexp.MustCompile(`^[a-z0-9_-]+(?: [a-z0-9_-]+){2,}$`)
	// noComma is what stands between two people with companies where somebody forgot the comma: "Ada (ACME) Ben (ACME)".
	noComma = regexp.MustCompile(`^\) \p{Lu}[\pL'’. -]* \(`)
)

// nextPerson is what may stand between two people.
var nextPerson = regexp.MustCompile(`^ (?:and|und) `)

// lastPerson is what may stand before the last of a list.
var lastPerson = regexp.MustCompile(`^(?:and|und|&) `)

// maxBetween is how far a name may reach.
const maxBetween = 60

// splitPeople splits at commas that do not stand in brackets, and at the last "and".
func splitPeople(s string) []string {
	var parts []string
	depth, from := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			if depth = max(0, depth-1); depth == 0 && noComma.MatchString(s[i:min(len(s), i+maxBetween)]) {
				parts = append(parts, s[from:i+1])
				from = i + 1
			}
		case depth > 0:
		case c == ',' || c == ';':
			parts = append(parts, s[from:i])
			from = i + 1
		case c == ' ' && i >= from && nextPerson.MatchString(s[i:min(len(s), i+6)]):
			parts = append(parts, s[from:i])
			from = i + strings.IndexByte(s[i+1:], ' ') + 1
		}
	}
	return append(parts, lastPerson.ReplaceAllString(strings.TrimSpace(s[from:]), ""))
}

// names says whether what follows a label that is none of the known ones is a list of names: "Rust: Ada, Ben, Carl". What
// follows initials is what somebody said.
func names(label, text string) bool {
	parts := splitPeople(strings.TrimRight(text, ",. "))
	if initials.MatchString(label) || len(parts) < enough {
		return false
	}
	for _, part := range parts {
		part, _ := takeNotes(part)
		part = givenInitial.ReplaceAllString(strings.TrimSpace(part), "")
		if len(strings.Fields(part)) > maxListedName || strings.ContainsAny(part, ".!?:") && !strings.Contains(part, "@") {
			return false
		}
	}
	return true
}

// named says whether a text is one name or several.
func named(text string) bool {
	for _, part := range splitPeople(strings.TrimRight(text, ",. ")) {
		name, _ := takeNotes(part)
		if words := len(strings.Fields(name)); words == 0 || words > maxListedName || uncapitalised(name) > words/2 {
			return names("", text)
		}
	}
	return true
}

// givenInitial is the first letter of a given name: "A. Lovelace".
var givenInitial = regexp.MustCompile(`^(?:\p{Lu}\.[ -]?)+`)

// sentence says whether a part between commas is too long for a person.
func sentence(text string) bool {
	return slices.ContainsFunc(splitPeople(text), remark)
}

// told says whether what follows a label is a sentence: "All attendees: help to spread the word about the next call". A
// list of people may end in one.
func told(text string) bool {
	parts := splitPeople(text)
	if len(parts) > enough {
		parts = parts[:len(parts)-1]
	}
	return slices.ContainsFunc(parts, remark) || len(parts) == 1 && uncapped.MatchString(text)
}

// uncapped is a sentence without a name: "This was not written down".
var uncapped = regexp.MustCompile(`^\p{Lu}\p{Ll}+(?: \p{Ll}+){3,}\.?$`)
