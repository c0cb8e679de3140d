package neo4j

import (
	"cmp"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/text"
)

// wholeRows is how many rows one transaction writes. A larger changeset would not
// fit into the memory that Neo4j gives to one: 46,000 records and their links
// take 800 MB.
const wholeRows = 40_000

// ops is everything a delta does, but for the access value. Its parts are made side
// by side: the server waits for them.
func (t *transaction) ops(d *merge.Delta, c *record.Changeset, attempt string) []op {
	parts := []func() []op{
		func() []op { return classOps(d) },
		func() []op { return t.statementOps(d) },
		func() []op { return t.linkOps(slices.Values(d.DropLinks), func(bool) opKind { return deleteLink }) },
		func() []op { return t.recordOps(d) },
		func() []op { return t.linkOps(d.PutLinks(), putLink) },
		func() []op { return t.dormantOps(d) },
		func() []op { return []op{logOp(d, c, attempt)} },
	}
	made := make([][]op, len(parts))
	var all sync.WaitGroup
	for i, part := range parts {
		all.Go(func() { made[i] = part() })
	}
	all.Wait()
	return slices.Concat(made...)
}

func putLink(stored bool) opKind {
	if stored {
		return updateLink
	}
	return createLink
}

func rowsOf(ops []op) int {
	n := 0
	for _, o := range ops {
		n += len(o.rows)
	}
	return n
}

func classOps(d *merge.Delta) []op {
	first := d.Table.Len() - len(d.Classes)
	rows := make([]any, len(d.Classes))
	for i, class := range d.Classes {
		rows[i] = []any{int64(first + i), class.Key()}
	}
	return []op{{kind: makeClasses, rows: rows}}
}

// statementOps delete statements and create them; one that is said anew is
// written anew.
func (t *transaction) statementOps(d *merge.Delta) []op {
	gone, made := op{kind: deleteSaid}, op{kind: createSaid}
	for _, r := range d.Unsay {
		gone.rows = append(gone.rows, []any{r.ID.String(), indexable(r.Source)})
	}
	for s := range d.Say() {
		said := func(old merge.Said) bool { return old.Source == s.Source }
		if slices.ContainsFunc(t.loaded[s.ID].Said, said) {
			gone.rows = append(gone.rows, []any{s.ID.String(), indexable(s.Source)})
		}
		made.rows = append(made.rows, map[string]any{
			"record": s.ID.String(), "source": s.Source, "by": indexable(s.Source), "edit": s.Edit,
			"fields": s.Fields, "links": s.Links,
			"class": int64(s.Number), "revision": s.Revision,
		})
	}
	return []op{gone, made}
}

func (t *transaction) linkOps(links iter.Seq[merge.Link], kind func(stored bool) opKind) []op {
	type group struct {
		kind               opKind
		relation, from, to string
	}
	groups := map[group][]any{}
	for l := range links {
		g := group{kind(t.stored[endsOf(l)]), l.Relation.Name, l.From.Type, l.To.Type}
		groups[g] = append(groups[g], []any{text.OrderKey(l.From.Key), text.OrderKey(l.To.Key), int64(l.Class)})
	}
	out := make([]op, 0, len(groups))
	for g, rows := range groups {
		out = append(out, op{kind: g.kind, names: []string{g.relation, g.from, g.to}, rows: rows})
	}
	slices.SortFunc(out, func(a, b op) int { return cmp.Or(cmp.Compare(a.kind, b.kind), slices.Compare(a.names, b.names)) })
	return out
}

// logOp writes that the changeset was applied and, if it changed something, its
// row of the change log: only those have log.
func logOp(d *merge.Delta, c *record.Changeset, attempt string) op {
	row := map[string]any{"id": indexable(d.ID), "name": d.ID, "attempt": attempt, "revision": d.Revision}
	if d.Changed {
		row["log"], row["actor"], row["at"] = d.Revision, c.Actor, c.At.UTC().Format(time.RFC3339Nano)
		row["touched"] = boxed(textsOf(d.Touched))
	}
	return op{kind: createLog, rows: []any{row}}
}
