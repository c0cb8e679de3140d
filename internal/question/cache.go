package question

import (
	"context"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/open-operations/opsmap/internal/engine"
)

// Worlds that were read are kept, as many and as large as this together; the newest
// always.
const (
	keptWorlds = 32
	keptFacts  = 400_000
)

// worldKey names a world: which records of which state of the map it was read from,
// and on which day, as notes expire by the day. Two viewers who see the same records
// share one; an embargo that ends opens a class, and so changes the key. It is empty
// where the engine cannot say which state it reads.
func worldKey(c Call) string {
	steady, ok := c.View.(engine.Steady)
	if !ok {
		return ""
	}
	return steady.Sight(c.Guard) + " " + c.Guard.Now.UTC().Format(time.DateOnly)
}

// worldCache keeps worlds that were read. It is safe for concurrent use.
type worldCache struct {
	lock   sync.Mutex
	worlds *lru.LRU[string, *keptWorld]
	facts  int
}

// keptWorld is a world that is being read, or was.
type keptWorld struct {
	ready chan struct{}
	world *world
	facts int
	err   error
}

func newWorldCache() *worldCache {
	c := &worldCache{}
	worlds, err := lru.NewLRU(keptWorlds, func(_ string, w *keptWorld) { c.facts -= w.facts })
	if err != nil {
		panic("BUG: " + err.Error())
	}
	c.worlds = worlds
	return c
}

// get the world of a key, which read reads when nobody has. Of several who ask at
// once one reads and the others wait; when that one fails, each reads for itself.
func (c *worldCache) get(ctx context.Context, key string, read func() (*world, int, error)) (*world, error) {
	if key == "" {
		w, _, err := read()
		return w, err
	}
	c.lock.Lock()
	kept, known := c.worlds.Get(key)
	if !known {
		kept = &keptWorld{ready: make(chan struct{})}
		c.worlds.Add(key, kept)
	}
	c.lock.Unlock()
	if !known {
		return c.fill(key, kept, read)
	}
	select {
	case <-kept.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if kept.err != nil {
		w, _, err := read()
		return w, err
	}
	return kept.world, nil
}

// fill reads a world and keeps it, unless that fails.
func (c *worldCache) fill(key string, kept *keptWorld, read func() (*world, int, error)) (*world, error) {
	facts := 0
	// Those who wait find it so if read panics.
	kept.err = context.Canceled
	defer func() {
		c.lock.Lock()
		defer c.lock.Unlock()
		close(kept.ready)
		if now, there := c.worlds.Peek(key); !there || now != kept {
			// It was pushed out while it was being read.
			return
		}
		if kept.err != nil {
			c.worlds.Remove(key)
			return
		}
		kept.facts = facts
		c.facts += facts
		for c.facts > keptFacts && c.worlds.Len() > 1 {
			c.worlds.RemoveOldest()
		}
	}()
	kept.world, facts, kept.err = read()
	return kept.world, kept.err
}
