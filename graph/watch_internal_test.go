package graph

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/open-operations/opsmap/internal/engine"
	"github.com/open-operations/opsmap/internal/record"
)

// moving is a store of which only the revision matters.
type moving struct {
	engine.Engine
	revision atomic.Int64
}

type movingView struct {
	engine.View
	revision int64
}

func (m *moving) Read(context.Context) (engine.View, error) {
	return movingView{revision: m.revision.Load()}, nil
}

func (v movingView) Revision() int64 { return v.revision }
func (v movingView) Close() error    { return nil }

func (m *moving) Changes(_ context.Context, after int64, _ int) ([]record.Change, error) {
	if now := m.revision.Load(); now > after {
		return []record.Change{{Revision: now}}, nil
	}
	return nil, nil
}

// TestNothingFallsInBetween: what changes once somebody follows is told, however soon.
func TestNothingFallsInBetween(t *testing.T) {
	store := &moving{}
	w := newWatch(Config{Engine: store, Logger: slog.New(slog.DiscardHandler), Poll: time.Millisecond, Subscriptions: 1})
	for range 100 {
		if !w.follow() {
			t.Fatal("nobody may follow")
		}
		changed := w.next()
		store.revision.Add(1)
		select {
		case <-changed:
		case <-time.After(10 * time.Second):
			t.Fatal("a change was not told")
		}
		w.unfollow()
	}
}
