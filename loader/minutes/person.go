package minutes

import (
	"regexp"
	"strings"
)

// person is one person: a handle, a name, and what stands in brackets or after a dash.
func (b *peopleBlock) person(l *line, text string) {
	p := Participant{Line: l.number}
	text, notes := takeNotes(angledHandle.ReplaceAllString(text, "$1"))
	if team.MatchString(text) {
		return
	}
	text, notes = takeRole(text, notes)
	text = address.ReplaceAllString(text, " ")
	text, p.Handle = takeHandle(text)
	if p.Handle == "" {
		for i, note := range notes {
			if notes[i], p.Handle = takeHandle(note); p.Handle != "" {
				break
			}
		}
	}
	p.Name = personName(text)
	p.Note = joinNotes(notes)
	if p.Handle != "" || p.Name != "" {
		b.out = append(b.out, p)
	}
}

// takeRole takes initials or a role before a colon or a dash out of a text, or what follows a colon. What follows a dash
// stands in the name, as what follows a comma does.
func takeRole(text string, notes []string) (string, []string) {
	cut := roleMark.FindStringIndex(text)
	if cut == nil || strings.TrimSpace(text[:cut[0]]) == "" {
		return text, notes
	}
	before, after := strings.TrimSpace(text[:cut[0]]), strings.TrimSpace(text[cut[1]:])
	if initials.MatchString(before) || roleWord.MatchString(before) {
		return after, append(notes, before)
	}
	if text[cut[0]] != ':' || strings.Contains(after, "@") {
		return text, notes
	}
	return before, append(notes, after)
}

var (
	roleMark = regexp.MustCompile(`: | [-–—]+ `)
	// A role may stand before the name: "Chair: Ada".
	roleWord = regexp.MustCompile(`(?i)^(?:[\pL-]+ ){0,2}(?:co-?)?(?:chair(?:person|man|woman)?|hosts?|scribe|moderator|facilitator|note[- ]?taker|minute[- ]?taker|secretary|` +
		`minutes|lead|speaker|presenter|guest|observer|timekeeper|protokoll|moderation|schriftführung|leitung|gast)$`)
	// A handle in angle brackets is no address.
	angledHandle = regexp.MustCompile(`<(@[\w.-]+)>`)
	// Whoever calls a team has not met all of it: "Build team: @boats/build".
	team = regexp.MustCompile(`(?:^|[\s:])@[\w.-]+/[\w.-]+ *$`)
	// An e-mail address, in angle brackets or not.
	address = regexp.MustCompile(`<[^<>]*@[^<>]*>|(?:mailto:)?[\w.+-]+@[\w-]+\.[\w.-]+`)
	// Somebody's handle in a list of people may have dots.
	dottedHandle = regexp.MustCompile(`(?:^|[^\w@])@([\pL\d](?:[\pL\d_.-]*[\pL\d_-])?)`)
)

// takeNotes takes what stands in brackets out of a text.
func takeNotes(text string) (rest string, notes []string) {
	if !strings.ContainsAny(text, "([") {
		return text, nil
	}
	var b strings.Builder
	depth, from := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '(' || c == '[':
			if depth == 0 {
				b.WriteString(text[from:i] + " ")
				from = i + 1
			}
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
			if depth == 0 {
				notes = append(notes, strings.TrimSpace(text[from:i]))
				from = i + 1
			}
		}
	}
	if depth > 0 {
		return b.String(), append(notes, strings.TrimSpace(text[from:]))
	}
	return b.String() + text[from:], notes
}

// takeHandle takes the first handle out of a text.
func takeHandle(text string) (rest, handle string) {
	m := dottedHandle.FindStringSubmatchIndex(text)
	if m == nil {
		return text, ""
	}
	handle = text[m[2]:m[3]]
	return text[:m[2]-1] + " " + text[m[3]:], handle
}

func joinNotes(notes []string) string {
	var kept []string
	for _, n := range notes {
		if n = strings.Trim(n, " ,;-"); n != "" {
			kept = append(kept, n)
		}
	}
	return strings.Join(kept, ", ")
}

// nobody are words that stand where a name would.
var nobody = map[string]bool{
	"none": true, "n/a": true, "na": true, "tbd": true, "tba": true, "todo": true, "all": true, "everyone": true, "nobody": true,
	"nil": true, "you": true, "others": true, "unknown": true, "keine": true, "your name": true, "your name here": true, "name": true, "...": true,
}

// instruction is a phrase such as "please add your name": three words or more, and the first a small one that no name
// begins with.
var instruction = regexp.MustCompile(`^\p{Ll}[\pL'-]* +\pL[^ ]* +\pL`)

// template is what invites to add a name: "ADD YOUR NAME ABOVE", "name | institution | handle".
var template = regexp.MustCompile(`(?i)^(?:please )?add (?:you|your|yourself)(?:$| )|^(?:your )?name *(?:[|/(]|, *(?:affiliation|company|organi[sz]ation|institution|role|pronouns))`)

// invites says whether a text invites to add a name.
func invites(text string) bool {
	name, _ := takeNotes(text)
	return template.MatchString(strings.ReplaceAll(strings.Join(strings.Fields(name), " "), " ,", ","))
}

var particle = regexp.MustCompile(`^(?:van|von|vom|de|da|di|du|del|der|el|al|bin|ibn|la|le|ten|ter|zu|zur) `)

// shortened is a name that ends in something shortened, which its full stop belongs to: "Peter C.", "Ada Lovelace Jr.".
var shortened = regexp.MustCompile(`(?:^|[ .])(?:\p{Lu}|Jr|Sr|Inc|Ltd|Corp|Co|e\.V)\.$`)

// trimStop takes full stops and blanks off the end of a name, but for the one of something shortened.
func trimStop(name string) string {
	if name = strings.TrimRight(name, " "); shortened.MatchString(name) {
		return name
	}
	return strings.TrimRight(name, " .,;:-–—/|&+*…@")
}

// headcount says how many there were.
var headcount = regexp.MustCompile(`(?i)^(?:x|~?\d+) (?:other )?(?:people|persons|attendees|participants|others)(?:$| )`)

// personName is what is left as a name, empty when it is none.
func personName(text string) string {
	name := strings.ReplaceAll(strings.Join(strings.Fields(text), " "), " ,", ",")
	name = trimStop(strings.Trim(name, " ,;:-–—/|&+*…@"))
	if nobody[strings.ToLower(strings.TrimRight(name, "?!"))] || headcount.MatchString(name) || instruction.MatchString(name) && !particle.MatchString(name) || template.MatchString(name) || !startsWithLetter(name) {
		return ""
	}
	return name
}
