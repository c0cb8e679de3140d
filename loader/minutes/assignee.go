package minutes

import (
	"regexp"
	"strings"
)

// assignees are those who are to do an action item: the handles after its marker, else the name after AI, else who
// commits to it in the text, else who stands in brackets at its end.
func assignees(text string, marks []int, promised *crowd) []string {
	for _, at := range marks {
		if names := crowdAfter(text, at); names != nil {
			return names
		}
	}
	for _, at := range marks {
		if m := nameAfterAI.FindStringSubmatch(text[at:]); m != nil && at >= 2 && text[at-2:at] == "AI" && !opening[strings.ToLower(m[1])] {
			return []string{m[1]}
		}
	}
	if promised != nil {
		return promised.handles
	}
	if m := handlesAtEnd.FindStringIndex(text); m != nil {
		return handlesOf(text[m[0]:])
	}
	return nil
}

var (
	// A bare name after AI needs a colon or "to" after it.
	nameAfterAI = regexp.MustCompile(`^[ :–-]*(\p{Lu}[\pL-]+)(?::| to )`)
	// opening words begin a sentence after `AI:` and are no names.
	opening = wordSet("need try want have plan start continue remember discuss todo please update reach back add link see due next how what followup follow pr")
	// Handles in brackets at the end, after a reference or not, or after the last colon of `(AI set up: @x)`.
	handlesAtEnd = regexp.MustCompile(`[(\[:] ?(?:[\w/-]*#\d+[,;]? ?)?@[\w-]+(?:(?: ?[,&+/] ?| and | und | )@[\w-]+)*[)\]][ .!]*$`)
	// beforeHandles is what may stand between a marker and the handles it is for.
	beforeHandles = regexp.MustCompile(`^[ \t:–(\[>=-]*(?:for )?@`)
)

// crowdAfter are the handles directly after a marker.
func crowdAfter(text string, at int) []string {
	m := beforeHandles.FindString(text[at:])
	if m == "" {
		return nil
	}
	from := at + len(m) - 1
	handle, end := handleAfter(text, from)
	if handle == "" {
		return nil
	}
	c := crowd{handles: []string{handle}, from: from, to: end}
	c.extend(text)
	return c.handles
}
