// Package loader is the seam between what people wrote and the map: a Source reads
// files, issues or minutes into one changeset, and says what is wrong with them in
// the same form whatever they were. Nothing is stored here.
package loader

import (
	"context"
	"iter"
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// Source is something that speaks about the map.
type Source interface {
	// Read turns all of it into one changeset. Mistakes are in the Result; an error
	// is returned only when ctx ended before everything was read.
	Read(ctx context.Context, in Input) (*Result, error)
}

// Input is what every source is read with.
type Input struct {
	// Catalog is the model that the source is held against.
	Catalog *schema.Catalog
	// Name of the source: the statements are said by it, and those it no longer
	// says are retired.
	Name string
	// Class of records that state none of their own; the zero Class is open to
	// everyone.
	Class access.Class
	// Ladder is the levels that are there already, which the source may add to and
	// not change; empty where it brings the ladder itself.
	Ladder access.Ladder
	// Venues are known meetings and series under the Chatham House Rule. What is said
	// at one names nobody, unless AllowHandles.
	Venues       []record.ID
	AllowHandles bool
	// Known are records that may be referred to although the source does not speak
	// of them, and whose keys are taken: those of the shipped catalogue, or of the
	// store. Leave out those that only this source speaks of: it may have dropped or
	// renamed them.
	Known []record.ID
}

// Result is what a source says, or why it cannot be taken.
type Result struct {
	// Changeset replaces everything the source said before; nil when there are
	// Problems. Whoever applies it gives it an ID, an actor and a time: a store
	// ignores an ID it knows, and a source may return to what it said earlier.
	Changeset *record.Changeset
	// Hash of the names and contents that were read, equal for equal ones.
	Hash string
	// Problems keep the source from being taken, Warnings do not.
	Problems, Warnings Problems
	// Counts are the records by type.
	Counts map[string]int
}

// Err is the Problems as an error, nil when there are none.
func (r *Result) Err() error {
	if len(r.Problems) == 0 {
		return nil
	}
	return r.Problems
}

// Levels are the levels that a changeset states.
func Levels(c *record.Changeset) access.Ladder {
	var levels []access.Level
	for i := range c.Say {
		s := &c.Say[i]
		rank, ok := s.Fields["rank"].(int64)
		if s.ID.Type != "ConfidentialityLevel" || !ok {
			continue
		}
		level := access.Level{Key: s.ID.Key, Rank: int(rank)}
		level.NeedsAudience, _ = s.Fields["needsAudience"].(bool)
		level.Unlabelled, _ = s.Fields["unlabelled"].(bool)
		levels = append(levels, level)
	}
	return access.NewLadder(levels)
}

// ruleField says that a meeting or a series is under the Chatham House Rule.
const ruleField = "chathamHouse"

// MayBeVenue reports whether records of a type may be under the Chatham House Rule.
func MayBeVenue(catalog *schema.Catalog, typ string) bool {
	t := catalog.Type(typ)
	return t != nil && t.Field(ruleField) != nil
}

// Venues are those that are known, and the meetings and series that statements say to
// be under the Chatham House Rule, by their own word or by that of their series.
func Venues(catalog *schema.Catalog, say iter.Seq[*record.Statement], known []record.ID) []record.ID {
	const field, link = ruleField, "series"
	out := slices.Clone(known)
	for grown := true; grown; {
		grown = false
		for s := range say {
			if !MayBeVenue(catalog, s.ID.Type) || slices.Contains(out, s.ID) {
				continue
			}
			series := s.Links[link]
			if s.Fields[field] == true || len(series) == 1 && slices.Contains(out, series[0]) {
				out, grown = append(out, s.ID), true
			}
		}
	}
	return out
}

// Spoken are the records a changeset speaks of, to be Known to another source.
func Spoken(c *record.Changeset) []record.ID {
	return slices.AppendSeq(make([]record.ID, 0, len(c.Packed)+len(c.Say)), c.Subjects())
}
