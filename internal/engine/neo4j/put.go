package neo4j

import (
	"iter"
	"maps"
	"slices"
	"sync"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/text"
)

// recordOps delete records, create them and write them over.
func (t *transaction) recordOps(d *merge.Delta) []op {
	groups := map[string]*op{}
	add := func(kind opKind, typ string, row any) {
		name := string(kind) + " " + typ
		if groups[name] == nil {
			groups[name] = &op{kind: kind, names: []string{typ}}
		}
		groups[name].rows = append(groups[name].rows, row)
	}
	for _, id := range d.Delete {
		add(deleteRecord, id.Type, text.OrderKey(id.Key))
	}
	for _, part := range madeRows(d.Puts()) {
		for _, r := range part.rows {
			add(r.kind, r.typ, r.row)
		}
	}
	out := make([]op, 0, len(groups))
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		out = append(out, *groups[name])
	}
	return out
}

// madeTogether is how many rows are made beside the reading of the next records.
const madeTogether = 500

// recordRows are rows of records that are made together.
type recordRows struct {
	puts []*merge.Put
	rows []recordRow
}

type recordRow struct {
	kind opKind
	typ  string
	row  map[string]any
}

// madeRows makes the rows of records, in their order, while the values of the next
// are worked out.
func madeRows(puts iter.Seq[*merge.Put]) []*recordRows {
	var parts []*recordRows
	var making sync.WaitGroup
	part := &recordRows{}
	finish := func(last *recordRows) {
		parts, part = append(parts, last), &recordRows{}
		making.Go(last.fill)
	}
	for p := range puts {
		if part.puts = append(part.puts, p); len(part.puts) == madeTogether {
			finish(part)
		}
	}
	finish(part)
	making.Wait()
	return parts
}

// fill makes the rows, and lets go of what they are made of.
func (r *recordRows) fill() {
	r.rows = make([]recordRow, len(r.puts))
	for i, p := range r.puts {
		kind := createRecord
		if p.Was != nil {
			kind = updateRecord
		}
		r.rows[i] = recordRow{kind, p.Type.Name, propertiesOf(p)}
	}
	r.puts = nil
}

func propertiesOf(p *merge.Put) map[string]any {
	props := properties(p.Type, p.Values)
	if props[propClass] = int64(p.Class); p.Own != p.Class {
		props[propOwn] = int64(p.Own)
	}
	return props
}
