package embedded

import (
	"context"
	"database/sql"
	"strconv"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/search"
)

// loading reads a file into a first snapshot.
type loading struct {
	*store
	snap    *snapshot
	decoder merge.Decoder
	links   linkRows
	// words of each kind.
	words []wordList
	used  []bool
	// values is room for those of a record.
	values []any
}

// load reads the file. Where the model is another than the records were written
// with, links are left out: they are worked out anew.
func (s *store) load(ctx context.Context, m *model, otherModel bool) (*snapshot, error) {
	l := &loading{store: s, snap: newSnapshot(m), words: make([]wordList, len(m.kinds))}
	var err error
	if s.version, err = s.contentVersion(ctx); err != nil {
		return nil, err
	}
	steps := []func(context.Context) error{l.readClasses, l.readNodes, l.readLadder, l.readRelations}
	if !otherModel {
		steps = append(steps, l.readLinks)
	}
	for _, step := range append(steps, l.readRevision, l.readNumbers) {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	l.links.connect(l.snap)
	for i := range l.words {
		l.words[i].load(l.snap.populations[i])
	}
	return l.snap, nil
}

func (l *loading) readClasses(ctx context.Context) error {
	var classes []access.Class
	err := l.rows(ctx, func(r *sql.Rows) error {
		var number, sum int64
		var text string
		if err := l.scan(r, &number, &text, &sum); err != nil {
			return err
		}
		class, err := access.ParseClass(text)
		if err != nil || number != int64(len(classes)) || sum != sumOfClass(number, []byte(text)) {
			return l.damaged("class %d does not fit its checksum", number)
		}
		classes = append(classes, class)
		return nil
	}, "SELECT number, class, sum FROM class ORDER BY number")
	l.snap.table = access.NewTable(nil, classes)
	return err
}

// readNodes in the order of the table, which is that of type and key.
func (l *loading) readNodes(ctx context.Context) error {
	var row nodeRow
	var version, own, class sql.NullInt64
	var sum int64
	return l.rows(ctx, func(r *sql.Rows) error {
		err := l.scan(r, (*sql.RawBytes)(&row.typ), (*sql.RawBytes)(&row.key), &row.number, &version,
			(*sql.RawBytes)(&row.created), (*sql.RawBytes)(&row.updated), &own, &class, (*sql.RawBytes)(&row.fields), &sum)
		if err != nil {
			return err
		}
		row.version, row.own, row.class, row.alive = version.Int64, own.Int64, class.Int64, row.fields != nil
		if sum != row.sum() || row.number < 0 || row.number > 1<<31 {
			return l.damaged("the record %s:%s does not fit its checksum", row.typ, row.key)
		}
		return l.node(&row)
	}, "SELECT type, key, number, version, created_at, updated_at, own_class, class, fields, sum FROM node ORDER BY type, key")
}

func (l *loading) node(row *nodeRow) error {
	n := number(row.number)
	for int(n) >= len(l.used) {
		l.used = append(l.used, false)
	}
	l.used[n] = true
	k := l.snap.model.byName[string(row.typ)]
	if !row.alive || k == nil {
		id := record.ID{Type: string(row.typ), Key: string(row.key)}
		// Until readNumbers knows better.
		l.dormant[id] = dormant{number: n}
		return nil
	}
	if classes := int64(l.snap.table.Len()); row.class < 0 || row.class >= classes || row.own < 0 || row.own >= classes {
		return l.damaged("the record %s:%s has a class that is not there", row.typ, row.key)
	}
	l.values = append(l.values[:0], make([]any, len(k.Fields))...)
	values := l.values
	if err := l.decoder.Values(k.Type, string(row.fields), values); err != nil {
		return l.damaged("the record %s:%s cannot be read: %v", row.typ, row.key, err)
	}
	k.share(values)
	id := k.Name + ":" + string(row.key)
	key := id[len(k.Name)+1:]
	values[k.id], values[k.key], values[k.version] = id, key, row.version
	values[k.created], values[k.updated] = l.decoder.Word(string(row.created)), l.decoder.Word(string(row.updated))
	l.snap.place(n)
	text := search.DocumentOf(k.Type, values)
	l.words[k.number].add(n, text)
	*l.snap.node(n) = node{kind: k, key: key, cells: k.cellsOf(values), text: text, class: uint32(row.class), own: uint32(row.own)}
	p := l.snap.populations[k.number]
	p.keys.Load(key, n)
	p.count(uint32(row.class), 1)
	return nil
}

// place makes sure that there is a page for n.
func (s *snapshot) place(n number) {
	for int(n>>pageBits) >= len(s.pages) {
		s.pages = append(s.pages, new(page))
	}
}

// readLadder reads the ladder off the records that are it.
func (l *loading) readLadder(context.Context) error {
	k := l.snap.model.byName[levelType]
	if k == nil {
		return nil
	}
	var levels []access.Level
	l.snap.populations[k.number].keys.Scan(func(key string, n number) bool {
		if level, ok := merge.LevelOf(k.Type, key, l.snap.node(n).all()); ok {
			levels = append(levels, level)
		}
		return true
	})
	classes := make([]access.Class, l.snap.table.Len())
	for n := range classes {
		classes[n] = l.snap.table.Class(access.ClassNumber(n))
	}
	l.snap.table = access.NewTable(access.NewLadder(levels), classes)
	return nil
}

// readRelations reads the numbers of relations, and gives one to those that have
// none.
func (l *loading) readRelations(ctx context.Context) error {
	err := l.rows(ctx, func(r *sql.Rows) error {
		var number int64
		var name string
		err := l.scan(r, &number, &name)
		l.relations[name] = number
		return err
	}, "SELECT number, name FROM relation")
	if err != nil {
		return err
	}
	return l.inTransaction(ctx, func() error {
		for _, r := range l.snap.model.catalog.Relations {
			if _, known := l.relations[r.Name]; known {
				continue
			}
			n := int64(len(l.relations) + 1)
			if err := l.exec(ctx, "INSERT INTO relation (number, name) VALUES (?, ?)", n, r.Name); err != nil {
				return err
			}
			l.relations[r.Name] = n
		}
		return nil
	})
}

func (l *loading) readLinks(ctx context.Context) error {
	l.links.start(l.snap, l.relations)
	var relation, source, target, class, sum int64
	return l.rows(ctx, func(r *sql.Rows) error {
		if err := l.scan(r, &relation, &source, &target, &class, &sum); err != nil {
			return err
		}
		if sum != sumOfLink(relation, source, target, class) || class < 0 || class >= int64(l.snap.table.Len()) ||
			!l.links.add(l.snap, relation, source, target, class) {
			return l.damaged("the link from record %d to record %d does not fit its checksum or its ends", source, target)
		}
		return nil
	}, "SELECT relation, source, target, class, sum FROM link")
}

// readRevision and holds it against the change log.
func (l *loading) readRevision(ctx context.Context) error {
	text, err := l.meta(ctx, metaRevision)
	if err != nil {
		return err
	}
	var last sql.NullInt64
	if _, err := l.one(ctx, []any{&last}, "SELECT max(revision) FROM change_log"); err != nil {
		return err
	}
	l.snap.revision, err = strconv.ParseInt(text, 10, 64)
	if err != nil || l.snap.revision != last.Int64 {
		return l.damaged("it says it is at revision %q and its change log ends at %d", text, last.Int64)
	}
	return nil
}

// readNumbers finds out which numbers are free and which dormant records are
// spoken of.
func (l *loading) readNumbers(ctx context.Context) error {
	l.next = number(len(l.used))
	for n, used := range l.used {
		if !used {
			l.free = append(l.free, number(n))
		}
	}
	for id, d := range l.dormant {
		spoken, err := l.one(ctx, []any{new(int64)}, "SELECT 1 FROM statement WHERE node = ? LIMIT 1", d.number)
		if err != nil {
			return err
		}
		d.spoken = spoken
		l.dormant[id] = d
	}
	var last sql.NullInt64
	_, err := l.one(ctx, []any{&last}, "SELECT max(number) FROM statement")
	l.statements = last.Int64
	return err
}
