package embedded

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/btree"

	"github.com/open-operations/opsmap/internal/plan"
	"github.com/open-operations/opsmap/schema"
)

// arrangement names an order in which the records of a kind are kept: by one
// field, then by key.
type arrangement struct {
	kind, field                    int
	fieldDescending, keyDescending bool
}

// place is where a record stands in an arrangement.
type place struct {
	value any
	key   string
	n     number
}

// arranged are the records of a kind in an arrangement.
type arranged = btree.BTreeG[place]

// arrangements are those of a snapshot. One is made when it is first asked for,
// and from then on changes with the records, so that a page in that order costs
// what the page costs and not what the kind does.
type arrangements struct {
	mu  sync.Mutex
	all map[arrangement]*arranged
}

// arrangementsMax is how many are kept of all records together.
const arrangementsMax = 32

// next is the arrangements of the next snapshot: the same ones, until a builder
// changes them.
func (a *arrangements) next() *arrangements {
	a.mu.Lock()
	defer a.mu.Unlock()
	return &arrangements{all: maps.Clone(a.all)}
}

// arranged gives the arrangement; nil when no more are kept.
func (s *snapshot) arranged(by arrangement, t *term, keys *btree.Map[string, number]) *arranged {
	a := s.arrangements
	a.mu.Lock()
	defer a.mu.Unlock()
	if found := a.all[by]; found != nil || len(a.all) >= arrangementsMax {
		return found
	}
	places := make([]place, 0, keys.Len())
	keys.Scan(func(key string, n number) bool {
		places = append(places, place{value: s.node(n).of(by.field), key: key, n: n})
		return true
	})
	compare := by.compare(t)
	slices.SortFunc(places, compare)
	tree := btree.NewBTreeGOptions(func(a, b place) bool { return compare(a, b) < 0 }, btree.Options{NoLocks: true})
	for _, p := range places {
		tree.Load(p)
	}
	if a.all == nil {
		a.all = map[arrangement]*arranged{}
	}
	a.all[by] = tree
	return tree
}

// compare is the order of places.
func (by arrangement) compare(t *term) func(a, b place) int {
	of := &term{ranks: t.ranks, descending: by.fieldDescending}
	return func(a, b place) int {
		keys := strings.Compare(a.key, b.key)
		if by.keyDescending {
			keys = -keys
		}
		return cmp.Or(of.compareValues(a.value, b.value), keys)
	}
}

// arrangement that has the order of the read, if it is one that is kept: of one
// kind, by a field and then the key.
func (p *picker) arrangement() (*arranged, bool) {
	if p.read.Page.Limit == plan.NoParam || len(p.order) != 2 || p.kind() == nil {
		return nil, false
	}
	first, last := p.read.Order[0].Field, p.read.Order[1].Field
	if first == nil || first.List || first.Kind == schema.Object || last == nil || last.System != schema.SysKey {
		return nil, false
	}
	k := p.kind()
	if first.Index >= len(k.Fields) || k.Fields[first.Index] != first {
		return nil, false
	}
	by := arrangement{kind: k.number, field: first.Index, fieldDescending: p.order[0].descending, keyDescending: p.order[1].descending}
	found := p.snapshot.arranged(by, &p.order[0], p.populations[k.number].keys)
	return found, found != nil
}

// kind of all records of the read; nil when they may be of several.
func (p *picker) kind() *kind {
	var only *kind
	for i, is := range p.kinds {
		if is && only != nil {
			return nil
		}
		if is {
			only = p.model.kinds[i]
		}
	}
	return only
}

// walkArranged offers the records in the order of an arrangement, from the cursor
// on.
func (p *picker) walkArranged(in *arranged) {
	p.inOrder, p.arranged, p.fromBack = true, true, p.read.Page.FromEnd
	visit := func(at place) bool { return p.offerNumber(at.n) }
	cursor := p.after
	if p.fromBack {
		cursor = p.before
	}
	var pivot place
	from := cursor != nil && !p.counting
	if from {
		pivot.value = cursor[0]
		pivot.key, _ = cursor[1].(string)
	}
	switch {
	case p.fromBack && from:
		in.Descend(pivot, visit)
	case p.fromBack:
		in.Reverse(visit)
	case from:
		in.Ascend(pivot, visit)
	default:
		in.Scan(visit)
	}
}

// rearrange moves a record of the kind from the place of its old values to that of
// its new ones; no cells stand for a record that is not there.
func (b *builder) rearrange(k *kind, key string, n number, old, now cells) {
	for by, in := range b.arrangements.all {
		if by.kind != k.number || (old.form != nil && now.form != nil && old.of(by.field) == now.of(by.field)) {
			continue
		}
		if !b.ownArrangements[by] {
			b.ownArrangements[by] = true
			in = in.Copy()
			b.arrangements.all[by] = in
		}
		if old.form != nil {
			in.Delete(place{value: old.of(by.field), key: key, n: n})
		}
		if now.form != nil {
			in.Set(place{value: now.of(by.field), key: key, n: n})
		}
	}
}
