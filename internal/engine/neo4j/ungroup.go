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
	out := make([]plan.Group, len(items))
	for i, item := range items {
		var err error
		if out[i], err = d.group(form, item); err != nil {
			return nil, err
		}
	}
	return out, nil
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
