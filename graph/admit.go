package graph

import (
	"context"
	"sync/atomic"
	"time"
)

// admission lets so many operations run at once and a few more wait for a moment.
// All others are turned away at once: a server that takes on more than it can do
// answers nobody, and a queue without an end only hides it. A request is admitted
// once its body has been read, and leaves before its answer is sent, so that slow
// clients take nobody's place.
type admission struct {
	running, waiting chan struct{}
	wait             time.Duration
	// sending is how many bytes the large answers have that are being sent.
	sending atomic.Int64
}

// retryAfter is how many seconds a client should wait that was turned away.
const retryAfter = "1"

func newAdmission(c Config) *admission {
	return &admission{running: make(chan struct{}, c.Operations), waiting: make(chan struct{}, c.Waiting), wait: c.Wait}
}

// place is what one operation has while it runs.
type place struct {
	of   *admission
	left bool
}

// enter takes a place; false when there is no room even to wait, when none came
// free in time, or when nobody waits any more.
func (a *admission) enter(ctx context.Context) (*place, bool) {
	select {
	case a.running <- struct{}{}:
		return &place{of: a}, true
	default:
	}
	select {
	case a.waiting <- struct{}{}:
	default:
		return nil, false
	}
	defer func() { <-a.waiting }()
	timer := time.NewTimer(a.wait)
	defer timer.Stop()
	select {
	case a.running <- struct{}{}:
		return &place{of: a}, true
	case <-timer.C:
		return nil, false
	case <-ctx.Done():
		return nil, false
	}
}

// largeAnswer is how many bytes an answer has that takes room while it is sent;
// smaller ones fit into the buffers of their connections. largeAtOnce is how many
// bytes the large ones may have together.
const (
	largeAnswer = 64 << 10
	largeAtOnce = 256 << 20
)

// sends gives the place back while an answer of so many bytes is sent. Where those that
// are being sent take all the memory they may, the answer keeps its place, so that
// there are not ever more of them.
func (p *place) sends(size int) (sent func()) {
	if size <= largeAnswer {
		p.leave()
		return func() {}
	}
	sent = func() { p.of.sending.Add(-int64(size)) }
	if p.of.sending.Add(int64(size)) > largeAtOnce {
		sent()
		return func() {}
	}
	p.leave()
	return sent
}

// leave gives the place back, once: who follows something leaves before the end.
func (p *place) leave() {
	if !p.left {
		p.left = true
		<-p.of.running
	}
}
