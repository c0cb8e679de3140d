package embedded

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
)

// write puts a delta into the open transaction, and into the snapshot that follows
// when it is committed: what a record has become is worked out once for both.
func (t *tx) write(ctx context.Context, c *record.Changeset, d *merge.Delta) error {
	t.following = newBuilder(t.base, d)
	for _, step := range []func() error{
		func() error { return t.writeClasses(ctx, d) },
		func() error { return t.writeStatements(ctx, d) },
		func() error { return t.writeNodes(ctx, d) },
		func() error { c.LetGo(); return t.writeLinks(ctx, d) },
		func() error { d.Done(); t.finish(d); return nil },
		func() error { return t.settleDormant(ctx) },
		func() error { return t.writeLog(ctx, c, d) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) writeClasses(ctx context.Context, d *merge.Delta) error {
	first := d.Table.Len() - len(d.Classes)
	for i, class := range d.Classes {
		n, text := int64(first+i), class.Key()
		err := t.exec(ctx, "INSERT INTO class (number, class, sum) VALUES (?, ?, ?)", n, text, sumOfClass(n, []byte(text)))
		if err != nil {
			return err
		}
	}
	return nil
}

// give a record a number, if it has none. Its row comes with its values, or when
// it turns out that it has none.
func (t *tx) give(id record.ID) number {
	if n, known := t.number(id); known {
		return n
	}
	n := t.next + number(t.fresh)
	if t.taken < len(t.free) {
		n = t.free[len(t.free)-1-t.taken]
		t.taken++
	} else {
		t.fresh++
	}
	t.sleepers[id] = sleeper{dormant: dormant{number: n}, fresh: true}
	return n
}

// nodes inserts the rows of records with values.
func (t *tx) nodes() *inserts {
	return &inserts{tx: t, columns: 10, insert: "INSERT OR REPLACE INTO node (type, key, number, version, created_at, updated_at, own_class, class, fields, sum) VALUES"}
}

func (r *nodeRow) values() []any {
	return []any{string(r.typ), string(r.key), r.number, r.version, string(r.created), string(r.updated), r.own, r.class, string(r.fields), r.sum()}
}

// writeDormant writes the row of a record without values.
func (t *tx) writeDormant(ctx context.Context, r *nodeRow) error {
	return t.exec(ctx, "INSERT OR REPLACE INTO node (type, key, number, sum) VALUES (?, ?, ?, ?)",
		string(r.typ), string(r.key), r.number, r.sum())
}

func (t *tx) writeStatements(ctx context.Context, d *merge.Delta) error {
	for _, r := range d.Unsay {
		t.mention(r.ID)
		if err := t.unsay(ctx, r.ID, r.Source, true); err != nil {
			return err
		}
	}
	said := saying{
		statements: &inserts{tx: t, columns: 9, insert: "INSERT OR REPLACE INTO statement (number, node, source, edit, class, revision, fields, links, sum) VALUES"},
		links:      &inserts{tx: t, columns: 3, insert: "INSERT OR IGNORE INTO said (target, relation, statement) VALUES"},
	}
	var err error
	for s := range d.Say() {
		t.mention(s.ID)
		if err = t.say(ctx, s, said); err != nil {
			break
		}
	}
	return errors.Join(err, said.statements.flush(ctx), said.links.flush(ctx))
}

// saying is the rows of what is said.
type saying struct{ statements, links *inserts }

// unsay removes what source said of id; gone when nothing of it takes its place.
func (t *tx) unsay(ctx context.Context, id record.ID, source string, gone bool) error {
	for i, old := range t.loaded[id] {
		if old.Source != source {
			continue
		}
		err := t.decoder.EachLink(old.Links, func(name string, targets []record.ID) error {
			for _, target := range targets {
				if err := t.forget(ctx, id, name, target, old.number); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		t.loaded[id] = slices.Delete(t.loaded[id], i, i+1)
		if gone {
			return t.exec(ctx, "DELETE FROM statement WHERE number = ?", old.number)
		}
		return nil
	}
	return nil
}

// forget one link of a statement.
func (t *tx) forget(ctx context.Context, id record.ID, name string, target record.ID, statement int64) error {
	n, known := t.number(target)
	if !known {
		return nil
	}
	// Perhaps nobody mentions it any more.
	t.mention(target)
	return t.exec(ctx, "DELETE FROM said WHERE target = ? AND relation = ? AND statement = ?", n, t.relation(id.Type, name), statement)
}

// wake notes that a record has values.
func (t *tx) wake(id record.ID) {
	t.mention(id)
	if s, may := t.sleepers[id]; may {
		s.awake = true
		t.sleepers[id] = s
	}
}

// mention makes sure that settleDormant looks at a dormant record.
func (t *tx) mention(id record.ID) {
	_, decided := t.sleepers[id]
	if d, there := t.dormant[id]; there && !decided {
		t.sleepers[id] = sleeper{dormant: d}
	}
}

func (t *tx) say(ctx context.Context, s *merge.Said, said saying) error {
	row := statementRow{
		node: int64(t.give(s.ID)), source: []byte(s.Source), edit: s.Edit, class: int64(s.Number), revision: s.Revision,
		fields: []byte(s.Fields), links: []byte(s.Links),
	}
	at := slices.IndexFunc(t.loaded[s.ID], func(old storedStatement) bool { return old.Source == s.Source })
	if at >= 0 {
		row.number = t.loaded[s.ID][at].number
		if err := t.unsay(ctx, s.ID, s.Source, false); err != nil {
			return err
		}
	} else {
		t.said++
		row.number = t.statements + t.said
	}
	err := said.statements.add(ctx, row.number, row.node, s.Source, row.edit, row.class, row.revision, s.Fields, s.Links, row.sum())
	if err != nil {
		return err
	}
	return t.decoder.EachLink(s.Links, func(name string, targets []record.ID) error {
		return t.sayLinks(ctx, s.ID.Type, name, targets, row.number, said.links)
	})
}

func (t *tx) sayLinks(ctx context.Context, typ, name string, targets []record.ID, statement int64, into *inserts) error {
	relation := t.relation(typ, name)
	for _, target := range targets {
		if err := into.add(ctx, t.give(target), relation, statement); err != nil {
			return err
		}
	}
	return nil
}

// relation is the number of the relation behind a link of a type; 0, which is
// none, for a link that the model no longer has.
func (t *tx) relation(typ, name string) int64 {
	k := t.base.model.byName[typ]
	if k == nil || k.Link(name) == nil {
		return 0
	}
	return t.relations[k.Link(name).Relation.Name]
}

func (t *tx) writeNodes(ctx context.Context, d *merge.Delta) error {
	nodes := t.nodes()
	var err error
	for p := range d.Puts() {
		if err = nodes.add(ctx, t.nodeRow(p)...); err != nil {
			break
		}
		n, _ := t.number(p.ID)
		t.following.put(&p.Record, n)
	}
	if err := errors.Join(err, nodes.flush(ctx)); err != nil {
		return err
	}
	for _, id := range d.Delete {
		n, _ := t.number(id)
		t.sleepers[id] = sleeper{dormant: dormant{number: n, spoken: true}}
		if err := t.writeDormant(ctx, &nodeRow{typ: []byte(id.Type), key: []byte(id.Key), number: int64(n)}); err != nil {
			return err
		}
	}
	return nil
}

// nodeRow is the values of a record's row.
func (t *tx) nodeRow(p *merge.Put) []any {
	n := t.give(p.ID)
	t.wake(p.ID)
	k := t.base.model.byName[p.ID.Type]
	row := nodeRow{
		typ: []byte(p.ID.Type), key: []byte(p.ID.Key), number: int64(n), alive: true,
		own: int64(p.Own), class: int64(p.Class), fields: []byte(merge.EncodeValues(p.Type, p.Values)),
	}
	row.version, _ = p.Values[k.version].(int64)
	row.created, row.updated = bytesOf(p.Values[k.created]), bytesOf(p.Values[k.updated])
	return row.values()
}

func bytesOf(v any) []byte {
	s, _ := v.(string)
	return []byte(s)
}

func (t *tx) writeLinks(ctx context.Context, d *merge.Delta) error {
	ends := func(l merge.Link) (relation int64, from, to number) {
		from, _ = t.number(l.From)
		to, _ = t.number(l.To)
		return t.relations[l.Relation.Name], from, to
	}
	for _, l := range d.DropLinks {
		relation, from, to := ends(l)
		if err := t.exec(ctx, "DELETE FROM link WHERE relation = ? AND source = ? AND target = ?", relation, from, to); err != nil {
			return err
		}
		t.following.link(l, from, to, true)
	}
	links := &inserts{tx: t, columns: 5, insert: "INSERT OR REPLACE INTO link (relation, source, target, class, sum) VALUES"}
	var err error
	for l := range d.PutLinks() {
		relation, from, to := ends(l)
		t.following.link(l, from, to, false)
		err = links.add(ctx, relation, from, to, int64(l.Class), sumOfLink(relation, int64(from), int64(to), int64(l.Class)))
		if err != nil {
			break
		}
	}
	return errors.Join(err, links.flush(ctx))
}

// finish the snapshot that follows.
func (t *tx) finish(d *merge.Delta) {
	var gone []number
	for _, id := range d.Delete {
		n, _ := t.number(id)
		gone = append(gone, n)
	}
	t.following.finish(gone)
}

// settleDormant finds out what is left of the records without values. Those that
// nobody speaks of and nobody links to are removed, so that what is retired leaves
// nothing behind.
func (t *tx) settleDormant(ctx context.Context) error {
	byID := func(a, b record.ID) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.Key, b.Key))
	}
	var asleep []record.ID
	for id, s := range t.sleepers {
		if !s.awake {
			asleep = append(asleep, id)
		}
	}
	slices.SortFunc(asleep, byID)
	for _, id := range asleep {
		if err := t.settleOne(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) settleOne(ctx context.Context, id record.ID) error {
	s := t.sleepers[id]
	wanted, err := t.wanted(ctx, &s.dormant)
	if err != nil {
		return err
	}
	switch {
	case wanted && s.fresh:
		err = t.writeDormant(ctx, &nodeRow{typ: []byte(id.Type), key: []byte(id.Key), number: int64(s.number)})
	case !wanted:
		t.freed = append(t.freed, s.number)
		s.awake = true
		err = t.exec(ctx, "DELETE FROM node WHERE type = ? AND key = ?", id.Type, id.Key)
	}
	t.sleepers[id] = s
	return err
}

// wanted reports whether anyone speaks of a record without values, which it
// notes, or links to it.
func (t *tx) wanted(ctx context.Context, d *dormant) (bool, error) {
	spoken, err := t.one(ctx, []any{new(int64)}, "SELECT 1 FROM statement WHERE node = ? LIMIT 1", d.number)
	if d.spoken = spoken; err != nil || spoken {
		return spoken, err
	}
	return t.one(ctx, []any{new(int64)}, "SELECT 1 FROM said WHERE target = ? LIMIT 1", d.number)
}

func (t *tx) writeLog(ctx context.Context, c *record.Changeset, d *merge.Delta) error {
	at := c.At.UTC().Format(time.RFC3339Nano)
	err := t.exec(ctx, "INSERT INTO changeset (id, actor, at, revision) VALUES (?, ?, ?, ?)", d.ID, c.Actor, at, d.Revision)
	if err != nil || !d.Changed {
		return err
	}
	ids := make([]string, len(d.Touched))
	for i, id := range d.Touched {
		ids[i] = id.String()
	}
	touched, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	err = t.exec(ctx, "INSERT INTO change_log (revision, changeset, actor, at, touched, sum) VALUES (?, ?, ?, ?, ?, ?)",
		d.Revision, d.ID, c.Actor, at, string(touched), sumOfChange(d.Revision, d.ID, c.Actor, at, string(touched)))
	if err != nil {
		return err
	}
	return t.setMeta(ctx, metaRevision, strconv.FormatInt(d.Revision, 10))
}

// adopt takes over, after the commit, what the transaction has changed in what
// the store knows of its file.
func (t *tx) adopt() {
	t.free = append(t.free[:len(t.free)-t.taken], t.freed...)
	t.next += number(t.fresh)
	t.statements += t.said
	for id, s := range t.sleepers {
		if s.awake {
			delete(t.dormant, id)
		} else {
			t.dormant[id] = s.dormant
		}
	}
}
