package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"time"
)

// thrift is how much garbage may lie about beside what lives.
type thrift struct {
	// least is how much in percent of what lives; it may be more, up to collectorMost,
	// while all of it stays within room bytes.
	least, room int
	// large is how many bytes have to live for half of least to be enough; 0 for never.
	large uint64
	// every is how often it is looked at.
	every time.Duration
}

const collectorMost = 400

// A server lives long with a heap that hardly grows. A load grows quickly and ends soon,
// and makes do with less room for a tenth of its time.
var (
	serving = thrift{least: 100, room: 256 << 20, every: 5 * time.Second}
	loading = thrift{least: 50, room: 64 << 20, large: 256 << 20, every: 50 * time.Millisecond}
)

// collectLess makes the garbage collector run less often as long as the heap is
// small, until ctx ends: it would walk over the whole map to collect what a few
// hundred answers have left. Who sets GOGC or GOMEMLIMIT knows better.
func (p *program) collectLess(ctx context.Context, t thrift) {
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		if _, set := p.env(name); set {
			return
		}
	}
	now := t.percent(0)
	defer debug.SetGCPercent(debug.SetGCPercent(now))
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	ticker := time.NewTicker(t.every)
	defer ticker.Stop()
	for {
		metrics.Read(live)
		if percent := t.percent(live[0].Value.Uint64()); percent != now {
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
	beside.Go(func() { p.collectLess(ctx, loading) })
	defer beside.Wait()
	defer stop()
	return work()
}

// percent of a heap of which so many bytes live.
func (t thrift) percent(live uint64) int {
	percent := uint64(collectorMost)
	if live > 0 {
		percent = uint64(t.room) * 100 / live
	}
	least := t.least
	if t.large > 0 && live > t.large {
		least /= 2
	}
	// In steps, so that it does not change all the time.
	return min(max(int(percent-percent%25), least), collectorMost)
}
