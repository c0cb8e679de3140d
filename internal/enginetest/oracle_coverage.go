package enginetest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// coveredBy are the dimensions of each subject of a coverage, and where they lead:
// a type, or nothing for words.
var coveredBy = map[string]map[string]string{
	"TOPICS":    {"LAYERS": "Layer", "PRACTICES": "Practice", "PLATFORMS": "Platform", "KIND": "", "STATUS": ""},
	"PRACTICES": {"LAYERS": "Layer", "TOPICS": "Topic", "PLATFORMS": "Platform", "KIND": "", "STATUS": "", "ACTOR": "", "AUTOMATION": "", "SCOPE": ""},
	"STORIES":   {"LAYERS": "Layer", "TOPICS": "Topic", "PRACTICES": "Practice", "PLATFORMS": "Platform", "KIND": "", "OUTCOME": ""},
	"SESSIONS":  {"LAYERS": "Layer", "TOPICS": "Topic", "PRACTICES": "Practice", "PLATFORMS": "Platform", "FORMAT": "", "STATE": ""},
}

var coverageSubjects = map[string]string{"TOPICS": "Topic", "PRACTICES": "Practice", "STORIES": "Story", "SESSIONS": "Session"}

// about are the records that an entry has to do with under a dimension, each once.
func (r *reading) about(e *entry, word string) []*entry {
	var out []*entry
	add := func(from *entry, link string) {
		for _, end := range r.linked(from, link) {
			if !slices.Contains(out, end) {
				out = append(out, end)
			}
		}
	}
	switch {
	case e.typ.Name == "Session" && word != "TOPICS":
		for _, x := range append(r.linked(e, "topics"), r.linked(e, "story")...) {
			for _, end := range r.about(x, word) {
				if !slices.Contains(out, end) {
					out = append(out, end)
				}
			}
		}
	case e.typ.Name == "Practice" && word == "PLATFORMS":
		for _, x := range r.linked(e, "implementations") {
			add(x, "platform")
		}
	case e.typ.Name == "Story" && word == "PLATFORMS":
		add(e, "platform")
	case e.typ.Name == "Story" && word == "PRACTICES":
		add(e, "distilledInto")
	default:
		add(e, strings.ToLower(word))
	}
	return out
}

// spot is a value of a dimension.
type spot struct {
	value string
	place []any
	entry *entry
}

// kept reports whether an entry meets the filter of the argument named like its
// type's list, if there is one.
func (r *reading) kept(e *entry, typeName string, args map[string]any) bool {
	t := r.catalog.Type(typeName)
	where, given := args[t.Plural].(map[string]any)
	return !given || r.meets(e, t, where)
}

// spots are all values of a dimension, in order.
func (r *reading) spots(subject, word string, args map[string]any) []spot {
	var out []spot
	typeName := coveredBy[subject][word]
	if typeName == "" {
		f := r.catalog.Type(coverageSubjects[subject]).Field(strings.ToLower(word))
		for i, v := range f.Enum.Values {
			out = append(out, spot{value: v, place: []any{int64(i)}})
		}
		return out
	}
	for _, e := range r.all(r.catalog.Type(typeName)) {
		if !r.kept(e, typeName, args) {
			continue
		}
		place := []any{e.id.Key}
		if word == "LAYERS" {
			place = []any{e.values["ordinal"], e.id.Key}
		}
		out = append(out, spot{value: e.id.Key, place: place, entry: e})
	}
	slices.SortFunc(out, func(a, b spot) int {
		return cmp.Or(comparePlaces(a.place, b.place), strings.Compare(a.entry.typ.Name, b.entry.typ.Name))
	})
	return slices.CompactFunc(out, func(a, b spot) bool { return a.value == b.value })
}

// valuesBy are the values of an entry under a dimension; one for each record.
func (r *reading) valuesBy(e *entry, subject, word string) []string {
	if coveredBy[subject][word] == "" {
		if v, ok := e.values[strings.ToLower(word)].(string); ok {
			return []string{v}
		}
		return nil
	}
	var out []string
	for _, end := range r.about(e, word) {
		out = append(out, end.id.Key)
	}
	return out
}

// covered counts the entries of a subject by their values, joined by bars.
func (r *reading) covered(subject string, by []string, args map[string]any) map[string]int {
	counts := map[string]int{}
	for _, e := range r.all(r.catalog.Type(coverageSubjects[subject])) {
		if !r.kept(e, e.typ.Name, args) {
			continue
		}
		for _, a := range r.valuesBy(e, subject, by[0]) {
			if len(by) == 1 {
				counts[a]++
				continue
			}
			for _, b := range r.valuesBy(e, subject, by[1]) {
				counts[a+"|"+b]++
			}
		}
	}
	return counts
}

func (r *reading) coverage(g *asked) {
	args := r.arguments(g.field())
	subject := args["of"].(string)
	var by []string
	for _, word := range args["by"].([]any) {
		by = append(by, word.(string))
	}
	counts := r.covered(subject, by, args)
	s := &stretch{}
	add := func(spots ...spot) {
		place, at := []any{subject + " " + strings.Join(by, " ")}, []string{}
		for _, x := range spots {
			place, at = append(place, x.place...), append(at, x.value)
		}
		n := counts[strings.Join(at, "|")]
		if empty, given := args["empty"].(bool); given && empty != (n == 0) {
			return
		}
		s.items = append(s.items, stretchItem{place: place, write: func(sets []ast.SelectionSet) { r.cell(sets, by, spots, n) }})
	}
	for _, a := range r.spots(subject, by[0], args) {
		if len(by) == 1 {
			add(a)
			continue
		}
		for _, b := range r.spots(subject, by[1], args) {
			add(a, b)
		}
	}
	s.total = len(s.items)
	s.cut(args)
	r.writeStretch(g, "CoverageCell", "coverage", s)
}

func (r *reading) cell(sets []ast.SelectionSet, by []string, spots []spot, count int) {
	r.object(sets, "CoverageCell", func(part *asked) {
		if part.field().Name == "count" {
			r.scalar(count)
			return
		}
		r.each(len(spots), func(i int) {
			r.object(part.below(), "CoverageValue", func(v *asked) {
				switch name := v.field().Name; {
				case name == "dimension":
					r.scalar(by[i])
				case name == "value":
					r.scalar(spots[i].value)
				case strings.EqualFold(name+"s", by[i]):
					r.record(v.below(), spots[i].entry)
				default:
					r.scalar(nil)
				}
			})
		})
	})
}
