package yamlsource

import (
	"fmt"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
)

const (
	levelType       = "ConfidentialityLevel"
	rankField       = "rank"
	audienceField   = "needsAudience"
	unlabelledField = "unlabelled"
)

// flag of a record, false when its file does not say.
func (d *draft) flag(field string) bool {
	v := d.value(field)
	return v != nil && v.v == true
}

// needsAudience reports whether what has that level has to name an audience: by
// the source's own levels, else by those that are known.
func (w *world) needsAudience(level string) bool {
	if r := w.byID[record.ID{Type: levelType, Key: level}]; r != nil {
		return r.flag(audienceField)
	}
	known, _ := w.in.Ladder.Level(level)
	return known.NeedsAudience
}

// fallback is the class of records that state none: that of the load, else the
// level that the source's own ladder has for them, else open to everyone.
func (w *world) fallback() access.Class {
	if len(w.in.Class.Atoms) > 0 {
		return w.in.Class
	}
	for _, r := range w.records {
		if r.typ.Name == levelType && r.flag(unlabelledField) {
			return access.NewClass(access.Atom{Level: r.id.Key})
		}
	}
	return access.Class{}
}

// checkClass checks who may see a record.
func (w *world) checkClass(r *draft) {
	c := &r.class
	if c.line == 0 {
		return
	}
	levels := w.in.Catalog.Type(levelType)
	switch {
	case c.level.key != "":
		w.resolve(r, levels, levelName, &c.level)
	case !r.gives(levelName):
		name := audienceName
		if r.gives(conditionsName) {
			name = conditionsName
		}
		w.problem(r.at(c.line), fmt.Sprintf("%s has %s and no %s", r.label, name, levelName), "add "+levelName+": with the key of a "+levelType)
	}
	for i, condition := range c.conditions {
		w.resolve(r, levels, conditionsName+".then", &target{key: condition.Then, line: c.then[i]})
	}
	if len(c.audience) > 0 {
		return
	}
	const hint = "add audience: with a list of groups"
	if w.needsAudience(c.level.key) {
		w.problem(r.at(c.level.line), fmt.Sprintf("%s is %s and names no audience", r.label, c.level.key), hint)
		return
	}
	for i, condition := range c.conditions {
		if w.needsAudience(condition.Then) {
			w.problem(r.at(c.then[i]), fmt.Sprintf("%s is %s and names no audience", r.label, condition.Then), hint)
			return
		}
	}
}

// checkLevels checks that the levels are a ladder, and that the class of the load
// stands on it.
func checkLevels(w *world) {
	first := map[any]*draft{}
	for _, r := range w.records {
		rank := r.value(rankField)
		if r.typ.Name != levelType || rank == nil || rank.v == nil {
			continue
		}
		if n := rank.v.(int64); n < 0 {
			w.problem(r.at(rank.line), fmt.Sprintf("%s: the rank is %d", r.label, n), "right is 0 for what is open to everyone, and more for what travels less far")
		}
		if other := first[rank.v]; other != nil {
			w.problem(r.at(rank.line), fmt.Sprintf("%s: the rank %d is that of %s too (%s)", r.label, rank.v, other.label, other.place),
				"right is a rank of its own for each level")
			continue
		}
		first[rank.v] = r
		w.checkKnownLevel(r, int(rank.v.(int64)), rank.line)
	}
	w.checkDefaultClass()
}

// checkKnownLevel holds a level against the ladder that is there. A source may add
// a step to it and repeat the ones there are; what changes one changes who sees
// records of others.
func (w *world) checkKnownLevel(r *draft, rank, line int) {
	const hint = "right is as it is there; a ladder of one's own comes with a catalogue (OPSMAP_CATALOGUE)"
	for _, known := range w.in.Ladder {
		switch {
		case known.Key == r.id.Key && known.Rank != rank:
			w.problem(r.at(line), fmt.Sprintf("%s has the rank %d in the map, not %d: a load does not change who sees what", r.label, known.Rank, rank), hint)
		case known.Key == r.id.Key && known.NeedsAudience && !r.flag(audienceField):
			w.problem(r.place, r.label+" needs an audience in the map, and not here: a load does not change who sees what", hint)
		case known.Key != r.id.Key && known.Rank == rank && w.byID[record.ID{Type: levelType, Key: known.Key}] == nil:
			w.problem(r.at(line), fmt.Sprintf("%s: the rank %d is that of %s in the map", r.label, rank, known.Key), "right is a rank of its own for each level")
		}
	}
}

func (w *world) checkDefaultClass() {
	w.checkClassOfLoad(place{file: w.in.Name}, w.in.Class)
	checked := map[string]bool{w.in.Class.Key(): true}
	for _, d := range w.docs {
		if key := d.class.Key(); !checked[key] {
			checked[key] = true
			w.checkClassOfLoad(place{file: d.file}, d.class)
		}
	}
}

func (w *world) checkClassOfLoad(at place, class access.Class) {
	levels := w.in.Catalog.Type(levelType)
	for _, atom := range class.Atoms {
		if w.there(levels, atom.Level) == nil {
			w.problem(at, "the level of the load is "+quote(atom.Level)+", and there is no such "+levelType, w.nearest(levels, atom.Level))
		}
		if w.needsAudience(atom.Level) && len(atom.Audience) == 0 {
			w.problem(at, "the level of the load is "+atom.Level+" and names no audience", "right is a lower level, or an audience")
		}
	}
}
