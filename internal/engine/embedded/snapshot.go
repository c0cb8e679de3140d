package embedded

import (
	"github.com/tidwall/btree"

	"github.com/open-operations/opsmap/internal/access"
	"github.com/open-operations/opsmap/internal/record"
	"github.com/open-operations/opsmap/internal/search"
)

// number names a record inside the store; it never leaves it.
type number = uint32

// pageBits sets the size of a page: large enough that a million records need few
// pages, small enough that copying one costs little.
const pageBits = 8

const (
	pageSize = 1 << pageBits
	pageMask = pageSize - 1
)

type page [pageSize]node

// node is a record in memory. A node without a kind is a free place.
type node struct {
	kind *kind
	// key is the text in cells, at hand for comparing.
	key string
	// cells are shared by all who read.
	cells
	adj *adjacency
	// text is the words that searches look for; nil for kinds without any.
	text  *search.Document
	class uint32
	own   uint32
}

// population is the records of one kind.
type population struct {
	// keys in the order of their UTF-8 bytes.
	keys *btree.Map[string, number]
	// words of their searchable text.
	words *words
	// classes counts records by guard class.
	classes []int
}

// snapshot is one state of the map. It is never written to once it is published.
type snapshot struct {
	model    *model
	revision int64
	table    *access.Table
	pages    []*page
	// populations by number of kind.
	populations []*population
	// arrangements are orders of populations that were asked for.
	arrangements *arrangements
	// columns are values of populations that were filtered by.
	codings *codings
}

func newSnapshot(m *model) *snapshot {
	s := &snapshot{model: m, table: access.NewTable(nil, nil), arrangements: &arrangements{}, codings: &codings{}}
	for range m.kinds {
		s.populations = append(s.populations, &population{keys: new(btree.Map[string, number]), words: new(words)})
	}
	return s
}

// node with that number; only for numbers of records that are there.
func (s *snapshot) node(n number) *node { return &s.pages[n>>pageBits][n&pageMask] }

// find is the number of a record; ok is false when it is not there.
func (s *snapshot) find(id record.ID) (n number, ok bool) {
	k := s.model.byName[id.Type]
	if k == nil {
		return 0, false
	}
	return s.populations[k.number].keys.Get(id.Key)
}

// visible is how many records of the population are in open classes.
func (p *population) visible(open []bool) int {
	total := 0
	for class, n := range p.classes {
		if open[class] {
			total += n
		}
	}
	return total
}

// id of the node.
func (n *node) id() record.ID { return record.ID{Type: n.kind.Name, Key: n.key} }

// before is the order of adjacency: by key, then by type.
func (n *node) before(other *node) bool {
	if n.key != other.key {
		return n.key < other.key
	}
	return n.kind.number < other.kind.number
}
