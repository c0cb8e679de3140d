package yamlsource

import (
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
	"github.com/open-operations/opsmap/schema"
)

const (
	ruleField    = "chathamHouse"
	ruleSeries   = "series"
	experience   = "EXPERIENCE"
	memberOf     = "memberOf"
	participants = "participants"
)

// checkChatham keeps the Chatham House Rule where the store cannot: who said
// something must not stand in the text of what was said, nor be its source.
func checkChatham(w *world) {
	for _, r := range w.records {
		at := w.venueOf(r)
		if at == nil {
			continue
		}
		if !w.in.AllowHandles {
			w.checkHandles(r, at)
			w.checkExperience(r, at)
		}
		w.checkGuess(r, at)
	}
}

// venueOf is the meeting or series under the rule that a record was said at; nil
// when there is none.
func (w *world) venueOf(r *draft) *record.ID {
	if w.underRule(r.id) {
		return &r.id
	}
	for i := range r.links {
		l := r.links[i].link
		if l.Many || l.Target.Field(ruleField) == nil {
			continue
		}
		for j := range r.links[i].targets {
			if id := r.links[i].targets[j].id; w.underRule(id) {
				return &id
			}
		}
	}
	return nil
}

// underRule reports whether the rule holds at a record: by its own word, by that
// of its series, or because the map says so.
func (w *world) underRule(id record.ID) bool {
	r := w.byID[id]
	if r == nil {
		return slices.Contains(w.in.Venues, id)
	}
	if r.typ.Field(ruleField) == nil {
		return false
	}
	if r.flag(ruleField) {
		return true
	}
	series := r.pointer(ruleSeries)
	return series != nil && len(series.targets) == 1 && w.underRule(series.targets[0].id)
}

func (w *world) checkHandles(r *draft, at *record.ID) {
	for i := range r.values {
		v := &r.values[i]
		if v.field.Kind != schema.String {
			continue
		}
		items, isList := v.v.([]any)
		if !isList {
			items = []any{v.v}
		}
		for n, item := range items {
			said, _ := item.(string)
			line := v.line
			if isList && n < len(v.items) {
				line = v.items[n]
			}
			for _, name := range text.Handles(said) {
				w.problem(r.at(line), fmt.Sprintf("%s: %s names @%s, and %s is under the Chatham House Rule", r.label, v.field.Name, name, at),
					"right is the statement without a name; --allow-handles takes it as it is")
			}
		}
	}
}

// checkExperience refuses sources that are what a person saw: they tell who said
// it.
func (w *world) checkExperience(r *draft, at *record.ID) {
	for _, c := range r.cited {
		kind := w.in.Catalog.Object("Source").Field("kind")
		if c.what != nil && kind != nil && c.what[kind.Index] == experience {
			w.problem(r.at(c.line), fmt.Sprintf("%s: its source is what a person saw, and %s is under the Chatham House Rule", r.label, at),
				"right is a source that does not tell who said it; --allow-handles takes it as it is")
		}
	}
}

// checkGuess warns where hiding who said it does not help: everybody at a meeting
// works for the same organisation, or a statement is about a platform of just one
// of those that were there.
func (w *world) checkGuess(r *draft, at *record.ID) {
	there := w.organisationsAt(*at)
	if r.id == *at {
		if len(there) == 1 && r.pointer(participants) != nil {
			w.warning(r.place, fmt.Sprintf("%s is under the Chatham House Rule, and everybody there whose organisation is known works for %s", r.label, there[0]),
				"whoever reads a statement can tell for whom its author works")
		}
		return
	}
	var fits []string
	for i := range r.links {
		for _, t := range r.links[i].targets {
			platform := w.byID[t.id]
			if platform == nil || r.links[i].link.Target.Name != "Platform" {
				continue
			}
			if of := platform.to("organisation"); slices.Contains(there, of) && !slices.Contains(fits, of) {
				fits = append(fits, of)
			}
		}
	}
	if len(fits) == 1 {
		w.warning(r.place, fmt.Sprintf("%s was said under the Chatham House Rule, and of the organisations there only %s fits what it is about", r.label, fits[0]),
			"leave the platform out, or make the statement broader")
	}
}

// organisationsAt are those that the participants of a meeting work for, as far as
// the files say so.
func (w *world) organisationsAt(meeting record.ID) []string {
	m := w.byID[meeting]
	if m == nil || m.pointer(participants) == nil {
		return nil
	}
	var out []string
	for _, t := range m.pointer(participants).targets {
		if person := w.byID[t.id]; person != nil {
			if of := person.to(memberOf); of != "" && !slices.Contains(out, of) {
				out = append(out, of)
			}
		}
	}
	return out
}
