package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// How much garbage may lie about beside what lives, in percent of that: as much as
// Go allows by itself, or more while all of it stays within collectorRoom.
const (
	collectorLeast = 100
	collectorMost  = 400
	collectorRoom  = 256 << 20
	collectorEvery = 5 * time.Second
)

// collectLess makes the garbage collector run less often as long as the map is
// small. It would walk over the whole map to collect what a few hundred answers
// have left. Who sets GOGC or GOMEMLIMIT knows better.
func (p *program) collectLess(ctx context.Context) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := p.env(name); set {
			return
		}
	}
	now := collectorLeast
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	ticker := time.NewTicker(collectorEvery)
	defer ticker.Stop()
	for {
		metrics.Read(live)
		if percent := garbagePercent(live[0].Value.Uint64()); percent != now {
			debug.SetGCPercent(percent)
			now = percent
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// garbagePercent for a heap of which so many bytes live.
func garbagePercent(live uint64) int {
	percent := uint64(collectorMost)
	if live > 0 {
		percent = collectorRoom * 100 / live
	}
	// In steps, so that it does not change all the time.
	return int(min(max(percent-percent%25, collectorLeast), collectorMost))
}
