package yamlsource

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// check holds all records against each other and against the model.
func (w *world) check() {
	w.readAliases()
	for _, r := range w.records {
		w.resolveLinks(r)
		w.resolveWords(r)
		w.resolveSources(r)
		w.complete(r)
		w.checkClass(r)
	}
	w.checkDefaults()
	for _, check := range checks {
		check(w)
	}
	w.unusedSources()
	w.close(w.in.Name)
}

// checks are what the domain asks beyond the model, one file each.
var checks = []func(*world){
	checkNames, checkLevels, checkNotes, checkDates, checkOffers, checkCircles, checkSessions, checkChatham,
}

// resolveLinks finds the records that links lead to.
func (w *world) resolveLinks(r *draft) {
	for i := range r.links {
		p := &r.links[i]
		first := make(map[string]bool, len(p.targets))
		for j := range p.targets {
			t := &p.targets[j]
			if first[t.key] {
				w.problem(r.at(t.line), fmt.Sprintf("%s: %s names %s twice", r.label, p.link.Name, shownKey(t.key)), "right is once")
			}
			first[t.key] = true
			w.resolve(r, p.link.Target, p.link.Name, t)
		}
	}
}

// resolve finds the record of type to that t names.
func (w *world) resolve(r *draft, to *schema.Type, path string, t *target) {
	found := w.there(to, t.key)
	switch {
	case found != nil && found.Is(to):
		t.id = record.ID{Type: found.Name, Key: t.key}
	case found != nil:
		w.problem(r.at(t.line), fmt.Sprintf("%s: %s names %s, which is a %s", r.label, path, t.key, found.Name), "right is the key of a "+to.Name)
	default:
		w.dangling(r.at(t.line), fmt.Sprintf("%s: %s names %s, and there is no such %s", r.label, path, quote(t.key), to.Name), to, t.key)
	}
}

func (w *world) dangling(at place, message string, to *schema.Type, key string) {
	if !w.unread[key] {
		w.problem(at, message, w.nearest(to, key))
	}
}

// resolveWords checks values that have to be keys, as soon as there is a record
// whose key they could be.
func (w *world) resolveWords(r *draft) {
	for _, word := range r.words {
		t := w.in.Catalog.Type(word.vocabulary)
		f := w.families[t.Family]
		if f == nil || len(f.types) == 0 {
			continue
		}
		if found := f.types[word.key]; found == nil || !found.Is(t) {
			w.dangling(r.at(word.line), fmt.Sprintf("%s: %s is %s, and there is no such %s", r.label, word.path, quote(word.key), t.Name), t, word.key)
		}
	}
}

// resolveSources turns the citations of a record into the value of its field.
func (w *world) resolveSources(r *draft) {
	for i := range r.cited {
		c := &r.cited[i]
		if c.id == "" {
			continue
		}
		named := w.sources[c.id]
		if named == nil {
			if !w.unread[c.id] {
				w.problem(r.at(c.line), fmt.Sprintf("%s: there is no source %s", r.label, quote(c.id)), w.nearestSource(c.id))
			}
			continue
		}
		named.used = true
		refinement := c.what
		c.what = append(record.Object(nil), named.what...)
		for j, v := range refinement {
			if v != nil {
				c.what[j] = v
			}
		}
	}
}

func (w *world) nearestSource(id string) string {
	const otherwise = "add it to the section sources, or write {uri: …, kind: …} in its place"
	if w.budget -= len(w.sources); w.budget < 0 {
		return otherwise
	}
	return w.near(id, sortedKeys(w.sources), otherwise)
}

func (w *world) unusedSources() {
	for _, id := range sortedKeys(w.sources) {
		if s := w.sources[id]; !s.used && len(w.unread) == 0 {
			w.warning(s.place, "no record names the source "+shownKey(id), "name it where it is the source, or drop it")
		}
	}
}

// complete asks for what the model requires and the record does not give. A known
// record is no exception: who knows it may be this very source, before its file
// lost a line.
func (w *world) complete(r *draft) {
	if !r.in.exported && len(r.cited) == 0 && !r.miscited && !r.isTrue("unverified") {
		w.problem(r.place, r.label+" has no source and is not marked as unverified", "name where it comes from under sources:, or add unverified: true")
	}
	for _, f := range r.typ.Fields {
		if f.Stored() && f.Required && !f.List && f.Default == nil && !r.gives(f.Name) {
			w.problem(r.place, fmt.Sprintf("%s has no %s", r.label, f.Name), "add "+f.Name+": with "+wants(f))
		}
	}
	for _, l := range r.typ.Links {
		if l.Required && !l.Inverse && !r.gives(l.Name) {
			w.problem(r.place, fmt.Sprintf("%s has no %s", r.label, l.Name), "add "+l.Name+": with the key of a "+l.Target.Name)
		}
	}
}

// isTrue reports whether a record says true of a field.
func (d *draft) isTrue(field string) bool {
	v := d.value(field)
	return v != nil && v.v == true
}
