package neo4j

import (
	"fmt"
	"math/big"

	"github.com/open-operations/opsmap/internal/plan"
)

// groups turns what Neo4j returned for a grouping into groups.
func (d *decoder) groups(form *groupForm, v any) ([]plan.Group, error) {
	items, ok := v.([]any)
	if !ok {
		return nil, fmt.Errorf("BUG: %T where groups should be", v)
	}
	if form.keys == 0 && len(items) == 0 {
		// Below a row Neo4j aggregates by that row, and makes no group of nothing.
		return []plan.Group{form.nothing()}, nil
	}
	out := make([]plan.Group, len(items))
	for i, item := range items {
		var err error
		if out[i], err = d.group(form, item); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// nothing is the group without keys and without a record.
func (f *groupForm) nothing() plan.Group {
	out := plan.Group{Keys: []any{}}
	for _, figure := range f.figures {
		switch figure.Of {
		case plan.Values:
			out.Figures = append(out.Figures, int64(0))
		case plan.Sum:
			out.Figures = append(out.Figures, new(big.Int))
		default:
			out.Figures = append(out.Figures, nil)
		}
	}
	return out
}

func (d *decoder) group(form *groupForm, v any) (plan.Group, error) {
	cells, ok := v.([]any)
	if ok && form.row != nil && len(cells) == 2 {
		row, err := d.row(form.row, cells[1])
		if err != nil {
			return plan.Group{}, err
		}
		group, err := d.group(&groupForm{keys: form.keys, figures: form.figures}, cells[0])
		group.Row = &row
		return group, err
	}
	if !ok || len(cells) < 1+form.keys {
		return plan.Group{}, fmt.Errorf("BUG: %T where a group should be", v)
	}
	out := plan.Group{Keys: cells[1 : 1+form.keys]}
	out.Count, _ = cells[0].(int64)
	cells = cells[1+form.keys:]
	for _, f := range form.figures {
		if f.Of != plan.Sum {
			out.Figures, cells = append(out.Figures, cells[0]), cells[1:]
			continue
		}
		words, _ := cells[0].(int64)
		rest, _ := cells[1].(int64)
		sum := new(big.Int).Lsh(big.NewInt(words), wordBits)
		out.Figures, cells = append(out.Figures, sum.Add(sum, big.NewInt(rest))), cells[2:]
	}
	return out, nil
}

// wordBits is how many bits a sum is split by.
const wordBits = 32
