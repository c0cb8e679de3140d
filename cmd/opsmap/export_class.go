package main

import (
	"context"
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// classesAtOnce is of how many records the classes are asked for together.
const classesAtOnce = 500

// ownClasses gives facts, such as a note on a practice, the class that was said of
// themselves. What is read of them by GraphQL is that together with the classes of
// what they are about, in words that hold neither apart: were it said of the fact, an
// embargo on a platform could end for a note that has none.
func ownClasses(ctx context.Context, s session, ladder access.Ladder, t *schema.Type, records []exportRecord) error {
	if !slices.ContainsFunc(t.Links, func(l *schema.Link) bool { return l.Binding && !l.Inverse }) {
		return nil
	}
	for some := range slices.Chunk(records, classesAtOnce) {
		ids := make([]record.ID, len(some))
		for i := range some {
			ids[i] = record.ID{Type: t.Name, Key: some[i].Key}
		}
		said, err := s.Said(ctx, []string{""}, ids...)
		if err != nil {
			return err
		}
		by := map[record.ID][]record.Packed{}
		for _, st := range said {
			by[st.ID] = append(by[st.ID], st)
		}
		for i := range some {
			if own, ok := merge.Own(by[ids[i]], ladder); ok {
				some[i].say(own, ladder)
			}
		}
	}
	return nil
}

// say makes a class that one atom can say that of the record.
func (r *exportRecord) say(class access.Class, ladder access.Ladder) {
	var atom access.Atom
	switch len(class.Atoms) {
	case 0:
		atom.Level = ladder.Lowest()
	case 1:
		atom = class.Atoms[0]
	default:
		return
	}
	r.Own = &exportClass{Level: atom.Level, Audience: atom.Audience}
	for _, c := range atom.Conditions {
		r.Own.Conditions = append(r.Own.Conditions, map[string]any{"reason": c.Reason, "until": c.Until.UTC().Format(time.RFC3339), "then": c.Then})
	}
}
