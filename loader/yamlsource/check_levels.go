package yamlsource

import (
	"fmt"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
)

const (
	levelType = "ConfidentialityLevel"
	rankField = "rank"
	namedOnly = access.NamedOnly
)

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
	line := c.level.line
	for i, condition := range c.conditions {
		if condition.Then == namedOnly && c.level.key != namedOnly {
			line = c.then[i]
			break
		}
	}
	if c.level.key == namedOnly || slices.ContainsFunc(c.conditions, func(x access.Condition) bool { return x.Then == namedOnly }) {
		w.problem(r.at(line), fmt.Sprintf("%s is %s and names no audience", r.label, namedOnly), "add audience: with a list of groups")
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
	}
	w.checkDefaultClass()
}

func (w *world) checkDefaultClass() {
	levels := w.in.Catalog.Type(levelType)
	at := place{file: w.in.Name}
	for _, atom := range w.in.Class.Atoms {
		if w.there(levels, atom.Level) == nil {
			w.problem(at, "the level of the load is "+quote(atom.Level)+", and there is no such "+levelType, w.nearest(levels, atom.Level))
		}
		if atom.Level == namedOnly && len(atom.Audience) == 0 {
			w.problem(at, "the level of the load is "+namedOnly+" and names no audience", "right is a lower level, or an audience")
		}
	}
}
