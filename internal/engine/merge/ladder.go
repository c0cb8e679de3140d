package merge

import (
	"slices"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// settleLadder finds the ladder after the changeset. Levels are records, and how
// their statements merge depends on how their classes rank; so a first ladder is
// read from the levels with every statement counting, and the second, which
// counts from then on, from the levels as they merge under the first.
func (p *planner) settleLadder() error {
	p.base, p.ladder = p.head.Table.Ladder(), p.head.Table.Ladder()
	touched := false
	for id := range p.drafts {
		touched = touched || id.Type == levelType
	}
	if !touched {
		return nil
	}
	levels, err := p.loadLevels()
	if err != nil {
		return err
	}
	for _, read := range []struct {
		blind bool
		into  *access.Ladder
	}{{true, &p.base}, {false, &p.ladder}} {
		if *read.into, err = p.readLadder(levels, read.blind); err != nil {
			return err
		}
		clear(p.classes.ranks)
	}
	if slices.Equal(p.ladder, p.head.Table.Ladder()) {
		return nil
	}
	mixed, err := p.tx.Mixed(p.ctx)
	if err != nil {
		return err
	}
	return p.enlist(mixed)
}

// loadLevels makes drafts of all levels.
func (p *planner) loadLevels() ([]*draft, error) {
	var ids []record.ID
	for _, level := range p.head.Table.Ladder() {
		ids = append(ids, record.ID{Type: levelType, Key: level.Key})
	}
	if err := p.enlist(ids); err != nil {
		return nil, err
	}
	var out []*draft
	for id, d := range p.drafts {
		if id.Type == levelType {
			out = append(out, d)
		}
	}
	return out, nil
}

func (p *planner) readLadder(levels []*draft, blind bool) (access.Ladder, error) {
	var out []access.Level
	for _, d := range levels {
		values, err := p.merge(d, blind)
		if err != nil {
			return nil, err
		}
		if !d.complete {
			continue
		}
		if level, ok := LevelOf(d.shape.t, d.id.Key, values); ok {
			out = append(out, level)
		}
	}
	return access.NewLadder(out), nil
}

// LevelOf is what a record of type ConfidentialityLevel with those values says
// about the ladder; ok is false for a model whose levels have no rank.
func LevelOf(t *schema.Type, key string, values []any) (level access.Level, ok bool) {
	value := func(name string) any {
		if f := t.Field(name); f != nil {
			return values[f.Index]
		}
		return nil
	}
	rank, _ := value("rank").(int64)
	level = access.Level{Key: key, Rank: int(rank)}
	level.NeedsAudience, _ = value("needsAudience").(bool)
	level.Unlabelled, _ = value("unlabelled").(bool)
	return level, t.Field("rank") != nil
}
