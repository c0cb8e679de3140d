package neo4j

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/open-operations/opsmap/schema"
)

// index is an index of the store; a unique one is a constraint. Neo4j's Community
// edition has both.
type index struct {
	label, property string
	unique          bool
	// searched are the labels of the full-text index, which has no label of its own.
	searched []string
}

// indexPrefix begins the names of the store's indexes.
const indexPrefix = "opsmap "

func (i index) name() string {
	if i.searched != nil {
		return searchIndex
	}
	return indexPrefix + i.label + " " + i.property
}

func (i index) create() string {
	name := "`" + i.name() + "`"
	if i.searched != nil {
		return i.createSearch(name)
	}
	node := "(n:" + quoted(i.label) + ")"
	if i.unique {
		return "CREATE CONSTRAINT " + name + " IF NOT EXISTS FOR " + node + " REQUIRE " + property("n", i.property) + " IS UNIQUE"
	}
	return "CREATE RANGE INDEX " + name + " IF NOT EXISTS FOR " + node + " ON (" + property("n", i.property) + ")"
}

// createSearch makes the full-text index: with the analyzer that parts words at
// white space only, and up to date with every commit.
func (i index) createSearch(name string) string {
	var labels, properties []string
	for _, label := range i.searched {
		labels = append(labels, quoted(label))
	}
	for _, p := range searchProperties() {
		properties = append(properties, property("n", p))
	}
	return "CREATE FULLTEXT INDEX " + name + " IF NOT EXISTS FOR (n:" + strings.Join(labels, "|") + ") ON EACH [" + strings.Join(properties, ", ") + "]" +
		" OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}"
}

// searchProperties are those in the full-text index: a record's words, and its type
// to narrow a search to.
func searchProperties() []string {
	out := []string{propType}
	for tier := schema.Tier(1); int(tier) <= schema.Tiers; tier++ {
		out = append(out, textOf(tier))
	}
	return out
}

// hasIndex reports whether a field has an index: the key, and the numbers and
// days that lists are ordered by and every record has. There is none on text,
// where a value of more than 8 kB could not be written, and none on _class:
// nearly every record of a small community is open to nearly everyone, so that
// Neo4j does better to look at those it has found than to look them up.
func hasIndex(f *schema.Field) bool {
	if f.System != schema.NotSystem {
		return f.System == schema.SysKey
	}
	switch f.Kind {
	case schema.Int, schema.Date, schema.DateTime:
		return f.Required && !f.List
	default:
		return false
	}
}

// indexes of a model.
func indexes(c *schema.Catalog) []index {
	out := []index{
		{label: labelMeta, property: "id", unique: true},
		{label: labelClass, property: "number", unique: true},
		{label: labelStatement, property: "record"},
		{label: labelStatement, property: "by"},
		{label: labelDormant, property: "record"},
		{label: labelDormant, property: "to"},
		{label: labelChangeset, property: "id", unique: true},
		{label: labelChangeset, property: "log"},
		{label: labelToken, property: "id", unique: true},
		{label: labelToken, property: "hash", unique: true},
	}
	if c.Searched != nil {
		out = append(out, index{searched: namesOf(c.Searched)})
	}
	for _, t := range c.Types {
		// Keys are unique in a type; see the package comment on families.
		out = append(out, index{label: t.Name, property: keyProperty, unique: !t.Interface})
		for _, f := range t.Fields {
			if f.System == schema.NotSystem && hasIndex(f) {
				out = append(out, index{label: t.Name, property: f.Name})
			}
		}
	}
	return out
}

// createIndexes makes those that are not there, drops those that another model
// has left, and waits until all are filled.
func (e *Engine) createIndexes(ctx context.Context) error {
	var changes []string
	err := e.reading(ctx, func(run runner) error {
		rows, err := all(ctx, run, "SHOW INDEXES YIELD name, owningConstraint, labelsOrTypes RETURN name, owningConstraint IS NOT NULL, labelsOrTypes", nil)
		changes = indexChanges(indexes(e.config.Catalog), rows)
		return err
	})
	if err != nil || len(changes) == 0 {
		return err
	}
	err = e.writing(ctx, func(run runner) error {
		for _, text := range changes {
			if _, err := all(ctx, run, text, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.reading(ctx, func(run runner) error {
		_, err := all(ctx, run, "CALL db.awaitIndexes($seconds)", map[string]any{"seconds": int64(e.config.OpenWithin / time.Second)})
		return err
	})
}

// indexChanges are the statements that make the wanted indexes of what is there:
// rows of a name, whether it is a constraint's, and the labels.
func indexChanges(wanted []index, there [][]any) []string {
	missing, byName := map[string]bool{}, map[string]index{}
	for _, i := range wanted {
		missing[i.name()], byName[i.name()] = true, i
	}
	var changes []string
	for _, row := range there {
		name, _ := row[0].(string)
		labels, _ := row[2].([]any)
		known := missing[name] && byName[name].covers(labels)
		if known {
			delete(missing, name)
		}
		if known || !strings.HasPrefix(name, indexPrefix) || strings.Contains(name, "`") {
			continue
		}
		kind := "INDEX"
		if row[1] == true {
			kind = "CONSTRAINT"
		}
		changes = append(changes, "DROP "+kind+" `"+name+"` IF EXISTS")
	}
	for _, i := range wanted {
		if missing[i.name()] {
			changes = append(changes, i.create())
		}
	}
	return changes
}

// covers reports whether the full-text index is over these labels; other indexes
// have theirs in their name.
func (i index) covers(labels []any) bool {
	if i.searched == nil {
		return true
	}
	for _, label := range i.searched {
		if !slices.Contains(labels, any(label)) {
			return false
		}
	}
	return len(labels) == len(i.searched)
}
