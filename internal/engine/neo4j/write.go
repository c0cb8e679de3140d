package neo4j

import (
	"iter"
	"slices"
	"time"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// wholeRows is how many rows one transaction writes. A larger changeset would not
// fit into the memory that Neo4j gives to one: 46,000 records and their links
// take 800 MB.
const wholeRows = 40_000

// ops is everything a delta does, but for the access value. They are made while they are
// taken, so that the rows of a large changeset are never in memory at once.
func (t *transaction) ops(d *merge.Delta, c *record.Changeset, attempt string) iter.Seq[op] {
	log := func(yield func(deed, any) bool) { yield(deed{kind: createLog}, logRow(d, c, attempt)) }
	parts := []iter.Seq2[deed, any]{
		classRows(d), t.unsaidRows(d), saidRows(d), t.linkRows(slices.Values(d.DropLinks), func(bool) opKind { return deleteLink }),
		recordRows(d), t.linkRows(d.PutLinks(), putLink), t.wokenRows(d), t.dormantRows(d), log,
	}
	return func(yield func(op) bool) {
		for _, part := range parts {
			for o := range inBatches(part) {
				if !yield(o) {
					return
				}
			}
		}
	}
}

func putLink(stored bool) opKind {
	if stored {
		return updateLink
	}
	return createLink
}

func classRows(d *merge.Delta) iter.Seq2[deed, any] {
	first := d.Table.Len() - len(d.Classes)
	return func(yield func(deed, any) bool) {
		for i, class := range d.Classes {
			if !yield(deed{kind: makeClasses}, []any{int64(first + i), class.Key()}) {
				return
			}
		}
	}
}

// unsaidRows delete statements, those that are said anew too: they are written anew.
func (t *transaction) unsaidRows(d *merge.Delta) iter.Seq2[deed, any] {
	unsay := deed{kind: deleteSaid}
	return func(yield func(deed, any) bool) {
		for _, r := range d.Unsay {
			if !yield(unsay, []any{r.ID.String(), indexable(r.Source)}) {
				return
			}
		}
		for s := range d.Say() {
			said := func(old merge.Said) bool { return old.Source == s.Source }
			if slices.ContainsFunc(t.loaded[s.ID].Said, said) && !yield(unsay, []any{s.ID.String(), indexable(s.Source)}) {
				return
			}
		}
	}
}

func saidRows(d *merge.Delta) iter.Seq2[deed, any] {
	return func(yield func(deed, any) bool) {
		for s := range d.Say() {
			row := map[string]any{
				"record": s.ID.String(), "source": s.Source, "by": indexable(s.Source), "edit": s.Edit,
				"fields": s.Fields, "links": s.Links,
				"class": int64(s.Number), "revision": s.Revision,
			}
			if !yield(deed{kind: createSaid}, row) {
				return
			}
		}
	}
}

func (t *transaction) linkRows(links iter.Seq[merge.Link], kind func(stored bool) opKind) iter.Seq2[deed, any] {
	return func(yield func(deed, any) bool) {
		for l := range links {
			what := deed{kind(t.stored[endsOf(l)]), [3]string{l.Relation.Name, l.From.Type, l.To.Type}}
			if !yield(what, []any{text.OrderKey(l.From.Key), text.OrderKey(l.To.Key), int64(l.Class)}) {
				return
			}
		}
	}
}

// logRow says that the changeset was applied and, if it changed something, is its row of
// the change log: only those have log.
func logRow(d *merge.Delta, c *record.Changeset, attempt string) map[string]any {
	row := map[string]any{"id": indexable(d.ID), "name": d.ID, "attempt": attempt, "revision": d.Revision}
	if d.Changed {
		row["log"], row["actor"], row["at"] = d.Revision, c.Actor, c.At.UTC().Format(time.RFC3339Nano)
		row["touched"] = boxed(textsOf(d.Touched))
	}
	return row
}
