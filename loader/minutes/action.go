package minutes

import (
	"regexp"
	"slices"
	"strings"
)

// actionItem reads a line as something that somebody is to do.
func (l *line) actionItem() (ActionItem, bool) {
	if len(l.heads) == 0 {
		return l.actionIn(l.text, l.body)
	}
	for _, h := range l.heads {
		if a, ok := l.actionIn(h.title, h.raw); ok {
			return a, true
		}
	}
	return ActionItem{}, false
}

func (l *line) actionIn(text, raw string) (ActionItem, bool) {
	if text == "" {
		return ActionItem{}, false
	}
	start := len(arrow(text))
	marks := actionMarks(text, raw, start, l.item || l.box != 0)
	promised := promise(text, start, l.item)
	listed := l.item && l.depth == 0 && l.under != nil && actionTitles[l.under.name] && !placeholder(text) && !l.vacant()
	byPlace := l.box != 0 || listed
	if len(marks) == 0 && promised == nil && !byPlace {
		return ActionItem{}, false
	}
	if byPlace {
		marks = append(marks, start)
	}
	a := ActionItem{Text: text, Line: l.number, Done: l.box == 'x' || finished(text, raw)}
	a.Assignees = append([]string{}, assignees(text, marks, promised)...)
	return a, true
}

// vacant says whether an item stands in a section of actions where there are none: "N/A".
func (l *line) vacant() bool {
	return l.under != nil && actionTitles[l.under.name] && noneAtAll[strings.Trim(strings.ToLower(l.text), " .!-–()")]
}

var noneAtAll = map[string]bool{"n/a": true, "na": true, "none": true, "nothing": true, "no actions": true, "no action items": true, "keine": true}

// speaks says whether somebody who was there has these initials, so that what follows them was said.
func (doc *Document) speaks(initials string) bool {
	return slices.ContainsFunc(doc.Participants, func(p Participant) bool {
		return slices.Contains(strings.Split(p.Note, ", "), initials)
	})
}

// actionMarks are the places where a marker of an action item ends: AI, TODO, ACTION.
func actionMarks(text, raw string, start int, item bool) []int {
	marks := aiMarks(text, raw, start)
	marks = append(marks, todoMarks(text, start, item)...)
	if rest := text[start:]; rest == "" || rest[0]|0x20 != 'a' {
		return marks
	}
	if m := actionWord.FindStringIndex(text[start:]); m != nil && hasText(text[start+m[1]:]) {
		marks = append(marks, start+m[1])
	}
	return marks
}

var (
	actionWord = regexp.MustCompile(`^(?:ACTION(?: (?:ITEM|POINT)S?)?\b|(?i:action(?: ?(?:item|point)(?:s|\(s\))?)?(?:/[\pL()]+)?) *:|AP *:|AP +@) *:?`)
	// A todo begins a line or a part of one, or is written in capitals before a handle.
	todoStart = regexp.MustCompile(`(?:^|\(|\[| - | – |\. |(?:[=-]>|→) ?)(?i:to-?do|to do)(:| \(| ?@)`)
	todoShout = regexp.MustCompile(`(?:^|[^\w@#/-])TODO(:? ?@)`)
	todoAlone = regexp.MustCompile(`(?i)^(?:to-?do|to do)[.:]?$`)
)

func todoMarks(text string, start int, item bool) []int {
	if !hasTodo(text[start:]) {
		return nil
	}
	if todoAlone.MatchString(text[start:]) {
		if item || strings.HasSuffix(text, ":") {
			return []int{len(text)}
		}
		return nil // a place that nobody has filled
	}
	var marks []int
	for _, re := range []*regexp.Regexp{todoStart, todoShout} {
		for _, m := range re.FindAllStringSubmatchIndex(text[start:], -1) {
			marks = append(marks, start+m[2])
		}
	}
	return marks
}

// hasTodo looks for the word without the price of a pattern: "do" after an o, a hyphen or a blank.
func hasTodo(s string) bool {
	for i := 2; i+1 < len(s); i++ {
		if s[i]|0x20 == 'd' && s[i+1]|0x20 == 'o' && (s[i-1]|0x20 == 'o' || s[i-1] == '-' || s[i-1] == ' ') {
			return true
		}
	}
	return false
}

// hasText says whether anything but punctuation is there.
func hasText(s string) bool { return strings.Trim(s, " \t:.,;-–()[]…=>→⇒") != "" }

