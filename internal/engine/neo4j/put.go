package neo4j

import (
	"iter"

	"github.com/open-operations/opsmap/internal/engine/merge"
	"github.com/open-operations/opsmap/internal/text"
)

// recordRows delete records, create them and write them over.
func recordRows(d *merge.Delta) iter.Seq2[deed, any] {
	return func(yield func(deed, any) bool) {
		for _, id := range d.Delete {
			if !yield(deed{deleteRecord, [3]string{id.Type}}, text.OrderKey(id.Key)) {
				return
			}
		}
		for r := range madeRows(d.Puts()) {
			if !yield(r.deed, r.row) {
				return
			}
		}
	}
}

// madeTogether is how many rows are made beside the reading of the next records.
const madeTogether = 500

// recordRow is a row of a record.
type recordRow struct {
	deed
	row map[string]any
}

// madeRows makes the rows of records, in their order, while the values of the next are
// worked out.
func madeRows(puts iter.Seq[*merge.Put]) iter.Seq[recordRow] {
	return func(yield func(recordRow) bool) {
		for rows := range ahead(together(puts), rowsOf) {
			for _, r := range rows {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// together are records, as many at once as rows are made together.
func together(puts iter.Seq[*merge.Put]) iter.Seq[[]*merge.Put] {
	return func(yield func([]*merge.Put) bool) {
		some := make([]*merge.Put, 0, madeTogether)
		for p := range puts {
			if some = append(some, p); len(some) < madeTogether {
				continue
			}
			if !yield(some) {
				return
			}
			some = make([]*merge.Put, 0, madeTogether)
		}
		if len(some) > 0 {
			yield(some)
		}
	}
}

func rowsOf(puts []*merge.Put) []recordRow {
	rows := make([]recordRow, len(puts))
	for i, p := range puts {
		kind := createRecord
		if p.Was != nil {
			kind = updateRecord
		}
		rows[i] = recordRow{deed{kind, [3]string{p.Type.Name}}, propertiesOf(p)}
	}
	return rows
}

func propertiesOf(p *merge.Put) map[string]any {
	props := properties(p.Type, p.Values)
	if props[propClass] = int64(p.Class); p.Own != p.Class {
		props[propOwn] = int64(p.Own)
	}
	return props
}
