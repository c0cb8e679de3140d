package graph

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/open-operations/opsmap/internal/engine"
)

// watch notices that the store has changed, whoever changed it: it asks the change log
// now and then, as long as somebody follows anything.
type watch struct {
	engine engine.Engine
	every  time.Duration
	logger *slog.Logger
	most   int

	mu        sync.Mutex
	followers int
	// stop ends the asking; nil while nobody follows.
	stop context.CancelFunc
	// changed is closed by the next change.
	changed chan struct{}
}

func newWatch(c Config) *watch {
	return &watch{engine: c.Engine, every: c.Poll, logger: c.Logger, most: c.Subscriptions, changed: make(chan struct{})}
}

// follow begins to watch; false when there are as many followers as there may be.
func (w *watch) follow() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.followers >= w.most {
		return false
	}
	if w.followers++; w.followers == 1 {
		ctx, cancel := context.WithCancel(context.Background())
		w.stop = cancel
		// Whoever begins to follow reads after this, so that nothing falls in between.
		go w.run(ctx, w.revision(ctx))
	}
	return true
}

// unfollow ends what follow began.
func (w *watch) unfollow() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.followers--; w.followers == 0 {
		w.stop()
	}
}

// next is closed by the next change after it was asked for.
func (w *watch) next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.changed
}

func (w *watch) tell() {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.changed)
	w.changed = make(chan struct{})
}

// rowsAtOnce is how many rows of the change log are read in one go.
const rowsAtOnce = 500

// run tells of changes after a revision until ctx ends.
func (w *watch) run(ctx context.Context, after int64) {
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		changes, err := w.engine.Changes(ctx, after, rowsAtOnce)
		if err != nil && ctx.Err() == nil {
			w.logger.DebugContext(ctx, "the change log cannot be read", "error", err.Error())
		}
		if len(changes) > 0 {
			after = changes[len(changes)-1].Revision
			w.tell()
		}
	}
}

// revision is where the store stands, as far as that is known without asking; what is
// older is asked about once more and changes nothing.
func (w *watch) revision(ctx context.Context) int64 {
	view, err := w.engine.Read(ctx)
	if err != nil {
		return 0
	}
	defer view.Close() //nolint:errcheck // a view only reads; there is nothing to lose
	return view.Revision()
}
