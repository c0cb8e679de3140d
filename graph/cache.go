package graph

import (
	"math"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// byteCache keeps what was used last within a bound on bytes, whatever the number
// and the size of the entries.
type byteCache[V any] struct {
	max int

	mu      sync.Mutex
	used    int
	entries *simplelru.LRU[string, sizedEntry[V]]
}

type sizedEntry[V any] struct {
	value V
	size  int
}

// largestShare of a cache may be one entry's, so that none sweeps out all others.
const largestShare = 8

func newByteCache[V any](limit int) *byteCache[V] {
	c := &byteCache[V]{max: limit}
	var err error
	c.entries, err = simplelru.NewLRU(math.MaxInt, func(_ string, e sizedEntry[V]) { c.used -= e.size })
	if err != nil {
		panic("BUG: " + err.Error())
	}
	return c
}

// get what is kept under a key.
func (c *byteCache[V]) get(key string) (value V, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, known := c.entries.Get(key)
	return e.value, known
}

// add keeps a value that takes about size bytes, its key among them, and lets go of
// what was not used for longest.
func (c *byteCache[V]) add(key string, value V, size int) {
	if size > c.max/largestShare {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries.Contains(key) {
		return
	}
	c.entries.Add(key, sizedEntry[V]{value, size})
	for c.used += size; c.used > c.max; {
		c.entries.RemoveOldest()
	}
}