// stressed is an action item that is one in emphasis from end to end: _AI Team to look_. A bold AI begins a title.
var stressed = regexp.MustCompile(`^(?:_AI [^_]*_|\*AI [^*]*\*)$`)

// artificial are words before AI that make it artificial intelligence, or talk about action items.
var artificial = wordSet(`for using with of about and or in via by on the an a generative our this to as from than into check checking
	old last previous pending open new no any more some all is are gen agentic`)

// intelligence are words after AI at the start of a line that make it artificial intelligence, or an item that is
// looked back at.
var intelligence = wordSet(`from is are was were in for and or based model models tool tools tooling agent agents workload workloads act
	generated assisted powered driven policy policies usage hype feature features infrastructure cluster clusters training inference inferencing
	code coding working wg guidelines assistant assistants systems system services service platform platforms gateway native ready ml
	summit day world will can could should may might has have needs of on at items item bot bots note notes summary summaries scheduling
	research team teams group groups topic topics stuff chip chips hardware software company companies related provider providers
	startup startups use by with as batch white whitepaper paper papers pair programmer copilot chat llm llms ethics safety governance coded
	opportunity opportunities risk risks discussion discussions strategy adoption impact trends literacy regulation engineering engineers
	product products use-case use-cases usecase usecases vendor vendors startup bubble overview update updates session sessions track
	community communities initiative initiatives committee content image images video search alliance foundation landscape summit hackathon`)

// aiMarks are the places where the token AI marks an action item.
func aiMarks(text, raw string, start int) []int {
	var marks []int
	if wholly := stressed.MatchString(raw); wholly && strings.HasPrefix(text[start:], "AI ") {
		return []int{start + len("AI")}
	}
	for i := start; ; i += 2 {
		at := strings.Index(text[i:], "AI")
		if at < 0 {
			return marks
		}
		i += at
		if i > 0 && (wordByte(text[i-1]) || strings.IndexByte("/@#.-&:", text[i-1]) >= 0) {
			continue
		}
		if isAIMark(text, i, start) {
			marks = append(marks, i+2)
		}
	}
}

// isAIMark decides by what follows AI. Before a handle it is a marker, unless the line says to check it; before other
// signs unless the sentence speaks of artificial intelligence; before another word only where a line or a part of it
// begins.
func isAIMark(text string, i, start int) bool {
	rest, before := text[i+2:], lastWord(text[:i])
	if strings.HasPrefix(rest, "@") || strings.HasPrefix(rest, " @") {
		return before != "check"
	}
	for _, sign := range []string{":", " :", " -", " –", " (", ")", "]"} {
		if strings.HasPrefix(rest, sign) {
			return !strings.HasPrefix(rest, " --") && !artificial[before]
		}
	}
	next, ok := strings.CutPrefix(rest, " ")
	if !ok || !startsWithLetter(next) || !beginsTask(text, i, start) {
		return false
	}
	second := nextWords(next, 2)
	return !intelligence[firstWord(next)] || len(second) == 2 && strings.HasPrefix(second[1], "@")
}

// beginsTask says whether the word at i begins the line, a bracket, or what an arrow points to.
func beginsTask(text string, i, start int) bool {
	return i == start || text[i-1] == '(' || text[i-1] == '[' || arrowEnd(strings.TrimRight(text[:i], " "))
}

func arrowEnd(s string) bool {
	return strings.HasSuffix(s, "->") || strings.HasSuffix(s, "=>") || strings.HasSuffix(s, "→")
}

// finished says whether an item is done: a check mark, the word at its end, or all of it struck through.
func finished(text, raw string) bool {
	if hasCheckMark(raw) || struck(raw) {
		return true
	}
	if doneBracket.MatchString(text) {
		return true
	}
	return doneAtEnd.MatchString(text) && !stillOpen.MatchString(text)
}

var (
	doneBracket = regexp.MustCompile(`(?i)[(\[][^()\[\]]*\b(?:done|erledigt)\b[^()\[\]]*[)\]][ .!]*$`)
	doneAtEnd   = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:done|erledigt)[ .!]*$`)
	// What is to be done is not.
	stillOpen = regexp.MustCompile(`(?i)(?:^|[^\pL])(?:(?:be|not|gets?|getting|have|nicht)(?: \pL+)?|when|once|until|if) (?:done|erledigt)[ .!]*$`)
)

func struck(raw string) bool {
	raw = strings.TrimSpace(raw)
	return len(raw) > 4 && strings.HasPrefix(raw, "~~") && strings.HasSuffix(raw, "~~") && strings.Count(raw, "~~") == 2
}
