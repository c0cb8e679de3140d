package question

import (
	"github.com/open-operations/opsmap/internal/compile"
	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/internal/record"
)

// fact is a row with the names of its cells: how the package's own operations are
// read.
type fact struct {
	outs []compile.Out
	row  *plan.Row
}

// facts are the rows of the root connection with that response key.
func facts(op *compile.Operation, answer *plan.Answer, key string) []fact {
	for _, f := range op.Fields {
		if f.Key == key {
			return connected(f.Connection, answer.Sets[f.Set])
		}
	}
	return nil
}

// connected are the nodes of a connection.
func connected(c *compile.Connection, set *plan.Set) []fact {
	out := make([]fact, 0, len(set.Rows))
	for i := range set.Rows {
		row := &set.Rows[i]
		out = append(out, fact{outs: c.Parts[0].Record.Of(row.Type), row: row})
	}
	return out
}

func (f fact) out(key string) *compile.Out {
	for i := range f.outs {
		if f.outs[i].Key == key {
			return &f.outs[i]
		}
	}
	return nil
}

// value is the cell under a response key; nil when it has none.
func (f fact) value(key string) any {
	out := f.out(key)
	if out == nil {
		return nil
	}
	return f.row.Cells[out.Cell]
}

func (f fact) text(key string) string {
	s, _ := f.value(key).(string)
	return s
}

func (f fact) number(key string) int {
	n, _ := f.value(key).(int64)
	return int(n)
}

func (f fact) flag(key string) bool {
	b, _ := f.value(key).(bool)
	return b
}

func (f fact) texts(key string) []string {
	list, _ := f.value(key).([]any)
	out := make([]string, 0, len(list))
	for _, item := range list {
		out = append(out, item.(string))
	}
	return out
}

func (f fact) objects(key string) []record.Object {
	list, _ := f.value(key).([]any)
	out := make([]record.Object, 0, len(list))
	for _, item := range list {
		out = append(out, item.(record.Object))
	}
	return out
}

// oneFact is the record a to-one link leads to; nil for none.
func (f fact) oneFact(key string) *fact {
	out := f.out(key)
	if out == nil {
		return nil
	}
	set, _ := f.row.Cells[out.Cell].(*plan.Set)
	if set == nil || len(set.Rows) == 0 {
		return nil
	}
	return &fact{outs: out.Record.Of(set.Rows[0].Type), row: &set.Rows[0]}
}

// one is the key of the record a to-one link leads to; empty for none.
func (f fact) one(key string) string {
	linked := f.oneFact(key)
	if linked == nil {
		return ""
	}
	return linked.text("key")
}

// many are the keys of the records a link leads to.
func (f fact) many(key string) []string {
	linked := f.linked(key)
	keys := make([]string, 0, len(linked))
	for _, l := range linked {
		keys = append(keys, l.text("key"))
	}
	return keys
}

// linked are the records a link leads to.
func (f fact) linked(key string) []fact {
	out := f.out(key)
	if out == nil {
		return nil
	}
	set, _ := f.row.Cells[out.Cell].(*plan.Set)
	return connected(out.Connection, set)
}
