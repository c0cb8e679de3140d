package embedded

import (
	"maps"
	"sync"

	"github.com/open-operations/opsmap/schema"
)

// coding is one value of all records of a kind, page by page like the records
// themselves: for each its code, which is a place in values. A filter is decided
// once for each value, and then a walk over all records is one over small numbers
// that lie side by side.
type coding struct {
	// codes by page and place; a nil page has no record of the kind.
	codes []*codes
	// values by code; codes of records that are not there are 0.
	values []any
	// index finds the code of a value. Only a builder uses it, and only where values
	// agrees: it may hold what a changeset left that was not committed.
	index map[any]uint32
}

type codes [pageSize]uint32

// codingName names a column: a field of a kind, or byClass.
type codingName struct{ kind, field int }

// byClass is the guard class in the place of a field: the code is the class's
// number and one.
const byClass = -1

// codings are those of a snapshot. One is made when it is first asked for, and
// from then on changes with the records.
type codings struct {
	mu  sync.Mutex
	all map[codingName]*coding
}

// codingsMax is how many are kept.
const codingsMax = 64

// next is the codings of the next snapshot: the same ones, until a builder changes
// them.
func (c *codings) next() *codings {
	c.mu.Lock()
	defer c.mu.Unlock()
	return &codings{all: maps.Clone(c.all)}
}

// coding gives the coding; nil when no more are kept.
func (s *snapshot) coding(name codingName) *coding {
	c := s.codings
	c.mu.Lock()
	defer c.mu.Unlock()
	if found := c.all[name]; found != nil || len(c.all) >= codingsMax {
		return found
	}
	made := &coding{codes: make([]*codes, len(s.pages)), values: []any{nil}, index: map[any]uint32{}}
	s.populations[name.kind].keys.Scan(func(_ string, n number) bool {
		at := int(n >> pageBits)
		if made.codes[at] == nil {
			made.codes[at] = new(codes)
		}
		made.codes[at][n&pageMask] = made.code(name, s.node(n))
		return true
	})
	if c.all == nil {
		c.all = map[codingName]*coding{}
	}
	c.all[name] = made
	return made
}

// code of what a record has there.
func (c *coding) code(name codingName, n *node) uint32 {
	if name.field == byClass {
		return n.class + 1
	}
	v := n.of(name.field)
	if code, known := c.index[v]; known && int(code) < len(c.values) && c.values[code] == v {
		return code
	}
	code := uint32(len(c.values))
	c.values = append(c.values, v)
	c.index[v] = code
	return code
}

// recode writes what the record with number n, of kind k, has now into the columns
// of the kind; gone when it is not there any more.
func (b *builder) recode(k *kind, n number, at *node, gone bool) {
	for name, c := range b.codings.all {
		if name.kind != k.number {
			continue
		}
		page := b.ownCodes(name, c, int(n>>pageBits))
		if c = b.codings.all[name]; gone {
			page[n&pageMask] = 0
		} else {
			page[n&pageMask] = c.code(name, at)
		}
	}
}

// ownCodes is a page of a column to write to.
func (b *builder) ownCodes(name codingName, c *coding, page int) *codes {
	own := b.ownCodings[name]
	if own == nil {
		own = map[int]bool{}
		b.ownCodings[name] = own
		next := *c
		next.codes = append(make([]*codes, 0, len(c.codes)+1), c.codes...)
		c = &next
		b.codings.all[name] = c
	}
	for page >= len(c.codes) {
		c.codes = append(c.codes, nil)
	}
	if !own[page] {
		own[page] = true
		made := new(codes)
		if c.codes[page] != nil {
			*made = *c.codes[page]
		}
		c.codes[page] = made
	}
	return c.codes[page]
}

// isCoded reports whether a field of the kind can be coded: one value, which
// the record itself has.
func (k *kind) isCoded(f *schema.Field) bool {
	return !f.List && f.Kind != schema.Object && f.System != schema.Conditions && f.System != schema.Audience &&
		f.Index < len(k.Fields) && k.Fields[f.Index] == f
}
