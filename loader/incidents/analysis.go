package incidents

import (
	"regexp"
	"slices"
	"strings"
)

// analysis is what a filled in template says.
type analysis struct {
	title string
	line  int
	// key is the one that the heading names itself, as {#key}; empty for none.
	key string
	// marking is the level at its top, such as AMBER+STRICT, and its line.
	marking     string
	markingLine int
	// facts are the table at the top: lower-case name and value.
	facts map[string]string
	// impact, causes and lessons are lines; root is the root cause.
	impact, lessons []string
	root, trigger   string
	// practices is what the line about practices says, links the addresses that
	// stand in the document's links; lines are where they stand.
	practices     string
	practicesLine int
	links         []string
}

var (
	aTitle   = regexp.MustCompile(`(?i)^(?:root cause analysis\s*|RCA\s*(?:$|[:–—-]))\s*(?:[:–—-]\s*)?(.*)$`)
	aMarking = regexp.MustCompile(`(?i)^\W*TLP:\s?([A-Z]+(?:\+[A-Z]+)?)\W*$`)
	aURL     = regexp.MustCompile(`https?://[^\s<>()\[\]|"'` + "`" + `]+`)
	aKey     = regexp.MustCompile(`\s*\{#([a-z0-9]+(?:-[a-z0-9]+)*)\}\s*$`)
	// placeholder is what the title of the template says.
	placeholder = regexp.MustCompile(`^…?\s*(?:\(what broke, in one line\))?$`)
)

// read reads a document.
func read(source []byte) *analysis {
	a := &analysis{facts: map[string]string{}}
	section := ""
	var because, causes []string
	for _, b := range blocks(source) {
		if b.kind == heading {
			section = a.heading(b, section)
			continue
		}
		switch section {
		case "":
			a.top(b)
		case "in short", "impact":
			a.impactOf(b)
		case "detection":
			a.detection(b)
		case "cause", "root cause":
			because, causes = a.cause(b, because, causes)
		case "lessons", "lessons learned":
			if b.kind != row && b.text != "" {
				a.lessons = append(a.lessons, aBox.ReplaceAllString(b.text, ""))
			}
		case "links":
			a.link(b)
		}
	}
	if a.root == "" {
		a.root = strings.Join(causes, "\n")
	}
	if a.root == "" && len(because) > 0 {
		a.root = because[len(because)-1]
	}
	if a.root == "" {
		a.root = a.trigger
	}
	return a
}

// heading is the section that begins with it: deeper headings stay in theirs.
func (a *analysis) heading(b block, section string) string {
	switch m := aTitle.FindStringSubmatch(b.text); {
	case b.level == 1 && m != nil && a.line == 0:
		a.line = b.line
		title := m[1]
		if at := aKey.FindStringSubmatchIndex(title); at != nil {
			title, a.key = title[:at[0]], title[at[2]:at[3]]
		}
		if !placeholder.MatchString(title) {
			a.title = strings.TrimSpace(strings.TrimSuffix(title, "(what broke, in one line)"))
		}
		return ""
	default:
		name := strings.ToLower(strings.Trim(aNumber.ReplaceAllString(b.text, ""), " :*_"))
		if b.level <= 2 || slices.Contains(sections, name) {
			return name
		}
		return section
	}
}

// sections are those of the template; they begin at whatever level they stand.
var sections = []string{
	"in short", "impact", "timeline", "detection", "cause", "root cause", "contributing factors", "what went well", "what was luck",
	"repair and recovery", "actions", "lessons", "lessons learned", "disclosure", "links",
}

// aNumber is what people who number their headings put before the words.
var aNumber = regexp.MustCompile(`^\d+(?:\.\d+)*[.)]?\s+`)

// top reads what stands before the first section.
func (a *analysis) top(b block) {
	if m := aMarking.FindStringSubmatch(b.text); m != nil && a.marking == "" {
		a.marking, a.markingLine = strings.ToUpper(m[1]), b.line
		return
	}
	if b.kind == row && len(b.cells) == 2 && b.cells[1] != "" {
		a.facts[strings.ToLower(b.cells[0])] = b.cells[1]
	}
}

func (a *analysis) impactOf(b block) {
	switch {
	case b.kind == row:
		a.impactRow(b.cells)
	case b.kind == item:
		if label, value := labelled(b.text); value != "" {
			a.impact = append(a.impact, label+": "+value)
		} else if label == "" && b.text != "" {
			a.impact = append(a.impact, b.text)
		}
	case b.text != "":
		a.impact = append(a.impact, b.text)
	}
}

// impactRow is: who, what they noticed, from, to, how many.
func (a *analysis) impactRow(cells []string) {
	if len(cells) < 2 || cells[1] == "" || strings.EqualFold(cells[0], "who") || strings.Trim(cells[1], "-: ") == "" {
		return
	}
	line := cells[0] + ": " + cells[1]
	var more []string
	for _, c := range cells[2:] {
		if c != "" {
			more = append(more, c)
		}
	}
	if len(more) > 0 {
		line += " (" + strings.Join(more, ", ") + ")"
	}
	a.impact = append(a.impact, line)
}

// detection: what was seen first is what others search for.
func (a *analysis) detection(b block) {
	if label, value := labelled(b.text); b.kind == item && strings.HasPrefix(strings.ToLower(label), "first signal") && value != "" {
		a.impact = append(a.impact, "First signal: "+strings.Trim(value, "`"))
	}
}

// cause reads the table of whys and what is said below it.
func (a *analysis) cause(b block, because, causes []string) (tableSays, textSays []string) {
	label, value := labelled(b.text)
	switch {
	case b.kind == row:
		if len(b.cells) > 2 && b.cells[2] != "" && b.cells[0] != "#" && strings.Trim(b.cells[2], "-: ") != "" {
			because = append(because, b.cells[2])
		}
	case strings.EqualFold(label, "root cause"):
		a.root = value
	case strings.EqualFold(label, "trigger"):
		a.trigger = value
	case b.text != "" && (b.kind == prose || label == ""):
		causes = append(causes, b.text)
	}
	return because, causes
}

func (a *analysis) link(b block) {
	if b.kind == row {
		return
	}
	label, value := labelled(b.text)
	if strings.HasPrefix(strings.ToLower(label), "practices") {
		a.practices, a.practicesLine = value, b.line
	}
	for _, url := range aURL.FindAllString(b.text, -1) {
		a.links = append(a.links, strings.TrimRight(url, ".,;:!?"))
	}
}

// empty reports whether nothing has been filled in that a story is made of.
func (a *analysis) empty() bool {
	return a.title == "" && a.root == "" && len(a.lessons)+len(a.impact) == 0
}
