package neo4j

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/schema"
)

const statementsText = `UNWIND $rows AS id
MATCH (s:_Statement {record: id})
RETURN s.record, s.source, s.fields, s.links, s.class, s.edit, s.revision`

// Load is everything stored about the ids.
func (t *transaction) Load(ctx context.Context, ids []record.ID) (map[record.ID]merge.Stored, error) {
	out := make(map[record.ID]merge.Stored, len(ids))
	if t.empty() {
		return out, nil
	}
	err := batches(ctx, t.run, statementsText, textsOf(ids), func(row []any) error {
		said, err := t.readSaid(row)
		if err != nil {
			return err
		}
		stored := out[said.ID]
		stored.Said = append(stored.Said, said)
		out[said.ID] = stored
		return nil
	})
	if err != nil {
		return nil, err
	}
	for typ, keys := range t.byType(ids) {
		form := newRecordForm(typ)
		err := batches(ctx, t.run, form.statement, keys, func(row []any) error {
			r, err := t.readRecord(form, row)
			if err == nil {
				stored := out[r.ID]
				stored.Record = r
				out[r.ID] = stored
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	maps.Copy(t.loaded, out)
	return out, nil
}

// Forget lets go of what was loaded.
func (t *transaction) Forget(ids []record.ID) {
	for _, id := range ids {
		if r := t.loaded[id].Record; r != nil {
			for _, l := range r.Links {
				delete(t.stored, linkEnds{l.Relation.Name, id, l.To})
			}
		}
		delete(t.loaded, id)
	}
}

func (t *transaction) readSaid(row []any) (merge.Said, error) {
	s := merge.Said{Packed: &record.Packed{}}
	var err error
	if s.ID, err = readID(row[0]); err != nil {
		return s, err
	}
	s.Source, _ = row[1].(string)
	s.Fields, _ = row[2].(string)
	s.Links, _ = row[3].(string)
	class, _ := row[4].(int64)
	s.Edit, _ = row[5].(bool)
	s.Revision, _ = row[6].(int64)
	s.Number = access.ClassNumber(class)
	if class < 0 || int(class) >= t.table.Len() {
		return s, fmt.Errorf("the store is damaged: there is no class %d", class)
	}
	s.Class = t.table.Class(s.Number)
	return s, nil
}

// recordForm is how the records of a type are loaded.
type recordForm struct {
	typ       *schema.Type
	statement string
	relations map[string]*schema.Relation
}

func newRecordForm(t *schema.Type) *recordForm {
	f := &recordForm{typ: t, relations: map[string]*schema.Relation{}}
	cells := []string{"n.key", "coalesce(n._own, n._class)", "n._class"}
	for _, field := range t.Fields {
		if kept(field) {
			for _, name := range columns(field) {
				cells = append(cells, property("n", name))
			}
		}
	}
	var names []string
	for _, l := range t.Links {
		if !l.Inverse {
			f.relations[l.Relation.Name] = l.Relation
			names = append(names, quoted(l.Relation.Name))
		}
	}
	links := "[]"
	if len(names) > 0 {
		links = "COLLECT { MATCH (n)-[r:" + strings.Join(names, "|") + "]->(m) RETURN [type(r), m._type, m.key, r._class] }"
	}
	f.statement = "UNWIND $rows AS key MATCH (n:" + quoted(t.Name) + " {" + quoted(keyProperty) + ": key})\n" +
		"RETURN " + links + ", [" + strings.Join(cells, ", ") + "]"
	return f
}

func (t *transaction) readRecord(form *recordForm, row []any) (*merge.Record, error) {
	cells, _ := row[1].([]any)
	key, _ := cells[0].(string)
	own, _ := cells[1].(int64)
	class, _ := cells[2].(int64)
	r := &merge.Record{
		ID: record.ID{Type: form.typ.Name, Key: key}, Type: form.typ, Values: make([]any, len(form.typ.Fields)),
		Own: access.ClassNumber(own), Class: access.ClassNumber(class),
	}
	at := 3
	for _, f := range form.typ.Fields {
		if !kept(f) {
			continue
		}
		n := len(columns(f))
		r.Values[f.Index] = value(f, cells[at:at+n])
		at += n
	}
	for _, f := range form.typ.Fields {
		if f.System == schema.SysID {
			r.Values[f.Index] = r.ID.String()
		}
	}
	links, _ := row[0].([]any)
	for _, v := range links {
		link, err := form.readLink(v)
		if err != nil {
			return nil, err
		}
		t.stored[linkEnds{link.Relation.Name, r.ID, link.To}] = true
		r.Links = append(r.Links, link)
	}
	return r, nil
}

func (f *recordForm) readLink(v any) (merge.End, error) {
	cells, _ := v.([]any)
	if len(cells) != 4 {
		return merge.End{}, fmt.Errorf("BUG: %v where a link should be", v)
	}
	name, _ := cells[0].(string)
	typ, _ := cells[1].(string)
	key, _ := cells[2].(string)
	class, _ := cells[3].(int64)
	return merge.End{Relation: f.relations[name], To: record.ID{Type: typ, Key: key}, Class: access.ClassNumber(class)}, nil
}
