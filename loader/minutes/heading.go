package minutes

import (
	"regexp"
	"strings"
)

// heading is a section's title, and what kind of section it opens.
type heading struct {
	level int
	line  int
	// at is its place among those of the page.
	at int
	// title is without markup; raw is as written.
	title, raw string
	// parent is the heading above this one in the tree.
	parent *heading
	// name is the title as it is compared: lower case, without brackets and colon.
	name string
	// when is the first date in the title; date is set where the heading opens a meeting.
	when found
	date string
	// structural headings are no topics.
	structural bool
	// boilerplate headings open a region without topics, actions and outcomes.
	boilerplate bool
}

var (
	// A heading has a blank after its hashes; after two hashes a letter will do.
	headingStart = regexp.MustCompile(`^(#{1,6})([ \t]+|$)|^(#{2,6})(\pL)`)
	// A second heading in the same line.
	headingWithin = regexp.MustCompile(`[ \t](#{2,6})[ \t]+[^#\s]`)
	closingHashes = regexp.MustCompile(`(^|[ \t]+)#+[ \t]*$`)
)

// readHeadings are the headings of a line that has no indentation. `# A ## B` is two.
func readHeadings(number int, l string) []*heading {
	if l[0] != '#' {
		return nil
	}
	m := headingStart.FindStringSubmatchIndex(l)
	if m == nil {
		return nil
	}
	level, rest := m[3]-m[2], l[m[1]:]
	if m[2] < 0 {
		level, rest = m[7]-m[6], l[m[8]:]
	}
	var heads []*heading
	for {
		cut := headingWithin.FindStringSubmatchIndex(rest)
		if cut == nil {
			return append(heads, newHeading(number, level, rest))
		}
		heads = append(heads, newHeading(number, level, rest[:cut[0]]))
		level, rest = cut[3]-cut[2], rest[cut[3]:]
	}
}

func newHeading(number, level int, raw string) *heading {
	raw = strings.TrimSpace(closingHashes.ReplaceAllString(raw, ""))
	h := &heading{level: level, line: number, raw: raw, title: plain(raw)}
	h.when, _ = findDate(h.title)
	h.name = sectionName(h.title)
	h.boilerplate = startsWithAny(h.name, boilerplateTitles)
	h.structural = h.boilerplate || structuralTitle(h.name)
	return h
}

var bracketed = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// sectionName is a title as titles are compared.
func sectionName(title string) string {
	name := bracketed.ReplaceAllString(strings.ToLower(title), " ")
	name = strings.ReplaceAll(name, ":", " ")
	return strings.Trim(strings.Join(strings.Fields(name), " "), " -–.,;!")
}

// boilerplateTitles begin sections that hold no topics, actions or outcomes.
var boilerplateTitles = []string{
	"recurring items", "reporting", "community call report", "designate people", "minutes taking", "meta", "links",
	"upcoming meetings",
}

// structuralTitles are sections that every agenda has; they are not what was talked about.
var structuralTitles = map[string]bool{
	"notes": true, "discussion notes": true, "links": true, "housekeeping": true, "discussions": true,
	"action items": true, "next steps": true, "open actions": true, "pending action items": true, "aob": true,
	"status update": true, "update": true, "updates": true, "team updates": true,
	"project updates": true, "announcements": true, "strategic initiatives": true, "adjournment": true,
	"meeting minutes": true,
}

// structuralBeginnings are the same, whatever follows.
var structuralBeginnings = []string{
	"agenda", "minutes", "organisational", "organizational", "check ais", "recurring items", "upcoming meetings",
}

func structuralTitle(name string) bool {
	if structuralTitles[name] {
		return true
	}
	for _, s := range structuralBeginnings {
		if strings.HasPrefix(name, s) {
			return true
		}
	}
	return false
}

// actionTitles are sections whose outermost items are action items whatever they say.
var actionTitles = map[string]bool{
	"action items": true, "next steps": true, "open actions": true, "pending action items": true,
}

// startsWithAny says whether name begins with one of the phrases as whole words.
func startsWithAny(name string, phrases []string) bool {
	for _, p := range phrases {
		if rest, ok := strings.CutPrefix(name, p); ok && !startsWithLetter(rest) {
			return true
		}
	}
	return false
}
