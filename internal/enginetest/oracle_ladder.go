package enginetest

import (
	"cmp"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
)

// The ladder, asked of each record: a practice stands where its own words say, an issue
// only while no practice answers it, a story while it came to neither.

var ladderStages = []string{"STORY", "RECURRING_ISSUE", "PRACTICE", "AUTOMATED"}

// stageOf is the index of the stage of a record; -1 for one that is not on the ladder.
func (r *reading) stageOf(e *entry) int {
	issues := r.issuesOf(e)
	switch e.typ.Name {
	case "Practice":
		switch {
		case e.values["status"] == "WANTED":
			return 1
		case e.values["automation"] == "AUTOMATED":
			return 3
		}
		return 2
	case "Topic":
		if e.values["kind"] == "RECURRING_ISSUE" && len(r.linked(e, "practices")) == 0 {
			return 1
		}
	case "Story":
		if len(r.linked(e, "distilledInto"))+len(issues) == 0 {
			return 0
		}
	}
	return -1
}

// issuesOf are the recurring issues that a practice or a story has to do with.
func (r *reading) issuesOf(e *entry) []*entry {
	if e.typ.Name == "Topic" {
		return nil
	}
	return slices.DeleteFunc(byKey(r.linked(e, "topics")), func(t *entry) bool { return t.values["kind"] != "RECURRING_ISSUE" })
}

func byKey(all []*entry) []*entry {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b *entry) int { return cmp.Compare(a.id.Key, b.id.Key) })
	return slices.Compact(out)
}

func (r *reading) storiesBehind(e *entry) []*entry {
	if e.typ.Name == "Story" {
		return nil
	}
	out := slices.Clone(r.linked(e, "stories"))
	for _, issue := range r.issuesOf(e) {
		out = append(out, r.linked(issue, "stories")...)
	}
	return byKey(out)
}

// confirmedBy are the confirmations of a practice's notes, the newest first.
func (r *reading) confirmedBy(e *entry) []*entry {
	if e.typ.Name != "Practice" {
		return nil
	}
	var out []*entry
	for _, note := range r.linked(e, "portabilityNotes") {
		out = append(out, r.linked(note, "confirmations")...)
	}
	slices.SortFunc(out, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.values["on"].(string), a.values["on"].(string)), cmp.Compare(a.id.Key, b.id.Key))
	})
	return out
}

func (r *reading) ladder(g *asked) {
	args := r.arguments(g.field())
	s := &stretch{}
	for _, name := range []string{"Practice", "Story", "Topic"} {
		for _, e := range r.all(r.catalog.Type(name)) {
			stage := r.stageOf(e)
			if wanted, given := args["stage"].(string); stage < 0 || given && wanted != ladderStages[stage] {
				continue
			}
			s.items = append(s.items, stretchItem{
				place: []any{int64(stage), name, e.id.Key}, write: func(sets []ast.SelectionSet) { r.stand(sets, e, stage) },
			})
		}
	}
	slices.SortFunc(s.items, func(a, b stretchItem) int { return comparePlaces(a.place, b.place) })
	s.total = len(s.items)
	s.cut(args)
	r.writeStretch(g, "LadderStand", "ladder", s)
}

func (r *reading) stand(sets []ast.SelectionSet, e *entry, stage int) {
	confirmations := r.confirmedBy(e)
	records := func(part *asked, all []*entry) { r.each(len(all), func(i int) { r.record(part.below(), all[i]) }) }
	r.object(sets, "LadderStand", func(part *asked) {
		switch name := part.field().Name; name {
		case "stage":
			r.scalar(ladderStages[stage])
		case "next":
			if stage == 3 {
				r.scalar(nil)
				return
			}
			r.scalar(ladderStages[stage+1])
		case "title":
			r.scalar(e.values["title"])
		case "issues":
			// A story with issues is not on the ladder.
			records(part, r.issuesOf(e))
		case "stories":
			records(part, r.storiesBehind(e))
		case "confirmations":
			records(part, confirmations)
		case "confirmedBy":
			var persons []*entry
			for _, c := range confirmations {
				for _, p := range r.linked(c, "person") {
					if !slices.Contains(persons, p) {
						persons = append(persons, p)
					}
				}
			}
			records(part, persons)
		case "confirmedOn":
			if len(confirmations) == 0 {
				r.scalar(nil)
				return
			}
			r.scalar(confirmations[0].values["on"])
		default:
			if r.catalog.Type(e.typ.Name).Singular != name {
				r.scalar(nil)
				return
			}
			r.record(part.below(), e)
		}
	})
}
