package minutes

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	// calledHeading is a title that may be that of a list of people: "Voting member attendance", "Other attendees",
	// "Attended by". Others end in such words too ("New participants"), so what stands below decides.
	calledHeading = regexp.MustCompile(`(?:^|[^\pL])(?:` + presentWords + `|attended(?: by)?)$`)
	// moreHeading is one of those that speaks of people whatever stands below: one person, or nobody.
	moreHeading = regexp.MustCompile(`^(?:other|additional|further|more|observers?|guests?|voting|non-voting|remote|online|in[ -]person|list of)[^\pL]`)
	// gatheredHeading says in other words who was there; what stands below has to be people.
	gatheredHeading = regexp.MustCompile(`^(?:who(?:['’]?s| is| are| was| were| has| all)? (?:joined|attended|attending|present|here|there|came|participated)|` +
		`(?:the )?(?:people|persons|those|members|folks) (?:present|here|there|in attendance|on the call|in the room)|joined|joining|on the call|in the room|sign[- ]?in(?: sheet)?|anwesenheit(?:sliste)?|teilnehmerliste)$`)
	// guestHeading is that of others who were there where it follows those who were expected.
	guestHeading = regexp.MustCompile(`^(?:guests?|visitors?|observers?|gäste|gast)$`)
	// missingHeading is that of a list of people who were not there: "Voting members not in attendance".
	missingHeading = regexp.MustCompile(`(?:^|[^\pL])(?:` + absentWords + `)$`)
)

// opens says whether the heading of line i opens people who were there, or who were not.
func (a *attendance) opens(i int, h *heading) (here, away bool) {
	name := strings.TrimLeft(strings.ToLower(h.title), " -–:*")
	if presentHeading.MatchString(name) {
		return true, false
	}
	if absentHeading.MatchString(name) || missingHeading.MatchString(h.name) && a.page.rollCall(i, 0, false) {
		return false, true
	}
	if i == a.ended && guestHeading.MatchString(h.name) || gatheredHeading.MatchString(h.name) && a.page.rollCall(i, 1, false) {
		return true, false
	}
	if !h.structural && (i == a.called && a.page.rollCall(i, enoughCalled, true) ||
		groupLabel.MatchString(h.name) && a.page.rollCall(i, enough, true)) { // "TAC members", each with a box
		return true, false
	}
	if !calledHeading.MatchString(h.name) || len(strings.Fields(h.name)) > 6 || h.denies() || clause.MatchString(h.name) {
		return false, false
	}
	least := enoughCalled
	switch {
	case moreHeading.MatchString(h.name):
		least = 0
	case i == a.ended: // it goes on with the people
		least = 1
	}
	return a.page.rollCall(i, least, false), false
}

// denies says whether a heading speaks of people who may not have been there. Those who do not vote may have.
func (h *heading) denies() bool {
	return denied.MatchString(strings.ReplaceAll(h.name, "non-voting", "voting"))
}

// enoughCalled is how many people make a list of them where no word says that it is one.
const enoughCalled = 2

// rollCall says whether the items of the section that the heading of line i opens are people, all but a few, and how many
// at least; boxed, that each has a box to tick. Where there are none, the first section below it says.
func (p *page) rollCall(i, least int, boxed bool) bool {
	people, others, unboxed, end := 0, 0, 0, p.sectionEnd(i)
	for _, l := range p.lines[i+1 : end] {
		if !l.item || l.text == "" || invites(l.text) {
			continue
		}
		if l.box == 0 {
			unboxed++
		}
		if likelyPerson(l) {
			people++
		} else {
			others++
		}
	}
	// Beside boxes, somebody may stand who does not look like a person.
	if others > 0 && (unboxed > 0 || others > people/3) || boxed && unboxed > 0 {
		return false
	}
	if people == 0 && end < len(p.lines) && p.lines[end].heads[0].level > p.lines[end-1].under.level {
		return p.rollCall(end, least, boxed)
	}
	return people >= least
}

// afterName is what stands between a name and a company, an account or a role.
var afterName = regexp.MustCompile(` (?:/+|\||[-–—]+) `)

// likelyPerson says whether an item looks like a person: a handle, or a few words with capitals, with a company or a role
// after them or not. Beside a box one word will do.
func likelyPerson(l *line) bool {
	name, _ := takeNotes(l.text)
	if strings.Contains(name, "@") {
		return len(strings.Fields(name)) <= maxName
	}
	if after := afterName.FindStringIndex(name); after != nil {
		name = name[:after[0]]
	}
	name, _ = affiliated(name)
	words := strings.Fields(name)
	if len(words) == 0 || len(words) > maxListedName || strings.ContainsAny(name, ":?!") {
		return false
	}
	for _, w := range words {
		first, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(first) && !particle.MatchString(w+" ") && (l.box == 0 || len(words) > 1) {
			return false
		}
	}
	return true
}
