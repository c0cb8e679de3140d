package embedded

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/open-operations/opsmap/internal/plan"
)

// figures are what is worked out about the values of groups.
type figures struct {
	// fields that are tallied, each once, by index.
	fields []int
	// asked are the figures: of which tally, and which number.
	asked []figure
}

type figure struct {
	tally int
	kind  plan.FigureKind
}

func (f *figures) resolve(asked []plan.Figure) {
	for _, figureAsked := range asked {
		at := slices.Index(f.fields, figureAsked.Field.Index)
		if at < 0 {
			at = len(f.fields)
			f.fields = append(f.fields, figureAsked.Field.Index)
		}
		f.asked = append(f.asked, figure{at, figureAsked.Of})
	}
}

// tally the values of a record.
func (f *figures) tally(into []tally128, n *node) {
	for i, field := range f.fields {
		if field >= n.fields() {
			continue
		}
		if v := n.of(field); v != nil {
			into[i].add(v)
		}
	}
}

func (f *figures) told(from []tally128) []any {
	if len(f.asked) == 0 {
		return nil
	}
	out := make([]any, len(f.asked))
	for i, a := range f.asked {
		t := &from[a.tally]
		switch a.kind {
		case plan.Values:
			out[i] = t.values
		case plan.Min:
			out[i] = t.least
		case plan.Max:
			out[i] = t.greatest
		case plan.Sum:
			out[i] = t.sum()
		}
	}
	return out
}

// tally128 tallies values of one field. Its sum has 128 bits, which no number of
// 64-bit values that fits into memory can overflow.
type tally128 struct {
	values          int64
	least, greatest any
	high, low       uint64
}

func (t *tally128) add(v any) {
	t.values++
	if t.least == nil || ascending.compareValues(v, t.least) < 0 {
		t.least = v
	}
	if t.greatest == nil || ascending.compareValues(v, t.greatest) > 0 {
		t.greatest = v
	}
	if n, is := v.(int64); is {
		var carry uint64
		t.low, carry = bits.Add64(t.low, uint64(n), 0)
		// Sign extension: all ones above a negative number.
		t.high, _ = bits.Add64(t.high, uint64(n>>63), carry)
	}
}

func (t *tally128) sum() *big.Int {
	out := new(big.Int).Lsh(big.NewInt(int64(t.high)), 64)
	return out.Add(out, new(big.Int).SetUint64(t.low))
}
