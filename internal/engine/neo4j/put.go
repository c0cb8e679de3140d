package neo4j

import (
	"iter"
	"runtime"

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
// worked out: a few more than are taken.
func madeRows(puts iter.Seq[*merge.Put]) iter.Seq[recordRow] {
	return func(yield func(recordRow) bool) {
		var making []<-chan []recordRow
		taken := func() bool {
			rows := <-making[0]
			making = making[1:]
			for _, r := range rows {
				if !yield(r) {
					return false
				}
			}
			return true
		}
		part := make([]*merge.Put, 0, madeTogether)
		for p := range puts {
			if part = append(part, p); len(part) < madeTogether {
				continue
			}
			making, part = append(making, rowsOf(part)), make([]*merge.Put, 0, madeTogether)
			if len(making) > runtime.GOMAXPROCS(0) && !taken() {
				return
			}
		}
		making = append(making, rowsOf(part))
		for len(making) > 0 {
			if !taken() {
				return
			}
		}
	}
}

// rowsOf makes the rows of some records, beside whoever asks.
func rowsOf(puts []*merge.Put) <-chan []recordRow {
	made := make(chan []recordRow, 1)
	go func() {
		rows := make([]recordRow, len(puts))
		for i, p := range puts {
			kind := createRecord
			if p.Was != nil {
				kind = updateRecord
			}
			rows[i] = recordRow{deed{kind, [3]string{p.Type.Name}}, propertiesOf(p)}
		}
		made <- rows
	}()
	return made
}

func propertiesOf(p *merge.Put) map[string]any {
	props := properties(p.Type, p.Values)
	if props[propClass] = int64(p.Class); p.Own != p.Class {
		props[propOwn] = int64(p.Own)
	}
	return props
}
