package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"sync"
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

// A load grows quickly and ends soon: it is looked at more often, and where its heap
// is large it makes do with less room.
const (
	loadingLeast = 50
	loadingEvery = 50 * time.Millisecond
)

// collectLess makes the garbage collector run less often as long as the heap is
// small, until ctx ends: it would walk over the whole map to collect what a few
// hundred answers have left. Who sets GOGC or GOMEMLIMIT knows better.
func (p *program) collectLess(ctx context.Context, least int, every time.Duration) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := p.env(name); set {
			return
		}
	}
	now := garbagePercent(0, least)
	defer debug.SetGCPercent(debug.SetGCPercent(now))
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		metrics.Read(live)
		if percent := garbagePercent(live[0].Value.Uint64(), least); percent != now {
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

// collectingLess runs work while collectLess does its own.
func (p *program) collectingLess(ctx context.Context, work func() error) error {
	ctx, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() { p.collectLess(ctx, loadingLeast, loadingEvery) })
	defer beside.Wait()
	defer stop()
	return work()
}

// garbagePercent for a heap of which so many bytes live.
func garbagePercent(live uint64, least int) int {
	percent := uint64(collectorMost)
	if live > 0 {
		percent = collectorRoom * 100 / live
	}
	// In steps, so that it does not change all the time.
	return min(max(int(percent-percent%25), least), collectorMost)
}
