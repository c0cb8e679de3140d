package incidents

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/loader"
	"github.com/open-operations/opsmap/loader/identity"
	"github.com/open-operations/opsmap/loader/minutes"
	"github.com/open-operations/opsmap/loader/naming"
	"github.com/open-operations/opsmap/loader/speech"
)

// teller turns one analysis into a story.
type teller struct {
	*speech.Speaker
	in    loader.Reader
	known map[record.ID]bool
	// names are what the records of the map are called.
	names *naming.Index
	a     *analysis
	out   *loader.Reading
	// story is what it tells; nil where something keeps it from being told. Its key is
	// provisional until all files have been read.
	story *record.Statement
}

func (t *teller) problem(line int, message, hint string) {
	t.out.Problems = append(t.out.Problems, loader.Problem{File: t.File.Name, Line: line, Message: message, Hint: hint})
}

func (t *teller) warn(line int, message, hint string) {
	t.out.Warnings = append(t.out.Warnings, loader.Problem{File: t.File.Name, Line: line, Message: message, Hint: hint})
}

// tell says the story, unless something keeps it from being told.
func (t *teller) tell() {
	a := t.a
	switch {
	case a.empty():
		t.problem(a.line, "is the empty form: nothing is filled in", "right is a title, what happened, the root cause and lessons")
		return
	case a.title == "":
		t.problem(a.line, "has no title", "right is # Root cause analysis: and what broke, in one line")
		return
	}
	class, ok := t.class()
	if !ok {
		return
	}
	st := t.About(record.ID{Type: "Story", Key: a.slug()}, a.line)
	t.story = st
	st.Class = class
	st.Fields["title"] = t.text(a.title)
	t.sayOutcome(st)
	t.put(st, "impact", strings.Join(a.impact, "\n"), "Impact")
	t.put(st, "rootCause", a.root, "Root cause, below Cause")
	t.date(st, "happenedOn", "happened on")
	t.date(st, "reportedOn", "written on")
	lessons := make([]any, len(a.lessons))
	for i, lesson := range a.lessons {
		lessons[i] = t.text(strings.Join(strings.Fields(lesson), " "))
	}
	if st.Fields["lessons"] = lessons; len(lessons) == 0 {
		t.warn(a.line, "has no lessons", "right is one sentence each, below Lessons")
	}
	t.remark(st)
	t.links(st)
}

func (t *teller) text(s string) string {
	if t.File.Discreet() {
		return speech.WithoutHandles(s)
	}
	return s
}

func (t *teller) put(st *record.Statement, field, value, where string) {
	if value == "" {
		t.warn(t.a.line, "says nothing of "+field, "right is text at "+where)
		return
	}
	st.Fields[field] = t.text(value)
}

// class is what the document's own marking says, or what the load says of it.
func (t *teller) class() (access.Class, bool) {
	if t.a.marking == "" {
		return t.File.Class, true
	}
	level := strings.ToLower(strings.ReplaceAll(t.a.marking, "+", "-"))
	if _, known := t.in.Ladder.Level(level); !known {
		t.problem(t.a.markingLine, fmt.Sprintf("is marked %s, which is no level", t.a.marking), "right is one of "+strings.Join(t.in.Ladder.Keys(), ", "))
		return access.Class{}, false
	}
	for _, atom := range t.File.Class.Atoms {
		if atom.Level == level {
			return t.File.Class, true
		}
	}
	atom := access.Atom{Level: level}
	if t.in.Ladder.WithoutAudience(atom) != "" {
		t.problem(t.a.markingLine, "is marked "+t.a.marking+", which stays with people who are named, and names no audience",
			"right is --level "+level+" with --audience, or a mapping that gives the file both")
		return access.Class{}, false
	}
	if level == t.in.Ladder.Lowest() {
		return access.Class{}, true
	}
	return access.NewClass(atom), true
}

// sayOutcome says what the table does, or what its severity means.
func (t *teller) sayOutcome(st *record.Statement) {
	said := strings.ToLower(t.a.facts["outcome"])
	switch {
	case strings.Contains(said, "near"):
		st.Fields["outcome"] = "NEAR_MISS"
	case strings.Contains(said, "success"):
		st.Fields["outcome"] = "SUCCESS"
	case said != "":
		st.Fields["outcome"] = "FAILURE"
	case strings.Contains(strings.ToUpper(t.a.facts["severity"]), "SEV4"):
		t.Derive(st, "outcome", "NEAR_MISS")
	default:
		t.Derive(st, "outcome", "FAILURE")
	}
}

