package graph

import (
	"context"
	"time"
)

// admission lets so many operations run at once and a few more wait for a moment.
// All others are turned away at once: a server that takes on more than it can do
// answers nobody, and a queue without an end only hides it. A request is admitted
// once its body has been read, so that slow clients take nobody's place.
type admission struct {
	running, waiting chan struct{}
	wait             time.Duration
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

// leave gives the place back, once: who follows something leaves before the end.
func (p *place) leave() {
	if !p.left {
		p.left = true
		<-p.of.running
	}
}
