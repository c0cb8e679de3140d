package question

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

// walker reads where the visible links of records lead, many records at a time.
// Every read is a guarded plan, so what a viewer may not see is not walked over.
type walker struct {
	catalog *schema.Catalog
	call    Call
	via     via
}

// tie is a link as it is stored.
type tie struct {
	from record.ID
	name string
	to   record.ID
}

// other is the end of a tie that is not id.
func (t tie) other(id record.ID) record.ID {
	if t.from == id {
		return t.to
	}
	return t.from
}

func compareTies(a, b tie) int {
	return cmp.Or(compareIDs(a.from, b.from), cmp.Compare(a.name, b.name), compareIDs(a.to, b.to))
}

// compareIDs orders ids as texts.
func compareIDs(a, b record.ID) int { return cmp.Compare(a.String(), b.String()) }

// level is what one round of reading found.
type level struct {
	// there are the records that were asked for and may be seen.
	there map[record.ID]bool
	ties  []tie
}

// chunk is how many records of a type are read from at once. Together with the
// limit of each link it bounds what is read before anybody counts.
const chunk = 32

// around reads the links of records in both directions, along each link to the
// first few records only. It ends early when it has found more than enough links.
func (w *walker) around(ctx context.Context, ids []record.ID, few, enough int, read linkRead) (*level, error) {
	out := &level{there: map[record.ID]bool{}}
	columns := func(t *schema.Type) []plan.Column { return w.columns(t, plan.Param(0), read) }
	for byType := range w.chunks(ids) {
		if len(out.ties) > enough {
			break
		}
		if err := w.run(ctx, out, byType, []any{int64(few)}, columns); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// between reads all links among records.
func (w *walker) between(ctx context.Context, ids []record.ID) ([]tie, error) {
	var keys []any
	for _, id := range ids {
		keys = append(keys, id.Key)
	}
	out := &level{there: map[record.ID]bool{}}
	stored := func(t *schema.Type) []plan.Column { return w.columns(t, plan.Param(0), w.among) }
	for byType := range w.chunks(ids) {
		if err := w.run(ctx, out, byType, []any{keys}, stored); err != nil {
			return nil, err
		}
	}
	known := map[record.ID]bool{}
	for _, id := range ids {
		known[id] = true
	}
	out.ties = slices.DeleteFunc(out.ties, func(t tie) bool { return !known[t.to] })
	slices.SortFunc(out.ties, compareTies)
	return out.ties, nil
}

// chunks takes ids apart, so many of each type at a time.
func (w *walker) chunks(ids []record.ID) func(yield func(map[string][]record.ID) bool) {
	byType := map[string][]record.ID{}
	for _, id := range ids {
		if t := w.catalog.Type(id.Type); t != nil && !t.Interface {
			byType[id.Type] = append(byType[id.Type], id)
		}
	}
	return func(yield func(map[string][]record.ID) bool) {
		for len(byType) > 0 {
			part := map[string][]record.ID{}
			for name, all := range byType {
				n := min(chunk, len(all))
				part[name], byType[name] = all[:n], all[n:]
				if n == len(all) {
					delete(byType, name)
				}
			}
			if !yield(part) {
				return
			}
		}
	}
}

// linkRead makes the read along a link, or nil where it is not walked.
type linkRead func(l *schema.Link, param plan.Param) *plan.Read

// columns of a record: its key, then where its links lead.
func (w *walker) columns(t *schema.Type, param plan.Param, read linkRead) []plan.Column {
	columns := []plan.Column{{Field: t.Field("key")}}
	for _, l := range t.Links {
		if !w.via.walks(l) {
			continue
		}
		if r := read(l, param); r != nil {
			columns = append(columns, plan.Column{Read: r})
		}
	}
	return columns
}

// ends is a read of the keys of the records that a link leads to.
func (w *walker) ends(l *schema.Link) *plan.Read {
	key := l.Target.Field("key")
	r := &plan.Read{
		From: plan.FromLink{Link: l}, Guard: w.call.Guard, Rows: true,
		Page: plan.Page{Limit: plan.NoParam}, Columns: []plan.Column{{Field: key}},
	}
	if l.Many {
		r.Order = []plan.Term{{Field: key}}
	}
	return r
}

// neighbours reads the first records that a link leads to.
func (w *walker) neighbours(l *schema.Link, limit plan.Param) *plan.Read {
	r := w.ends(l)
	if l.Many {
		r.Page.Limit = limit
	}
	return r
}

// among reads those of the records with the given keys that a stored link leads to.
func (w *walker) among(l *schema.Link, keys plan.Param) *plan.Read {
	if l.Inverse {
		return nil
	}
	r := w.ends(l)
	r.Where = plan.Compare{Field: l.Target.Field("key"), Op: plan.In, Param: keys}
	return r
}

// run reads from the records of each type and adds what it finds to out.
func (w *walker) run(ctx context.Context, out *level, byType map[string][]record.ID, params []any, columns func(*schema.Type) []plan.Column) error {
	p := &plan.Plan{Guard: w.call.Guard, Params: params}
	names := slices.Sorted(maps.Keys(byType))
	for _, name := range names {
		t := w.catalog.Type(name)
		p.Params = append(p.Params, byType[name])
		p.Roots = append(p.Roots, &plan.Read{
			From: plan.FromIDs{Type: t, IDs: plan.Param(len(p.Params) - 1)}, Guard: w.call.Guard,
			Rows: true, Page: plan.Page{Limit: plan.NoParam}, Columns: columns(t),
		})
	}
	answer, err := w.call.View.Run(ctx, p)
	if err != nil {
		return err
	}
	for i, set := range answer.Sets {
		for _, row := range set.Rows {
			id := record.ID{Type: names[i], Key: row.Cells[0].(string)}
			out.there[id] = true
			for n, col := range p.Roots[i].Columns[1:] {
				out.add(id, col.Read.From.(plan.FromLink).Link, row.Cells[n+1].(*plan.Set))
			}
		}
	}
	return nil
}

func (v *level) add(id record.ID, l *schema.Link, set *plan.Set) {
	for _, row := range set.Rows {
		t := tie{from: id, name: l.Relation.Field, to: record.ID{Type: row.Type.Name, Key: row.Cells[0].(string)}}
		if l.Inverse {
			t.from, t.to = t.to, t.from
		}
		v.ties = append(v.ties, t)
	}
}