func (t *teller) date(st *record.Statement, field, name string) {
	value := t.a.facts[name]
	if day := minutes.DateIn(value); day != "" {
		st.Fields[field] = day
	} else if value != "" {
		t.warn(t.a.line, fmt.Sprintf("has %q for %s, which is no day", value, name), "right is a day such as 2026-11-24 or 24 November 2026")
	}
}

// remark keeps what the model has no field for.
func (t *teller) remark(st *record.Statement) {
	var parts []string
	for _, name := range []string{"incident", "severity", "state"} {
		if value := t.a.facts[name]; value != "" {
			parts = append(parts, strings.ToUpper(name[:1])+name[1:]+": "+strings.TrimSuffix(value, ".")+".")
		}
	}
	if t.a.trigger != "" && t.a.trigger != t.a.root {
		parts = append(parts, "Trigger: "+strings.TrimSuffix(t.a.trigger, ".")+".")
	}
	if len(parts) > 0 {
		st.Fields["remark"] = t.text(strings.Join(parts, " "))
	}
}

// layerWords are what the template calls layers, as slugs.
var layerWords = map[string]string{
	"hardware-and-data-centre": "hardware-dc", "hardware": "hardware-dc", "data-centre": "hardware-dc", "platform-services": "platform", "application": "applications",
}

func (t *teller) links(st *record.Statement) {
	if id := (record.ID{Type: "Template", Key: "rca"}); t.known[id] {
		st.Links["template"] = []record.ID{id}
	}
	for _, word := range strings.FieldsFunc(t.a.facts["layer"], func(r rune) bool { return r == ',' || r == ';' || r == '/' }) {
		slug := identity.Slug(strings.TrimSpace(word))
		if key := layerWords[slug]; key != "" && !t.known[record.ID{Type: "Layer", Key: slug}] {
			slug = key
		}
		if id := (record.ID{Type: "Layer", Key: slug}); t.known[id] {
			add(st, "layers", id)
		}
	}
	if id, found := t.platform(); found {
		st.Links["platform"] = []record.ID{id}
	}
	t.practices(st)
	for _, url := range t.a.links {
		t.Cite(st, url, speech.KindOf(url))
	}
}

func add(st *record.Statement, link string, id record.ID) {
	if !slices.Contains(st.Links[link], id) {
		st.Links[link] = append(st.Links[link], id)
	}
}

// platform is the one whose key, or whose name, the cell begins with: a version stands
// behind it.
func (t *teller) platform() (record.ID, bool) {
	cell := t.a.facts["platform"]
	if cell == "" {
		return record.ID{}, false
	}
	words := strings.Split(identity.Slug(cell), "-")
	for n := len(words); n > 0; n-- {
		for _, typ := range platformTypes {
			if id := (record.ID{Type: typ, Key: strings.Join(words[:n], "-")}); t.known[id] {
				return id, true
			}
		}
	}
	found := t.names.Begins(cell, platformTypes...)
	switch {
	case len(found) == 1:
		return found[0], true
	case len(found) > 1:
		t.warn(t.a.line, fmt.Sprintf("has %q for platform, and several are called so", cell), naming.Choice(found))
	default:
		t.warn(t.a.line, fmt.Sprintf("has %q for platform, which is not on the map", cell), naming.Hint(t.names.Near(cell, platformTypes...), "the key, or the name, of a solution or provider"))
	}
	return record.ID{}, false
}

var platformTypes = []string{"Solution", "Provider"}

// practices are those named by key, or by title; what is neither is said.
func (t *teller) practices(st *record.Statement) {
	for _, name := range strings.FieldsFunc(aURL.ReplaceAllString(t.a.practices, ""), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		name = strings.Trim(name, " `*_.[]()")
		if name == "" {
			continue
		}
		id := record.ID{Type: "Practice", Key: identity.Slug(name)}
		if t.known[id] {
			add(st, "distilledInto", id)
			continue
		}
		switch found := t.names.Find(name, "Practice"); len(found) {
		case 1:
			add(st, "distilledInto", found[0])
		case 0:
			t.warn(t.a.practicesLine, fmt.Sprintf("%q is no practice on the map", name), naming.Hint(t.names.Near(name, "Practice"), "the key, or the title, of a practice"))
		default:
			t.warn(t.a.practicesLine, fmt.Sprintf("several practices are called %q", name), naming.Choice(found))
		}
	}
}
